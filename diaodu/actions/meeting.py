"""Recording interviews and visits (约谈、走访): what was promised there becomes milestones, in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.target_meant import Meant, NotMeant, meant
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.meeting import MeetingKind
from diaodu.storage import audit, fire
from diaodu.storage import warning as warnings
from diaodu.storage.planned_meeting import awaited
from diaodu.storage.replan import in_force, revise
from diaodu.storage.target import targets_in_force
from diaodu.storage.unit import unit_ids
from models.commitment import Commitment
from models.meeting import Meeting


class NotRecorded(Exception):
    """The meeting is not recorded; the message lists everything that is wrong."""


@dataclass(frozen=True, slots=True)
class Promise:
    """To have reached a cumulative value (millionths) of an indicator by a day, and who answers for it."""

    indicator: str
    name: str
    due: date
    planned: int
    owner: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A meeting as it is to be recorded; `unit` by code or name, `warning_id` what it was about.

    `planned`: the planned meeting that this was; where none is named, the one about that warning, or the unit's only.
    """

    kind: MeetingKind
    unit: str
    day: date
    hosts: str
    guests: str
    outcome: str
    warning_id: int | None
    promises: Sequence[Promise]
    planned: int | None = None


def record(session: Session, scheme_id: int, talk: Talk, actor: str, now: datetime) -> Meeting:
    """Write down the meeting and its commitments, all or nothing. Raises NotRecorded."""
    fire.lock(session, scheme_id)
    names = meant(session, scheme_id, office_day(now), now)
    faults = [*_faults(session, scheme_id, names, talk, now)]
    promised = _by_target(session, scheme_id, names, talk, now, faults)
    planned = _planned(session, scheme_id, names, talk, now, faults)
    if faults:
        raise NotRecorded("\n".join(faults))
    meeting = Meeting(
        unit_id=unit_ids(session, scheme_id)[names.unit(talk.unit)],
        kind=talk.kind,
        day=talk.day,
        hosts=talk.hosts.strip(),
        guests=talk.guests.strip(),
        outcome=talk.outcome.strip(),
        warning_id=talk.warning_id,
        planned_meeting_id=planned,
        recorded_by=actor.strip(),
        recorded_at=now,
    )
    session.add(meeting)
    session.flush()
    _commit_to(session, meeting, promised, now)
    detail = meeting.model_dump(include={"day", "hosts", "guests", "outcome", "warning_id", "planned_meeting_id"})
    detail |= {"promises": [f"{p.indicator} {p.name} {p.due}" for p in talk.promises]}
    audit.record(session, actor.strip(), f"meeting.{talk.kind}", f"meeting {meeting.id}", detail, now)
    return meeting


def _faults(session: Session, scheme_id: int, names: Meant, talk: Talk, now: datetime) -> list[str]:
    said = ((talk.hosts, _("主持人")), (talk.guests, _("单位参加人")), (talk.outcome, _("结果")))
    faults = [_("请写明{what}。").format(what=what) for words, what in said if not words.strip()]
    if talk.day > office_day(now):
        faults.append(_("日期不能晚于今天：{day}。").format(day=talk.day))
    if talk.warning_id is not None and not warnings.known(session, scheme_id, [talk.warning_id]):
        faults.append(_("没有编号为 {id} 的预警。").format(id=talk.warning_id))
    try:
        unit_id = unit_ids(session, scheme_id)[names.unit(talk.unit)]
    except NotMeant as wrong:
        return [*faults, str(wrong)]
    known = warnings.known(session, scheme_id, [talk.warning_id]) if talk.warning_id is not None else {}
    for about in known.values():
        if unit_id not in (warnings.owner_of(session, about.warning), about.warning.owner_unit_id):
            faults.append(_("预警 {id} 不是这个单位的。").format(id=talk.warning_id))
    return faults


def _planned(
    session: Session, scheme_id: int, names: Meant, talk: Talk, now: datetime, faults: list[str]
) -> int | None:
    """The planned meeting that is held by this one."""
    try:
        unit_id = unit_ids(session, scheme_id)[names.unit(talk.unit)]
    except NotMeant:  # told already
        return None
    mine = [p for p in awaited(session, scheme_id, now, talk.kind) if p.meeting.unit_id == unit_id]
    if talk.planned is not None:
        if talk.planned not in [p.meeting.id for p in mine]:
            faults.append(_("这个单位没有编号为 {id} 的待办。").format(id=talk.planned))
        return talk.planned
    about = [p.meeting.id for p in mine if talk.warning_id is None or talk.warning_id in p.warning_ids]
    return about[0] if len(about) == 1 else None


def _by_target(
    session: Session, scheme_id: int, names: Meant, talk: Talk, now: datetime, faults: list[str]
) -> dict[int, list[Promise]]:
    """What was promised of each target; what cannot be a milestone of it is a fault."""
    versions = targets_in_force(session, scheme_id, office_day(now), now)
    found: dict[int, list[Promise]] = {}
    for promise in talk.promises:
        about = f"{promise.name}："
        try:
            target_id = names.target(promise.indicator, talk.unit)
        except NotMeant as wrong:
            faults.append(about + str(wrong))
            continue
        version, mine = versions.get(target_id), found.setdefault(target_id, [])
        steps = [*in_force(session, target_id, now), *(_step(other) for other in mine)]
        last = version.due if version else None
        if last is None or not talk.day < promise.due <= last:
            right = _("承诺的日期应在当天之后、目标期内（至{last}）。").format(last=last or _("无目标"))
            faults.append(about + right)
        if any(promise.name == step["name"] or promise.due == step["due"] for step in steps):
            faults.append(about + _("已有同名或同日的节点；要改动它，请申请延期。"))
        if not promise.name.strip() or not promise.owner.strip():
            faults.append(about + _("请写明承诺事项和责任人。"))
        mine.append(promise)
    return found


def _commit_to(session: Session, meeting: Meeting, promised: dict[int, list[Promise]], now: datetime) -> None:
    assert meeting.id is not None
    position = 0
    for target_id, mine in promised.items():
        revision = revise(session, target_id, [*in_force(session, target_id, now), *map(_step, mine)], now)
        for promise in mine:
            position += 1
            row = _step(promise) | {"target_id": target_id, "position": position, "revision": revision}
            row.pop("deliverable")
            session.add(Commitment(meeting_id=meeting.id, **row))
    session.flush()


def _step(promise: Promise) -> dict[str, Any]:
    return {
        "name": promise.name.strip(),
        "due": promise.due,
        "planned": promise.planned,
        "deliverable": None,
        "owner": promise.owner.strip(),
    }
