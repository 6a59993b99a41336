"""达州市发展和改革委员会, key projects 2018 and 2019: every rate against the interim plan, totals included."""

import pytest
from sqlmodel import Session

from tests.published.figures import Measured, imported, measured, table

PROJECTS, GROWTH = "重点项目投资", "固定资产投资增速"
NOT_REPRODUCED = {
    "2019 达州市": "Printed as 109.1%, but 120.5 ÷ 110.5 is 109.0497…, which prints as 109.0%. The publisher "
    "divided amounts of more decimals than the table has, so its printed figures cannot give its printed rate.",
}


def _projects(session: Session, year: str) -> dict[str, Measured]:
    day, known = {"2018": ("2018-07-31", "2018-08-30"), "2019": ("2019-03-31", "2019-04-20")}[year]
    found = measured(session, imported(session, (f"dazhou-{year}", known)), day, known)
    return {unit: value for (indicator, unit), value in found.items() if indicator == PROJECTS}


@pytest.mark.parametrize(("year", "column"), [("2018", "rate_of_q1q3_plan"), ("2019", "rate_of_q1_plan")])
def test_every_rate_is_reproduced(session: Session, year: str, column: str) -> None:
    ours = _projects(session, year)
    published = {row["unit"]: row[column] for row in table(f"dazhou_{year}")}
    rates = {unit: ours[unit].rate("milestone_rate", rate) for unit, rate in published.items()}
    differ = {f"{year} {unit}" for unit in published if rates[unit] != published[unit]}
    assert differ == {key for key in NOT_REPRODUCED if key.startswith(year)}


def test_the_total_of_2019_prints_otherwise_than_published(session: Session) -> None:
    total = _projects(session, "2019")["达州市"]
    assert total.rate("milestone_rate", "109.1%") == "109.0%"


def test_the_text_of_2019_is_right_about_the_total(session: Session) -> None:
    """超一季度目标任务9个百分点."""
    total = _projects(session, "2019")["达州市"]
    assert total.rate("milestone_rate", "9%") == "109%"


@pytest.mark.parametrize("year", ["2018", "2019"])
def test_total_and_municipal_level_are_never_ranked(session: Session, year: str) -> None:
    ours = _projects(session, year)
    assert {unit for unit, value in ours.items() if value.row["rank"] is None} == {"达州市", "市本级"}
    ranked = sorted((v for v in ours.values() if v.row["rank"]), key=lambda v: v.row["rank"])
    rates = [value.exact("milestone_rate") for value in ranked]
    assert rates == sorted(rates, reverse=True)
    assert [value.row["rank"] for value in ranked] == list(range(1, 9))


def test_growth_without_a_target_is_not_applicable(session: Session) -> None:
    found = measured(session, imported(session, ("dazhou-2018", "2018-08-30")), "2018-07-31", "2018-08-30")
    growth = {unit: value for (indicator, unit), value in found.items() if indicator == GROWTH}
    published = {row["unit"]: row["growth_1_7"] for row in table("dazhou_2018") if row["growth_1_7"]}
    assert {unit: f"{float(value.exact('actual') / 10**6):.1f}%" for unit, value in growth.items()} == published
    assert {value.row["state"] for value in growth.values()} == {"no_target"}
