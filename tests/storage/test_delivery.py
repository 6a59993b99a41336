"""Deliveries as rows: whoever claims one holds it alone, and only its holder says what became of it."""

from datetime import timedelta

from sqlmodel import Session

from diaodu.rules.access import Role
from diaodu.rules.routing import DeliveryState, Recipient
from diaodu.storage.delivery import (
    claim,
    deliveries_of,
    inbox,
    mark_failed,
    mark_sent,
    notice_of,
    put_off,
    recipient_of,
    state_of,
)
from models.delivery import Delivery
from tests.notifications.post import Post, letters
from tests.notifications.provider import NOON

LEASE = NOON + timedelta(minutes=10)


def taken(session: Session, holder: str = "me", minutes: int = 0) -> Delivery:
    now = NOON + timedelta(minutes=minutes)
    found = claim(session, holder, now, now + timedelta(minutes=10))
    assert found is not None
    return found


def test_the_oldest_due_is_claimed_first_and_by_one_only(session: Session) -> None:
    post = Post(session)
    person = post.person("xi@example.cn")
    for about in ("a", "b"):
        post.letter(about, "mail", person, "xi@example.cn")
    first, second = taken(session), taken(session, "other")
    assert [first.id, second.id] == [row.id for row in letters(session)]
    assert (first.state, first.holder, first.lease_until, first.attempts) == (DeliveryState.CLAIMED, "me", LEASE, 1)
    assert claim(session, "third", NOON, LEASE) is None


def test_what_is_put_off_is_not_due_yet(session: Session) -> None:
    post = Post(session)
    post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    assert put_off(session, taken(session), NOON + timedelta(minutes=1), "450", "busy")
    assert claim(session, "me", NOON + timedelta(seconds=59), LEASE) is None
    again = taken(session, minutes=1)
    assert (again.attempts, again.error_code) == (2, "450")


def test_only_the_holder_of_this_attempt_marks(session: Session) -> None:
    post = Post(session)
    post.letter("a", "mail", post.person("xi@example.cn"), "xi@example.cn")
    lost = Delivery(**taken(session).model_dump())
    taken(session, "me", minutes=10)  # the same holder, a later attempt
    assert not mark_sent(session, lost, NOON)
    assert not mark_failed(session, lost, "550", "")
    assert not put_off(session, lost, NOON, "450", "")


def test_a_resting_channel_is_passed_over(session: Session) -> None:
    post = Post(session)
    person = post.person("xi@example.cn", "http://x/")
    post.letter("a", "mail", person, "xi@example.cn")
    post.letter("a", "webhook", person, "http://x/")
    found = claim(session, "me", NOON, LEASE, frozenset({"mail"}))
    assert found is not None
    assert found.channel == "webhook"
    assert claim(session, "me", NOON, LEASE, frozenset({"mail"})) is None


def test_a_letter_knows_whom_it_is_for_and_what_it_brings(session: Session) -> None:
    post = Post(session)
    notice = post.notice(file="notices/1.docx")
    person, chief = post.person("xi@example.cn", "http://x/"), post.person("office@example.cn", office=True)
    post.letter("a", "mail", person, "xi@example.cn", notice)
    post.letter("b", "inbox", Recipient(None, None, "west"), "west", notice)
    post.letter("c", "mail", chief, "office@example.cn")
    post.letter("d", "console", Recipient(None, None, None), "console")
    rows = letters(session)
    assert [recipient_of(session, row) for row in rows] == [
        Recipient(person.person_id, Role.REPORTER, "west", "xi@example.cn", "http://x/"),
        Recipient(None, None, "west"),
        Recipient(chief.person_id, Role.REPORTER, None, "office@example.cn"),
        Recipient(None, None, None),
    ]
    assert [found and found.file for found in (notice_of(session, row) for row in rows)] == [
        "notices/1.docx",
        "notices/1.docx",
        None,
        None,
    ]
    assert deliveries_of(session, [notice]) == rows[:2]
    assert state_of(session, rows[0].key) is DeliveryState.PENDING
    assert state_of(session, "nobody") is None


def test_an_inbox_holds_what_was_sent_to_the_unit(session: Session) -> None:
    post = Post(session)
    to = Recipient(None, None, "west")
    for serial, about in enumerate(("a", "b"), 1):
        post.letter(about, "inbox", to, "west", post.notice(serial))
    assert inbox(session, post.plan.scheme_id, "west") == []
    for _ in range(2):
        assert mark_sent(session, taken(session), NOON)
    assert [d.notice_id for d in inbox(session, post.plan.scheme_id, "west")] == [2, 1]
    assert inbox(session, post.plan.scheme_id, "east") == []
