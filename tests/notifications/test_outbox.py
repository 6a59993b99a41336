"""The outbox: once to everybody, whoever sends, whatever breaks."""

import io
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from diaodu.rules.routing import BACKOFF, DeliveryState
from diaodu.storage.session import transaction
from models.handover import Handover
from models.notice import Notice
from notifications.channel import Channel
from notifications.console import Console
from notifications.etiquette import Etiquette
from notifications.inbox import Inbox
from notifications.mail import Mail
from notifications.message import Accepted, Message, Refused
from notifications.outbox import LEASE, TIRED, Drained, Outbox
from notifications.webhook import Webhook
from tests.notifications.post import Clock, Post, Scripted, letters
from tests.notifications.provider import NOON, Hook, PostOffice, http, smtp

BUSY = Refused("450", "busy", permanent=False)
GONE = Refused("550", "no such user", permanent=True)
HOME = Path("/nonexistent")


def outbox(engine: Engine, channels: Mapping[str, Channel], clock: Clock | None = None, holder: str = "me") -> Outbox:
    return Outbox(engine, channels, HOME, holder, clock or Clock())


def test_a_letter_is_sent_once_and_marked(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    mail = Scripted()
    sender = outbox(engine, {"mail": mail})
    assert sender.drain() == Drained(sent=1)
    assert sender.drain() == Drained()
    (message,) = mail.sent
    assert (message.address, message.subject, message.attachment, message.at) == ("xi@example.cn", "预警", None, NOON)
    with transaction(engine) as session:
        (row,) = letters(session)
    assert (row.state, row.attempts, row.sent_at, row.holder) == (DeliveryState.SENT, 1, NOON, None)
    assert message.key == row.key


def test_a_letter_waits_for_its_notice_and_brings_it_along(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        post = Post(session)
        person = post.person("xi@example.cn")
        post.letter("a", "mail", person, "xi@example.cn", post.notice(1, file=None))
        post.letter("b", "mail", person, "xi@example.cn", post.notice(2, file="notices/2.docx"))
    mail = Scripted()
    assert outbox(engine, {"mail": mail}).drain() == Drained(sent=1)
    assert [m.attachment for m in mail.sent] == [HOME / "notices/2.docx"]


def test_a_temporary_failure_is_tried_again_ever_later_and_then_given_up(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn", post.notice())
    mail, clock = Scripted([BUSY]), Clock()
    sender = outbox(engine, {"mail": mail, "inbox": Inbox()}, clock)
    for tries, pause in enumerate(BACKOFF, 1):
        assert sender.drain() == Drained(put_off=1)
        with transaction(engine) as session:
            (row,) = letters(session)
        assert (row.attempts, row.not_before - clock.now, row.error_code) == (tries, pause, "450")
        clock.turn(seconds=pause.total_seconds() - 1)
        assert sender.drain() == Drained()
        clock.turn(seconds=1)
    assert sender.drain() == Drained(failed=1, sent=1)
    with transaction(engine) as session:
        given_up, instead = letters(session)
    assert (given_up.state, given_up.attempts, given_up.error_code) == (DeliveryState.FAILED, len(BACKOFF) + 1, "450")
    assert (instead.channel, instead.address, instead.state, instead.instead_of) == (
        "inbox",
        "west",
        DeliveryState.SENT,
        given_up.id,
    )
    assert len({m.key for m in mail.sent}) == 1


def test_a_wait_the_provider_asked_for_is_respected(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    outbox(engine, {"mail": Scripted([Refused("429", "", False, timedelta(hours=3))])}).drain()
    with transaction(engine) as session:
        assert letters(session)[0].not_before == NOON + timedelta(hours=3)


def test_a_letter_nobody_takes_goes_down_the_list_to_the_inbox(engine: Engine, tmp_path: Path) -> None:
    office, robot = PostOffice(at_rcpt="550 no such user"), Hook(lambda *_: (200, {}, b'{"errcode":93000}'))
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices/1.docx").write_bytes(b"word")
    with smtp(office) as (host, port), http(robot) as url:
        with transaction(engine) as session:
            post = Post(session)
            post.letter("a", "mail", post.person("xi@example.cn", url), "xi@example.cn", post.notice())
        channels = {"mail": Mail(host, port, "k@example.cn"), "webhook": Webhook("secret"), "inbox": Inbox()}
        assert Outbox(engine, channels, tmp_path, "me", Clock()).drain() == Drained(sent=1, failed=2)
    with transaction(engine) as session:
        rows = letters(session)
    assert [(r.channel, r.state, r.error_code) for r in rows] == [
        ("mail", DeliveryState.FAILED, "550"),
        ("webhook", DeliveryState.FAILED, "93000"),
        ("inbox", DeliveryState.SENT, None),
    ]
    assert [r.instead_of for r in rows] == [None, rows[0].id, rows[1].id]
    assert {r.text for r in rows} == {"西区欠进度。"}
    assert len(robot.requests) == 1


def test_an_inbox_shared_by_two_is_told_once(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        notice = post.notice()
        for address in ("a@example.cn", "b@example.cn"):
            post.letter("same", "mail", post.person(address), address, notice)
    assert outbox(engine, {"mail": Scripted([GONE]), "inbox": Inbox()}).drain() == Drained(sent=1, failed=2)
    with transaction(engine) as session:
        assert [r.channel for r in letters(session)] == ["mail", "mail", "inbox"]


def test_the_office_always_has_its_console(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("office@example.cn", office=True), "office@example.cn")
    out = io.StringIO()
    channels = {"mail": Scripted([GONE]), "inbox": Inbox(), "console": Console(out)}
    assert outbox(engine, channels).drain() == Drained(sent=1, failed=1)
    assert out.getvalue() == "预警\n\n西区欠进度。\n\n"


def test_a_channel_no_longer_set_up_is_passed_by(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn", post.notice())
    assert outbox(engine, {"inbox": Inbox()}).drain() == Drained(sent=1, failed=1)
    with transaction(engine) as session:
        assert [(r.channel, r.error_code) for r in letters(session)] == [("mail", "channel_closed"), ("inbox", None)]


def test_a_letter_that_reaches_nobody_stays_visible_as_failed(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    assert outbox(engine, {"mail": Scripted([GONE])}).drain() == Drained(failed=1)
    with transaction(engine) as session:
        assert [(r.state, r.error) for r in letters(session)] == [(DeliveryState.FAILED, "no such user")]
    assert "reaches nobody" in caplog.text


def test_a_channel_that_breaks_spoils_one_attempt_only(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    with transaction(engine) as session:
        post = Post(session)
        for about in ("a", "b"):
            post.letter(about, "mail", post.person("xi@example.cn"), "xi@example.cn")
    sender = outbox(engine, {"mail": Scripted([KeyError("bug"), Accepted()])})
    assert sender.drain() == Drained(sent=1, put_off=1)
    with transaction(engine) as session:
        assert [r.error_code for r in letters(session)] == ["KeyError", None]
    assert "Traceback" in caplog.text


def test_a_dead_channel_rests_and_others_go_on(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        person = post.person("xi@example.cn")
        for n in range(10):
            post.letter(f"m{n}", "mail", person, "xi@example.cn")
            post.letter(f"w{n}", "webhook", person, "http://x/")
    mail, webhook = Scripted([BUSY]), Scripted()
    sender = outbox(engine, {"mail": mail, "webhook": webhook})
    assert sender.drain() == Drained(sent=10, put_off=TIRED)
    with transaction(engine) as session:
        assert Counter(r.attempts for r in letters(session) if r.channel == "mail") == {0: 10 - TIRED, 1: TIRED}
    mail.answers = [Accepted()]
    assert sender.drain() == Drained(sent=10 - TIRED)


def test_an_abandoned_letter_is_taken_over_when_the_lease_runs_out(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    clock, mail = Clock(), Scripted()
    dead, alive = outbox(engine, {"mail": mail}, clock, "dead"), outbox(engine, {"mail": mail}, clock, "alive")
    assert dead._take() is not None
    clock.turn(seconds=LEASE.total_seconds() - 1)
    assert alive.drain() == Drained()
    clock.turn(seconds=1)
    assert alive.drain() == Drained(sent=1)


def test_a_sender_that_lost_its_lease_does_not_mark(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    clock = Clock()

    class Slow(Scripted):
        def send(self, message: Message) -> Refused:
            clock.turn(minutes=11)
            assert outbox(engine, {"mail": Scripted()}, clock, "other").drain() == Drained(sent=1)
            return BUSY

    assert outbox(engine, {"mail": Slow()}, clock, "slow").drain() == Drained(lost=1)
    with transaction(engine) as session:
        assert [(r.state, r.attempts) for r in letters(session)] == [(DeliveryState.SENT, 2)]


def test_what_arrived_is_marked_also_when_the_next_cannot_be_taken(engine: Engine) -> None:
    class Broken(Etiquette):
        def quiet_until(self, session: Session, channel: Channel | None, notice: Notice | None, now: datetime) -> None:
            if mail.sent:
                raise RuntimeError("broken")

    with transaction(engine) as session:
        post = Post(session)
        for about in ("a", "b"):
            post.letter(about, "mail", post.person("xi@example.cn"), "xi@example.cn")
    mail = Scripted()
    with pytest.raises(RuntimeError, match="broken"):
        Outbox(engine, {"mail": mail}, HOME, "me", Clock(), etiquette=Broken()).drain()
    with transaction(engine) as session:
        assert [(r.state, r.sent_at) for r in letters(session)] == [
            (DeliveryState.SENT, NOON),
            (DeliveryState.PENDING, None),
        ]
        assert [h.accepted_at for h in session.exec(select(Handover))] == [NOON]
    assert outbox(engine, {"mail": mail}).drain() == Drained(sent=1)


def test_a_letter_that_kills_every_sender_is_given_up_for_the_next_channel(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn", post.notice())
    clock, mail = Clock(), Scripted()
    sender = outbox(engine, {"mail": mail, "inbox": Inbox()}, clock)
    for _ in range(len(BACKOFF) + 1):
        assert sender._take() is not None
        clock.turn(minutes=10)
    assert sender.drain() == Drained(sent=1, failed=1)
    assert mail.sent == []
    with transaction(engine) as session:
        assert [(r.channel, r.error_code) for r in letters(session)] == [("mail", "gave_up"), ("inbox", None)]


def test_outboxes_at_once_never_send_the_same_letter(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        person = post.person("xi@example.cn")
        for n in range(60):
            post.letter(f"m{n}", "mail", person, "xi@example.cn")
    mail = Scripted()
    start, done = threading.Barrier(4), []

    def work(holder: str) -> None:
        sender = outbox(engine, {"mail": mail}, holder=holder)
        start.wait()
        done.append(sender.drain())

    threads = [threading.Thread(target=work, args=(f"sender {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(m.key for m in mail.sent).most_common(1)[0][1] == 1
    assert sum(d.sent for d in done) == len(mail.sent) == 60
