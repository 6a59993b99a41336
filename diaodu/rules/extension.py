"""When a milestone's day may be moved (节点延期): asked for with a reason, decided by another, and counted."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ExtensionState(StrEnum):
    """What became of a request to move a milestone."""

    REQUESTED = "requested"  # 待批
    APPROVED = "approved"  # 已批准
    REFUSED = "refused"  # 未批准


class ExtensionRefusal(StrEnum):
    """Why a request is not taken, or not decided."""

    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    OWN_REQUEST = "own_request"
    DECIDED = "decided"
    PENDING = "pending"
    SAME = "same"
    OUTSIDE = "outside"
    OUT_OF_ORDER = "out_of_order"
    MOVED_SINCE = "moved_since"


@dataclass(frozen=True, slots=True)
class Move:
    """A milestone's day and planned value (millionths), as they are and as they are asked to be."""

    due: date
    new_due: date
    planned: int
    new_planned: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where the milestone may go: inside the target's days, and between its neighbours (None: it has none)."""

    start: date
    end: date
    before: date | None
    after: date | None


def request_refusal(move: Move, room: Room, actor: str, reason: str, is_pending: bool) -> ExtensionRefusal | None:
    """Why a milestone cannot be asked to move so; None when it can."""
    refusals = {
        ExtensionRefusal.NO_NAME: not actor.strip(),
        ExtensionRefusal.NO_REASON: not reason.strip(),
        ExtensionRefusal.PENDING: is_pending,
        ExtensionRefusal.SAME: (move.due, move.planned) == (move.new_due, move.new_planned),
        ExtensionRefusal.OUTSIDE: not room.start <= move.new_due <= room.end,
        ExtensionRefusal.OUT_OF_ORDER: not _is_between(move.new_due, room),
    }
    return next((why for why, holds in refusals.items() if holds), None)


def decision_refusal(
    state: ExtensionState, requested_by: str, actor: str, reason: str, is_as_asked: bool
) -> ExtensionRefusal | None:
    """Why a request cannot be decided so. `is_as_asked`: the milestone still stands where the request found it."""
    refusals = {
        ExtensionRefusal.NO_NAME: not actor.strip(),
        ExtensionRefusal.NO_REASON: not reason.strip(),
        ExtensionRefusal.DECIDED: state is not ExtensionState.REQUESTED,
        ExtensionRefusal.OWN_REQUEST: actor.strip() == requested_by,
        ExtensionRefusal.MOVED_SINCE: not is_as_asked,
    }
    return next((why for why, holds in refusals.items() if holds), None)


def _is_between(day: date, room: Room) -> bool:
    return (room.before is None or day > room.before) and (room.after is None or day < room.after)
