"""Whether this person may do this to a warning now, and if not, why not (谁能办、怎么办)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from diaodu.rules.exemption import Exemption
from diaodu.rules.level import Level, Release
from diaodu.rules.obligation import Held
from diaodu.rules.warning import TOLD, TRANSITIONS, Act, WarningState

NEEDS_REASON = frozenset(
    {
        Act.WITHDRAW,
        Act.EXEMPT,
        Act.RETURN,
        Act.DECLINE,
        Act.PLAN,
        Act.EVIDENCE,
        Act.APPLY,
        Act.CHANGE_LEVEL,
        Act.POSTPONE,
        Act.HAND_OVER,
    }
)
"""Acts that say nothing without words: a reason, or the plan or evidence itself."""

NEEDS_DAY = frozenset({Act.PLAN, Act.POSTPONE})
"""Acts that promise something by a day."""

CHECKS_OTHERS = frozenset({Act.VERIFY, Act.CLOSE})
"""Acts done by someone other than the person whose plan and evidence are checked, and by nobody who answers for it."""

TELLS = frozenset({Act.ISSUE, Act.CHANGE_LEVEL})
"""Acts upon which the unit gets the level's notice."""

RESTARTS_CLOCK = TELLS | {Act.RETURN, Act.DECLINE}
"""Acts after which the unit has the level's whole term again. Handing over is none: nobody gains time by it."""


class Refusal(StrEnum):
    """Why an act is refused."""

    NOT_FROM_HERE = "not_from_here"
    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    OWN_WORK = "own_work"
    NOTHING_HELD = "nothing_held"
    ENDS_TOO_EARLY = "ends_too_early"
    NO_DAY = "no_day"
    NO_LEVEL = "no_level"
    NO_GROUND = "no_ground"
    NO_APPROVER = "no_approver"
    NO_OWNER = "no_owner"
    NO_SIGNER = "no_signer"
    NO_OPINION = "no_opinion"
    TOO_LATE = "too_late"
    NO_PLACE = "no_place"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as asked for.

    `until` is the last day of an exemption, the day by which a plan will be done, or until which a proposal waits.
    `owner` is who answers from now on; who signs does so unless another is named.
    """

    act: Act
    actor: str
    reason: str | None = None
    until: date | None = None
    level: str | None = None
    exemption: Exemption | None = None
    approver: str | None = None
    owner: str | None = None
    owner_unit: str | None = None  # code
    signer: str | None = None  # who signed the notice (签发)
    meet_at: datetime | None = None  # when and where the talk is to be that it announces
    place: str | None = None


def leads_to(state: WarningState, act: Act, level: Level | None) -> tuple[WarningState | None] | None:
    """Where an act leads from here (None inside: back to where the unit stood); None where it is not to be done."""
    if act is Act.CLOSE and level is not None and level.release is Release.BY_HAND and state in TOLD:
        return (WarningState.CLOSED,)
    return (TRANSITIONS[state][act],) if act in TRANSITIONS[state] else None


def refusal(
    state: WarningState,
    asked: Asked,
    authors: frozenset[str],
    held: Held | None,
    today: date,
    level: Level | None = None,
    rectify_due: date | None = None,
) -> Refusal | None:
    """Why not; None when it may be done. `authors` handed in its plan or evidence, or answer for it.

    `level` is what the unit has or is to get; `rectify_due` the day by which its notice wants it put right.
    """
    return (
        _out_of_place(state, asked, authors, held, level)
        or (_owed_to(level, state, asked) if level is not None else None)
        or _lacking(asked)
        or _wrong_day(asked, today, rectify_due)
    )


def _out_of_place(
    state: WarningState, asked: Asked, authors: frozenset[str], held: Held | None, level: Level | None
) -> Refusal | None:
    act, actor = asked.act, asked.actor.strip()
    if leads_to(state, act, level) is None:
        return Refusal.NOT_FROM_HERE
    if not actor:
        return Refusal.NO_NAME
    if act in NEEDS_REASON and not (asked.reason or "").strip():
        return Refusal.NO_REASON
    if act in CHECKS_OTHERS and actor in authors:
        return Refusal.OWN_WORK
    return Refusal.NOTHING_HELD if act is Act.DECLINE and held is None else None


def _owed_to(level: Level, state: WarningState, asked: Asked) -> Refusal | None:
    """What the level itself wants of an act: a signature, a written opinion, a reason."""
    is_told = level.notice is not None and asked.act in TELLS
    if is_told and level.duty.signer is not None and not (asked.signer or "").strip():
        return Refusal.NO_SIGNER
    if (asked.reason or "").strip():
        return None
    if asked.act is Act.VERIFY and level.release is Release.VERIFIED:
        return Refusal.NO_OPINION
    return Refusal.NO_REASON if asked.act is Act.CLOSE and state is not WarningState.VERIFIED else None


def _lacking(asked: Asked) -> Refusal | None:
    """What this kind of act needs besides a name and a reason."""
    lacks = {
        Refusal.NO_DAY: asked.act in NEEDS_DAY and asked.until is None,
        Refusal.NO_LEVEL: asked.act is Act.CHANGE_LEVEL and not asked.level,
        Refusal.NO_GROUND: asked.act is Act.EXEMPT and asked.exemption is None,
        Refusal.NO_APPROVER: asked.act is Act.EXEMPT and not (asked.approver or "").strip(),
        Refusal.NO_PLACE: asked.meet_at is not None and not (asked.place or "").strip(),
        Refusal.NO_OWNER: asked.act is Act.HAND_OVER and not (asked.owner or "").strip(),
    }
    return next((why for why, is_lacking in lacks.items() if is_lacking), None)


def _wrong_day(asked: Asked, today: date, rectify_due: date | None) -> Refusal | None:
    """A proposal put off until today is not put off at all; no plan goes beyond the notice's own day."""
    if asked.until is None or asked.act not in NEEDS_DAY | {Act.EXEMPT}:
        return None
    if asked.until < today or (asked.act is Act.POSTPONE and asked.until == today):
        return Refusal.ENDS_TOO_EARLY
    is_late = asked.act is Act.PLAN and rectify_due is not None and asked.until > rectify_due
    return Refusal.TOO_LATE if is_late else None
