"""The timetable every scheme is given: each line names times, and each job is one that can be run."""

from datetime import date

import pytest

from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import Rhythm, Window
from diaodu.rules.occasion import occasions
from diaodu.rules.schedule import CatchUp
from diaodu.rules.workday import Workdays
from flows.cycle import JOBS
from flows.timetable import TIMETABLE


@pytest.mark.parametrize("line", TIMETABLE, ids=lambda line: line[0])
@pytest.mark.parametrize("cadence", Cadence)
def test_every_line_names_a_job_we_can_run_at_times_we_can_date(
    line: tuple[str, str, CatchUp], cadence: Cadence
) -> None:
    job, trigger, _catch_up = line
    windows = (Window(date(2026, 3, 1), date(2026, 3, 20)),)
    span = (date(2026, 1, 1), date(2026, 12, 31))
    rhythm = Rhythm(cadence, *span, "5 workdays", RestDay.AFTER, windows=windows)
    assert job in JOBS
    assert occasions(trigger, rhythm, Workdays({}))


def test_a_period_missed_is_run_for_itself() -> None:
    assert {job: catch_up for job, _, catch_up in TIMETABLE}["cycle"] is CatchUp.EACH
