"""What every source promises, whatever it is: one function a promise, over any peer that can give and go away."""

from collections.abc import Sequence
from typing import Protocol

import pytest
from sqlmodel import Session, select, update

from diaodu.actions.import_report import import_found
from diaodu.sources import registry
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.place import Place
from diaodu.sources.plan import PlanFile
from models.definition import Definition
from models.report import Report
from models.source import Source
from tests.plan import RECORDED, SmallPlan

Given = tuple[str, str, str, str]
"""Indicator, unit, as-of day, value, as the peer's own people write them."""
GOOD: Sequence[Given] = (
    ("investment", "east", "2023-11-30", "111.5"),
    ("investment", "west", "2023-11-30", "1234567.654321"),
)
BROKEN: Sequence[Given] = (("investment", "east", "2023-11-30", "112"), ("investment", "west", "2023-11-30", "许多"))
LATER = RECORDED.replace(month=12)


class Peer(Protocol):
    """Somebody else's system on loopback, as a source of one kind."""

    kind: str

    @property
    def place(self) -> Place:
        """Where it is now."""
        ...

    def give(self, rows: Sequence[Given]) -> None:
        """Hold these rows from now on."""
        ...

    def go_away(self) -> None:
        """Answer no more."""
        ...


def check_contract(peer: Peer, session: Session) -> None:
    """Every promise, one after the other, on one peer."""
    source = _registered(peer, session)
    check_it_gives_exactly_what_is_there(peer)
    check_the_same_twice_is_no_news(peer, session, source)
    check_nothing_of_what_is_broken_is_taken(peer, session, source)
    check_it_says_where_and_why_it_is_down(peer)


def check_it_gives_exactly_what_is_there(peer: Peer) -> None:
    peer.give(GOOD)
    (file,) = read(peer)
    assert not file.faults
    rows = file.rows("reports")
    assert [(row.values["indicator"], row.values["unit"], str(row.values["as_of"])) for row in rows] == [
        row[:3] for row in GOOD
    ]
    assert [row.values["value"] for row in rows] == [111_500_000, 1_234_567_654_321]
    assert len({row.origin for row in rows}) == len(rows)


def check_the_same_twice_is_no_news(peer: Peer, session: Session, source: Source) -> None:
    first, again = read(peer), read(peer)
    assert [file.digest for file in first] == [file.digest for file in again]
    for expected in (len(GOOD), 0):
        for file in read(peer):
            outcome = import_found(session, source, file, "test", LATER)
            assert sum(tally.added for tally in outcome.tallies.values()) == expected
    taken = reports(session, source)
    assert [report.value for report in taken] == [111_500_000, 1_234_567_654_321]
    assert all(report.origin for report in taken)


def check_nothing_of_what_is_broken_is_taken(peer: Peer, session: Session, source: Source) -> None:
    before = reports(session, source)
    peer.give(BROKEN)
    faulty = [file for file in read(peer) if file.faults]
    assert [(fault.found, "数字" in fault.right, fault.row) for fault in faulty[0].faults] == [
        ("许多", True, faulty[0].faults[0].row)
    ]
    assert "累计完成" in (faulty[0].faults[0].column or "")
    for file in faulty:
        with pytest.raises(Faults, match="许多"):
            import_found(session, source, file, "test", LATER)
    assert reports(session, source) == before


def check_it_says_where_and_why_it_is_down(peer: Peer) -> None:
    peer.go_away()
    where = _address(peer.place.location)
    with pytest.raises(SourceDown) as down:
        read(peer)
    words = str(down.value)
    assert where in words
    assert len(words) > len(where) + 3


def read(peer: Peer) -> list[PlanFile]:
    return registry.read(peer.kind, peer.place).files


def reports(session: Session, source: Source) -> list[Report]:
    return list(session.exec(select(Report).where(Report.source_id == source.id).order_by(Report.id)))  # type: ignore[arg-type]


def _registered(peer: Peer, session: Session) -> Source:
    plan = SmallPlan(session)
    session.exec(update(Definition).values(decimals=6))
    source = Source(scheme_id=plan.scheme_id, name="对方", kind=peer.kind, location=peer.place.location)
    session.add(source)
    session.flush()
    return source


def _address(location: str) -> str:
    """A location without who asks and how."""
    return location.partition("://")[2].rpartition("@")[2].partition("?")[0] or location
