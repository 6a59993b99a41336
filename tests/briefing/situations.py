"""Situations an office really meets, each with the facts it makes: what a briefing says in them must read naturally."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from diaodu.rules.standing import Standing
from diaodu.rules.warning import WarningState
from diaodu.storage.background import Background, WarningPlace
from diaodu.storage.briefing import WarningTally
from tests.briefing.assessments import QUIET, standing, stored

NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月"
SEPTEMBER = date(2023, 9, 30)
FIRST_PERIOD = {"previous_as_of": None, "previous_actual": None, "previous_target": None, "previous_baseline": None}
SITUATIONS: dict[str, Callable[[], str]] = {}


def situation(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """Files a situation under its name."""

    def file(make: Callable[[], str]) -> Callable[[], str]:
        SITUATIONS[name] = make
        return make

    return file


def units(*actuals: object, **changes: Any) -> list[Standing]:
    """One indicator with target 120, and a unit for each amount done; 100 would be on schedule."""
    return [
        standing(target_id=n, unit=f"U{n}", unit_name=f"{NAMES[n]}县", actual=actual, **changes)
        for n, actual in enumerate(actuals)
    ]


def another(standings: list[Standing], name: str, **changes: Any) -> list[Standing]:
    """The same units on another indicator."""
    return [replace(s, target_id=s.target_id + 100, indicator=name, indicator_name=name, **changes) for s in standings]


@situation("ordinary")
def ordinary() -> str:
    return stored(units(110, 104, 98, 90, 75, 60), warnings=WarningTally(0, 3, 2, 1, 0, 1))


@situation("ties at both ends")
def ties() -> str:
    return stored(units(110, 110, 110, 110, 110, 110, 110, 105, 100, 90, 90, 90), warnings=QUIET)


@situation("everybody equal")
def equal() -> str:
    return stored(units(90, 90, 90), warnings=QUIET)


@situation("one unit")
def one_unit() -> str:
    return stored(units(90), warnings=QUIET)


@situation("nobody lags")
def nobody_lags() -> str:
    return stored(units(118, 110, 105, 101), warnings=QUIET)


@situation("everybody lags")
def everybody_lags() -> str:
    return stored(units(95, 80, 62, 40), warnings=WarningTally(0, 4, 0, 0, 0, 0))


@situation("everything complete")
def complete() -> str:
    return stored(units(120, 120, 125, 120), warnings=QUIET)


@situation("many complete")
def many_complete() -> str:
    return stored(units(*[120] * 21, 119, 117, 115, 110, 104, 90, 80, 75), warnings=QUIET)


@situation("all but one complete")
def one_left() -> str:
    return stored(units(120, 120, 120, 120, 119), warnings=QUIET)


@situation("first period")
def first_period() -> str:
    return stored(units(95, 105, **FIRST_PERIOD), warnings=QUIET)


@situation("revised targets")
def revised() -> str:
    rows = units(100, 98, 90)
    rows[0] = replace(rows[0], previous_target=rows[0].target and rows[0].target + 10_000_000)
    rows[2] = replace(rows[2], previous_target=100_000_000, previous_actual=90_000_000)
    return stored(rows, warnings=QUIET, beside=Background(redefined=frozenset({"I1"})))


@situation("all awaited")
def all_awaited() -> str:
    return stored([replace(s, reported_as_of=None, actual=None) for s in units(1, 1)], warnings=QUIET)


@situation("all silent")
def all_silent() -> str:
    silent = {"reported_as_of": None, "actual": None, "known_on": date(2023, 11, 10)}
    return stored([replace(s, **silent) for s in units(1, 1)], warnings=QUIET)


@situation("nothing planned yet")
def nothing_planned() -> str:
    return stored(
        units(5, 0, trajectory="step", next_due=date(2023, 12, 31), next_planned=120, next_name="全部完工"),
        warnings=QUIET,
    )


@situation("zero target")
def zero_target() -> str:
    return stored(units(5, 0, target=0, previous_target=0), warnings=QUIET)


@situation("no policy")
def no_policy() -> str:
    return stored(units(104, 88), policy=None, warnings=QUIET)


@situation("no ranked units")
def unranked() -> str:
    return stored(units(104, 88, ranked=False), warnings=QUIET)


@situation("no target set")
def no_target() -> str:
    return stored([replace(s, target=None) for s in units(5, 6)], policy=None, warnings=QUIET)


@situation("standstill")
def standstill() -> str:
    return stored([replace(s, previous_actual=s.actual) for s in units(104, 88)], warnings=QUIET)


@situation("a long lag, corrected figures, blockers and overdue warnings")
def busy() -> str:
    september = [
        replace(s, as_of=SEPTEMBER, required_as_of=SEPTEMBER, previous_as_of=date(2023, 8, 31))
        for s in units(70, 60, 88)
    ]
    august = [
        replace(s, as_of=date(2023, 8, 31), required_as_of=date(2023, 8, 31), reported_as_of=SEPTEMBER)
        for s in units(55, 50, 60)
    ]
    before = stored(september, beside=Background(previous=stored(august)))
    milestone = {
        "next_name": "主体封顶", "next_due": date(2023, 11, 15), "next_planned": 108,
        "first_unmet_name": "基础完工", "first_unmet_due": date(2023, 9, 15), "milestones_due": 1,
    }  # fmt: skip
    now = units(80, 75, 105, **milestone)
    now = [replace(s, previous_actual=p) for s, p in zip(now, (72_000_000, 60_000_000, 88_000_000), strict=True)]
    now[2] = replace(now[2], first_unmet_due=None, first_unmet_name=None, milestones_met=1)
    place: dict[str, Any] = {
        "level": "yellow",
        "since": date(2023, 11, 1),
        "rectify_by": None,
        "postponed_until": None,
        "unit": "U0",
    }
    warnings = (
        WarningPlace(target_id=0, state=WarningState.ISSUED, reply_due=date(2023, 11, 20), answered=False, **place),
        WarningPlace(
            target_id=1, state=WarningState.ACKNOWLEDGED, reply_due=date(2023, 11, 28), answered=True, **place
        ),
        WarningPlace(target_id=2, state=WarningState.EVIDENCED, reply_due=date(2023, 11, 20), answered=True, **place),
    )
    whole: dict[str, Any] = place | {"unit": "U2"}
    warnings += (
        WarningPlace(target_id=None, state=WarningState.ISSUED, reply_due=date(2023, 11, 20), answered=False, **whole),
    )
    beside = Background(previous=before, blockers={1: "征地尚有12户\n未签约。"}, warnings=warnings)
    return stored(now, beside=beside, late={2: 2}, warnings=WarningTally(0, 3, 1, 0, 0, 0))


@situation("several indicators")
def several() -> str:
    rows = units(110, 80, 100)
    growth = another(rows, "规上工业增加值增速", kind="growth", measure_unit="%", target=8_000_000, trajectory="flat")
    growth = [
        replace(s, actual=a, previous_actual=b, previous_target=8_000_000)
        for s, a, b in zip(growth, (8_500_000, 6_000_000, None), (8_000_000, 7_000_000, None), strict=True)
    ]
    growth[2] = replace(growth[2], reported_as_of=None, known_on=date(2023, 11, 10))
    return stored([*rows, *growth], warnings=QUIET)


@situation("many indicators")
def many_indicators() -> str:
    rows = [another(units(60 + 9 * n, 104, 70), f"指标{NAMES[n]}") for n in range(8)]
    rows = [[replace(s, target_id=s.target_id + 1000 * n) for s in own] for n, own in enumerate(rows)]
    return stored([s for own in rows for s in own], warnings=QUIET)
