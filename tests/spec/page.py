"""The tables of `docs/rules.md`, to be run: the page says what the rules do, or the tests fail."""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "rules.md"
Case = dict[str, str]


def cases(name: str) -> list[Case]:
    """The rows of the table after `<!-- cases: name -->`, by heading."""
    lines = iter(PAGE.read_text(encoding="utf-8").split(f"<!-- cases: {name} -->")[1].strip().splitlines())
    heading, _, *rows = (_cells(line) for line in _table(lines))
    return [dict(zip(heading, row, strict=True)) for row in rows]


def _table(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if not line.startswith("|"):
            return
        yield line


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def titled(case: Case) -> str:
    return " ".join(case.values())


def number(cell: str) -> Fraction | None:
    """`3/4`, `-0.9`, `120*60/366`; blank is None."""
    if not cell:
        return None
    whole, *factors = cell.split("*")
    value = Fraction(whole)
    for factor in factors:
        value *= Fraction(factor)
    return value


def milestones(cell: str) -> list[tuple[date, str]]:
    """`2023-03-31: 30; 2023-06-30: 50`."""
    pairs = (each.split(":") for each in cell.split(";") if each.strip())
    return [(date.fromisoformat(day.strip()), planned.strip()) for day, planned in pairs]


def around(cell: str, as_of: date) -> dict[str, object]:
    """What a standing knows of the milestones: the last one due and the next one."""
    past = [(day, planned) for day, planned in milestones(cell) if day <= as_of]
    coming = [(day, planned) for day, planned in milestones(cell) if day > as_of]
    known: dict[str, object] = {}
    if past:
        known |= {"past_due": past[-1][0], "past_planned": past[-1][1]}
    if coming:
        known |= {"next_due": coming[0][0], "next_planned": coming[0][1]}
    return known
