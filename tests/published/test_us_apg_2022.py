"""US Agency Priority Goals 2022: our completion is the published progress wherever the publisher defines one.

That is in 472 of 756 rows. In 258 of the others the publisher has no target or no value and prints 0; in 26 it prints
something else than progress, for the reasons below.
"""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from sqlmodel import Session

from diaodu.rules.quantity import MICRO
from tests.published.figures import Measured, imported, measured, table

QUARTERS = ("2021-12-31", "2022-03-31", "2022-06-30", "2022-09-30")
RECORDED = "2022-11-15"


def _ours(session: Session) -> dict[tuple[str, str], Measured]:
    scheme = imported(session, ("us-apg-2022", RECORDED))
    return {
        (indicator, day): value
        for day in QUARTERS
        for (indicator, _), value in measured(session, scheme, day, RECORDED).items()
    }


COMPARED = "compared"
UNDEFINED = "the publisher defines no target, and prints 0"
NO_VALUE = "no value is published, and 0 is printed: no progress known is not no progress"
SECOND_TARGET = "printed with a second target for the same indicator; we hold one"
THRESHOLD = "a threshold to hold has no way to go; 0 is printed, or the way from a start that is beyond it"
MILESTONE = "the milestone is complete and its status says so, but 0 is printed"


def _compared(row: dict[str, str], ours: Measured) -> str:
    """`COMPARED`, or why the publisher's progress cannot be compared with our completion."""
    if row["indicator_type"] == "Target undefined":
        return UNDEFINED
    if not row["value_current"]:
        return NO_VALUE
    if Fraction(row["value_target"]) * MICRO != ours.exact("target"):
        return SECOND_TARGET
    if row["indicator_type"].startswith("Maintain"):
        return THRESHOLD
    if row["indicator_type"] == "Complete milestone" and row["value_current"] == "1":
        return MILESTONE
    return COMPARED


def test_completion_is_the_published_progress(session: Session) -> None:
    ours = _ours(session)
    reasons: Counter[str] = Counter()
    for row in table("us_apg_2022"):
        value = ours[row["indicator_id"], row["report_date"]]
        reasons[_compared(row, value)] += 1
        if _compared(row, value) == COMPARED:
            published = Fraction(Decimal(row["progress_pct"]))
            assert abs(value.exact("completion") - published) < Fraction(1, 10**8), row
    assert reasons == {
        COMPARED: 472,
        UNDEFINED: 146,
        NO_VALUE: 112,
        THRESHOLD: 23,
        SECOND_TARGET: 2,
        MILESTONE: 1,
    }


def test_a_target_met_has_all_of_its_way_behind(session: Session) -> None:
    """Where the publisher says met or not met and a way was defined, our completion says the same."""
    ours = _ours(session)
    for row in table("us_apg_2022"):
        value = ours[row["indicator_id"], row["report_date"]]
        if _compared(row, value) == COMPARED:
            assert (value.exact("completion") >= 1) is (row["progress_pct_target_status"] == "Target met"), row


def test_an_undefined_target_is_not_applicable_and_a_blank_is_not_zero(session: Session) -> None:
    ours = _ours(session)
    states: Counter[tuple[str, str]] = Counter((day, v.row["state"]) for (_, day), v in ours.items())
    assert {states[day, "no_target"] for day in QUARTERS} == {39}
    undefined = {row["indicator_id"] for row in table("us_apg_2022") if row["indicator_type"] == "Target undefined"}
    assert undefined == {indicator for (indicator, _), v in ours.items() if v.row["state"] == "no_target"}
    for row in table("us_apg_2022"):
        value = ours[row["indicator_id"], row["report_date"]]
        if not row["value_current"] and value.standing.reported_as_of != value.standing.as_of:
            assert value.row["state"] != "reported", row
