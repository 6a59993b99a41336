"""The indicators of a plan and what they mean."""

from collections.abc import Mapping
from typing import Any

from diaodu.actions.identity import coded, made, positions
from diaodu.actions.intake import Intake, indicator_names
from diaodu.actions.names import Names
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.rules.indicator import Direction, Kind, RollUp
from diaodu.rules.quantity import plain
from diaodu.sources.columns import INDICATORS
from diaodu.sources.fault import Fault
from diaodu.sources.table import Row
from diaodu.storage.collection import collection_ids
from diaodu.storage.indicator import indicator_ids
from diaodu.storage.unit import unit_ids
from models.definition import Definition
from models.indicator import Indicator

WHOLE = frozenset({Kind.COUNT, Kind.RANK, Kind.DELIVERABLE})
SUMMED = frozenset({Kind.CUMULATIVE, Kind.COUNT})
MEASURED_IN = {Kind.GROWTH: "%", Kind.RATIO: "%", Kind.RANK: "位", Kind.DELIVERABLE: "项"}
PLAIN = [c.key for c in INDICATORS if c.key not in {"code", "lead_unit", "collection", "effective_from"}]


def take_indicators(intake: Intake, units: Names, collections: Names) -> Names:
    """Take the sheet of indicators; gives all codes and names other sheets may use."""
    names = indicator_names(intake)
    rows = coded(intake, names, "indicators")
    made(intake, Indicator, indicator_ids(intake.session, intake.scheme_id), rows)
    ids = indicator_ids(intake.session, intake.scheme_id)
    unit_numbers = unit_ids(intake.session, intake.scheme_id)
    calendars = collection_ids(intake.session, intake.scheme_id)
    histories = intake.histories(Definition)
    places = positions(rows, ids, histories)
    for row, code in rows:
        lead = units.resolve(row, "lead_unit", intake.faults)
        collection = collections.resolve(row, "collection", intake.faults)
        if not row.is_sound or not (row.values["name"] and row.values["kind"]):
            continue
        defaults = _defaults(row.values["kind"])
        said = {key: _or(row.values[key], defaults.get(key)) for key in PLAIN if key in row.values}
        if "lead_unit" in row.values:
            said["lead_unit_id"] = unit_numbers.get(lead or "")
        if "collection" in row.values:
            said["collection_id"] = calendars.get(collection or "")
        if code in places:
            said["position"] = places[code]
        version = intake.revise("indicators", histories.setdefault(ids[code], History()), row, defaults, said)
        if version is not None:
            intake.faults += _checked(row, version.values)
    intake.store(Definition, histories)
    return names


def _defaults(kind: Kind) -> dict[str, Any]:
    """What an empty cell means for a kind of indicator."""
    return {
        "category": None,
        "definition": None,
        "direction": Direction.HIGHER,
        "roll_up": RollUp.SUM if kind in SUMMED else RollUp.NONE,
        "measure_unit": MEASURED_IN.get(kind, ""),
        "decimals": 0 if kind in WHOLE else 2,
        "weight": None,
        "lead_unit_id": None,
        "aligned_to": None,
        "collection_id": None,
        "lowest": None,
        "highest": None,
        "most_change": None,
        "most_excess": None,
        "evidence_required": False,
        "tolerance": None,
    }


def _checked(row: Row, definition: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the values taken together."""
    lowest, highest = definition["lowest"], definition["highest"]
    if lowest is None or highest is None or lowest <= highest:
        return []
    return [row.fault("highest", _("不能小于最低值 {lowest}").format(lowest=plain(lowest)))]


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def definitions(intake: Intake) -> dict[str, dict[str, Any]]:
    """By code, what each indicator means to the sheets that follow: its newest known definition."""
    histories = intake.histories(Definition)
    ids = indicator_ids(intake.session, intake.scheme_id)
    return {
        code: history.latest.values
        for code, number in ids.items()
        if (history := histories.get(number)) and history.latest
    }
