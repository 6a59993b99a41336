"""A correction lists what is otherwise and why, leaves the original as it was, and can itself be told again."""

import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.briefing import as_printed
from diaodu.actions.briefing_draft import correct
from diaodu.actions.briefing_words import NotTaken
from diaodu.actions.frozen import told_again
from diaodu.briefing.document import Table
from diaodu.briefing.facts import digest
from diaodu.briefing.issue import document
from diaodu.rules.briefing import BriefingAct, BriefingState
from diaodu.rules.correction import CorrectionState
from diaodu.storage import briefing_life as life
from models.briefing import Briefing
from models.correction import Correction
from models.report import Report
from tests.drafting import CHECKER, SIGNER, WRITER, Drafting
from tests.small_office import OCT


@pytest.fixture
def desk(session: Session, tmp_path: Path) -> Drafting:
    return Drafting(session, tmp_path)


def _corrected(desk: Drafting, original: Briefing, reason: str = "西区数据有误") -> Briefing:
    subject = desk.subject()
    return correct(desk.session, subject, original, reason)


def _rows(desk: Drafting, briefing: Briefing) -> list[tuple[str, ...]]:
    tables = [block for block in document(as_printed(desk.session, briefing)).blocks if isinstance(block, Table)]
    return [tuple(cell.text for cell in row.cells) for row in tables[0].rows]


def _correct_number(desk: Drafting, value: str) -> None:
    """The west's investment is corrected on request, with approval."""
    target = desk.office.plan.invested[desk.office.plan.west]
    at = desk.now + timedelta(minutes=10)
    old = desk.session.exec(Report.__table__.select().where(Report.target_id == target)).first()  # type: ignore[attr-defined]
    new = desk.office.plan.report(target, OCT, value, at)
    desk.session.add(
        Correction(
            target_id=target,
            as_of=OCT,
            replaces_id=old.id,
            value=int(value) * 1_000_000,
            reason="漏报3个项目",
            state=CorrectionState.APPROVED,
            requested_by=WRITER,
            requested_at=at,
            decided_by=CHECKER,
            decided_at=at,
            decision="属实",
            report_id=new,
        )
    )
    desk.session.flush()


def test_it_lists_every_figure_before_and_after_and_why(desk: Drafting) -> None:
    original = desk.issued()
    _correct_number(desk, "70")
    found = _corrected(desk, original)
    rows = _rows(desk, found)
    assert ("西区", "重点项目投资", "累计完成", "50.0亿元", "70.0亿元", "数据更正：漏报3个项目") in rows
    assert ("西区", "重点项目投资", "完成率", "62.5%", "87.5%", "数据更正：漏报3个项目") in rows
    assert any(row[2] == "等级" and row[3:5] == ("黄灯", "绿灯") for row in rows)
    assert ("合计", "各项指标", "达到序时进度项数", "2", "3", "随之变化") in rows
    told = [block.text for block in document(as_printed(desk.session, found)).blocks if hasattr(block, "text")]
    assert "更正说明：本期更正2023年11月8日印发的第1期，原件不再作为依据。更正原因：西区数据有误。" in "".join(told)


def test_a_revised_target_is_told_from_a_new_report(desk: Drafting) -> None:
    original, plan = desk.issued(), desk.office.plan
    plan.retarget(plan.invested[plan.east], 130, recorded_at=desk.now)
    desk.office.report(plan.west, OCT, "60", desk.now)
    rows = {row[:3]: row[3:] for row in _rows(desk, _corrected(desk, original))}
    assert rows["东区", "重点项目投资", "目标"] == ("120.0亿元", "130.0亿元", "目标调整")
    assert rows["西区", "重点项目投资", "累计完成"] == ("50.0亿元", "60.0亿元", "补报改报")


def test_the_original_stays_and_says_by_which_it_was_corrected(desk: Drafting) -> None:
    original = desk.issued()
    before = original.facts, original.digest, _hashes(desk.home)
    desk.office.report(desk.office.plan.west, OCT, "60", desk.now)
    found = _corrected(desk, original)
    desk.act(found, BriefingAct.REVIEW)
    desk.sign(found)
    assert (original.facts, original.digest) == before[:2]
    assert before[2].items() <= _hashes(desk.home).items()
    last = life.events(desk.session, original.id or 0)[-1]
    assert (original.state, last.act, last.reason) == (
        BriefingState.ISSUED,
        BriefingAct.CORRECT,
        "第2期：西区数据有误",
    )
    assert digest(told_again(desk.session, found)) == found.digest


def test_the_clock_corrects_what_it_issued_from_other_data(desk: Drafting) -> None:
    original = desk.issued()
    desk.office.report(desk.office.plan.west, OCT, "60", desk.now)
    found = desk.draft(by_hand=False).briefing
    assert (found.corrects_id, found.reason) == (original.id, "数据更新")
    assert json.loads(found.facts)["correction"]["number"] == "第1期"


def test_nothing_is_corrected_where_nothing_is_otherwise(desk: Drafting) -> None:
    original = desk.issued()
    with pytest.raises(NotTaken, match="数据没有变化"):
        _corrected(desk, original)
    desk.office.report(desk.office.plan.west, OCT, "60", desk.now)
    with pytest.raises(NotTaken, match="请写明理由"):
        _corrected(desk, original, " ")
    waiting = _corrected(desk, original)
    with pytest.raises(NotTaken, match=f"编号 {waiting.id}"):
        _corrected(desk, original)
    desk.act(waiting, BriefingAct.DISCARD)
    desk.act(original, BriefingAct.WITHDRAW, SIGNER)
    with pytest.raises(NotTaken, match="现为“已撤回”"):
        _corrected(desk, original)


def _hashes(home: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in home.rglob("briefings/**/*.*") if p.is_file()}
