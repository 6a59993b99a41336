"""What people do to warnings: issue, change, postpone, sign for, plan, prove, verify, hand over, end; audited."""

from collections.abc import Sequence
from datetime import datetime

from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from diaodu.actions.grounds import Grounds, grounds_of
from diaodu.actions.matter import matter_of, reply_due, standing_of
from diaodu.actions.notice import Issuer, Matter, Ways, issue
from diaodu.actions.unit_round import unit_matter
from diaodu.actions.warning_words import note_words, refusal_words
from diaodu.language import _
from diaodu.rules.act import RESTARTS_CLOCK, TELLS, Asked, refusal
from diaodu.rules.level import Level
from diaodu.rules.routing import ReceiptAct
from diaodu.rules.warning import AWAITS_REPLY, TRANSITIONS, Act, Cause, WarningState
from diaodu.storage import audit, fire
from diaodu.storage import warning as store
from diaodu.storage.receipt import newest_notices, receive
from diaodu.storage.subject import subject_of
from diaodu.storage.unit import unit_ids
from diaodu.storage.unit_verdict import standing_of as unit_standing_of
from diaodu.storage.warning import Known
from diaodu.storage.warning_event import Mark, Place, move
from models.lag_warning import LagWarning
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
    if asked.act in TELLS:
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
    checked = store.authors(session, warning.id) | ({warning.owner} if warning.owner else frozenset())
    why = refusal(warning.state, asked, checked, known.obligation.held, grounds.today)
    if why is not None:
        raise Refused(refusal_words(why, known, asked))
    seen = store.newest_verdict(session, subject_of(warning))
    if seen is None:
        raise Refused(_("预警 {id} 没有研判记录。").format(id=warning.id))
    place = _place(session, grounds, known, asked)
    reason = (asked.reason or "").strip() or None
    mark = Mark(
        Cause.BY_PERSON,
        asked.actor.strip(),
        seen.id,
        max(seen.as_of, known.last.as_of),
        grounds.now,
        note_words(asked, place.exempt_until, reason),
        asked,
        place.exempt_until or asked.until,
    )
    detail: dict[str, object] = {"from": warning.state, "to": place.state, "level": place.level, "reason": reason}
    detail |= {name: value for name, value in _named(asked).items() if value}
    move(session, known, place, mark)
    audit.record(session, mark.actor, f"warning.{asked.act}", f"warning {warning.id}", detail, grounds.now)
    return warning, seen


def _named(asked: Asked) -> dict[str, object]:
    """What an act names besides its reason."""
    unit = asked.owner_unit
    return {
        "until": asked.until,
        "exemption": asked.exemption,
        "approver": asked.approver,
        "owner": asked.owner,
        "unit": unit,
    }


def _place(session: Session, grounds: Grounds, known: Known, asked: Asked) -> Place:
    """Where the act leads: its deadline starts anew where the unit has a new duty, and ends where it has none."""
    warning, held = known.warning, known.obligation.held
    to = TRANSITIONS[warning.state][asked.act]
    state, level, severity, floor = warning.state, warning.level, warning.severity, warning.floor
    if to is None and held is not None:
        state, level, severity, floor = held.state, held.level, held.severity, held.floor
    elif to is not None:
        state = to
    if asked.act is Act.CHANGE_LEVEL:
        chosen = _other_level(grounds, warning, asked)
        level, severity, floor = chosen.code, chosen.severity, min(floor, chosen.severity)
    due = warning.reply_due if state not in ENDS else None
    if asked.act in RESTARTS_CLOCK and state in AWAITS_REPLY:
        obliged = grounds.level(warning, level)
        due = reply_due(obliged, grounds.today, grounds.workdays) if obliged else None
    until = (asked.until or max(grounds.scheme.ends, grounds.today)) if asked.act is Act.EXEMPT else None
    owner, owner_unit = _owner(session, grounds, warning, asked)
    return Place(
        state,
        level,
        severity,
        floor,
        due,
        until,
        postponed_until=asked.until if asked.act is Act.POSTPONE else None,
        rectify_by=asked.until if asked.act is Act.PLAN else warning.rectify_by,
        owner=owner,
        owner_unit_id=owner_unit,
    )


def _other_level(grounds: Grounds, warning: LagWarning, asked: Asked) -> Level:
    """The level asked for by code or name; one that warns, and another than the one proposed."""
    policy = grounds.policy(warning)
    others = [each for each in policy.levels if each.severity > 0 and each.code != warning.level] if policy else []
    for each in others:
        if asked.level in (each.code, each.name):
            return each
    known = "、".join(f"{each.code}（{each.name}）" for each in others) or _("无")
    raise Refused(_("没有“{level}”可以改；可以改为：{known}").format(level=asked.level, known=known))


def _owner(session: Session, grounds: Grounds, warning: LagWarning, asked: Asked) -> tuple[str | None, int | None]:
    """Who answers from here on: who signs, or who is named."""
    if asked.act is Act.ACKNOWLEDGE:
        return (asked.owner or asked.actor).strip(), warning.owner_unit_id
    if asked.act is not Act.HAND_OVER or asked.owner is None:
        return warning.owner, warning.owner_unit_id
    if asked.owner_unit is None:
        return asked.owner.strip(), warning.owner_unit_id
    units = unit_ids(session, grounds.scheme_id)
    if asked.owner_unit not in units:
        raise Refused(_("没有编码为“{code}”的单位。").format(code=asked.owner_unit))
    return asked.owner.strip(), units[asked.owner_unit]


def _matter(session: Session, grounds: Grounds, warning: LagWarning, seen: Verdict) -> Matter | None:
    policy, level = grounds.policy(warning), grounds.level(warning, warning.level)
    if policy is None or level is None or level.notice is None:
        return None
    if warning.unit_id is not None:
        return unit_matter(warning, unit_standing_of(seen), policy, level, seen.explanation)
    unit_id = store.owner_of(session, warning)
    return matter_of(warning, unit_id, standing_of(seen), policy, level, seen.explanation, grounds.workdays)
