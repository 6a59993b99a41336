"""约定时间地点: when and where a planned interview or visit is to be, and telling the unit of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_unit
from diaodu.actions.wording import MEETINGS
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.language import _
from diaodu.rules.act import Asked
from diaodu.rules.meeting import MeetingKind
from diaodu.storage import audit, fire
from diaodu.storage.planned_meeting import Planned, awaited
from models.meeting_setting import MeetingSetting


class NotSet(Exception):
    """Why a time and a place cannot be set, in the office's words."""


def in_words(meets_at: datetime, place: str) -> str:
    """2026年12月3日9:00到县政府三楼会议室."""
    at = meets_at.astimezone(OFFICE_ZONE)
    return f"{at.year}年{at.month}月{at.day}日{at.hour}:{at.minute:02}到{place}"


def announced(session: Session, scheme_id: int, warning_ids: Sequence[int], asked: Asked, now: datetime) -> str | None:
    """Set when and where the interviews of these warnings are to be, and say it for their notice.

    Without a new time and place: what one interview of all of them was set to before.
    """
    mine = [
        each
        for each in awaited(session, scheme_id, now, MeetingKind.INTERVIEW)
        if set(each.warning_ids) & set(warning_ids)
    ]
    if asked.meet_at is not None:
        for planned in mine:
            _set(session, planned, asked.meet_at, (asked.place or "").strip(), asked.actor.strip(), now)
        return in_words(asked.meet_at, (asked.place or "").strip()) if mine else None
    said = {in_words(each.setting.meets_at, each.setting.place) for each in mine if each.setting is not None}
    return said.pop() if len(said) == 1 and len(mine) == 1 else None


def set_meeting(
    session: Session, issuer: Issuer, number: int, kind: MeetingKind, meets_at: datetime, place: str, actor: str
) -> Planned:
    """Set or change when and where a planned meeting is to be, and tell the unit. Raises NotSet."""
    fire.lock(session, issuer.scheme_id)
    found = {p.meeting.id: p for p in awaited(session, issuer.scheme_id, issuer.at, kind)}
    if number not in found:
        raise NotSet(_("没有编号为 {id} 的待办{kind}。").format(id=number, kind=MEETINGS[kind]))
    if meets_at <= issuer.at:
        raise NotSet(_("时间应晚于现在。"))
    if not place.strip():
        raise NotSet(_("请写明地点。"))
    planned = found[number]
    _set(session, planned, meets_at, place.strip(), actor, issuer.at)
    names = directory(session, issuer.scheme_id, office_day(issuer.at), issuer.at)
    facts = {
        "kind": MEETINGS[kind],
        "hosts": planned.meeting.hosts,
        "guests": planned.meeting.guests,
        "when": in_words(meets_at, place.strip()),
        "warnings": planned.warning_ids,
    }
    tell_unit(session, issuer, names, planned.meeting.unit_id, "warnings/meeting", facts)
    return planned


def _set(session: Session, planned: Planned, meets_at: datetime, place: str, actor: str, now: datetime) -> None:
    number = planned.meeting.id
    assert number is not None
    row = MeetingSetting(planned_meeting_id=number, meets_at=meets_at, place=place, set_by=actor, recorded_at=now)
    session.add(row)
    session.flush()
    detail = {"meets_at": meets_at, "place": place}
    audit.record(session, actor, f"meeting.{planned.meeting.kind}.set", f"planned_meeting {number}", detail, now)
