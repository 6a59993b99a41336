"""The collections of a plan: calendars of their own, for indicators that are not asked for on the scheme's."""

from typing import Any

from diaodu.actions.announcement import announce, contradictions
from diaodu.actions.identity import coded, made
from diaodu.actions.intake import Intake, collection_names
from diaodu.actions.names import Names
from diaodu.actions.revision import History
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.sources.calendar_columns import COLLECTIONS, USUAL_DUE
from diaodu.sources.table import Row
from diaodu.storage.collection import collection_ids
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
        faults = contradictions(row, version.values, intake.starts, intake.ends)
        intake.faults += faults
        if not faults and schemes.latest is not None:
            announce(intake, row, history, version, schemes.latest.values, ids[code])
    intake.store(CollectionVersion, histories)
    return names


def _said(row: Row) -> dict[str, Any]:
    return {key: DEFAULTS.get(key) if row.values[key] is None else row.values[key] for key in SAID if key in row.values}
