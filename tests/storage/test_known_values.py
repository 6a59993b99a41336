"""What was reported near a day: as good as everything ever reported, for who asks what comes before and after it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from diaodu.storage.plan import known_values
from tests.plan import SmallPlan

DAY = date(2023, 7, 9)
FIRST = datetime(2023, 7, 20, tzinfo=UTC)
Said = tuple[int, str | None]
"""The day of July, and the value; None took the day's number back. Each is recorded an hour after the one before."""

CASES: list[tuple[str, list[Said], list[int], int]] = [
    ("nothing was said", [], [], 9),
    ("the last day before is enough", [(1, "1"), (5, "5"), (7, "7")], [7], 9),
    ("its revisions come along", [(1, "1"), (7, "7"), (7, "8")], [7, 7], 9),
    ("a day taken back is no last day", [(1, "1"), (5, "5"), (7, "7"), (7, None)], [5, 7, 7], 9),
    ("nor one that was taken back and said again", [(5, "5"), (7, "7"), (7, None), (7, "8")], [5, 7, 7, 7], 9),
    ("the day itself and later ones come along", [(5, "5"), (9, "9"), (12, "12")], [5, 9, 12], 9),
    ("where nothing is before, all is after", [(9, "9"), (12, "12")], [9, 12], 9),
    ("what is not known yet says nothing", [(5, "5"), (7, "7")], [5], 1),
]


@pytest.mark.parametrize(("said", "found", "hours"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_it_goes_back_to_the_last_day_with_a_number(
    session: Session, said: list[Said], found: list[int], hours: int
) -> None:
    plan = SmallPlan(session)
    target, other = plan.started[plan.west], plan.started[plan.east]
    for number, (day, value) in enumerate(said):
        plan.report(target, date(2023, 7, day), value, recorded_at=FIRST + timedelta(hours=number))
    plan.report(other, date(2023, 7, 8), "1", recorded_at=FIRST)
    known = known_values(session, plan.scheme_id, {target, other}, FIRST + timedelta(hours=hours, minutes=-1), DAY)
    assert [day.day for _at, day, _value in sorted(known.get(target, []), key=lambda row: row[1])] == found
    assert [day.day for _at, day, _value in known[other]] == [8]
