"""The milestones of a plan: the rows of one target are its whole way, and a change is a whole new revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.actions.pair import Pair, paired
from diaodu.language import _
from diaodu.rules.indicator import Kind
from diaodu.rules.quantity import MICRO, plain
from diaodu.sources.table import Row
from diaodu.storage.milestone import milestones_in_force
from diaodu.storage.plan import append, newest_revisions
from diaodu.storage.target import target_ids
from models.milestone import Milestone


@dataclass(frozen=True, slots=True)
class Step:
    """One milestone as a file has it."""

    row: Row
    planned: int

    @property
    def due(self) -> date:
        due: date = self.row.values["due"]
        return due

    @property
    def values(self) -> dict[str, Any]:
        """Its columns, without place and revision."""
        said = {key: self.row.values.get(key) for key in ("name", "due", "deliverable", "owner")}
        return said | {"planned": self.planned}


def read_steps(
    intake: Intake, indicators: Names, units: Names, definitions: Mapping[str, Mapping[str, Any]]
) -> dict[Pair, list[Step]]:
    """The milestones of each target the file has any for, by due day; a target with an unreadable row is left out."""
    rows: dict[Pair, list[Row]] = {}
    for row, pair in paired(intake, "milestones", indicators, units):
        rows.setdefault(pair, []).append(row)
    steps = {}
    for pair, own in rows.items():
        if all(row.is_sound and row.values["name"] and row.values["due"] for row in own):
            intake.once([(row, row.values["name"]) for row in own], "name")
            own.sort(key=lambda row: row.values["due"])
            kind = definitions.get(pair[0], {}).get("kind")
            steps[pair] = _deliverables(own) if kind is Kind.DELIVERABLE else _amounts(intake, own)
    return steps


def _deliverables(rows: Sequence[Row]) -> list[Step]:
    """Where no number is planned, the first milestone due is one done, the second two."""
    planned = [row.values.get("planned") for row in rows]
    return [Step(row, n * MICRO if p is None else p) for n, (row, p) in enumerate(zip(rows, planned, strict=True), 1)]


def _amounts(intake: Intake, rows: Sequence[Row]) -> list[Step]:
    steps = []
    for row in rows:
        planned = row.values.get("planned")
        if planned is None:
            intake.faults.append(row.fault("planned", _("不能空（只有节点成果类指标可以空着）")))
        else:
            steps.append(Step(row, planned))
    intake.once([(step.row, step.due) for step in steps], "due")
    return steps


def take_milestones(
    intake: Intake,
    steps: Mapping[Pair, Sequence[Step]],
    targets: Mapping[Pair, Mapping[str, Any]],
    definitions: Mapping[str, Mapping[str, Any]],
) -> None:
    """Hold each way against its target, and write down those that differ from what is known."""
    ids = target_ids(intake.session, intake.scheme_id)
    known = milestones_in_force(intake.session, intake.scheme_id, intake.recorded_at)
    revisions = newest_revisions(intake.session, intake.scheme_id)
    rows: list[dict[str, Any]] = []
    for pair, own in steps.items():
        if not own:
            continue
        if pair not in targets:
            intake.faults.append(own[0].row.fault("indicator", _("目标表里没有这个单位的这项指标；请先列出目标")))
            continue
        _check_days(intake, own, targets[pair])
        if definitions[pair[0]]["kind"] is Kind.DELIVERABLE:
            _check_number(intake, own, targets[pair]["value"])
        before = known.get(ids[pair], [])
        values = [step.values for step in own]
        same = values == [milestone.model_dump(include=set(values[0])) for milestone in before]
        intake.outcome.tally("milestones").count(before or None, None if same else values, len(values))
        if not same:
            shared = {"target_id": ids[pair], "recorded_at": intake.recorded_at}
            revision = revisions.get(ids[pair], 0) + 1
            rows += [{**shared, "revision": revision, "position": n, **step} for n, step in enumerate(values, 1)]
    append(intake.session, Milestone, rows)


def _check_days(intake: Intake, steps: Sequence[Step], target: Mapping[str, Any]) -> None:
    for step in steps:
        if not target["start"] <= step.due <= target["due"]:
            right = _("应在目标的起止之间：{start} 到 {due}").format(start=target["start"], due=target["due"])
            intake.faults.append(step.row.fault("due", right))


def _check_number(intake: Intake, steps: Sequence[Step], target: int | None) -> None:
    """Deliverables are counted: the last milestone due completes the target."""
    if target is not None and steps[-1].planned != target:
        right = _("最后一个节点累计 {planned} 项，目标值却是 {target}；请同时修改目标，或把目标值空着")
        fault = steps[-1].row.fault("planned", right.format(planned=plain(steps[-1].planned), target=plain(target)))
        intake.faults.append(fault)
