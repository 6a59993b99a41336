"""A draft is edited, checked and signed by named people; every step is kept, and no stray number passes the check."""

import json
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.briefing import as_printed
from diaodu.actions.briefing_text import reading
from diaodu.actions.briefing_words import NotTaken
from diaodu.actions.frozen import told_again
from diaodu.briefing.document import texts
from diaodu.briefing.facts import digest
from diaodu.briefing.issue import document
from diaodu.rules.briefing import BriefingAct, BriefingState
from diaodu.rules.level import Issue
from diaodu.storage import briefing_life as life
from flows.brief import brief
from models.audit import Audit
from models.briefing import Briefing
from models.scheme_version import SchemeVersion
from tests.drafting import CHECKER, HOUR, SIGNER, WRITER, Drafting
from tests.small_office import IN_NOVEMBER, OCT

A, S = BriefingAct, BriefingState


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Drafting:
    return Drafting(session, tmp_path)


def test_a_draft_is_checked_by_another_and_signed_and_every_step_is_kept(desk: Drafting) -> None:
    briefing = desk.draft().briefing
    assert (briefing.state, briefing.serial, briefing.number) == (S.DRAFTED, None, None)
    desk.act(briefing, A.REVIEW)
    issued, files = desk.sign(briefing)
    assert (issued.state, issued.number, issued.issued_by) == (S.ISSUED, "第1期", SIGNER)
    assert {file.format for file in files} == {"docx", "pdf", "html"}
    steps = [(event.act, event.actor, event.to_state) for event in life.events(desk.session, issued.id or 0)]
    assert steps == [(A.DRAFT, WRITER, S.DRAFTED), (A.REVIEW, CHECKER, S.REVIEWED), (A.ISSUE, SIGNER, S.ISSUED)]
    actions = desk.session.exec(select(Audit.action).where(Audit.action.startswith("briefing."))).all()  # type: ignore[attr-defined]
    assert actions == ["briefing.draft", "briefing.review", "briefing.issue"]


def test_it_is_kept_by_which_rules_data_and_kind_file_it_was_made(desk: Drafting) -> None:
    before = desk.session.exec(select(Audit.digest).order_by(Audit.id.desc())).first()  # type: ignore[union-attr]
    briefing = desk.draft().briefing
    assert briefing.policy_version_id is not None
    assert briefing.data_version == (before or "0" * 64)
    assert json.loads(briefing.layouts or "")["full"][0] == "monthly"
    assert digest(told_again(desk.session, briefing)) == briefing.digest


def test_it_is_dated_by_the_day_it_was_signed(desk: Drafting) -> None:
    briefing = desk.draft().briefing
    desk.act(briefing, A.REVIEW)
    desk.now += 48 * HOUR
    issued, _files = desk.sign(briefing)
    assert "2023年11月10日印发" in texts(document(as_printed(desk.session, issued)))


def test_who_wrote_or_edited_it_neither_checks_nor_signs(desk: Drafting) -> None:
    briefing = desk.draft().briefing
    desk.edit(briefing, 1, "现将情况通报如下。", actor=CHECKER)
    for writer in (WRITER, CHECKER):
        with pytest.raises(NotTaken, match=f"不能审核、签发自己的稿子：{writer}"):
            desk.act(briefing, A.REVIEW, writer)
    desk.act(briefing, A.REVIEW, "赵某")
    with pytest.raises(NotTaken, match="不能审核、签发"):
        desk.sign(briefing, WRITER)


def test_an_edited_paragraph_is_printed_and_what_was_composed_is_kept(desk: Drafting) -> None:
    briefing = desk.draft().briefing
    assert desk.edit(briefing, 1, "现将 有关情况\n通报如下。") == []
    lines = reading(desk.session, desk.scheme_id, briefing.id or 0)
    place = lines.index("[1] 现将 有关情况 通报如下。")
    assert lines[place + 1].strip().startswith("原文：根据各单位报送情况")
    assert "现将 有关情况 通报如下。" in texts(document(as_printed(desk.session, briefing)))


def test_a_checked_draft_that_is_edited_is_checked_again(desk: Drafting) -> None:
    briefing = desk.draft().briefing
    desk.act(briefing, A.REVIEW)
    desk.edit(briefing, 1, "现将情况通报如下。")
    assert briefing.state is S.DRAFTED
    with pytest.raises(NotTaken, match="现为“草稿”"):
        desk.sign(briefing)


