"""Why a figure moved: a report, a revised target, another definition, a mended figure; several at once, or none."""

import pytest

from diaodu.rules.movement import MovementCause, causes
from tests.rules.standings import standing

REPORTED, REVISED, DEFINED, CORRECTED = MovementCause
UNMOVED = {"actual": 75, "previous_actual": 75}
CASES = [
    ({}, None, False, (REPORTED,)),
    (UNMOVED, None, False, ()),
    (UNMOVED, 75, False, ()),
    (UNMOVED, 70, False, (CORRECTED,)),
    ({**UNMOVED, "target": 130}, None, False, (REVISED,)),
    ({**UNMOVED, "upper": 130}, None, False, (REVISED,)),
    ({**UNMOVED, "baseline": 10}, None, False, (REVISED,)),
    ({**UNMOVED, "previous_target": None}, None, False, ()),
    (UNMOVED, None, True, (DEFINED,)),
    ({"target": 130}, 70, True, (REPORTED, REVISED, DEFINED, CORRECTED)),
    ({"previous_actual": None}, 70, True, ()),
    ({"actual": None}, None, False, ()),
]


@pytest.mark.parametrize(("changes", "told", "redefined", "expected"), CASES)
def test_causes(
    changes: dict[str, object], told: int | None, redefined: bool, expected: tuple[MovementCause, ...]
) -> None:
    assert causes(standing(**changes), None if told is None else told * 10**6, redefined) == expected
