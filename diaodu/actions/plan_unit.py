"""The units of a plan: what they are called, whom they are ranked with, and who stands above whom."""

from collections.abc import Mapping, Sequence
from typing import Any

from diaodu.actions.identity import coded, made, positions
from diaodu.actions.intake import Intake, unit_names
from diaodu.actions.names import Names
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.sources.table import Row
from diaodu.storage.group import group_ids
from diaodu.storage.plan import append
from diaodu.storage.unit import unit_ids
from models.group import Group
from models.unit import Unit
from models.unit_version import UnitVersion

DEFAULTS: dict[str, Any] = {"group_id": None, "ranked": True, "parent_id": None}


def take_units(intake: Intake) -> Names:
    """Take the sheet of units; gives all codes and names other sheets may use."""
    names = unit_names(intake)
    rows = coded(intake, names, "units")
    made(intake, Unit, unit_ids(intake.session, intake.scheme_id), rows)
    ids = unit_ids(intake.session, intake.scheme_id)
    histories = intake.histories(UnitVersion)
    places = positions(rows, ids, histories)
    groups = _groups(intake, rows)
    for row, code in rows:
        parent = names.resolve(row, "parent", intake.faults)
        if row.is_sound and row.values["name"]:
            said = _said(row, groups, ids, parent) | ({"position": places[code]} if code in places else {})
            intake.revise("units", histories.setdefault(ids[code], History()), row, DEFAULTS, said)
    _refuse_circles(intake, rows, ids, histories)
    intake.store(UnitVersion, histories)
    return names


def _said(row: Row, groups: Mapping[str, int], ids: Mapping[str, int], parent: str | None) -> dict[str, Any]:
    """What the row says, as columns of a version; columns the file lacks stay unsaid."""
    said: dict[str, Any] = {"name": row.values["name"]}
    if "group" in row.values:
        said["group_id"] = groups.get(row.values["group"])
    if "ranked" in row.values:
        said["ranked"] = row.values["ranked"] is not False
    if "parent" in row.values:
        said["parent_id"] = ids.get(parent or "")
    return said


def _groups(intake: Intake, rows: Sequence[tuple[Row, str]]) -> dict[str, int]:
    """Ids of all groups, the file's new ones included."""
    known = group_ids(intake.session, intake.scheme_id)
    named = dict.fromkeys(row.get("group") for row, _code in rows if row.get("group"))
    new = [{"scheme_id": intake.scheme_id, "name": name} for name in named if name not in known]
    append(intake.session, Group, new)
    return group_ids(intake.session, intake.scheme_id)


def _refuse_circles(
    intake: Intake, rows: Sequence[tuple[Row, str]], ids: Mapping[str, int], histories: Mapping[int, History]
) -> None:
    """Nobody stands above himself, directly or through others."""
    above = {number: history.latest.values["parent_id"] for number, history in histories.items() if history.latest}
    for row, code in rows:
        seen = set()
        at: int | None = ids[code]
        while at is not None and at not in seen:
            seen.add(at)
            at = above.get(at)
        if at == ids[code]:
            intake.faults.append(row.fault("parent", _("上级不能绕回自己")))