def test_a_number_without_a_fact_is_named_with_the_nearest_and_keeps_it_from_being_checked(desk: Drafting) -> None:
    briefing = desk.draft().briefing
    (fault,) = desk.edit(briefing, 1, "西区重点项目投资累计完成51.0亿元。")
    assert "51.0" in fault
    assert "50.0" in fault
    with pytest.raises(NotTaken, match="没有依据的数字") as refused:
        desk.act(briefing, A.REVIEW)
    assert "51.0" in str(refused.value)
    assert desk.edit(briefing, 1, "西区重点项目投资累计完成50.0亿元。") == []
    desk.act(briefing, A.REVIEW)
    assert briefing.state is S.REVIEWED


def test_a_persons_name_or_number_is_not_issued(desk: Drafting) -> None:
    desk.office.person("刘某某", desk.office.plan.west, phone="13800000000")
    briefing = desk.draft().briefing
    desk.edit(briefing, 1, "请各单位向刘某某学习。")
    with pytest.raises(NotTaken, match="个人信息，请去掉：刘某某"):
        desk.act(briefing, A.REVIEW)


@pytest.mark.parametrize(
    ("paragraph", "text", "reason", "said"),
    [
        (99, "改", "语气", "没有第 99 段；正文共"),
        (0, "改", "语气", "没有第 0 段"),
        (1, " ", "语气", "改成什么"),
        (1, "改", " ", "请写明理由"),
    ],
)
def test_an_edit_says_what_is_wrong_with_it(desk: Drafting, paragraph: int, text: str, reason: str, said: str) -> None:
    briefing = desk.draft().briefing
    with pytest.raises(NotTaken, match=said):
        desk.edit(briefing, paragraph, text, reason=reason)
    assert len(life.events(desk.session, briefing.id or 0)) == 1


def test_numbers_have_no_gaps_whatever_became_of_drafts(desk: Drafting) -> None:
    desk.act(desk.draft().briefing, A.DISCARD)
    assert desk.issued().number == "第1期"
    desk.office.report(desk.office.plan.west, OCT, "60", desk.now)
    second = desk.draft().briefing
    desk.act(second, A.REVIEW)
    assert desk.sign(second)[0].number == "第2期"


def test_a_draft_nobody_touched_gives_way_to_newer_data_and_one_that_was_does_not(desk: Drafting) -> None:
    first = desk.draft(by_hand=False).briefing
    assert not desk.draft(by_hand=False).is_new
    desk.office.report(desk.office.plan.west, OCT, "60", desk.now)
    second = desk.draft(by_hand=False).briefing
    assert (first.state, second.state) == (S.DISCARDED, S.DRAFTED)
    desk.edit(second, 1, "现将情况通报如下。")
    desk.office.report(desk.office.plan.west, OCT, "61", desk.now)
    assert desk.draft(by_hand=False).briefing.id == second.id


def test_what_was_withdrawn_is_told_again_by_hand_only(desk: Drafting) -> None:
    issued = desk.issued()
    desk.act(issued, A.WITHDRAW, SIGNER, "误发")
    assert issued.state is S.WITHDRAWN
    assert not desk.draft(by_hand=False).is_new
    again = desk.draft(by_hand=True)
    assert (again.is_new, again.briefing.corrects_id) == (True, None)


def test_the_clock_drafts_where_people_approve_and_issues_where_they_do_not(desk: Drafting) -> None:
    version = desk.session.exec(select(SchemeVersion)).one()
    version.issue = Issue.AFTER_REVIEW
    desk.session.add(version)
    told = brief(desk.session, desk.home, desk.scheme_id, OCT, IN_NOVEMBER, None, IN_NOVEMBER, "考核办")
    assert (told.is_new, told.briefing.state, told.files) == (True, S.DRAFTED, ())
    assert not (desk.home / "briefings").exists()
    desk.act(told.briefing, A.DISCARD)
    version.issue = Issue.AUTOMATIC
    told = brief(desk.session, desk.home, desk.scheme_id, OCT, IN_NOVEMBER, None, desk.now, "考核办")
    assert (told.briefing.state, told.briefing.number) == (S.ISSUED, "第1期")
    kept = desk.session.get_one(Briefing, told.briefing.id)
    assert life.signed_at(life.events(desk.session, kept.id or 0)) is None
