"""The course of a year, period by period (历期): each as its own briefing told it, even if corrected since."""

import json
from collections.abc import Iterable

from diaodu.briefing.course_facts import PeriodThen, TotalThen, UnitThen
from diaodu.briefing.narrowing import Stored, counted, counts
from diaodu.rules.verdict import State

MOST = 12
"""Periods that are kept, the present one included: the months of a year."""


def earlier(stored: str | None) -> tuple[PeriodThen, ...]:
    """The periods up to the one that these facts told, the oldest first: what the next briefing keeps."""
    if stored is None:
        return ()
    facts: Stored = json.loads(stored)
    before = [_period(one) for one in facts.get("earlier") or ()]
    return (*before, period(facts))[1 - MOST :]


def period(facts: Stored) -> PeriodThen:
    """How the period of these facts stood."""
    entries = counted(entry for one in facts["indicators"] for entry in one["entries"])
    units: dict[str, list[Stored]] = {}
    for entry in entries:
        units.setdefault(entry["unit"], []).append(entry)
    return PeriodThen(
        as_of=facts["as_of"],
        units=tuple(_unit(code, own, facts["levels"]) for code, own in units.items()),
        totals=tuple(total for one in facts["indicators"] if (total := _total(one))),
    )


def _period(told: Stored) -> PeriodThen:
    """A period that was kept."""
    units = tuple(UnitThen(**unit) for unit in told["units"])
    return PeriodThen(told["as_of"], units, tuple(TotalThen(**total) for total in told["totals"]))


def _unit(code: str, own: list[Stored], levels: Iterable[Stored]) -> UnitThen:
    figures = counts(own)
    held = [level for level in levels if any(entry["level"] == level["code"] for entry in own)]
    worst = max(held, key=lambda level: int(level["severity"]), default=None)
    stood = {name: figures[name] for name in ("compared", "behind", "not_reported", "awaited")}
    if worst is None or worst.get("withheld"):
        return UnitThen(code, own[0]["name"], **stood)
    return UnitThen(
        code,
        own[0]["name"],
        **stood,
        level=worst["name"],
        severity=worst["severity"],
        colour=worst["colour"],
        worse=len({level["severity"] for level in levels if level["severity"] > worst["severity"]}),
        at_level=sum(entry["level"] == worst["code"] for entry in own),
    )


def _total(indicator: Stored) -> TotalThen | None:
    """Where there is one row that speaks for the whole indicator."""
    sums = [entry for entry in indicator["entries"] if entry["total"]]
    entries = sums or indicator["entries"]
    if len(entries) != 1 or entries[0]["state"] not in (State.REPORTED, State.NO_TARGET):
        return None
    return TotalThen(indicator["code"], *(entries[0][name] for name in ("completion", "expected", "gap_pp")))
