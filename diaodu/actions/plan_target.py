"""The targets of a plan: which unit carries how much of which indicator, on which way, from when to when."""

from collections.abc import Mapping, Sequence
from typing import Any

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.actions.pair import Pair, paired
from diaodu.actions.plan_milestone import Step
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.trajectory import Trajectory
from diaodu.sources.fault import Fault
from diaodu.sources.table import Row
from diaodu.storage.indicator import indicator_ids
from diaodu.storage.milestone import milestones_in_force
from diaodu.storage.plan import append
from diaodu.storage.target import target_ids
from diaodu.storage.unit import unit_ids
from models.target import Target
from models.target_version import TargetVersion

USUAL = {Kind.CUMULATIVE: Trajectory.MONTHS, Kind.COUNT: Trajectory.MONTHS, Kind.DELIVERABLE: Trajectory.STEP}
"""How a target without a word about it is spread; anything else holds from its first day."""
STAGED = frozenset({Trajectory.STEP, Trajectory.INTERPOLATED})


def take_targets(
    intake: Intake,
    indicators: Names,
    units: Names,
    definitions: Mapping[str, Mapping[str, Any]],
    steps: Mapping[Pair, Sequence[Step]],
) -> dict[Pair, dict[str, Any]]:
    """Take the sheet of targets; gives what every target, old and new, asks last."""
    rows = _single(intake, indicators, units)
    ids = _made(intake, rows)
    histories = intake.histories(TargetVersion)
    planned = _last_planned(intake, ids, steps)
    for row, pair in rows:
        definition = definitions.get(pair[0])
        if not row.is_sound or definition is None:
            continue
        defaults, said = _said(intake, row, definition["kind"], planned.get(pair))
        history = histories.setdefault(ids[pair], History())
        before = history.in_force(history.day(row.get("effective_from"), intake.starts, intake.today))
        version = intake.revise("targets", history, row, defaults, said) or before
        if version is not None:
            intake.faults += _checked(row, definition, version.values, pair in planned)
    intake.store(TargetVersion, histories)
    return {pair: h.latest.values for pair, n in ids.items() if (h := histories.get(n)) and h.latest}


def _single(intake: Intake, indicators: Names, units: Names) -> list[tuple[Row, Pair]]:
    rows = [(row, (pair, row.get("effective_from"))) for row, pair in paired(intake, "targets", indicators, units)]
    return [(row, pair) for row, (pair, _day) in intake.once(rows, "indicator")]


def _made(intake: Intake, rows: Sequence[tuple[Row, Pair]]) -> dict[Pair, int]:
    """Ids of all targets, the file's new ones included."""
    known = target_ids(intake.session, intake.scheme_id)
    indicators = indicator_ids(intake.session, intake.scheme_id)
    units = unit_ids(intake.session, intake.scheme_id)
    new = [pair for pair in dict.fromkeys(pair for _row, pair in rows) if pair not in known]
    made = [
        {"indicator_id": indicators[indicator], "unit_id": units[unit]}
        for indicator, unit in new
        if indicator in indicators and unit in units
    ]
    append(intake.session, Target, made)
    return target_ids(intake.session, intake.scheme_id) if made else known


def _last_planned(intake: Intake, ids: Mapping[Pair, int], steps: Mapping[Pair, Sequence[Step]]) -> dict[Pair, int]:
    """The last milestone's planned value of every target that has milestones, in this file or before."""
    known = milestones_in_force(intake.session, intake.scheme_id, intake.recorded_at)
    before = {pair: known[number][-1].planned for pair, number in ids.items() if number in known}
    return before | {pair: own[-1].planned for pair, own in steps.items() if own}


def _said(intake: Intake, row: Row, kind: Kind, planned: int | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What empty cells mean, and what the row says, as columns of a version. Deliverables ask for all milestones."""
    defaults = {
        "value": planned if kind is Kind.DELIVERABLE else None,
        "upper": None,
        "baseline": 0,
        "trajectory": USUAL.get(kind, Trajectory.FLAT),
        "start": intake.starts,
        "due": intake.ends,
    }
    keys = {"target" if name == "value" else name: name for name in defaults}
    said = {
        name: defaults[name] if row.values[key] is None else row.values[key]
        for key, name in keys.items()
        if key in row.values
    }
    return defaults, said


def _checked(row: Row, definition: Mapping[str, Any], target: Mapping[str, Any], is_staged: bool) -> list[Fault]:
    """What is wrong with the values taken together."""
    faults = []
    value, upper = target["value"], target["upper"]
    if target["due"] < target["start"]:
        faults.append(row.fault("due", _("不能早于起始日 {start}").format(start=target["start"])))
    if definition["direction"] is not Direction.BAND and upper is not None:
        faults.append(row.fault("upper", _("只有方向为“区间”的指标才填上限")))
    if definition["direction"] is Direction.BAND and value is not None and (upper is None or upper < value):
        faults.append(row.fault("upper", _("区间指标的上限不能空，也不能小于目标值")))
    if target["trajectory"] in STAGED and value is not None and not is_staged:
        faults.append(row.fault("trajectory", _("按节点计算序时，但节点表里没有这个目标的节点")))
    return faults
