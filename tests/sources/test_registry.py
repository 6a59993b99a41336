"""What is said of a source is checked all at once, and means the same however it was written."""

from typing import Any

import pytest

from diaodu.sources import registry
from diaodu.sources.registry import SOURCES

HTTP = {"indicator": "zb", "unit": "dw", "value": "sz"}


def faults(kind: str, location: str, options: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in registry.settled(kind, "统计局", location, options)[2]]


def test_every_option_says_what_it_is_for() -> None:
    assert [option.key for kind in SOURCES.values() for option in kind.options if not option.note] == []
    assert [name for name, kind in SOURCES.items() if not kind.where] == []


def test_everything_wrong_is_said_at_once() -> None:
    said = {
        "items": "a[",
        "pages": "0",
        "paging": "some",
        "secret": "hunter 2",
        "colour": "red",
        "uint": "dw",
        "units": {},
    }
    found = faults("http", "ftp://h/", said)
    wrong = {"items", "pages", "paging", "secret", "colour", "uint", "units", "位置", "indicator", "unit", "value"}
    assert {line.split(" · ")[1].partition("：")[0] for line in found} == wrong
    assert any("是否“unit”" in line for line in found)
    assert all(line.startswith("统计局 · ") for line in found)


def test_words_and_numbers_from_the_command_line_are_understood() -> None:
    said: dict[str, Any] = {**HTTP, "pages": "7", "seconds": 9, "units": {"330102": "east"}}
    location, options, wrong = registry.settled("http", "统计局", " http://h/{as_of:%Y} ", said)
    assert (location, wrong) == ("http://h/{as_of:%Y}", [])
    assert options == said | {"pages": 7}


LOCATIONS = (
    ("http", "http://u:p@h/"),
    ("http", "http://h/{day}"),
    ("http", "http://h/{as_of.__class__.__mro__[9]}"),
    ("http", "h/api"),
    ("mailbox", "imaps://h/INBOX"),
    ("mailbox", "imaps://u:p@h/INBOX"),
    ("mailbox", "pop3://u@h"),
    ("mailbox", "imap://u@h:x/"),
    ("folder", "file:///tmp"),
)


@pytest.mark.parametrize(("kind", "location"), LOCATIONS)
def test_a_location_that_cannot_be_meant_is_refused(kind: str, location: str) -> None:
    options = {"http": HTTP, "mailbox": {"secret": "mail"}, "folder": {}}[kind]
    assert [line.split(" · ")[1].startswith("位置") for line in faults(kind, location, options)] == [True]


def test_a_query_is_checked_against_its_database_when_it_is_registered() -> None:
    (line,) = faults("sql", "sqlite:////tmp/x.db", {"query": "DROP TABLE t"})
    assert "只许一条 SELECT" in line
