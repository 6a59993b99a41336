"""A level once given that stays, or gives way step by step: release unlike entry, least time, passage (等级保持)."""

from collections.abc import Callable

import polars as pl

from diaodu.rules.level import Level
from diaodu.rules.verdict import Reason

Released = Callable[[Level, pl.Series], pl.Series]
"""In which of the rows given what releases a level holds."""


def held(
    frame: pl.DataFrame, levels: tuple[Level, ...], chosen: pl.Series, released: Released
) -> tuple[pl.Series, pl.Series]:
    """`chosen` (positions in `levels`, null for none) as the level of the period before lets it be, and why.

    The reason is null where `chosen` stands. A graver level is never held back. `frame` has `history.PREVIOUS`; only
    rows with a report are asked about.
    """
    why = pl.repeat(None, frame.height, dtype=pl.String, eager=True)
    severity = pl.Series([level.severity for level in levels], dtype=pl.Int64)
    fresh = severity.gather(chosen)
    reported = frame["state"] == "reported"
    positions = {level.code: place for place, level in enumerate(levels)}
    for place, level in enumerate(levels):
        if not level.is_held:
            continue
        milder = (fresh.is_null() | (fresh < level.severity)).fill_null(True)
        stays = reported & (frame["previous_level"] == level.code).fill_null(False) & milder
        for reason, rows in _reasons(frame, level, stays, released):
            chosen, why, stays = chosen.set(rows, place), why.set(rows, reason.value), stays & ~rows
        if level.through is not None:
            via = positions[level.through]
            rows = stays & (fresh.is_null() | (fresh < levels[via].severity)).fill_null(True)
            chosen, why = chosen.set(rows, via), why.set(rows, Reason.PASSING.value)
    return chosen, why


def _reasons(frame: pl.DataFrame, level: Level, stays: pl.Series, released: Released) -> list[tuple[Reason, pl.Series]]:
    """Rows that keep the level, by reason; what is unknown does not release."""
    dwelling = stays & (frame["previous_run"] < level.dwell)
    found = [(Reason.DWELLING, dwelling)]
    if level.until is not None:
        left = stays & ~dwelling
        found.append((Reason.HELD, left & ~released(level, left)))
    return found
