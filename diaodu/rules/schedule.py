"""How missed runs are caught up, how a run may end, and whether and when a period is tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_ATTEMPTS = 3
"""The clock tries a period so many times; after that a person has to look."""
RETRY_AFTER = timedelta(minutes=5)
"""A failed attempt is not followed at once: a mail server or a disk wants time to come back."""
ON_TIME = timedelta(minutes=15)
"""A run started within so long of its time is not a missed one."""


class CatchUp(StrEnum):
    """What happens to runs missed while nothing was running (补跑)."""

    SKIP = "skip"
    ONCE = "once"
    EACH = "each"  # every missed period, with its own as-of day


class Origin(StrEnum):
    """Who started it."""

    CLOCK = "clock"
    PERSON = "person"


class RunState(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CRASHED = "crashed"  # its lease expired


class Refusal(StrEnum):
    """Why a job was not run."""

    ALREADY_DONE = "already_done"  # the period is done; only a person runs it again
    BUSY = "busy"  # another run of the scheme holds its lease
    GIVEN_UP = "given_up"  # the clock has tried often enough


class Turn(StrEnum):
    """When the clock tries a fire again."""

    NOW = "now"
    LATER = "later"  # an attempt is under way, or failed a moment ago
    NEVER = "never"  # done, or tried often enough


@dataclass(frozen=True, slots=True)
class Attempt:
    """One run of a fire, as far as deciding on the next goes."""

    origin: Origin
    state: RunState
    finished_at: datetime | None


def refusal(origin: Origin, past: Sequence[Attempt], busy: bool) -> Refusal | None:
    """Why the next attempt may not start, given the fire's attempts so far; None when it may."""
    if busy or any(attempt.state is RunState.RUNNING for attempt in past):
        return Refusal.BUSY
    if origin is Origin.PERSON:
        return None
    if any(attempt.state is RunState.DONE for attempt in past):
        return Refusal.ALREADY_DONE
    tried = sum(attempt.origin is Origin.CLOCK for attempt in past)
    return Refusal.GIVEN_UP if tried >= MOST_ATTEMPTS else None


def turn(past: Sequence[Attempt], now: datetime) -> Turn:
    """When a fire of the clock gets its next attempt: a crash is made good at once, a failure after a while."""
    if why := refusal(Origin.CLOCK, past, busy=False):
        return Turn.LATER if why is Refusal.BUSY else Turn.NEVER
    if not past or past[-1].state is RunState.CRASHED:
        return Turn.NOW
    finished = past[-1].finished_at
    return Turn.NOW if finished and now - finished >= RETRY_AFTER else Turn.LATER


def caught_up(times: Sequence[datetime], catch_up: CatchUp, now: datetime) -> Sequence[datetime]:
    """Those of the `times` that have come, oldest first, that are still to be run at `now`."""
    if catch_up is CatchUp.EACH:
        return times
    newest = times[-1:]
    return newest if catch_up is CatchUp.ONCE or (newest and now - newest[0] <= ON_TIME) else ()
