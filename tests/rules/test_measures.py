"""The exact measures of one target that `docs/rules.md` has no table for: periods, milestones, dates, references."""

from datetime import date
from fractions import Fraction

import pytest

from diaodu.rules import measures
from diaodu.rules.frame import with_measures
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.measures import MEASURES, RANKS, Measure
from diaodu.rules.quantity import MICRO
from diaodu.rules.standing import SCHEMA, Standing, of_row
from tests.rules.standings import WORKDAYS, frame_of, standing

Changes = dict[str, object]


def measured(name: str, one: Standing) -> Fraction | None:
    """The exact measure, which the frame's must be the float of."""
    value = measures.exact(one, name, WORKDAYS)
    assert with_measures(frame_of([one]), WORKDAYS)[name].to_list() == [None if value is None else pytest.approx(value)]
    return value


PERIODS = [
    # measure, changes, wanted; by months the plan of September is 90 and that of October 100
    ("period_rate", {"actual": 80, "previous_actual": 75}, Fraction(1, 2)),
    ("period_rate", {"actual": 75, "previous_actual": 75}, Fraction(0)),
    ("period_rate", {"actual": 80, "previous_actual": None}, None),
    ("period_rate", {"actual": 80, "previous_actual": 75, "previous_target": 130}, Fraction(5 * 2, 5)),
    ("period_rate", {"actual": 80, "previous_actual": 75, "previous_target": 150}, None),
    ("period_rate", {"actual": 80, "previous_as_of": None, "previous_actual": None}, Fraction(80, 100)),
    ("period_rate", {"actual": 10, "start": date(2023, 9, 30), "previous_actual": 4}, Fraction(6 * 4, 120)),
    ("period_rate", {"actual": 10, "start": date(2023, 10, 1), "baseline": 2}, Fraction(8 * 3, 118)),
    ("period_rate", {"actual": 80, "trajectory": "flat"}, None),
    ("period_rate", {"actual": 5 * 10**9, "previous_actual": 25 * 10**8, "target": 10**10, "previous_target": 10**10,
                     "trajectory": "days"}, Fraction(365, 4 * 31)),
    ("period_rate", {"actual": 140, "previous_actual": 145, "baseline": 200, "previous_baseline": 200, "target": 80,
                     "previous_target": 80, "direction": Direction.LOWER}, Fraction(1, 2)),
    ("period_rate", {"actual": 80, "kind": Kind.GROWTH}, None),
    ("change", {"actual": 80, "previous_actual": 75}, Fraction(5 * MICRO)),
    ("change", {"actual": 80, "previous_actual": 85}, Fraction(-5 * MICRO)),
    ("change", {"actual": 80, "previous_actual": None}, None),
    ("growth", {"actual": 84, "last_year_actual": 80}, Fraction(1, 20)),
    ("growth", {"actual": 84, "last_year_actual": None}, None),
    ("growth", {"actual": 84, "last_year_actual": 0}, None),
    ("growth", {"actual": 84, "last_year_actual": -10}, None),
    ("growth", {"actual": 6, "last_year_actual": 5, "kind": Kind.GROWTH}, None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "changes", "wanted"), PERIODS)
def test_periods_are_compared_by_their_increments(name: str, changes: Changes, wanted: Fraction | None) -> None:
    assert measured(name, standing(**changes)) == wanted


MILESTONES = [
    ("milestone_rate", {"actual": 35, "next_planned": 50}, Fraction(7, 10)),
    ("milestone_rate", {"actual": 35, "past_planned": 70}, Fraction(1, 2)),
    ("milestone_rate", {"actual": 35, "past_planned": 70, "next_planned": 50}, Fraction(7, 10)),
    ("milestone_rate", {"actual": 35, "next_planned": 50, "baseline": 20}, Fraction(1, 2)),
    ("milestone_rate", {"actual": 35, "next_planned": 0}, None),
    ("milestone_rate", {"actual": 35}, None),
    ("milestone_rate", {"actual": 6, "next_planned": 7, "kind": Kind.GROWTH}, None),
    ("milestones_unmet", {"milestones_due": 3, "milestones_met": 1}, 2),
    ("milestones_unmet", {"milestones_due": 3, "milestones_met": 1, "actual": None}, None),
    ("milestones_met", {"milestones_due": 3, "milestones_met": 1, "actual": None}, 1),
]


@pytest.mark.parametrize(("name", "changes", "wanted"), MILESTONES)
def test_milestones_are_counted_and_measured_against(name: str, changes: Changes, wanted: Fraction | None) -> None:
    assert measured(name, standing(**changes)) == wanted


