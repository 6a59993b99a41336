"""Only days that can rest on a corrected number are judged anew: held against judging every day."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.rules.correction_effect import may_move
from diaodu.rules.quantity import to_micro
from diaodu.storage.collection import asked_of
from tests.small_office import Office

AT = datetime(2024, 12, 1, tzinfo=UTC)
REPORTED = {
    date(2022, 10, 31): "40",
    date(2022, 12, 31): "50",
    date(2023, 2, 28): "8",
    date(2023, 8, 31): "60",
    date(2023, 9, 30): "60",
    date(2023, 11, 15): "60",
    date(2023, 11, 30): "75",
}
JUDGED = [
    date(2023, 3, 31),
    date(2023, 9, 10),
    date(2023, 9, 30),
    date(2023, 10, 31),
    date(2023, 11, 20),
    date(2023, 11, 30),
    date(2023, 12, 20),
    date(2023, 12, 31),
]


@pytest.mark.parametrize("corrected", REPORTED, ids=str)
def test_a_day_left_out_is_judged_the_same_before_and_after(session: Session, tmp_path: Path, corrected: date) -> None:
    plan = Office(session, tmp_path).plan
    target, scheme_id = plan.invested[plan.west], plan.scheme_id
    for day, value in REPORTED.items():
        plan.report(target, day, value)
    values = {day: to_micro(value) for day, value in REPORTED.items()} | {date(2023, 10, 31): to_micro(50)}
    after = values | {corrected: values[corrected] - to_micro(3)}
    left_out = [
        day
        for day in JUDGED
        if not may_move(
            day,
            corrected,
            values,
            after,
            [one.previous_as_of for one in asked_of(session, scheme_id, day, AT).values()],
        )
    ]
    was = {day: assess(session, scheme_id, day, AT).frame for day in left_out}
    plan.report(target, corrected, str(int(REPORTED[corrected]) - 3), datetime(2024, 2, 1, tzinfo=UTC))
    for day, frame in was.items():
        assert assess(session, scheme_id, day, AT).frame.equals(frame), day
    assert left_out, "no number moves every day"
    if corrected.year == 2023:
        assert set(left_out) < set(JUDGED), "and each moves some"
