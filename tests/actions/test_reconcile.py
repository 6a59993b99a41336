"""The same number from two sources: one holds, or the unit is asked, once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.discrepancy import Answer, Refused, settle
from diaodu.actions.import_report import take_reports
from diaodu.actions.intake import Intake, indicator_names, unit_names
from diaodu.actions.notice import Issuer
from diaodu.actions.outcome import Outcome
from diaodu.actions.question import ask_units
from diaodu.actions.record_report import record_reports
from diaodu.rules.access import Actor, Role
from diaodu.rules.discrepancy import Settlement
from diaodu.rules.quantity import MICRO, to_micro
from diaodu.rules.request import RequestAct, RequestState
from diaodu.sources.fault import Faults
from diaodu.sources.plan import read_reports
from diaodu.storage.discrepancy import questions
from diaodu.storage.holiday import seed, workdays
from diaodu.storage.report import newest_revision, revisions
from diaodu.storage.request import Mark, events_of, move
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.source import add
from diaodu.templating import environment
from models.audit import Audit
from models.delivery import Delivery
from models.discrepancy import Discrepancy
from models.report import Report
from models.request import Request
from models.source import Source
from tests.plan import ENDS, STARTS, SmallPlan
from tests.plan_file import csv_bytes

NOVEMBER, DUE = date(2023, 11, 30), date(2023, 12, 7)
AT, LATER = datetime(2023, 12, 4, 1, tzinfo=UTC), datetime(2023, 12, 20, 1, tzinfo=UTC)
HEADINGS = ["指标", "单位", "截至日", "累计完成", "核实说明"]
PRECEDENCE = {"统计局": 1, "平台": 2, "部门": 2, "网站": None, "报表": None}
PERSON = None


class Sources:
    """Five sources that may speak of the east's investment in November; half a unit's difference is agreement."""

    def __init__(self, session: Session, folder: Path) -> None:
        seed(session, [2023, 2024])
        self.session, self.folder, self.plan = session, folder, SmallPlan(session)
        self.plan.define(self.plan.investment, name="重点项目投资", tolerance=MICRO // 2)
        self.target = self.plan.invested[self.plan.east]
        about = {"scheme_id": self.plan.scheme_id, "kind": "folder", "location": "drop"}
        self.ids = {name: add(session, Source(name=name, precedence=p, **about)).id for name, p in PRECEDENCE.items()}

    def say(self, who: str | None, value: str, at: datetime = AT, comment: str = "") -> Outcome:
        path = self.folder / f"{len(list(self.folder.iterdir()))}.csv"
        path.write_bytes(csv_bytes([HEADINGS, ["investment", "east", "2023-11-30", value, comment]]))
        source_id = None if who is None else self.ids[who]
        return take_reports(self.session, self.plan.scheme_id, read_reports(path), who or "东区", at, source_id)

    def report(self, at: datetime = LATER) -> Report:
        found = newest_revision(self.session, self.target, NOVEMBER, at)
        assert found is not None
        return found

    @property
    def value(self) -> int:
        return (self.report().value or 0) // MICRO

    def open(self) -> list[Discrepancy]:
        return [question.row for question in questions(self.session, self.plan.scheme_id)]

    def all(self) -> list[Discrepancy]:
        return [question.row for question in questions(self.session, self.plan.scheme_id, still_open=False)]

    def ask(self, at: datetime = AT) -> int:
        scheme = scheme_in_force(self.session, self.plan.scheme_id, NOVEMBER, at)
        ways = [("mail", lambda person: person.mail), ("inbox", lambda person: person.unit)]
        about = (workdays(self.session), ways, environment(), NOVEMBER, at, None)
        return ask_units(self.session, Issuer(self.plan.scheme_id, scheme, *about))

    def settle(self, how: Settlement, at: datetime = LATER, by: str = "李某", reason: str = "以局为准") -> None:
        settle(self.session, self.plan.scheme_id, [row.id or 0 for row in self.open()], Answer(how, by, reason), at)


@pytest.fixture
def two(session: Session, tmp_path: Path) -> Sources:
    (tmp_path / "in").mkdir()
    return Sources(session, tmp_path / "in")


CASES = [
    # first, then, the value in force afterwards, how many questions
    ("平台", "统计局", 111, 0),
    ("统计局", "平台", 110, 0),
    ("平台", "部门", 110, 1),
    ("网站", "报表", 110, 1),
    ("网站", "平台", 111, 0),
    ("平台", "网站", 110, 0),
    (PERSON, "统计局", 110, 1),
    (PERSON, "网站", 110, 1),
    ("网站", PERSON, 111, 0),
    (PERSON, PERSON, 111, 0),
    ("平台", "平台", 111, 0),
]


@pytest.mark.parametrize(("first", "then", "value", "asked"), CASES)
def test_one_number_holds(two: Sources, first: str | None, then: str | None, value: int, asked: int) -> None:
    two.say(first, "110")
    outcome = two.say(then, "111", LATER)
    assert (two.value, len(two.open())) == (value, asked)
    assert outcome.tallies["reports"].unchanged == (value == 110)
    assert bool(outcome.hints) == (value == 110), "what is not taken is told"


@pytest.mark.parametrize(("first", "then"), [(first, then) for first, then, *_ in CASES if first != then and then])
@pytest.mark.parametrize("said", ["110.5"])
def test_numbers_within_the_tolerance_agree(two: Sources, first: str | None, then: str, said: str) -> None:
    two.say(first, "110")
    outcome = two.say(then, said, LATER)
    assert (two.report().value, two.open(), outcome.hints) == (to_micro(110), [], [])


def test_a_person_contradicts_an_ordered_source_only_with_a_reason(two: Sources) -> None:
    two.say("统计局", "110")
    with pytest.raises(Faults) as refused:
        two.say(PERSON, "111", LATER)
    assert str(refused.value) == (
        "1.csv · 第 2 行 · D 累计完成：读到“111”，数据源“统计局”报的是 110，相差 1；"
        "请核实，确属实的在“核实说明”写明原因"
    )
    two.say(PERSON, "111", LATER, "统计局未含新入库项目")
    assert (two.value, two.report().source_id) == (111, None)
    assert two.report().justification == "统计局未含新入库项目"


def test_where_every_number_came_from_is_kept(two: Sources) -> None:
    two.say("平台", "110")
    two.say("统计局", "111", LATER)
    newest, before, *_ = revisions(two.session, two.target, LATER)
    assert (newest.source_id, newest.origin, newest.recorded_by) == (two.ids["统计局"], "1.csv · 1 · 第 2 行", "统计局")
    assert (before.source_id, before.origin, before.recorded_at) == (two.ids["平台"], "0.csv · 0 · 第 2 行", AT)


def test_the_same_discrepancy_is_not_asked_twice(two: Sources) -> None:
    two.say(PERSON, "110")
    for at in (AT, LATER):
        two.say("统计局", "111", at)
        two.say("统计局", "111.0", at)
    assert len(two.all()) == 1
    two.settle(Settlement.KEPT)
    two.say("统计局", "111.00", LATER)
    assert len(two.all()) == 1, "it was answered"


def test_two_sources_that_contradict_a_unit_are_two_questions(two: Sources) -> None:
    two.say(PERSON, "110")
    two.say("统计局", "111")
    two.say("网站", "112")
    assert [row.source_id for row in two.open()] == [two.ids["统计局"], two.ids["网站"]]


def test_a_source_that_changes_its_number_withdraws_what_was_asked(two: Sources) -> None:
    two.say(PERSON, "110")
    two.say("统计局", "111")
    two.say("统计局", "112", LATER)
    first, second = two.all()
    assert (first.settlement, first.settled_by, first.settled_at) == (Settlement.WITHDRAWN, "统计局", LATER)
    assert first.reason == "数据源已改报 112"
    assert (second.settlement, second.value) == (None, to_micro(112))
    two.say("统计局", "110", LATER)
    assert two.open() == []
    two.say("统计局", "111", LATER)
    assert [row.value for row in two.open()] == [to_micro(111)], "asked anew: it had been withdrawn, not answered"


def test_a_unit_answers_with_its_next_report(two: Sources) -> None:
    two.say(PERSON, "110")
    two.say("统计局", "111")
    two.say(PERSON, "111", LATER)
    (row,) = two.all()
    assert (row.settlement, row.settled_by, row.reason) == (Settlement.REPLACED, "东区", "该日数已改报为 111")
    two.say("统计局", "111", LATER)
    assert two.open() == []


def test_nothing_is_asked_of_a_file_that_is_refused(two: Sources) -> None:
    two.say(PERSON, "110")
    with pytest.raises(Faults):
        two.say("统计局", "111.11")  # more decimals than the indicator has
    assert two.all() == []


def test_a_number_that_was_taken_back_gives_way_to_any(two: Sources) -> None:
    two.say("统计局", "110")
    two.plan.report(two.target, NOVEMBER, None, recorded_at=AT.replace(hour=2))
    two.say("网站", "50", LATER)
    assert two.value == 50


class TestByMail:
    """A unit that hands its numbers in by way of a source is a person all the same."""

    def mail(self, two: Sources, value: str, at: datetime = LATER, comment: str = "") -> Intake:
        path = two.folder / f"mail {value}.csv"
        path.write_bytes(csv_bytes([HEADINGS, ["investment", "east", "2023-11-30", value, comment]]))
        intake = Intake(
            *(two.session, read_reports(path), two.plan.scheme_id, STARTS, ENDS, "王工", at, Outcome("2023")),
            source_id=two.ids["网站"],
            submitter=Actor("王工", Role.REPORTER, "east"),
        )
        record_reports(intake, indicator_names(intake), unit_names(intake))
        return intake

    def test_it_explains_its_doubts(self, two: Sources) -> None:
        (fault,) = self.mail(two, "90").faults
        assert fault.right.startswith("较 2023-10-31 的 105.5 减少 15.5，累计数不应减少；请核实")
        assert self.mail(two, "91", comment="审计核减").faults == []
        assert (two.value, two.report().source_id) == (91, two.ids["网站"])

    def test_it_corrects_what_the_unit_reported_by_hand(self, two: Sources) -> None:
        two.say(PERSON, "110")
        self.mail(two, "111")
        assert (two.value, two.all()) == (111, [])

    def test_it_contradicts_an_ordered_source_only_with_a_reason(self, two: Sources) -> None:
        two.say("统计局", "110")
        (fault,) = self.mail(two, "111").faults
        assert fault.right.startswith("数据源“统计局”报的是 110，相差 1；请核实")


class TestSettling:
    """What the office decides."""

    @pytest.fixture
    def asked(self, two: Sources) -> Sources:
        two.say(PERSON, "110")
        two.say("统计局", "111")
        return two

    def test_the_number_in_force_may_be_kept(self, asked: Sources) -> None:
        asked.settle(Settlement.KEPT, reason="口径不同")
        (row,) = asked.all()
        assert (row.settlement, row.settled_by, row.reason) == (Settlement.KEPT, "李某", "口径不同")
        assert len(revisions(asked.session, asked.target, LATER)) == 2

    def test_the_other_may_replace_it_with_where_it_came_from(self, asked: Sources) -> None:
        asked.settle(Settlement.REPLACED)
        report = asked.report()
        assert (report.value, report.source_id) == (to_micro(111), asked.ids["统计局"])
        assert (report.origin, report.recorded_by) == ("1.csv · 1 · 第 2 行", "李某")
        assert (report.justification, report.recorded_at) == ("以局为准", LATER)
        assert asked.value == 111
        assert asked.report(AT).value == to_micro(110), "what was known before stays known"

    def test_it_is_on_the_record(self, asked: Sources) -> None:
        asked.settle(Settlement.REPLACED)
        audit = asked.session.exec(select(Audit).where(Audit.action == "discrepancy.settle")).one()
        assert (audit.actor, audit.subject) == ("李某", "1")
        assert '"reason": "以局为准"' in audit.detail

    def test_a_source_may_then_change_its_own_number(self, asked: Sources) -> None:
        asked.settle(Settlement.REPLACED, AT)
        asked.say("统计局", "115", LATER)
        assert (asked.value, asked.open()) == (115, [])

    def test_the_request_is_answered_with_the_new_number(self, asked: Sources) -> None:
        period = asked.plan.period(NOVEMBER, DUE)
        request = asked.session.get_one(Request, asked.plan.request(period, asked.target, DUE))
        move(asked.session, [request], RequestAct.SUBMIT, Mark("东区", AT))
        asked.settle(Settlement.REPLACED)
        last = events_of(asked.session, request.id or 0)[-1]
        assert (last.act, last.report_id, last.actor) == (RequestAct.SUBMIT, asked.report().id, "李某")

    def test_what_is_confirmed_is_not_replaced(self, asked: Sources) -> None:
        period = asked.plan.period(NOVEMBER, DUE)
        request = asked.session.get_one(Request, asked.plan.request(period, asked.target, DUE))
        for act in (RequestAct.SUBMIT, RequestAct.CONFIRM):
            move(asked.session, [request], act, Mark("考核办", AT))
        with pytest.raises(Refused, match="编号 1：该日数据已审定，请申请更正。"):
            asked.settle(Settlement.REPLACED)
        assert request.state is RequestState.CONFIRMED
        asked.settle(Settlement.KEPT)

    def test_every_refusal_is_said_at_once_and_nothing_done(self, asked: Sources) -> None:
        with pytest.raises(Refused) as refused:
            settle(asked.session, asked.plan.scheme_id, [1, 7], Answer(Settlement.KEPT, "李某", " "), LATER)
        assert str(refused.value) == "编号 1：请写明理由。\n没有编号为 7 的数据不一致。"
        asked.settle(Settlement.KEPT)
        with pytest.raises(Refused, match="编号 1 已有结果"):
            settle(asked.session, asked.plan.scheme_id, [1], Answer(Settlement.KEPT, "李某", "再办"), LATER)


class TestAsking:
    """The unit hears of it in one message."""

    def letters(self, two: Sources) -> list[Delivery]:
        return list(two.session.exec(select(Delivery).order_by(Delivery.id)))  # type: ignore[arg-type]

    def test_a_unit_is_asked_once_in_one_message_with_both_numbers_and_their_origins(self, two: Sources) -> None:
        two.plan.person("王工", two.plan.east, mail="wang@east.example")
        two.plan.person("张局", two.plan.east, Role.LEADER, mail="zhang@east.example")
        two.say(PERSON, "1100", comment="新增")
        two.say("统计局", "1111.5")
        two.say("网站", "900")
        assert two.ask() == 1
        (letter,) = self.letters(two)
        assert (letter.address, letter.subject) == ("wang@east.example", "东区：2项数据不一致，请核实")
        assert (
            "1. 截至11月30日的重点项目投资：单位填报为1,100亿元（0.csv · 0 · 第 2 行），"
            "数据源“统计局”为1,111.5亿元（1.csv · 1 · 第 2 行），相差11.5亿元。"
        ) in letter.text
        assert "2. 截至11月30日的重点项目投资：单位填报为1,100亿元" in letter.text
        assert two.ask(LATER) == 0
        assert [row.told_at for row in two.open()] == [AT, AT]

    def test_what_is_found_later_is_asked_later(self, two: Sources) -> None:
        two.say(PERSON, "110")
        two.say("统计局", "111")
        assert two.ask() == 1
        two.say("统计局", "112", LATER)
        assert two.ask(LATER) == 1
        assert len(self.letters(two)) == 2

    def test_nobody_is_asked_where_all_agree(self, two: Sources) -> None:
        two.say("统计局", "111")
        assert (two.ask(), self.letters(two)) == (0, [])
