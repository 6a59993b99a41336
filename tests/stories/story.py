"""Stories of warnings as plain tables: `day | what happens | what follows`, one line a step, a title above each."""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
DAY = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Line:
    """One step: the day, what happens, and everything that must then be true."""

    number: int
    day: date
    happens: str
    follows: tuple[str, ...]


@dataclass(slots=True)
class Story:
    title: str
    file: str
    lines: list[Line] = field(default_factory=list)


def stories() -> list[Story]:
    """Every story of every table here."""
    return [story for path in sorted(HERE.glob("*.txt")) for story in read(path.read_text(encoding="utf-8"), path.stem)]


def read(text: str, file: str = "") -> list[Story]:
    """The stories of one text; a line that is neither title, remark (`;`), blank nor step is a ValueError."""
    found: list[Story] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            found.append(Story(line[2:].strip(), file))
        elif line.strip() and not line.startswith(";"):
            found[-1].lines.append(_line(number, line))
    return found


def _line(number: int, line: str) -> Line:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) != 3:
        raise ValueError(f"line {number} is not `day | what happens | what follows`: {line}")
    return Line(number, day_of(cells[0]), cells[1], tuple(part.strip() for part in cells[2].split(";") if part.strip()))


def day_of(text: str) -> date:
    """11-08 is a day of 2023."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a day: {text}")
    return date(int(match[1] or 2023), int(match[2]), int(match[3]))
