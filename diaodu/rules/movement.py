"""Why a figure is another than it was in the period before (变动原因)."""

from enum import StrEnum

from diaodu.rules.standing import Standing


class MovementCause(StrEnum):
    """What moved a completion; several may have."""

    REPORTED = "reported"  # 新报进展: the value itself is another
    TARGET_REVISED = "target_revised"  # 目标调整
    DEFINITION_CHANGED = "definition_changed"  # 口径调整: before and after are not quite the same thing
    CORRECTED = "corrected"  # 上期数据更正: the value of the period before is no longer the one that was told


def causes(standing: Standing, told: int | None, redefined: bool) -> tuple[MovementCause, ...]:
    """What is different since the period before, where that has a value.

    `told` is the value that the briefing on that period told, in millionths; `redefined`: the definition changed since.
    """
    if standing.previous_actual is None:
        return ()
    asked = (standing.target, standing.upper, standing.baseline)
    was_asked = (standing.previous_target, standing.previous_upper, standing.previous_baseline)
    found = (
        (standing.actual is not None and standing.actual != standing.previous_actual, MovementCause.REPORTED),
        (standing.previous_target is not None and asked != was_asked, MovementCause.TARGET_REVISED),
        (redefined, MovementCause.DEFINITION_CHANGED),
        (told is not None and told != standing.previous_actual, MovementCause.CORRECTED),
    )
    return tuple(cause for holds, cause in found if holds)
