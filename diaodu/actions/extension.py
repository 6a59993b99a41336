"""Moving a milestone (节点延期): asked for, approved or refused by another; the original plan stays to be seen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.target_meant import meant
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.rules.extension import (
    ExtensionRefusal,
    ExtensionState,
    Move,
    Room,
    decision_refusal,
    request_refusal,
)
from diaodu.storage import audit, fire
from diaodu.storage import extension as store
from diaodu.storage.replan import in_force, revise
from diaodu.storage.target import targets_in_force
from models.extension import Extension


class NotExtended(Exception):
    """The request is not taken, or not decided, and why, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A milestone and where it should go; `planned` (millionths) None leaves its value as it is."""

    indicator: str
    unit: str
    name: str
    due: date
    planned: int | None
    reason: str


def request(session: Session, scheme_id: int, wish: Wish, actor: str, now: datetime) -> Extension:
    """Ask; nothing moves until it is approved. Raises NotExtended and NotMeant."""
    fire.lock(session, scheme_id)
    target_id = meant(session, scheme_id, office_day(now), now).target(wish.indicator, wish.unit)
    step, room = _place(session, scheme_id, target_id, wish.name, now)
    planned = step["planned"] if wish.planned is None else wish.planned
    move = Move(step["due"], wish.due, step["planned"], planned)
    why = request_refusal(move, room, actor, wish.reason, store.is_pending(session, target_id, wish.name))
    if why is not None:
        raise NotExtended(_words(why, room))
    asked = Extension(
        target_id=target_id,
        name=wish.name,
        due=move.due,
        new_due=move.new_due,
        planned=move.planned,
        new_planned=planned,
        reason=wish.reason.strip(),
        state=ExtensionState.REQUESTED,
        requested_by=actor.strip(),
        requested_at=now,
    )
    session.add(asked)
    session.flush()
    _record(session, "extension.request", asked, actor, now)
    return asked


def decide(
    session: Session, scheme_id: int, number: int, approves: bool, actor: str, reason: str, now: datetime
) -> Extension:
    """Approve or refuse; approved, the milestones get a new revision. Raises NotExtended."""
    fire.lock(session, scheme_id)
    asked = store.extension(session, scheme_id, number)
    if asked is None:
        raise NotExtended(_("没有编号为 {id} 的延期申请。").format(id=number))
    steps = in_force(session, asked.target_id, now)
    as_asked = [s for s in steps if (s["name"], s["due"], s["planned"]) == (asked.name, asked.due, asked.planned)]
    why = decision_refusal(asked.state, asked.requested_by, actor, reason, bool(as_asked) or not approves)
    if why is not None:
        raise NotExtended(_words(why, None))
    if approves:
        moved = [s | {"due": asked.new_due, "planned": asked.new_planned} if s in as_asked else s for s in steps]
        asked.revision = revise(session, asked.target_id, moved, now)
    asked.state = ExtensionState.APPROVED if approves else ExtensionState.REFUSED
    asked.decided_by, asked.decided_at, asked.decision = actor.strip(), now, reason.strip()
    session.add(asked)
    session.flush()
    _record(session, "extension.approve" if approves else "extension.refuse", asked, actor, now)
    return asked


def _place(session: Session, scheme_id: int, target_id: int, name: str, now: datetime) -> tuple[dict[str, Any], Room]:
    """The milestone, and where it may go."""
    steps, target = in_force(session, target_id, now), targets_in_force(session, scheme_id, office_day(now), now)
    places = [place for place, step in enumerate(steps) if step["name"] == name]
    if len(places) != 1 or target_id not in target:
        known = "、".join(step["name"] for step in steps) or _("无")
        raise NotExtended(_("没有（或不止一个）名为“{name}”的节点；现有：{known}").format(name=name, known=known))
    place, version = places[0], target[target_id]
    before = steps[place - 1]["due"] if place else None
    after = steps[place + 1]["due"] if place + 1 < len(steps) else None
    return steps[place], Room(version.start, version.due, before, after)


def _record(session: Session, action: str, asked: Extension, actor: str, now: datetime) -> None:
    detail = asked.model_dump(include={"target_id", "name", "due", "new_due", "planned", "new_planned", "revision"})
    reason = asked.decision or asked.reason
    audit.record(session, actor.strip(), action, f"extension {asked.id}", detail | {"reason": reason}, now)


def _words(why: ExtensionRefusal, room: Room | None) -> str:
    return {
        ExtensionRefusal.NO_NAME: _("请写明经办人。"),
        ExtensionRefusal.NO_REASON: _("请写明理由。"),
        ExtensionRefusal.OWN_REQUEST: _("不能审批本人提出的申请。"),
        ExtensionRefusal.DECIDED: _("这项申请已有决定。"),
        ExtensionRefusal.PENDING: _("这个节点已有待批的申请。"),
        ExtensionRefusal.SAME: _("新的时限和计划值与现在相同。"),
        ExtensionRefusal.OUTSIDE: _("应在目标的起止之间：{start} 到 {end}。"),
        ExtensionRefusal.OUT_OF_ORDER: _("应在相邻节点之间：晚于 {before}，早于 {after}。"),
        ExtensionRefusal.MOVED_SINCE: _("申请提出后节点已另行调整，请重新申请。"),
    }[why].format(
        start=room.start if room else None,
        end=room.end if room else None,
        before=(room.before if room else None) or "—",
        after=(room.after if room else None) or "—",
    )
