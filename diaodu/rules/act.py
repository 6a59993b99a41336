"""Whether this person may do this to a warning now, and if not, why not (谁能办、怎么办)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.exemption import Exemption
from diaodu.rules.obligation import Held
from diaodu.rules.warning import TRANSITIONS, Act, WarningState

NEEDS_REASON = frozenset(
    {
        Act.WITHDRAW,
        Act.EXEMPT,
        Act.RETURN,
        Act.DECLINE,
        Act.PLAN,
        Act.EVIDENCE,
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


def refusal(
    state: WarningState, asked: Asked, authors: frozenset[str], held: Held | None, today: date
) -> Refusal | None:
    """Why not; None when it may be done. `authors` handed in its plan or evidence, or answer for it."""
    act, actor = asked.act, asked.actor.strip()
    if act not in TRANSITIONS[state]:
        return Refusal.NOT_FROM_HERE
    if not actor:
        return Refusal.NO_NAME
    if act in NEEDS_REASON and not (asked.reason or "").strip():
        return Refusal.NO_REASON
    if act in CHECKS_OTHERS and actor in authors:
        return Refusal.OWN_WORK
    if act is Act.DECLINE and held is None:
        return Refusal.NOTHING_HELD
    return _lacking(asked) or (Refusal.ENDS_TOO_EARLY if _ends_early(asked, today) else None)


def _lacking(asked: Asked) -> Refusal | None:
    """What this kind of act needs besides a name and a reason."""
    lacks = {
        Refusal.NO_DAY: asked.act in NEEDS_DAY and asked.until is None,
        Refusal.NO_LEVEL: asked.act is Act.CHANGE_LEVEL and not asked.level,
        Refusal.NO_GROUND: asked.act is Act.EXEMPT and asked.exemption is None,
        Refusal.NO_APPROVER: asked.act is Act.EXEMPT and not (asked.approver or "").strip(),
        Refusal.NO_OWNER: asked.act is Act.HAND_OVER and not (asked.owner or "").strip(),
    }
    return next((why for why, is_lacking in lacks.items() if is_lacking), None)


def _ends_early(asked: Asked, today: date) -> bool:
    """A proposal put off until today is not put off at all."""
    if asked.until is None or asked.act not in NEEDS_DAY | {Act.EXEMPT}:
        return False
    return asked.until < today or (asked.act is Act.POSTPONE and asked.until == today)
