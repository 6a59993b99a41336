"""审核: numbers that were handed in are approved, checked, confirmed or returned, all that are named or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from diaodu.actions.directory import Directory, directory
from diaodu.actions.notice import Issuer
from diaodu.actions.request_words import ACTS, REFUSALS, ROLES, STATES
from diaodu.actions.returning import hear, take_back
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.request import TRANSITIONS, RequestAct, RequestState
from diaodu.rules.review import Asked, Case, Refusal, refusal, skipped
from diaodu.storage import audit
from diaodu.storage.plan import lock
from diaodu.storage.request import Mark, move, reports_spoken_of
from diaodu.storage.review import Found, beside, find
from models.request import Request


class Refused(Exception):
    """Nothing is done; every reason why not, in words for the person who asked."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A request with how it stood before the act."""

    found: Found
    case: Case


def review(session: Session, issuer: Issuer, request_ids: Sequence[int], asked: Asked) -> list[Request]:
    """Do one act to numbers of one or several units, as of the issuer's moment. Raises Refused.

    A return takes the number out of force in every round that it answers, and its unit hears why.
    """
    lock(session, issuer.scheme_id)
    names = directory(session, issuer.scheme_id, office_day(asked.at), asked.at)
    found = find(session, issuer.scheme_id, request_ids)
    if asked.act is RequestAct.RETURN:
        found |= find(session, issuer.scheme_id, _answered_too(session, issuer.scheme_id, found))
    judged = [_Judged(one, _case(names, one)) for one in found.values()]
    refused = [_("没有编号为 {id} 的报送事项。").format(id=number) for number in request_ids if number not in found]
    refused += [_words(names, one, why, asked) for one in judged if (why := refusal(one.case, asked))]
    if refused:
        raise Refused(refused)
    _write(session, judged, asked)
    if asked.act is RequestAct.RETURN:
        hear(session, issuer, names, [one.found for one in judged], (asked.reason or "").strip())
    return [one.found.request for one in judged]


def _answered_too(session: Session, scheme_id: int, found: dict[int, Found]) -> list[int]:
    """Other rounds' requests that the same numbers answer, as far as they hold one."""
    others = find(session, scheme_id, beside(session, list(found.values())))
    held = {RequestState.CONFIRMED} | {state for state, act in TRANSITIONS if act is RequestAct.RETURN}
    return [number for number, one in others.items() if one.request.state in held]


def _case(names: Directory, found: Found) -> Case:
    lead = names.leads.get(found.indicator_id)
    return Case(
        state=RequestState(found.request.state),
        unit=names.codes[found.request.unit_id],
        lead=None if lead is None else names.codes[lead],
        author=found.author,
        last_at=found.last_at,
    )


def _write(session: Session, judged: Sequence[_Judged], asked: Asked) -> None:
    """The events, the revisions of a return, and one line of the audit that names every request."""
    requests, reason = [one.found.request for one in judged], (asked.reason or "").strip() or None
    spoken = reports_spoken_of(session, requests)
    move(session, requests, asked.act, Mark(asked.actor.name.strip(), asked.at, asked.actor.role, reason), spoken)
    if asked.act is RequestAct.RETURN:
        take_back(session, [one.found for one in judged], asked)
    detail = {"role": asked.actor.role, "reason": reason, "requests": [_detail(one, asked) for one in judged]}
    subject = f"request {requests[0].id}" if len(requests) == 1 else f"{len(requests)} requests"
    audit.record(session, asked.actor.name.strip(), f"request.{asked.act}", subject, detail, asked.at)


def _detail(one: _Judged, asked: Asked) -> dict[str, object]:
    request, past = one.found.request, skipped(one.case.state, asked.act, one.case.lead is not None)
    return {"id": request.id, "from": one.case.state, "to": request.state} | ({"skipped": list(past)} if past else {})


def _words(names: Directory, one: _Judged, why: Refusal, asked: Asked) -> str:
    found = one.found
    head = _("报送事项 {id}（{unit} {indicator} {day}）：").format(
        id=found.request.id,
        unit=names.unit(found.request.unit_id),
        indicator=names.indicator(found.indicator_id),
        day=found.as_of,
    )
    return head + REFUSALS[why].format(
        act=ACTS[asked.act],
        role=ROLES[asked.actor.role],
        state=STATES[one.case.state],
        actor=asked.actor.name.strip(),
    )
