"""Who hears of it, and by which way."""

from datetime import timedelta

import pytest

from diaodu.rules.access import Role
from diaodu.rules.routing import BACKOFF, NoticeKind, Reach, Recipient, Route, readers, retry_after, route, routes

WAYS: list[tuple[str, Reach]] = [
    ("mail", lambda r: r.mail),
    ("webhook", lambda r: r.webhook),
    ("inbox", lambda r: r.unit),
    ("console", lambda r: None if r.unit else "console"),
]


def person(number: int, role: Role = Role.REPORTER, unit: str | None = "west", **addresses: str) -> Recipient:
    return Recipient(number, role, unit, **addresses)


@pytest.mark.parametrize(
    ("who", "channel", "address"),
    [
        (person(1, mail="a@b", webhook="http://x/"), "mail", "a@b"),
        (person(1, webhook="http://x/"), "webhook", "http://x/"),
        (person(1, mail=""), "inbox", "west"),
        (person(1, unit=None, mail="a@b"), "mail", "a@b"),
        (person(1, unit=None), "console", "console"),
    ],
)
def test_mail_comes_first_and_there_is_always_a_way(who: Recipient, channel: str, address: str) -> None:
    assert route(who, WAYS) == Route(who, channel, address)


def test_without_any_channel_there_is_none() -> None:
    assert route(person(1, mail="a@b"), []) is None


def test_a_unit_with_nobody_gets_it_in_its_inbox() -> None:
    assert routes([], "west", WAYS) == [Route(Recipient(None, None, "west"), "inbox", "west")]


def test_the_office_with_nobody_gets_it_on_the_console() -> None:
    assert routes([], None, WAYS) == [Route(Recipient(None, None, None), "console", "console")]


def test_an_address_shared_by_several_hears_it_once() -> None:
    people = [person(1), person(2, mail="a@b"), person(3), person(4, mail="a@b")]
    assert [(r.recipient.person_id, r.channel) for r in routes(people, "west", WAYS)] == [(1, "inbox"), (2, "mail")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (NoticeKind.CHASE, [1, 2]),
        (NoticeKind.REMINDER, [1, 2]),
        (NoticeKind.WARNING, [1, 2, 3]),
        (NoticeKind.SUPERVISION, [1, 2, 3]),
        (NoticeKind.INTERVIEW, [2, 3]),
    ],
)
def test_each_document_has_its_readers(kind: NoticeKind, expected: list[int]) -> None:
    people = [person(1), person(2, Role.REVIEWER), person(3, Role.LEADER), person(4, Role.AUDITOR)]
    assert [p.person_id for p in readers(kind, people)] == expected


def test_a_unit_without_such_roles_is_told_through_whom_it_has() -> None:
    assert [p.person_id for p in readers(NoticeKind.INTERVIEW, [person(1), person(4, Role.AUDITOR)])] == [1, 4]


def test_waits_grow_and_end() -> None:
    waits = [retry_after(n) for n in range(1, len(BACKOFF) + 3)]
    assert waits[0] == timedelta(minutes=1)
    assert waits[: len(BACKOFF)] == sorted(BACKOFF)
    assert waits[len(BACKOFF) :] == [None, None]