DATES = [
    # as of Tuesday 2023-10-31, known on Friday 2023-11-03; 2 October was a holiday, 7 and 8 October were worked
    ("overdue_days", {"first_unmet_due": date(2023, 9, 30)}, 31),
    ("overdue_days", {"first_unmet_due": date(2023, 10, 31)}, 0),
    ("overdue_days", {"first_unmet_due": None}, None),
    ("overdue_days", {"first_unmet_due": date(2023, 9, 30), "actual": None}, None),
    ("overdue_workdays", {"first_unmet_due": date(2023, 9, 30)}, 22 - 1 + 2),
    ("overdue_workdays", {"first_unmet_due": date(2023, 10, 27)}, 2),
    ("months_since_due", {"first_unmet_due": date(2023, 7, 31)}, 3),
    ("months_since_due", {"first_unmet_due": date(2023, 8, 1)}, 2),
    ("months_since_due", {"first_unmet_due": date(2023, 10, 31)}, 0),
    ("months_since_due", {"first_unmet_due": date(2023, 1, 31), "as_of": date(2023, 2, 28), "required_as_of": None}, 1),
    ("months_since_due", {"first_unmet_due": date(2023, 1, 31), "as_of": date(2023, 2, 27), "required_as_of": None}, 0),
    ("days_to_due", {"next_due": date(2023, 11, 30)}, 30),
    ("days_to_due", {}, 61),
    ("days_to_due", {"due": date(2023, 10, 31)}, 0),
    ("days_to_due", {"due": date(2023, 10, 30)}, None),
    ("days_to_due", {"next_due": date(2023, 11, 30), "actual": None}, 30),
    ("workdays_to_due", {"next_due": date(2023, 11, 6)}, 4),
    ("elapsed_share", {"past_due": date(2023, 10, 1), "next_due": date(2023, 11, 30)}, Fraction(1, 2)),
    ("elapsed_share", {}, Fraction(304, 365)),
    ("elapsed_share", {"start": date(2023, 11, 15)}, Fraction(0)),
    ("elapsed_share", {"due": date(2023, 10, 30)}, None),
    ("report_overdue_workdays", {"actual": None, "known_on": date(2023, 11, 7)}, None),
    ("report_overdue_workdays", {"actual": None, "known_on": date(2023, 11, 8)}, 1),
    ("report_overdue_workdays", {"actual": None, "known_on": date(2023, 11, 11)}, 3),
    ("report_overdue_workdays", {"known_on": date(2023, 11, 11)}, None),
    ("stale_days", {"changed_on": date(2023, 8, 31)}, 61),
    ("stale_days", {"changed_on": None}, None),
]


@pytest.mark.parametrize(("name", "changes", "wanted"), DATES)
def test_dates_are_counted_in_days_working_days_and_months(
    name: str, changes: Changes, wanted: Fraction | None
) -> None:
    assert measured(name, standing(**changes)) == wanted


REFERENCES = [
    ("better than the whole", {}, {"actual": 60}, Fraction(50, 3)),
    ("behind the whole", {}, {"actual": 90, "target": 100}, Fraction(-70, 3)),
    ("the whole has not reported", {}, {"actual": None}, None),
    ("the whole has no target", {}, {"target": None}, None),
    ("growth is compared in points", {"kind": Kind.GROWTH, "actual": 6}, {"kind": Kind.GROWTH, "actual": 7}, -1),
    ("less of a ceiling used", {"direction": Direction.LOWER},
     {"direction": Direction.LOWER, "actual": 90}, Fraction(25, 3)),
    ("a ceiling and a way down cannot be compared", {"direction": Direction.LOWER},
     {"direction": Direction.LOWER, "baseline": 200}, None),
    ("a band has no completion", {"direction": Direction.BAND, "upper": 130}, {"direction": Direction.BAND}, None),
]  # fmt: skip


@pytest.mark.parametrize(("why", "own", "above", "wanted"), REFERENCES)
def test_a_unit_is_compared_with_the_unit_above(
    why: str, own: Changes, above: Changes, wanted: Fraction | None
) -> None:
    one, reference = standing(parent="U0", **own), standing(unit="U0", **above)
    assert measures.exact(one, "reference_gap", WORKDAYS, reference) == wanted, why
    gaps = with_measures(frame_of([reference, one]), WORKDAYS)["reference_gap"].to_list()
    assert gaps == [None, None if wanted is None else pytest.approx(float(wanted))], why


def test_without_a_unit_above_there_is_no_comparison() -> None:
    assert measured("reference_gap", standing()) is None


ALWAYS = {name for name, measure in MEASURES.items() if measure.always}


@pytest.mark.parametrize("name", sorted(set(MEASURES) - ALWAYS - RANKS))
def test_an_overdue_report_leaves_no_progress_to_judge(name: str) -> None:
    late = standing(reported_as_of=date(2023, 9, 30), known_on=date(2023, 12, 1), first_unmet_due=date(2023, 9, 30))
    assert measures.exact(late, name, WORKDAYS, standing()) is None
    assert measured(name, late) is None


@pytest.mark.parametrize("name", ["planned", "expected", "completion", "actual"])
def test_the_last_value_known_is_shown_all_the_same(name: str) -> None:
    late = standing(reported_as_of=date(2023, 9, 30), known_on=date(2023, 12, 1))
    assert measured(name, late) is not None


@pytest.mark.parametrize("measure", MEASURES.values(), ids=MEASURES.keys())
def test_every_measure_has_a_name_a_unit_and_a_meaning(measure: Measure) -> None:
    units = {"percentage points", "share", "days", "working days", "months", "count", "measure unit", "rank"}
    assert measure.chinese
    assert measure.meaning
    assert measure.empty
    assert measure.unit in units
    assert measure.scale == (MICRO if measure.unit == "measure unit" else 1)


def test_ranks_are_of_a_group_and_not_of_one_standing() -> None:
    with pytest.raises(KeyError):
        measures.exact(standing(), "rank", WORKDAYS)


def test_a_row_of_the_frame_is_the_standing_it_came_from() -> None:
    one = standing(kind=Kind.LEVEL, direction=Direction.LOWER, trajectory="days", next_due=date(2023, 11, 30))
    frame = frame_of([one])
    assert list(frame.columns) == list(SCHEMA)
    assert of_row(frame.row(0, named=True)) == one
