"""What people do to warnings: issue, sign for, plan, prove, verify, return, close, exempt, withdraw — with an audit."""

from collections.abc import Sequence
from datetime import datetime

from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from diaodu.actions.grounds import Grounds, grounds_of
from diaodu.actions.matter import matter_of, reply_due, standing_of
from diaodu.actions.notice import Issuer, Matter, Ways, issue
from diaodu.actions.wording import ACTS, STATES
from diaodu.language import _
from diaodu.rules.act import RESTARTS_CLOCK, Asked, Refusal, refusal
from diaodu.rules.routing import ReceiptAct
from diaodu.rules.warning import AWAITS_REPLY, TRANSITIONS, Act, Cause, WarningState
from diaodu.storage import audit, fire
from diaodu.storage import warning as store
from diaodu.storage.receipt import newest_notices, receive
from diaodu.storage.warning import Known
from diaodu.storage.warning_event import Mark, Place, move
from models.lag_warning import LagWarning
from models.target import Target
from models.verdict import Verdict

ENDS = frozenset({WarningState.EXEMPTED, WarningState.CLOSED, WarningState.WITHDRAWN})
"""States in which no answer is owed."""


class Refused(Exception):
    """The act is not done, and why, in words for the person who asked."""


def act(
    session: Session,
    scheme_id: int,
    warning_ids: Sequence[int],
    asked: Asked,
    ways: Ways,
    templates: SandboxedEnvironment,
    now: datetime,
) -> list[LagWarning]:
    """Do one act to one or several warnings, all or none; those issued together reach a unit as one notice.

    Raises Refused.
    """
    fire.lock(session, scheme_id)
    grounds = grounds_of(session, scheme_id, now)
    found = store.known(session, scheme_id, list(warning_ids))
    for wanted in warning_ids:
        if wanted not in found:
            raise Refused(_("没有编号为 {id} 的预警。").format(id=wanted))
    done = [_act_on(session, grounds, found[wanted], asked) for wanted in dict.fromkeys(warning_ids)]
    if asked.act is Act.ISSUE:
        as_of = max(seen.as_of for _, seen in done)
        issuer = Issuer(scheme_id, grounds.scheme, grounds.workdays, ways, templates, as_of, now, None)
        issue(session, issuer, [m for warning, seen in done if (m := _matter(session, grounds, warning, seen))])
    if asked.act is Act.ACKNOWLEDGE:
        for notice_id in newest_notices(session, list(dict.fromkeys(warning_ids))):
            receive(session, notice_id, ReceiptAct.SIGNED, asked.actor.strip(), now)
    return [warning for warning, _ in done]


def _act_on(session: Session, grounds: Grounds, known: Known, asked: Asked) -> tuple[LagWarning, Verdict]:
    warning = known.warning
    assert warning.id is not None
    authors = store.authors(session, warning.id)
    why = refusal(warning.state, asked, authors, known.obligation.held, grounds.today)
    if why is not None:
        raise Refused(_words(why, known, asked))
    seen = store.newest_verdict(session, warning.target_id)
    if seen is None:
        raise Refused(_("预警 {id} 没有研判记录。").format(id=warning.id))
    place = _place(grounds, known, asked)
    reason = (asked.reason or "").strip() or None
    mark = Mark(
        Cause.BY_PERSON,
        asked.actor.strip(),
        seen.id,
        max(seen.as_of, known.last.as_of),
        grounds.now,
        _note(place, reason),
    )
    detail = {"from": warning.state, "to": place.state, "level": place.level, "reason": reason}
    move(session, known, place, mark)
    audit.record(session, mark.actor, f"warning.{asked.act}", f"warning {warning.id}", detail, grounds.now)
    return warning, seen


def _place(grounds: Grounds, known: Known, asked: Asked) -> Place:
    """Where the act leads: its deadline starts anew where the unit has a new duty, and ends where it has none."""
    warning, held = known.warning, known.obligation.held
    to = TRANSITIONS[warning.state][asked.act]
    state, level, severity, floor = warning.state, warning.level, warning.severity, warning.floor
    if to is None and held is not None:
        state, level, severity, floor = held.state, held.level, held.severity, held.floor
    elif to is not None:
        state = to
    due = warning.reply_due if state not in ENDS else None
    if asked.act in RESTARTS_CLOCK and state in AWAITS_REPLY:
        obliged = grounds.level(warning.rule, level)
        due = reply_due(obliged, grounds.today, grounds.workdays) if obliged else None
    until = (asked.until or max(grounds.scheme.ends, grounds.today)) if asked.act is Act.EXEMPT else None
    return Place(state, level, severity, floor, due, until)


def _matter(session: Session, grounds: Grounds, warning: LagWarning, seen: Verdict) -> Matter | None:
    policy, level = grounds.policies.get(warning.rule), grounds.level(warning.rule, warning.level)
    target = session.get(Target, warning.target_id)
    if policy is None or level is None or level.notice is None or target is None:
        return None
    return matter_of(warning, target.unit_id, standing_of(seen), policy, level, seen.explanation, grounds.workdays)


def _note(place: Place, reason: str | None) -> str | None:
    if place.exempt_until is None:
        return reason
    return _("豁免至{day}：{reason}").format(day=place.exempt_until, reason=reason)


def _words(why: Refusal, known: Known, asked: Asked) -> str:
    act, warning = ACTS[asked.act], known.warning
    if why is Refusal.NOT_FROM_HERE:
        possible = "、".join(ACTS[a] for a in TRANSITIONS[warning.state]) or _("无")
        return _("预警 {id} 现为“{state}”，不能{act}；此时可以：{possible}。").format(
            id=warning.id, state=STATES[warning.state], act=act, possible=possible
        )
    return {
        Refusal.NO_NAME: _("请写明经办人。"),
        Refusal.NO_REASON: _("{act}须写明理由或内容。"),
        Refusal.OWN_WORK: _("{actor}报送过预警 {id} 的整改计划或佐证，不能由本人{act}。"),
        Refusal.NOTHING_HELD: _("预警 {id} 尚未发出过，没有可以退回的等级；不同意发出的，请撤回。"),
        Refusal.ENDS_TOO_EARLY: _("豁免的截止日不能早于今天。"),
    }[why].format(act=act, actor=asked.actor.strip(), id=warning.id)
