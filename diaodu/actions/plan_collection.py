"""The collections of a plan: calendars of their own, for indicators that are not asked for on the scheme's."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from diaodu.actions.announcement import announce
from diaodu.actions.identity import coded, made
from diaodu.actions.intake import Intake, collection_names
from diaodu.actions.names import Names
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.sources.calendar_columns import COLLECTIONS, USUAL_DUE
from diaodu.sources.fault import Fault
from diaodu.sources.table import Row
from diaodu.storage.collection import collection_ids, windows
from models.collection import Collection
from models.collection_version import CollectionVersion
from models.scheme_version import SchemeVersion

DEFAULTS: dict[str, Any] = {
    "cadence": Cadence.MONTHLY,
    "every": 1,
    "windows": None,
    "opens": None,
    "report_due": USUAL_DUE,
    "rest_day": RestDay.AFTER,
    "active": True,
}
SAID = [column.key for column in COLLECTIONS if column.key not in {"code", "effective_from"}]


def take_collections(intake: Intake) -> Names:
    """Take the sheet of collections; gives all codes and names other sheets may use."""
    names = collection_names(intake)
    rows = coded(intake, names, "collections")
    made(intake, Collection, collection_ids(intake.session, intake.scheme_id), rows)
    ids = collection_ids(intake.session, intake.scheme_id)
    histories = intake.histories(CollectionVersion)
    schemes = intake.histories(SchemeVersion)[intake.scheme_id] if rows else History()
    for row, code in rows:
        if not row.is_sound or not row.values["name"]:
            continue
        history = histories.setdefault(ids[code], History())
        version = intake.revise("collections", history, row, DEFAULTS, _said(row))
        if version is None:
            continue
        faults = _checked(row, version.values, intake.starts, intake.ends)
        intake.faults += faults
        if not faults and schemes.latest is not None:
            announce(intake, row, history, version, schemes.latest.values, ids[code])
    intake.store(CollectionVersion, histories)
    return names


def _said(row: Row) -> dict[str, Any]:
    return {key: DEFAULTS.get(key) if row.values[key] is None else row.values[key] for key in SAID if key in row.values}


def _checked(row: Row, says: Mapping[str, Any], starts: date, ends: date) -> list[Fault]:
    """What is wrong with the values taken together."""
    faults = []
    if says["every"] != 1 and says["cadence"] is not Cadence.DAYS:
        faults.append(row.fault("every", _("只有报送周期为“按天数”才填间隔天数")))
    if says["windows"] is None and says["cadence"] is Cadence.CUSTOM:
        faults.append(row.fault("windows", _("报送周期为“自定义”时要列出窗口，如 2026-03-01..2026-03-20")))
    if says["windows"] is not None and says["cadence"] is not Cadence.CUSTOM:
        faults.append(row.fault("windows", _("只有报送周期为“自定义”才列窗口")))
    listed = windows(says["windows"] or "")
    if listed and not starts <= listed[0].starts <= listed[-1].ends <= ends:
        right = _("窗口应在方案的起止之间：{starts} 到 {ends}")
        faults.append(row.fault("windows", right.format(starts=starts, ends=ends)))
    return faults
