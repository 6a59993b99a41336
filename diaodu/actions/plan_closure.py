"""The days on which single units rest or work otherwise than everybody: their own deadlines move with them."""

from datetime import date

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.sources.table import Row
from diaodu.storage.closure import closures
from diaodu.storage.unit import unit_ids
from models.closure import Closure


def take_closures(intake: Intake, units: Names) -> None:
    """A day already on record is put as the file says; days the file does not name stay."""
    rows: list[tuple[Row, tuple[str, date]]] = []
    for row in intake.file.rows("closures"):
        unit = units.resolve(row, "unit", intake.faults)
        if unit and row.is_sound and None not in (row.values[key] for key in ("day", "workday", "name")):
            rows.append((row, (unit, row.values["day"])))
    ids = unit_ids(intake.session, intake.scheme_id)
    known = {(one.unit_id, one.day): one for one in closures(intake.session, intake.scheme_id)} if rows else {}
    for row, (unit, day) in intake.once(rows, "day"):
        if unit in ids:
            _put(intake, row, known.get((ids[unit], day)), ids[unit])


def _put(intake: Intake, row: Row, before: Closure | None, unit_id: int) -> None:
    workday, name = row.values["workday"], row.values["name"]
    same = before is not None and (before.workday, before.name) == (workday, name)
    intake.outcome.tally("closures").count(before, None if same else row)
    if before is None:
        intake.session.add(Closure(unit_id=unit_id, day=row.values["day"], workday=workday, name=name))
    else:
        before.workday, before.name = workday, name
