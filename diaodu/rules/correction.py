"""更正: a number that was confirmed is changed only on request, with approval, by a new revision."""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.access import Actor, Role


class CorrectionState(StrEnum):
    """How a request for correction stands."""

    REQUESTED = "requested"  # 待批
    APPROVED = "approved"  # 已批准
    REFUSED = "refused"  # 未批准


class Refusal(StrEnum):
    """Why a correction is not taken up, or not decided."""

    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    NOT_YOUR_PART = "not_your_part"  # another unit's number, or a role that has no say in it
    NOT_CONFIRMED = "not_confirmed"  # what is not locked is simply reported anew
    SAME_VALUE = "same_value"
    INVALID = "invalid"  # what would keep the number out at entry: no comment helps
    DOUBTFUL = "doubtful"  # what is taken at entry only with a comment (核实说明), and there is none
    PENDING = "pending"  # another one for the same number awaits its decision
    DECIDED = "decided"
    OWN_REQUEST = "own_request"  # decided by someone other than who asked for it
    MOVED_ON = "moved_on"  # the number in force is no longer the one it was to replace
    BEFORE_ASKED = "before_asked"  # dated before the request


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it stands when its correction is asked for. `value` None: none is in force."""

    unit: str
    lead: str | None
    value: int | None
    is_confirmed: bool
    is_pending: bool


@dataclass(frozen=True, slots=True)
class Held:
    """A new value held against its definition and the unit's own history, as at entry (`rules.validation`)."""

    is_wrong: bool = False
    is_doubtful: bool = False
    is_explained: bool = False


def refusal_of_value(held: Held) -> Refusal | None:
    """Why a value cannot take a number's place, now or when it is decided on; None when it can."""
    return _first(
        (held.is_wrong, Refusal.INVALID),
        (held.is_doubtful and not held.is_explained, Refusal.DOUBTFUL),
    )


def refusal_to_ask(number: Number, actor: Actor, value: int, reason: str, held: Held) -> Refusal | None:
    """Why a correction to `value` (millionths) cannot be asked for; None when it can."""
    refused = _first(
        (not actor.name.strip(), Refusal.NO_NAME),
        (not _has_a_say(number, actor), Refusal.NOT_YOUR_PART),
        (not number.is_confirmed or number.value is None, Refusal.NOT_CONFIRMED),
        (number.is_pending, Refusal.PENDING),
        (not reason.strip(), Refusal.NO_REASON),
        (value == number.value, Refusal.SAME_VALUE),
    )
    return refused or refusal_of_value(held)


@dataclass(frozen=True, slots=True)
class Pending:
    """A correction as somebody decides on it. `in_time`: after it was asked for; `holds`: what it replaces does."""

    state: CorrectionState
    requested_by: str
    in_time: bool
    holds: bool


def refusal_to_decide(pending: Pending, actor: Actor, reason: str) -> Refusal | None:
    """Why a person cannot decide on it; None when they can."""
    return _first(
        (not actor.name.strip(), Refusal.NO_NAME),
        (actor.role is not Role.OFFICE, Refusal.NOT_YOUR_PART),
        (pending.state is not CorrectionState.REQUESTED, Refusal.DECIDED),
        (actor.name.strip() == pending.requested_by, Refusal.OWN_REQUEST),
        (not reason.strip(), Refusal.NO_REASON),
        (not pending.in_time, Refusal.BEFORE_ASKED),
        (not pending.holds, Refusal.MOVED_ON),
    )


def _first(*tried: tuple[bool, Refusal]) -> Refusal | None:
    return next((why for stands, why in tried if stands), None)


def _has_a_say(number: Number, actor: Actor) -> bool:
    if actor.role in (Role.REPORTER, Role.REVIEWER):
        return actor.unit == number.unit
    if actor.role is Role.LEAD:
        return number.lead is not None and actor.unit == number.lead
    return actor.role is Role.OFFICE
