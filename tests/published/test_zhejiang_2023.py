"""浙江省水利厅, central water investment by October and November 2023: every rate, both totals, and the order."""

from fractions import Fraction

import pytest
from sqlmodel import Session

from tests.published.figures import Measured, imported, measured, table

INDICATOR = "中央水利投资"
TOTALS = {"总计", "中央财政"}
RECORDED = (("zhejiang-water-2023/2023-10", "2023-11-03"), ("zhejiang-water-2023/2023-11", "2023-12-04"))
PERIODS = (("2023-10", "2023-10-31", "2023-11-29"), ("2023-11", "2023-11-30", "2023-12-14"))


def _by_unit(session: Session, as_of: str, known: str) -> dict[str, Measured]:
    found = measured(session, imported(session, *RECORDED), as_of, known)
    return {unit: value for (_, unit), value in found.items()}


@pytest.mark.parametrize(("period", "as_of", "known"), PERIODS)
def test_every_rate_is_reproduced(session: Session, period: str, as_of: str, known: str) -> None:
    ours = _by_unit(session, as_of, known)
    published = {row["item"]: row["rate"] for row in table(f"zhejiang_{period}")}
    assert {unit: ours[unit].rate("completion", rate) for unit, rate in published.items()} == published


@pytest.mark.parametrize(("period", "as_of", "known"), PERIODS)
def test_units_are_ranked_in_the_published_order(session: Session, period: str, as_of: str, known: str) -> None:
    """The table prints no numbers: who is printed above is never below on our unrounded values; equals may swap."""
    ours = _by_unit(session, as_of, known)
    order = [row["item"] for row in table(f"zhejiang_{period}") if row["item"] not in TOTALS]
    rates = [ours[unit].exact("completion") for unit in order]
    assert rates == sorted(rates, reverse=True)
    assert sorted(ours[unit].row["rank"] for unit in order) == list(range(1, len(order) + 1))
    by_rank = sorted(order, key=lambda unit: ours[unit].row["rank"])
    assert [ours[unit].exact("completion") for unit in by_rank] == rates


@pytest.mark.parametrize(("period", "as_of", "known"), PERIODS)
def test_totals_are_shown_and_not_ranked(session: Session, period: str, as_of: str, known: str) -> None:
    ours = _by_unit(session, as_of, known)
    assert {unit for unit, value in ours.items() if value.row["rank"] is None} >= TOTALS
    assert all(ours[unit].row["state"] == "reported" for unit in TOTALS)


def test_the_kinds_said_to_be_on_schedule_in_october_are(session: Session) -> None:
    """The text names three visible kinds among fourteen at or above 序时 (10/12); one visible kind is below it."""
    ours = _by_unit(session, "2023-10-31", "2023-11-29")
    behind = {unit for unit, value in ours.items() if value.exact("gap_pp") < 0}
    assert behind == {"中型灌区改造"}
    assert ours["总计"].exact("expected") == Fraction(10, 12)


def test_the_kinds_said_to_be_complete_in_november_are(session: Session) -> None:
    """Six are named; 大型灌区改造 and 主要江河干堤加固 are in no row visible to us."""
    ours = _by_unit(session, "2023-11-30", "2023-12-14")
    complete = {unit for unit, value in ours.items() if value.row["rank"] and value.exact("completion") == 1}
    assert complete == {"山洪灾害防御能力提升", "河湖长制激励", "中型灌区改造", "山洪沟治理"}


def test_revised_plans_count_from_november_on_only(session: Session) -> None:
    october = _by_unit(session, "2023-10-31", "2023-12-14")
    november = _by_unit(session, "2023-11-30", "2023-12-14")
    plans = {
        period: {row["item"]: int(row["plan_year"]) for row in table(f"zhejiang_{period}")} for period, *_ in PERIODS
    }
    assert {unit: value.exact("target") / 10**6 for unit, value in october.items()} == plans["2023-10"]
    assert {unit: november[unit].exact("target") / 10**6 for unit in plans["2023-11"]} == plans["2023-11"]


def test_what_was_not_known_yet_does_not_count(session: Session) -> None:
    """The day before November was recorded, its reports are awaited and the old plans hold."""
    before, after = (_by_unit(session, "2023-11-30", known)["中型灌区改造"] for known in ("2023-12-03", "2023-12-14"))
    assert (before.row["state"], before.exact("target")) == ("awaited", 41_144 * 10**6)
    assert (after.row["state"], after.exact("target")) == ("reported", 40_941 * 10**6)


def test_a_row_not_visible_is_not_reported_and_not_zero(session: Session) -> None:
    missing = _by_unit(session, "2023-11-30", "2023-12-14")["水土流失治理"]
    assert (missing.row["state"], missing.row["rank"], missing.row["gap_pp"]) == ("not_reported", None, None)
