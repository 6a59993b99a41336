"""The same number from two sources: one holds, or the unit is asked, once."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.intake import Intake, indicator_names, unit_names
from diaodu.actions.outcome import Outcome
from diaodu.actions.record_report import record_reports
from diaodu.rules.access import Actor, Role
from diaodu.rules.discrepancy import Settlement
from diaodu.rules.quantity import to_micro
from diaodu.sources.fault import Faults
from diaodu.sources.plan import read_reports
from diaodu.storage.report import revisions
from tests.actions.contradicting import AT, HEADINGS, LATER, NOVEMBER, PERSON, Sources
from tests.plan import ENDS, STARTS
from tests.plan_file import csv_bytes


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
