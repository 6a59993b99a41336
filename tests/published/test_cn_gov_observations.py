"""Percentages, gaps to 序时 and verdicts that offices stated in public notices: ours agree, or it is said why not.

Facts from `cn_gov_observations.csv`, each with its publisher. A statement whose plan or value was not published cannot
be compared; those are counted by reason, so that none slips through unseen.
"""

import csv
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.measures import exact
from diaodu.rules.quantity import printed, to_micro
from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.workday import Workdays

WORKDAYS = Workdays({})
NOT_REPRODUCED = {
    "C011": "达州 printed 109.1% of the first quarter's plan, but 120.5 ÷ 110.5 is 109.0497…, which prints as 109.0: "
    "the publisher divided amounts of more decimals than it printed",
}


@dataclass(frozen=True, slots=True)
class Observation:
    """One statement; texts as published, blank where nothing was."""

    obs_id: str
    publisher: str
    published: str
    place: str
    unit: str
    indicator: str
    period_end: str
    plan_annual: str
    plan_interim: str
    interim_due: str
    actual: str
    pct_of_annual: str
    pct_of_interim: str
    gap_pp: str
    verdict: str
    value_unit: str

    @property
    def standing(self) -> Standing:
        """The target as stated: growth rates held all year, the rest spread over months or up to a milestone."""
        day = date.fromisoformat(self.period_end)
        is_growth = self.value_unit == "%增速"
        unknown = dict.fromkeys(field.name for field in fields(Standing))
        whole = Standing(**unknown)  # type: ignore[arg-type]  # facts not stated are not known
        stated = replace(
            whole,
            kind=Kind.GROWTH if is_growth else Kind.CUMULATIVE,
            direction=Direction.HIGHER,
            as_of=day,
            known_on=day + timedelta(days=30),
            reported_as_of=day,
            actual=to_micro(self.actual),
            target=to_micro(self.plan_annual),
            baseline=0,
            trajectory=Trajectory.FLAT if is_growth else Trajectory.MONTHS,
            start=date(day.year, 1, 1),
            due=date(day.year, 12, 31),
            milestones_due=0,
            milestones_met=0,
        )
        return stated if not self.plan_interim else self._staged(stated)

    def _staged(self, standing: Standing) -> Standing:
        due, planned = date.fromisoformat(self.interim_due), to_micro(self.plan_interim)
        staged = replace(standing, trajectory=Trajectory.INTERPOLATED)
        if due <= standing.as_of:
            return replace(staged, past_due=due, past_planned=planned)
        return replace(staged, next_due=due, next_planned=planned)


def _read() -> list[Observation]:
    text = Path(__file__).with_name("cn_gov_observations.csv").read_text(encoding="utf-8")
    return [Observation(**row) for row in csv.DictReader(line for line in text.splitlines() if line[0] != "#")]


OBSERVATIONS = _read()
WITH_FIGURES = [o for o in OBSERVATIONS if o.plan_annual and o.actual]
RATES = [o for o in WITH_FIGURES if o.pct_of_annual or o.pct_of_interim]
GAPS = [o for o in WITH_FIGURES if o.gap_pp]
VERDICTS = [o for o in WITH_FIGURES if o.verdict in {"ahead", "behind"}]


def _by_id(observation: Observation) -> str:
    return f"{observation.obs_id}-{observation.place}-{observation.unit}"


def _measured(observation: Observation, measure: str) -> Fraction:
    value = exact(observation.standing, measure, WORKDAYS)
    assert value is not None
    return value


def _decimals(text: str) -> int:
    return len(text.partition(".")[2])


@pytest.mark.parametrize("observation", RATES, ids=_by_id)
def test_a_stated_percentage_is_ours(observation: Observation) -> None:
    stated, measure = observation.pct_of_annual, "completion"
    if not stated:
        stated, measure = observation.pct_of_interim, "milestone_rate"
    agrees = printed(_measured(observation, measure) * 100, _decimals(stated)) == stated
    assert agrees is (observation.obs_id not in NOT_REPRODUCED)


@pytest.mark.parametrize("observation", GAPS, ids=_by_id)
def test_a_stated_gap_is_ours(observation: Observation) -> None:
    assert printed(_measured(observation, "gap_pp"), _decimals(observation.gap_pp)) == observation.gap_pp


@pytest.mark.parametrize("observation", VERDICTS, ids=_by_id)
def test_a_stated_verdict_is_ours(observation: Observation) -> None:
    assert (_measured(observation, "gap_pp") > 0) is (observation.verdict == "ahead")


def test_a_gap_stated_with_a_rate_alone_is_ours() -> None:
    """连云港 states 53.3% of the year's foreign investment by September and a gap of −21.7, but not the plan."""
    (observation,) = (o for o in OBSERVATIONS if o.gap_pp and o not in GAPS)
    as_shares = replace(observation, plan_annual="100", actual=observation.pct_of_annual)
    assert printed(_measured(as_shares, "gap_pp"), 1) == observation.gap_pp == "-21.7"


def test_what_is_not_compared_has_a_reason() -> None:
    compared = {o.obs_id for o in [*RATES, *GAPS, *VERDICTS]}
    rest = [o for o in OBSERVATIONS if o.obs_id not in compared]
    reasons = {
        "plan not published": [o for o in rest if o.actual and not o.plan_annual],
        "no figure published": [o for o in rest if not o.actual],
        "a count of tasks, without percentage": [o for o in rest if o.actual and o.plan_annual],
    }
    assert {reason: len(found) for reason, found in reasons.items()} == {
        "plan not published": 16,
        "no figure published": 19,
        "a count of tasks, without percentage": 8,
    }
    assert (len(compared), len(OBSERVATIONS)) == (40, 83)


def test_a_statement_not_reproduced_is_one_that_was_compared() -> None:
    assert set(NOT_REPRODUCED) <= {o.obs_id for o in RATES}
