"""Where the keys of a TOML document stand, so that a fault can name its line."""

import re
from collections import Counter
from dataclasses import dataclass

Path = tuple[str | int, ...]
"""("name",), ("level", 0, "when") or ("level", 0, "when", "payment")."""

_ARRAY = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*([\w-]+)(?:\s*\.\s*([\w-]+))?\s*\]")
_KEY = re.compile(r"""\s*(?:([\w-]+(?:\s*\.\s*[\w-]+)*)|"([^"]*)"|'([^']*)')\s*=[ \t]*""")
_LONG_QUOTES = ('"""', "'''")


@dataclass(frozen=True, slots=True)
class Place:
    """The line of a key, and where its text value begins; all counted from 1."""

    line: int
    text_line: int = 1
    text_column: int = 1


def places(document: str) -> dict[Path, Place]:
    """The place of every table and of every key written on a line of its own."""
    found: dict[Path, Place] = {}
    table: Path = ()
    seen: Counter[str] = Counter()
    ends_with: str | None = None
    for number, line in enumerate(document.split("\n"), 1):
        if ends_with is not None:
            ends_with = None if ends_with in line else ends_with
        elif array := _ARRAY.match(line):
            table = (array[1], seen[array[1]])
            seen[array[1]] += 1
            found[table] = Place(number)
        elif single := _TABLE.match(line):
            within = (single[1], seen[single[1]] - 1) if seen[single[1]] else (single[1],)
            table = within if single[2] is None else (*within, single[2])
            found[table] = Place(number)
        elif key := _KEY.match(line):
            steps = [part.strip() for part in key[1].split(".")] if key[1] else [key[2] or key[3] or ""]
            for depth in range(1, len(steps)):
                found.setdefault((*table, *steps[:depth]), Place(number))
            found[(*table, *steps)] = _value_at(number, line, key)
            ends_with = _left_open(line[key.end() :])
    return found


def _value_at(number: int, line: str, key: re.Match[str]) -> Place:
    value = line[key.end() :]
    if not value.startswith(_LONG_QUOTES):
        return Place(number, number, key.end() + 2)
    if value[3:].strip():
        return Place(number, number, key.end() + 4)
    return Place(number, number + 1, 1)


def _left_open(value: str) -> str | None:
    """The quotes a text over several lines will end with."""
    quotes = value[:3]
    return quotes if quotes in _LONG_QUOTES and quotes not in value[3:] else None
