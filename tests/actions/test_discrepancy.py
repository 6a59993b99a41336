"""A unit is asked about numbers that differ, in one message; the office settles what nobody answered."""

from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.discrepancy import Answer, Refused, settle
from diaodu.rules.access import Role
from diaodu.rules.discrepancy import Settlement
from diaodu.rules.quantity import to_micro
from diaodu.rules.request import RequestAct, RequestState
from diaodu.storage.report import revisions
from diaodu.storage.request import Mark, events_of, move
from models.audit import Audit
from models.delivery import Delivery
from models.request import Request
from tests.actions.contradicting import AT, DUE, LATER, NOVEMBER, PERSON, Sources


@pytest.fixture
def two(session: Session, tmp_path: Path) -> Sources:
    (tmp_path / "in").mkdir()
    return Sources(session, tmp_path / "in")


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
