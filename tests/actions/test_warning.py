"""What people do to warnings: in order, with a name and a reason, checked by others, audited, all or none."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from diaodu.actions.warning import Refused, act
from diaodu.rules.act import Asked
from diaodu.rules.notice import from_json
from diaodu.rules.routing import NoticeKind
from diaodu.rules.warning import Act, Cause, WarningState
from diaodu.storage import audit
from diaodu.templating import environment
from models.audit import Audit
from tests.small_office import IN_DECEMBER, IN_NOVEMBER, NOV, OCT, Office

A, S = Act, WarningState
RECORDED = datetime(2023, 11, 1, tzinfo=UTC)


@pytest.fixture
def office(session: Session, tmp_path: Path) -> Office:
    """The west district is told of a yellow lamp."""
    office = Office(session, tmp_path)
    office.warn()
    return office


@pytest.fixture
def proposal(session: Session, tmp_path: Path) -> Office:
    """The west district's red lamps, in investment and in projects, await review."""
    office = Office(session, tmp_path)
    office.report(office.plan.west, OCT, "20", RECORDED)
    office.plan.report(office.plan.started[office.plan.west], OCT, 1, RECORDED)
    office.warn()
    return office


def test_an_obligation_is_followed_to_its_end(office: Office) -> None:
    for step, by in (
        (A.ACKNOWLEDGE, "王某"),
        (A.PLAN, "王某"),
        (A.EVIDENCE, "王某"),
        (A.RETURN, "李某"),
        (A.EVIDENCE, "赵某"),
        (A.VERIFY, "李某"),
        (A.CLOSE, "李某"),
    ):
        office.act(step, by)
    (warning,) = office.warnings()
    assert (warning.state, warning.closed_at, warning.reply_due) == (S.CLOSED, IN_NOVEMBER, None)
    last = office.events()[-1]
    assert (last.cause, last.actor, last.note, last.as_of) == (Cause.BY_PERSON, "李某", "说明", OCT)
    assert all(event.verdict_id for event in office.events())


def test_every_act_is_audited(office: Office) -> None:
    office.act(A.ACKNOWLEDGE, "王某", None)
    office.act(A.WITHDRAW, "李某", "数据有误")
    rows = office.session.exec(select(Audit).where(col(Audit.action).startswith("warning.")).order_by(col(Audit.id)))
    said = ("from", "to", "level", "reason")
    told = [(r.actor, r.action, r.subject, [json.loads(r.detail)[name] for name in said]) for r in rows]
    warning = f"warning {office.warnings()[0].id}"
    assert told == [
        ("王某", "warning.acknowledge", warning, ["issued", "acknowledged", "yellow", None]),
        ("李某", "warning.withdraw", warning, ["acknowledged", "withdrawn", "yellow", "数据有误"]),
    ]
    assert audit.verify(office.session) is None


def test_nobody_verifies_or_closes_their_own_work(office: Office) -> None:
    for step, by in ((A.ACKNOWLEDGE, "王某"), (A.PLAN, "王某"), (A.EVIDENCE, "赵某")):
        office.act(step, by)
    for by in ("王某", "赵某", " 赵某 "):
        with pytest.raises(Refused, match="不能由本人核验通过"):
            office.act(A.VERIFY, by)
    office.act(A.VERIFY, "李某")
    with pytest.raises(Refused, match="赵某报送过预警 1 的整改计划或佐证，或是其责任人，不能由本人销号。"):
        office.act(A.CLOSE, "赵某")


