"""What people do about numbers on which two sources differ: keep the one in force, or take the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.rules.discrepancy import Refusal, Settlement, refusal
from diaodu.rules.request import TRANSITIONS, RequestAct, RequestState
from diaodu.rules.validation import figure
from diaodu.storage import audit
from diaodu.storage.discrepancy import Question, mark_settled, questions
from diaodu.storage.plan import REPORTED, lock
from diaodu.storage.report import newest_revision
from diaodu.storage.request import Mark, move, requests_for
from models.discrepancy import Discrepancy
from models.report import Report
from models.request import Request

REFUSALS = {
    Refusal.SETTLED: _("编号 {id} 已有结果，不能再办。"),
    Refusal.NO_NAME: _("编号 {id}：请写明经办人。"),
    Refusal.NO_REASON: _("编号 {id}：请写明理由。"),
    Refusal.LOCKED: _("编号 {id}：该日数据已审定，请申请更正。"),
}
NO_SUCH = _("没有编号为 {id} 的数据不一致。")


class Refused(Exception):
    """Nothing is done, and why, in words for the person who asked: a line for every number refused."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a person ends a question, and why."""

    settlement: Settlement
    by: str
    reason: str


def settle(session: Session, scheme_id: int, ids: Sequence[int], answer: Answer, at: datetime) -> list[Discrepancy]:
    """End one or several questions the same way, all or none. Raises Refused."""
    lock(session, scheme_id)
    found = {question.row.id: question for question in questions(session, scheme_id, still_open=False)}
    wanted = list(dict.fromkeys(ids))
    asked = {number: _requests(session, scheme_id, found[number]) for number in wanted if number in found}
    why = [words for number in wanted if (words := _refused(number, found.get(number), asked.get(number, ()), answer))]
    if why:
        raise Refused("\n".join(why))
    for number in wanted:
        _end(session, found[number], asked[number], answer, at)
    return [found[number].row for number in wanted]


def _requests(session: Session, scheme_id: int, question: Question) -> list[Request]:
    key = (question.row.target_id, question.row.as_of)
    return requests_for(session, scheme_id, {key[1]}, {key[0]}).get(key, [])


def _refused(number: int, question: Question | None, asked: Sequence[Request], answer: Answer) -> str | None:
    if question is None:
        return NO_SUCH.format(id=number)
    locked = any(request.state is RequestState.CONFIRMED for request in asked)
    settled = question.row.settlement is not None
    why = refusal(answer.settlement, settled, locked, answer.by, answer.reason)
    return None if why is None else REFUSALS[why].format(id=number)


def _end(session: Session, question: Question, asked: Sequence[Request], answer: Answer, at: datetime) -> None:
    row, by, reason = question.row, answer.by.strip(), answer.reason.strip()
    if answer.settlement is Settlement.REPLACED:
        report = _replacement(session, row, by, reason, at)
        moved = [request for request in asked if (request.state, RequestAct.SUBMIT) in TRANSITIONS]
        mark = Mark(by, at, Role.OFFICE, reason)
        move(session, moved, RequestAct.SUBMIT, mark, {request.id or 0: report.id or 0 for request in moved})
    mark_settled(session, row, answer.settlement, by, at, reason)
    detail = {"settlement": answer.settlement, "value": figure(row.value), "reason": reason, "as_of": row.as_of}
    audit.record(session, by, "discrepancy.settle", str(row.id), detail, at)


def _replacement(session: Session, row: Discrepancy, by: str, reason: str, at: datetime) -> Report:
    """The other source's number as a new revision, with where that source had it from."""
    before = newest_revision(session, row.target_id, row.as_of, at)
    kept = {} if before is None else {name: getattr(before, name) for name in REPORTED}
    report = Report(
        **kept | {"value": row.value, "justification": reason},
        target_id=row.target_id,
        as_of=row.as_of,
        source_id=row.source_id,
        origin=row.origin,
        recorded_by=by,
        recorded_at=at,
    )
    session.add(report)
    session.flush()
    return report
