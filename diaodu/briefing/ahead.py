"""What would close a gap (缺口): the next thing a task has to reach, and exactly how much is missing for it."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from diaodu.briefing.facts import exact
from diaodu.briefing.sheet_facts import Ahead, Promised
from diaodu.briefing.tally import Line
from diaodu.rules.collection import spans
from diaodu.rules.indicator import Direction
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Path, planned
from diaodu.rules.verdict import State
from diaodu.rules.workday import Workdays
from diaodu.storage.collection import own_rhythm
from diaodu.storage.promise import Promise
from models.scheme_version import SchemeVersion


def next_period_end(scheme: SchemeVersion, as_of: date, workdays: Workdays) -> date | None:
    """The last day of the scheme's first period that is not over on `as_of`; None after the last."""
    ends = (end for _, end in spans(own_rhythm(scheme), workdays))
    return next((end for end in ends if end > as_of), None)


def ahead(line: Line, period_end: date | None) -> Ahead | None:
    """What lies ahead of a task, or was asked of one whose due day has come; None where nothing is asked."""
    standing = line.standing
    if not line.has_plan or standing.target is None:
        return None
    name, day, value = _next(standing, min(filter(None, (period_end, standing.due))))
    known = Fraction(standing.actual) if line.state is State.REPORTED and standing.actual is not None else None
    return Ahead(
        name=name,
        day=day.isoformat(),
        planned=exact(value) or "",
        owed=_missing(standing, known, line.planned),
        more=_missing(standing, known, value),
        due=standing.due.isoformat(),
        rest=_missing(standing, known, Fraction(standing.target)),
        direction=standing.direction.value,
    )


def _next(standing: Standing, end: date) -> tuple[str | None, date, Fraction]:
    """The next milestone where it comes by `end`; otherwise none lies before `end`, and its plan is known."""
    if standing.next_due is not None and standing.next_planned is not None and standing.next_due <= end:
        return standing.next_name, standing.next_due, Fraction(standing.next_planned)
    return None, end, planned(_path(standing), end)


def _path(standing: Standing) -> Path:
    assert standing.target is not None
    return Path(
        standing.trajectory, standing.start, standing.due, standing.baseline, standing.target,
        standing.past_due, standing.past_planned, standing.next_due, standing.next_planned,
    )  # fmt: skip


def _missing(standing: Standing, known: Fraction | None, asked: Fraction | None) -> str | None:
    if known is None or asked is None or standing.direction is Direction.BAND:
        return None
    away = asked - known if standing.direction is Direction.HIGHER else known - asked
    return exact(max(away, Fraction(0)))


def promised(commitments: Sequence[Promise], lines: Sequence[Line]) -> tuple[Promised, ...]:
    """The promises of units that are still assessed, and whether the value in force keeps them."""
    by_target = {line.standing.target_id: line for line in lines}
    return tuple(
        Promised(
            unit=line.standing.unit,
            indicator=line.standing.indicator,
            name=one.name,
            due=one.due.isoformat(),
            planned=one.planned,
            met=_met(line, one.planned),
        )
        for one in commitments
        if (line := by_target.get(one.target_id))
    )


def _met(line: Line, planned: int) -> bool | None:
    missing = _missing(line.standing, Fraction(line.standing.actual or 0), Fraction(planned))
    if line.standing.actual is None or line.state is not State.REPORTED or missing is None:
        return None
    return missing == "0/1"
