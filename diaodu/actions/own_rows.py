"""Whoever sends numbers for a unit speaks of that unit only."""

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.language import _


def refuse_others(intake: Intake, units: Names) -> None:
    """Note as a fault every row that speaks of another unit than the sender's."""
    own = intake.file.unit
    if own is None:
        return
    for row in intake.file.rows("reports"):
        word = row.get("unit")
        if word is not None and units.find(word) not in {None, own}:
            right = _("{sender} 只能报送本单位 {unit} 的数据").format(sender=intake.file.sender or own, unit=own)
            intake.faults.append(row.fault("unit", right))
