"""Whether this person may do this to a warning now, and if not, why not (谁能办、怎么办)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.obligation import Held
from diaodu.rules.warning import TRANSITIONS, Act, WarningState

NEEDS_REASON = frozenset({Act.WITHDRAW, Act.EXEMPT, Act.RETURN, Act.DECLINE, Act.PLAN, Act.EVIDENCE})
"""Acts that say nothing without words: a reason, or the plan or evidence itself."""

CHECKS_OTHERS = frozenset({Act.VERIFY, Act.CLOSE})
"""Acts done by someone other than the person whose plan and evidence are checked."""

RESTARTS_CLOCK = frozenset({Act.ISSUE, Act.RETURN, Act.DECLINE})
"""Acts after which the unit has the level's whole term again."""


class Refusal(StrEnum):
    """Why an act is refused."""

    NOT_FROM_HERE = "not_from_here"
    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    OWN_WORK = "own_work"
    NOTHING_HELD = "nothing_held"
    ENDS_TOO_EARLY = "ends_too_early"


@dataclass(frozen=True, slots=True)
class Asked:
    """An act as asked for. `until` is the last day of an exemption."""

    act: Act
    actor: str
    reason: str | None = None
    until: date | None = None


def refusal(
    state: WarningState, asked: Asked, authors: frozenset[str], held: Held | None, today: date
) -> Refusal | None:
    """Why not; None when it may be done. `authors` handed in its plan or evidence."""
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
    ends_early = act is Act.EXEMPT and asked.until is not None and asked.until < today
    return Refusal.ENDS_TOO_EARLY if ends_early else None
