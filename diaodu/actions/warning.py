"""What people do to warnings: issue, change, postpone, sign for, plan, prove, verify, hand over, end; audited."""

from collections.abc import Sequence
from datetime import datetime

from jinja2.sandbox import SandboxedEnvironment
from sqlmodel import Session

from diaodu.actions.grounds import Grounds, grounds_of
from diaodu.actions.matter import Judged, Matter, matter_of, rectify_due, reply_due, standing_of
from diaodu.actions.meeting_setting import announced
from diaodu.actions.notice import Issuer, Ways, issue, tell_office
from diaodu.actions.notice_body import Issued
from diaodu.actions.obliging import Given, give_back, oblige
from diaodu.actions.preflight import unprintable
from diaodu.actions.streak import streaks
from diaodu.actions.unit_round import unit_matter
from diaodu.actions.warning_words import note_words, refusal_words
from diaodu.briefing.fonts import DEFAULT, Fonts
from diaodu.language import _
from diaodu.rules.act import RESTARTS_CLOCK, TELLS, Asked, leads_to, refusal
from diaodu.rules.deduction import Charge
from diaodu.rules.level import Level
from diaodu.rules.routing import ReceiptAct
from diaodu.rules.warning import AWAITS_REPLY, Act, Cause, WarningState
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
    fonts: Fonts = DEFAULT,
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
        _tell(session, grounds, issuer, done, asked, fonts)
    if asked.act is Act.WITHDRAW:
        give_back(session, _given(session, grounds, done), now)
    if asked.act is Act.ACKNOWLEDGE:
        for notice_id in newest_notices(session, list(dict.fromkeys(warning_ids))):
            receive(session, notice_id, ReceiptAct.SIGNED, asked.actor.strip(), now)
    return [warning for warning, _ in done]


def _act_on(session: Session, grounds: Grounds, known: Known, asked: Asked) -> tuple[LagWarning, Verdict]:
    warning = known.warning
    assert warning.id is not None
    checked = store.authors(session, warning.id) | ({warning.owner} if warning.owner else frozenset())
    level = _level_meant(grounds, warning, asked)
    about = (known.obligation.held, grounds.today, level, warning.rectify_due)
    why = refusal(warning.state, asked, checked, *about)
    if why is not None:
        raise Refused(refusal_words(why, known, asked, level))
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
        "signer": asked.signer,
        "meets_at": asked.meet_at,
        "place": asked.place,
        "until": asked.until,
        "exemption": asked.exemption,
        "approver": asked.approver,
        "owner": asked.owner,
        "unit": unit,
    }


def _place(session: Session, grounds: Grounds, known: Known, asked: Asked) -> Place:
    """Where the act leads: its deadline starts anew where the unit has a new duty, and ends where it has none."""
    warning, held = known.warning, known.obligation.held
    leads = leads_to(warning.state, asked.act, grounds.level(warning, warning.level))
    assert leads is not None  # else it was refused
    (to,) = leads
    state, level, severity, floor = warning.state, warning.level, warning.severity, warning.floor
    if to is None and held is not None:
        state, level, severity, floor = held.state, held.level, held.severity, held.floor
    elif to is not None:
        state = to
    if asked.act is Act.CHANGE_LEVEL:
        chosen = _other_level(grounds, warning, asked)
        level, severity, floor = chosen.code, chosen.severity, min(floor, chosen.severity)
    due, rectify = (warning.reply_due, warning.rectify_due) if state not in ENDS else (None, None)
    if asked.act in RESTARTS_CLOCK and state in AWAITS_REPLY:
        obliged = grounds.level(warning, level)
        about = (grounds.today, grounds.workdays)
        due, rectify = (reply_due(obliged, *about), rectify_due(obliged, *about)) if obliged else (None, None)
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
        rectify_due=rectify,
    )


def _level_meant(grounds: Grounds, warning: LagWarning, asked: Asked) -> Level | None:
    """The level an act is about: what the unit has, or the one it is to get instead."""
    if asked.act is Act.CHANGE_LEVEL and asked.level:
        return _other_level(grounds, warning, asked)
    return grounds.level(warning, warning.level)


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


def _tell(
    session: Session,
    grounds: Grounds,
    issuer: Issuer,
    done: Sequence[tuple[LagWarning, Verdict]],
    asked: Asked,
    fonts: Fonts,
) -> None:
    """The notices, and all else that follows from the level; a place nobody holds is told to the office.

    Raises Refused before a notice leaves that no font can print, or that announces an interview nobody is to hold.
    """
    given = _given(session, grounds, done)
    about = (grounds.scheme_id, grounds.scheme.issuer, given, grounds.workdays, grounds.now)
    charges = oblige(session, *about)
    meeting = announced(session, grounds.scheme_id, [w.id or 0 for w, _ in done], asked, grounds.now)
    if asked.meet_at is not None and (meeting is None or asked.meet_at <= grounds.now):
        raise Refused(_("约谈时间应晚于现在，且只写给有约谈的等级。"))
    found = [_matter(session, grounds, w, seen, charges.get(w.id or 0)) for w, seen in done]
    issued = Issued((asked.signer or "").strip() or None, meeting)
    bodies = issue(session, issuer, [matter for matter in found if matter], issued=issued)
    if boxes := unprintable(bodies, fonts):
        raise Refused(boxes)
    if any(body.unfilled for body in bodies):
        tell_office(session, issuer, moved=[], proposals=[], notices=bodies, boxes=None)


def _given(session: Session, grounds: Grounds, done: Sequence[tuple[LagWarning, Verdict]]) -> list[Given]:
    """The levels that units have now; a level that the rules dropped obliges to nothing."""
    return [
        Given(warning.id or 0, store.owner_of(session, warning), level)
        for warning, _ in done
        if (level := grounds.level(warning, warning.level)) is not None
    ]


def _matter(
    session: Session, grounds: Grounds, warning: LagWarning, seen: Verdict, charge: Charge | None
) -> Matter | None:
    policy, level = grounds.policy(warning), grounds.level(warning, warning.level)
    if policy is None or level is None or level.notice is None:
        return None
    if warning.target_id is None:
        return unit_matter(warning, unit_standing_of(seen), policy, level, seen.explanation, charge)
    streak = streaks(session, grounds.scheme_id, {warning.target_id: seen.period}, seen.as_of, grounds.now)
    judged = Judged(seen.explanation, seen.reason, seen.dimension, streak[warning.target_id], charge)
    unit_id = store.owner_of(session, warning)
    return matter_of(warning, unit_id, standing_of(seen), policy, level, judged, grounds.workdays)
