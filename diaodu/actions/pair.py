"""An indicator and a unit: what a target, its milestones and its reports are about."""

from collections.abc import Iterator

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.sources.table import Row

Pair = tuple[str, str]
"""Indicator code, unit code."""


def paired(intake: Intake, sheet: str, indicators: Names, units: Names) -> Iterator[tuple[Row, Pair]]:
    """Rows of a sheet whose indicator and unit are known; the others are faults."""
    for row in intake.file.rows(sheet):
        indicator = indicators.resolve(row, "indicator", intake.faults)
        unit = units.resolve(row, "unit", intake.faults)
        if indicator and unit:
            yield row, (indicator, unit)
