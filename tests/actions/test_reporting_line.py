"""What a unit owes is told up its reporting line, level by level, and no level is passed over in silence."""

from datetime import UTC, date, datetime

import pytest

from diaodu.actions.reporting_line import ReportingLine
from diaodu.rules.access import Role
from diaodu.rules.reminder import Rung, read_ladder
from models.person import Person
from models.unit_version import UnitVersion

TOWN, DISTRICT, CITY = 1, 2, 3
LADDER = read_ladder("T+3 审核人, T+5 领导, T+8 上级, T+12 上上级")
KNOWN = datetime(2023, 1, 5, tzinfo=UTC)


def unit(number: int, parent: int | None) -> UnitVersion:
    return UnitVersion(
        unit_id=number,
        name="",
        parent_id=parent,
        ranked=True,
        position=1,
        effective_from=date(2023, 1, 1),
        recorded_at=KNOWN,
    )


UNITS = {TOWN: unit(TOWN, DISTRICT), DISTRICT: unit(DISTRICT, CITY), CITY: unit(CITY, None)}
FILLED = (
    # who there is; whom the four steps tell, and whether in somebody's place
    (
        [(TOWN, Role.REVIEWER), (TOWN, Role.LEADER), (DISTRICT, Role.LEADER), (CITY, Role.LEADER)],
        [(TOWN, False), (TOWN, False), (DISTRICT, False), (CITY, False)],
    ),
    ([(TOWN, Role.LEADER), (CITY, Role.LEADER)], [(TOWN, True), (TOWN, False), (CITY, True), (CITY, False)]),
    ([(DISTRICT, Role.LEADER)], [(DISTRICT, True), (DISTRICT, True), (DISTRICT, False), (None, True)]),
    ([], [(None, True)] * 4),
)


@pytest.mark.parametrize(("filled", "told"), FILLED)
def test_each_step_tells_the_level_it_names_or_the_next_one_that_is_filled(
    filled: list[tuple[int, Role]], told: list[tuple[int | None, bool]]
) -> None:
    crowd = [Person(id=n, scheme_id=1, unit_id=one, name=str(n), role=role) for n, (one, role) in enumerate(filled)]
    line = ReportingLine(crowd, UNITS)
    found = [line.above(TOWN, rung) for rung in LADDER]
    assert [(one.unit_id, one.instead) for one in found] == told


def test_units_that_stand_above_each_other_end_with_the_office() -> None:
    line = ReportingLine([], {TOWN: unit(TOWN, DISTRICT), DISTRICT: unit(DISTRICT, TOWN)})
    assert line.above(TOWN, Rung(8, Role.LEADER, above=2)).role is Role.OFFICE
