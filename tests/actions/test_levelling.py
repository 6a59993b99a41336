"""Rules that look back do so on what was judged before, as it was known, on either database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session

from diaodu.actions.assess import Assessment, assess
from diaodu.rules.judgement import JudgementKind
from diaodu.rules.verdict import Reason
from diaodu.storage.holiday import seed
from diaodu.storage.policy import add_policy
from diaodu.storage.verdict import past, save
from models.judgement import Judgement
from tests.plan import RECORDED, STARTS, SmallPlan

AUG, SEP, OCT, NOV = date(2023, 8, 31), date(2023, 9, 30), date(2023, 10, 31), date(2023, 11, 30)
LAMPS = """
name = "连续三月"
[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 2
when = "{red}"
until = "gap_pp >= 0"
through = "yellow"
[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1
when = "gap_pp < -10"
[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= -10"
"""


class Months:
    """The west district's investment (80 a year) month by month: reported, judged, and kept."""

    def __init__(self, session: Session, red: str) -> None:
        seed(session, [2023, 2024])
        self.session, self.plan = session, SmallPlan(session)
        self.west = self.plan.invested[self.plan.west]
        add_policy(session, self.plan.scheme_id, "lamps", LAMPS.format(red=red), STARTS, RECORDED, "考核办")

    def month(self, as_of: date, value: str | None, kept: bool = True) -> tuple[str | None, str]:
        known = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=5)
        if value is not None:
            self.plan.report(self.west, as_of, value, known)
        found = self.judged(as_of, known)
        if kept:
            save(self.session, found.explained(), None, as_of, known, found.policy_version_id)
        row = found.frame.filter(target_id=self.west).row(0, named=True)
        return row["level"], row["reason"]

    def judged(self, as_of: date, known_at: datetime) -> Assessment:
        return assess(self.session, self.plan.scheme_id, as_of, known_at)


@pytest.fixture
def months(session: Session) -> Months:
    return Months(session, "gap_pp < -10 AND lag_streak >= 2")


def test_a_third_month_behind_is_red_and_the_way_back_leads_through_yellow(months: Months) -> None:
    assert months.month(AUG, "10") == ("yellow", Reason.LEVEL_MATCHED)
    assert months.month(SEP, "10") == ("yellow", Reason.LEVEL_MATCHED)
    assert months.month(OCT, "50.1") == ("red", Reason.LEVEL_MATCHED)
    assert months.month(NOV, "73") == ("red", Reason.HELD)  # 73.3 are due
    assert months.month(date(2023, 12, 31), "80") == ("yellow", Reason.PASSING)


def test_what_was_not_kept_or_not_known_yet_is_no_history(months: Months) -> None:
    months.month(AUG, "10")
    months.month(SEP, "10", kept=False)
    assert months.month(OCT, "50.1")[0] == "yellow"
    before_september = months.judged(OCT, datetime(2023, 9, 1, tzinfo=UTC))
    assert set(before_september.frame["lag_streak"]) == {0}


def test_a_silent_month_neither_lengthens_nor_breaks_a_streak(months: Months) -> None:
    months.month(AUG, "10")
    assert months.month(SEP, None)[0] is None
    assert months.month(OCT, "50.1")[0] == "yellow"
    assert months.month(NOV, "50.1")[0] == "red"


def test_the_last_verdict_of_a_period_is_the_period_s(months: Months) -> None:
    months.month(AUG, "10")
    months.month(SEP, "10")
    months.plan.report(months.west, SEP, "60", datetime(2023, 10, 6, tzinfo=UTC))
    later = datetime(2023, 10, 9, tzinfo=UTC)
    again = months.judged(SEP, later)
    save(months.session, again.explained(), None, SEP, later, again.policy_version_id)
    known = past(months.session, months.plan.scheme_id, OCT, later)
    assert known.filter(target_id=months.west).sort("period")["level"].to_list() == ["yellow", "green"]
    then = past(months.session, months.plan.scheme_id, OCT, later - timedelta(days=3))
    assert then.filter(target_id=months.west).sort("period")["level"].to_list() == ["yellow", "yellow"]
    assert months.month(OCT, "50.1")[0] == "yellow"


def test_another_scheme_s_verdicts_are_not_looked_at(months: Months) -> None:
    months.month(AUG, "10")
    assert past(months.session, months.plan.scheme_id + 1, OCT, datetime(2024, 1, 1, tzinfo=UTC)).is_empty()


def _judge(months: Months, kind: JudgementKind, weight: int, since: date, until: date | None, known: datetime) -> None:
    words = {"reason": "项目停工", "author": "督查室", "recorded_by": "李某"}
    months.session.add(
        Judgement(target_id=months.west, kind=kind, weight=weight, since=since, until=until, recorded_at=known, **words)
    )
    months.session.flush()


def test_what_people_say_counts_while_it_is_in_force_and_from_when_it_is_known(session: Session) -> None:
    months = Months(session, "judgement >= 2 OR flag >= 2")
    early = datetime(2023, 8, 1, tzinfo=UTC)
    _judge(months, JudgementKind.JUDGEMENT, 2, AUG, None, early)
    _judge(months, JudgementKind.JUDGEMENT, 0, SEP, None, early)
    _judge(months, JudgementKind.FLAG, 1, SEP, OCT, early)
    _judge(months, JudgementKind.FLAG, 1, OCT, OCT, datetime(2023, 11, 4, tzinfo=UTC))
    assert months.month(AUG, "80", kept=False)[0] == "red"
    assert months.month(SEP, "80", kept=False)[0] == "green"
    assert months.month(OCT, "80", kept=False)[0] == "red"  # two flags
    assert months.month(NOV, "80", kept=False)[0] == "green"
    known = months.judged(OCT, datetime(2023, 11, 3, tzinfo=UTC)).frame.filter(target_id=months.west)
    assert known.select("judgement", "flag").row(0) == (0, 1)
