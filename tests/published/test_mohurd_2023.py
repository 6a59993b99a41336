"""住房和城乡建设部, old communities by June and September 2023: every rate, both totals, and all 32 numbers of rank."""

from fractions import Fraction

import pytest
from sqlmodel import Session

from tests.published.figures import Measured, imported, measured, table
from tests.published.implied_plan import ALL_STARTED, TOTAL

RECORDED = (("mohurd-2023/2023-06", "2023-07-14"), ("mohurd-2023/2023-09", "2023-10-20"))
PERIODS = (("2023-06", "2023-06-30"), ("2023-09", "2023-09-30"))
KNOWN = "2023-10-27"


def _by_unit(session: Session, as_of: str) -> dict[str, Measured]:
    found = measured(session, imported(session, *RECORDED), as_of, KNOWN)
    return {unit: value for (_, unit), value in found.items()}


def _printed(value: Measured, like: str) -> str:
    return ALL_STARTED if value.exact("completion") == 1 else value.rate("completion", like)


@pytest.mark.parametrize(("period", "as_of"), PERIODS)
def test_every_rate_is_reproduced_and_the_total(session: Session, period: str, as_of: str) -> None:
    ours = _by_unit(session, as_of)
    published = {row["unit"]: row["rate"] for row in table(f"mohurd_{period}")}
    assert {unit: _printed(ours[unit], rate) for unit, rate in published.items()} == published


@pytest.mark.parametrize(("period", "as_of"), PERIODS)
def test_every_rank_is_reproduced(session: Session, period: str, as_of: str) -> None:
    """Equal rates are numbered on in the published order, 21 of them in September; the total has no number."""
    ours = _by_unit(session, as_of)
    published = {row["unit"]: int(row["rank"]) if row["rank"] else None for row in table(f"mohurd_{period}")}
    assert {unit: value.row["rank"] for unit, value in ours.items()} == published
    assert published[TOTAL] is None


def test_eleven_units_are_above_95_per_cent_in_june(session: Session) -> None:
    """The text says eleven, the table prints only eight above 95%: it is the unrounded rate that counts."""
    ours = _by_unit(session, "2023-06-30")
    assert sum(value.exact("completion") > Fraction(95, 100) for unit, value in ours.items() if unit != TOTAL) == 11
    above_as_printed = [v for u, v in ours.items() if u != TOTAL and int(v.rate("completion", "95%")[:-1]) > 95]
    assert len(above_as_printed) == 8


def test_movement_is_against_the_quarter_before(session: Session) -> None:
    ours = _by_unit(session, "2023-09-30")
    june = {row["unit"]: row["rank"] for row in table("mohurd_2023-06")}
    assert {u: v.row["rank_change"] for u, v in ours.items() if u != TOTAL} == {
        unit: int(june[unit]) - value.row["rank"] for unit, value in ours.items() if unit != TOTAL
    }
