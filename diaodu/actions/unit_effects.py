"""What a correction moves of units as wholes: their verdicts, and the warnings that rest on them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from diaodu.actions.unit_round import unit_judgement
from diaodu.rules.correction_effect import UnitChange, WarningMove, next_step
from diaodu.rules.level import Policy
from diaodu.rules.notice import WHOLE_UNIT
from diaodu.rules.subject import Subject
from diaodu.rules.unit_verdict import UnitVerdict
from diaodu.storage.warning import Known


def unit_changes(day: date, before: Sequence[UnitVerdict], after: Sequence[UnitVerdict]) -> Iterator[UnitChange]:
    """Units whose verdict as a whole differs, in the order of the plan."""
    was = {one.standing.unit_id: one for one in before}
    for now in after:
        unit, old = now.standing, was.get(now.standing.unit_id)
        if old is None or (old.level, old.reason) != (now.level, now.reason):
            levels = (_level(old), _level(now))
            yield UnitChange(day.isoformat(), unit.unit, unit.unit_name, *levels, explanation=now.explanation)


def _level(one: UnitVerdict | None) -> str | None:
    return one.level.name if one and one.level else None


def unit_warnings(
    known: Mapping[Subject, Known],
    before: Sequence[UnitVerdict],
    after: Sequence[UnitVerdict],
    policy: Policy | None,
    today: date,
) -> Iterator[WarningMove]:
    """What the next run over the newest day would do to units' warnings, where the correction makes it do otherwise."""
    was = {one.standing.unit_id: unit_judgement(one) for one in before}
    for each in after if policy else ():
        unit, now = each.standing, unit_judgement(each)
        one, old = known.get(Subject(unit_id=unit.unit_id)), was.get(unit.unit_id, now)
        step = next_step(one.obligation if one else None, old, now, policy.for_units, today) if policy else None
        if step is not None:
            number = one.warning.id if one and one.warning.closed_at is None else None
            yield WarningMove(number, unit.unit, unit.unit_name, None, WHOLE_UNIT, *step)
