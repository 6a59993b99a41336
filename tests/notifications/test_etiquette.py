"""Quiet hours and digests: on channels that ring, people are left in peace, and nothing is lost by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from diaodu.rules.quiet import read_quiet_hours
from diaodu.rules.routing import DeliveryReason, DeliveryState, NoticeKind, Recipient
from diaodu.storage.session import transaction
from notifications.channel import Channel, Letters, Manners
from notifications.etiquette import Etiquette
from notifications.inbox import Inbox
from notifications.message import Accepted, Answer, Message, Refused
from notifications.outbox import Drained, Outbox
from tests.notifications.post import Clock, Post, Scripted, letters

EVENING, FRIDAY_EVENING = datetime(2023, 11, 6, 13, tzinfo=UTC), datetime(2023, 11, 3, 13, tzinfo=UTC)  # 21:00 there
QUIET = Etiquette(read_quiet_hours("20:00-08:00"), frozenset({"supervision"}))
TOGETHER = Etiquette(None, frozenset({"supervision"}), digest_above=3)
GONE = Refused("93000", "invalid webhook url", permanent=True)


@dataclass
class Ringing(Letters):
    """A telephone that gives the answers of its script, the last one for ever."""

    answers: list[Answer] = field(default_factory=lambda: [Accepted()])
    sent: list[Message] = field(default_factory=list)

    @property
    def manners(self) -> Manners:
        return Manners(rings=True)

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.phone

    def send(self, part: Message) -> Answer:
        self.sent.append(part)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def posted(engine: Engine, count: int, kind: NoticeKind | None = None, channel: str = "phone", first: int = 0) -> None:
    """So many messages of notices of a kind; `first` is how many were posted before, by somebody who is known then."""
    with transaction(engine) as session:
        post = Post(session, again=first > 0)
        person = post.person() if first == 0 else Recipient(1, None, "west")
        for number in range(first, first + count):
            post.letter(
                f"a{number}", channel, person, "13800138000", post.notice(number + 1, kind=kind) if kind else None
            )


def outbox(engine: Engine, channels: Mapping[str, Channel], clock: Clock, etiquette: Etiquette) -> Outbox:
    return Outbox(engine, channels, Path(), "me", clock, etiquette=etiquette)


@pytest.mark.parametrize(("evening", "hours"), [(EVENING, 11), (FRIDAY_EVENING, 59)])
def test_at_night_nothing_rings_and_on_the_next_working_morning_everything_does(
    engine: Engine, evening: datetime, hours: int
) -> None:
    posted(engine, 2)
    clock, phone = Clock(evening), Ringing()
    sender = outbox(engine, {"phone": phone}, clock, QUIET)
    assert sender.drain() == Drained(held=2)
    with transaction(engine) as session:
        rows = letters(session)
    assert {(r.state, r.reason, r.attempts) for r in rows} == {(DeliveryState.PENDING, DeliveryReason.QUIET_HOURS, 0)}
    clock.turn(hours=hours, seconds=-1)
    assert sender.drain() == Drained()
    clock.turn(seconds=1)
    assert sender.drain() == Drained(sent=2)
    with transaction(engine) as session:
        assert {r.reason for r in letters(session)} == {None}


def test_what_is_urgent_rings_at_any_hour(engine: Engine) -> None:
    posted(engine, 1, NoticeKind.SUPERVISION)
    posted(engine, 1, NoticeKind.WARNING, first=1)
    phone = Ringing()
    assert outbox(engine, {"phone": phone}, Clock(EVENING), QUIET).drain() == Drained(sent=1, held=1)


def test_a_letter_box_takes_letters_at_night(engine: Engine) -> None:
    posted(engine, 2, channel="mail")
    assert outbox(engine, {"mail": Scripted()}, Clock(EVENING), QUIET).drain() == Drained(sent=2)


def test_a_message_that_falls_back_at_night_waits_for_the_morning_too(engine: Engine) -> None:
    with transaction(engine) as session:
        post = Post(session)
        person = post.person("xi@example.cn", phone="13800138000")
        post.letter("a", "mail", person, "xi@example.cn")
    clock, phone = Clock(EVENING), Ringing()
    sender = outbox(engine, {"mail": Scripted([GONE]), "phone": phone}, clock, QUIET)
    assert sender.drain() == Drained(failed=1, held=1)
    clock.turn(hours=11)
    assert sender.drain() == Drained(sent=1)


def test_more_than_so_many_become_one_that_says_all_of_them(engine: Engine) -> None:
    posted(engine, 4)
    phone = Ringing()
    assert outbox(engine, {"phone": phone}, Clock(), TOGETHER).drain() == Drained(sent=1)
    (said,) = phone.sent
    assert said.subject == "4条消息汇总"
    assert said.text.count("西区欠进度。") == 4
    with transaction(engine) as session:
        *members, digest = letters(session)
    assert {(m.state, m.digest_id, m.reason) for m in members} == {
        (DeliveryState.SENT, digest.id, DeliveryReason.DIGEST)
    }
    assert {m.sent_at for m in members} == {digest.sent_at}


def test_so_many_are_said_one_by_one(engine: Engine) -> None:
    posted(engine, 3)
    phone = Ringing()
    assert outbox(engine, {"phone": phone}, Clock(), TOGETHER).drain() == Drained(sent=3)


def test_what_is_urgent_is_said_by_itself(engine: Engine) -> None:
    posted(engine, 4)
    posted(engine, 1, NoticeKind.SUPERVISION, first=4)
    phone = Ringing()
    assert outbox(engine, {"phone": phone}, Clock(), TOGETHER).drain() == Drained(sent=2)
    assert sorted(said.subject for said in phone.sent) == ["4条消息汇总", "预警"]


def test_letters_keep_their_own_envelopes(engine: Engine) -> None:
    posted(engine, 9, channel="mail")
    assert outbox(engine, {"mail": Scripted()}, Clock(), TOGETHER).drain() == Drained(sent=9)


def test_a_digest_that_is_put_off_is_tried_again_as_it_is(engine: Engine) -> None:
    posted(engine, 4)
    clock, phone = Clock(), Ringing([Refused("503", "", permanent=False), Accepted()])
    sender = outbox(engine, {"phone": phone}, clock, TOGETHER)
    assert sender.drain() == Drained(put_off=1)
    posted(engine, 4, first=4)
    clock.turn(minutes=1)
    assert sender.drain() == Drained(sent=2)
    assert phone.sent[0].key == phone.sent[1].key != phone.sent[2].key
    with transaction(engine) as session:
        rows = letters(session)
    assert {r.state for r in rows} == {DeliveryState.SENT}
    assert [sum(r.digest_id == d.id for r in rows) for d in rows if d.digest_id is None] == [4, 4]


def test_the_messages_of_a_refused_digest_go_their_own_ways(engine: Engine) -> None:
    posted(engine, 4)
    inbox_too = {"phone": Ringing([GONE]), "inbox": Inbox()}
    assert outbox(engine, inbox_too, Clock(), TOGETHER).drain() == Drained(sent=4, failed=1)
    with transaction(engine) as session:
        rows = letters(session)
    failed, told = [r for r in rows if r.channel == "phone"], [r for r in rows if r.channel == "inbox"]
    assert {(r.state, r.error_code, r.reason) for r in failed} == {
        (DeliveryState.FAILED, "93000", DeliveryReason.FELL_BACK)
    }
    assert {r.instead_of for r in told} == {r.id for r in failed if r.digest_id is not None}
    assert all(r.text == "西区欠进度。" for r in told)


def test_what_waits_overnight_comes_as_one_in_the_morning(engine: Engine) -> None:
    clock, phone = Clock(EVENING), Ringing()
    calm = Etiquette(QUIET.quiet, frozenset(), digest_above=3)
    sender = outbox(engine, {"phone": phone}, clock, calm)
    for first in (0, 2):
        posted(engine, 2, first=first)
        assert sender.drain() == Drained(held=2)
        clock.turn(hours=1)
    clock.now = EVENING + timedelta(hours=11)
    assert sender.drain() == Drained(sent=1)
    assert phone.sent[0].subject == "4条消息汇总"
