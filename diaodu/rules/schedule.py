"""What the run ledger can say: how missed runs are caught up, and how a run ended."""

from enum import StrEnum


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
