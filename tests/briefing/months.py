"""A year's briefings one after another, each knowing the one before: what a course can be drawn from."""

from calendar import monthrange
from datetime import date
from functools import cache
from typing import Any

from diaodu.rules.quantity import to_micro
from diaodu.rules.standing import Standing
from diaodu.storage.background import Background
from tests.briefing.assessments import standing, stored

TOTAL = "全区"
DONE = {
    TOTAL: (28, 60, 88, 128, 163, 193, 223, 258, 291, 336),
    "高新区": (12, 25, 36, 48, 60, 70, 82, 92, 104, 118),
    "城东街道": (10, 20, 28, 34, 38, 45, 52, 66, 79, 92),
    "河口镇": (6, 15, 24, 30, 31, 32, 33, 36, 40, 46),
    "双塔乡": (None, None, None, 16, 34, 46, 56, 64, 68, 80),
}
"""Done by the end of each month, of 120 each; of 480 by all."""


@cache
def told(month: int, policy: str | None = "yinchuan", knows_the_one_before: bool = True) -> str:
    """The facts of the briefing on the year's first months."""
    before = told(month - 1, policy) if month > 1 and knows_the_one_before else None
    beside = Background(previous=before, latest=before)
    return stored([_standing(n, unit, month) for n, unit in enumerate(DONE)], policy, beside=beside)


def end(month: int) -> date:
    return date(2023, month, monthrange(2023, month)[1])


def _standing(number: int, unit: str, month: int) -> Standing:
    done = DONE[unit][month - 1]
    before = DONE[unit][month - 2] if month > 1 else None
    target = 480 if unit == TOTAL else 120
    silent: dict[str, Any] = {"reported_as_of": None, "known_on": date(2023, 12, 1)} if done is None else {}
    said: dict[str, Any] = {
        "target": target,
        "parent": None if unit == TOTAL else "U0",
        "ranked": unit != TOTAL,
        "as_of": end(month),
        "required_as_of": end(month),
        "reported_as_of": end(month),
        "report_due": end(month),
        "previous_as_of": end(month - 1) if month > 1 else None,
        "previous_actual": None if before is None else to_micro(before),
        "previous_target": to_micro(target),
    }
    return standing(target_id=number + 1, unit=f"U{number}", unit_name=unit, actual=done, **(said | silent))
