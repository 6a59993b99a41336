"""What was known of sources on a past day stays known of it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.opening import open_periods
from diaodu.actions.source import Told, pause, register, resume
from diaodu.rules.verdict import State
from diaodu.storage.source import suppliers
from tests.small_office import OCT, Office

OPENED, LATE = datetime(2023, 11, 1, 1, tzinfo=UTC), datetime(2023, 11, 9, 1, tzinfo=UTC)
TOLD = Told("http://127.0.0.1:9/", {"indicator": "zb", "unit": "dw", "value": "sz"}, ["projects"], 1)


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    return Office(session, tmp_path)


def verdicts(office: Office, at: datetime) -> dict[tuple[str, str], State]:
    frame = assess(office.session, office.plan.scheme_id, OCT, at).frame
    return {(row["indicator"], row["unit"]): State(row["state"]) for row in frame.iter_rows(named=True)}


def test_a_source_changes_nothing_of_what_was_known_before_it_was_there(office: Office) -> None:
    """On 9 November the west is late with its projects; the source found on the 10th is no news of the 9th."""
    open_periods(office.session, office.plan.scheme_id, OCT, date(2023, 11, 1), OPENED, date(2023, 11, 1))
    before = verdicts(office, LATE)
    assert before["projects", "west"] is State.NOT_REPORTED
    later = LATE + timedelta(days=1)
    source = register(office.session, office.plan.scheme_id, "统计", "http", TOLD, "李某", later)
    assert verdicts(office, LATE) == before
    assert verdicts(office, later)["projects", "west"] is State.SOURCE_DOWN
    pause(office.session, source, "李某", "系统停用", later + timedelta(days=1))
    assert verdicts(office, later)["projects", "west"] is State.SOURCE_DOWN
    assert verdicts(office, later + timedelta(days=1))["projects", "west"] is not State.SOURCE_DOWN
    resume(office.session, source, "李某", "系统恢复", later + timedelta(days=2))
    assert suppliers(office.session, office.plan.scheme_id, LATE) == {}
    assert suppliers(office.session, office.plan.scheme_id, later) == {office.plan.projects: "统计"}
    assert suppliers(office.session, office.plan.scheme_id, later + timedelta(days=1)) == {}
    assert suppliers(office.session, office.plan.scheme_id, later + timedelta(days=2)) == {office.plan.projects: "统计"}