@pytest.mark.parametrize(
    ("what", "by", "reason", "message"),
    [
        (A.CLOSE, "李某", "x", "预警 1 现为“已发出”，不能销号；此时可以：签收、移交、豁免、撤回。"),
        (A.WITHDRAW, "李某", " ", "撤回须写明理由或内容。"),
        (A.EXEMPT, "李某", None, "豁免须写明理由或内容。"),
        (A.ACKNOWLEDGE, " ", None, "请写明经办人。"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    office: Office, what: Act, by: str, reason: str | None, message: str
) -> None:
    rows = office.rows()
    with pytest.raises(Refused, match=message):
        office.act(what, by, reason)
    assert office.rows() == rows


def test_an_unknown_number_is_refused_and_nothing_else_is_done(office: Office) -> None:
    asked = Asked(A.ACKNOWLEDGE, "王某")
    with pytest.raises(Refused, match="没有编号为 99 的预警。"):
        act(office.session, office.plan.scheme_id, [1, 99], asked, [], environment(), IN_NOVEMBER)
    assert [w.state for w in office.warnings()] == [S.ISSUED]


def test_proposals_issued_together_reach_the_unit_as_one_notice(proposal: Office) -> None:
    ids = [w.id or 0 for w in proposal.warnings()]
    assert [w.state for w in proposal.warnings()] == [S.PROPOSED, S.PROPOSED]
    assert proposal.notices() == []
    ways = [("inbox", lambda recipient: recipient.unit)]
    asked = Asked(A.ISSUE, "李某")
    act(proposal.session, proposal.plan.scheme_id, ids, asked, ways, environment(), IN_NOVEMBER)
    (notice,) = proposal.notices()
    assert (notice.kind, notice.number, notice.run_id) == (NoticeKind.SUPERVISION, "某考办督办〔2023〕1号", None)
    assert notice.reply_due == date(2023, 11, 15)
    items = from_json(notice.body).items
    assert [(item.indicator, item.level) for item in items] == [("重点项目投资", "红灯"), ("开工项目", "红灯")]
    assert items[0].gap == "低于序时进度58.3个百分点"
    assert [w.reply_due for w in proposal.warnings()] == [date(2023, 11, 15)] * 2
    assert [letter.channel for letter in proposal.letters() if letter.notice_id] == ["inbox"]
    rows = proposal.rows()
    proposal.warn()
    assert proposal.rows() == rows


def test_a_refused_proposal_stays_refused_on_the_same_data(proposal: Office) -> None:
    proposal.act(A.WITHDRAW, "李某", "项目已核减")
    states = [w.state for w in proposal.warnings()]
    assert states == [S.PROPOSED, S.WITHDRAWN]
    assert proposal.warn().causes[Cause.SETTLED] == 1
    assert [w.state for w in proposal.warnings()] == states
    proposal.plan.report(proposal.plan.started[proposal.plan.west], NOV, 1)
    proposal.report(proposal.plan.west, NOV, "30")
    assert proposal.warn(NOV, IN_DECEMBER).causes[Cause.OPENED] == 1


def test_a_declined_rise_goes_back_to_where_the_unit_stood(office: Office) -> None:
    office.answer()
    office.report(office.plan.west, NOV, "40")
    office.warn(NOV, IN_DECEMBER)
    assert [(w.state, w.level) for w in office.warnings()] == [(S.PROPOSED, "red")]
    office.act(A.DECLINE, "李某", "已约谈", IN_DECEMBER)
    assert [(w.state, w.level, w.severity) for w in office.warnings()] == [(S.PLANNED, "yellow", 2)]
    assert office.warn(NOV, IN_DECEMBER).causes[Cause.SETTLED] == 1


def test_an_exemption_says_until_when_and_then_warns_again(office: Office) -> None:
    warning = office.act(A.EXEMPT, "李某", "暴雨")
    assert (warning.state, warning.exempt_until, warning.reply_due) == (S.EXEMPTED, date(2023, 12, 31), None)
    assert office.events()[-1].note == "不可抗力，豁免至2023-12-31，赵某批准：暴雨"
    office.report(office.plan.west, NOV, "40")
    assert office.warn(NOV, IN_DECEMBER).causes[Cause.EXEMPT] == 1
    after = datetime(2024, 1, 9, 1, tzinfo=UTC)
    office.report(office.plan.west, date(2023, 12, 31), "40")
    assert office.warn(date(2023, 12, 31), after).causes[Cause.EXEMPTION_OVER] == 1
    assert [(w.state, w.level, w.exempt_until) for w in office.warnings()] == [(S.PROPOSED, "red", None)]


def test_a_return_starts_the_term_anew(office: Office) -> None:
    office.answer()
    office.act(A.RETURN, "李某", "措施不具体", datetime(2023, 11, 20, 1, tzinfo=UTC))
    assert [(w.state, w.reply_due) for w in office.warnings()] == [(S.RETURNED, date(2023, 11, 23))]
