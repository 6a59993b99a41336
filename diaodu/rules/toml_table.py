"""One table of a TOML document at a time: what it says, or a fault with its line and what would be right."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from diaodu.rules.toml_place import Path, Place

_SYNTAX_AT = re.compile(r" \(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class TomlFault:
    """What is wrong where, and what would be right; `column` only where it helps."""

    line: int
    column: int | None
    found: str
    right: str

    def __str__(self) -> str:
        column = "" if self.column is None else f"第{self.column}列"
        return f"第{self.line}行{column}：{self.found}；{self.right}"


class TomlFaults(ValueError):
    """All that is wrong with a document."""

    def __init__(self, faults: Iterable[TomlFault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.column or 0))
        super().__init__("\n".join(map(str, self.faults)))


def parsed(text: str, example: str) -> dict[str, Any]:
    """The document's values, numbers exact; raises TomlFaults where it is no TOML, with an `example` of what is."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise TomlFaults([_syntax_fault(text, str(error), example)]) from None
    except RecursionError:
        raise TomlFaults([TomlFault(1, None, "括号套得太深", f"写得平些，如 {example}")]) from None


def _syntax_fault(text: str, message: str, example: str) -> TomlFault:
    at = _SYNTAX_AT.search(message)
    line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
    reason = message.partition(" (at ")[0]
    right = f"一行一项，写成 键 = 值，文字用引号，如 {example}"
    return TomlFault(line, column, f"不是TOML的写法（{reason}）", right)


class Table:
    """One table of the document. What cannot be read is noted in `faults` and replaced by something harmless."""

    def __init__(
        self,
        at: Path,
        entries: Mapping[str, Any],
        where: Mapping[Path, Place],
        faults: list[TomlFault] | None = None,
    ) -> None:
        self.at, self.entries, self.where = at, entries, where
        self.faults: list[TomlFault] = [] if faults is None else faults
        self.faulty: set[str] = set()

    def has(self, key: str) -> bool:
        return key in self.entries

    def only(self, known: tuple[str, ...]) -> None:
        for key in self.entries.keys() - set(known):
            self.fault(key, f"不认识的键“{key}”", f"可写：{'、'.join(known)}")

    def text(self, key: str) -> str:
        value = self.entries.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(key, f"{key} 不是文字" if self.has(key) else f"缺少 {key}", f'写成 {key} = "…"')
        return ""

    def optional_text(self, key: str) -> str | None:
        return self.text(key) if self.has(key) else None

    def choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        value = self.entries.get(key)
        if isinstance(value, str) and value in choices:
            return value
        self.fault(key, f"{key} 写成了“{value}”" if self.has(key) else f"缺少 {key}", f"可写：{'、'.join(choices)}")
        return None

    def optional_choice(self, key: str, choices: tuple[str, ...]) -> str | None:
        return self.choice(key, choices) if self.has(key) else None

    def whole(self, key: str, right: str) -> int:
        value = self.entries.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.fault(key, f"{key} 写成了“{value}”" if self.has(key) else f"缺少 {key}", right)
        return 0

    def yes(self, key: str) -> bool:
        """Whether a switch is on; off where nothing is said."""
        value = self.entries.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"{key} 写成了“{value}”", f"写成 {key} = true，或删去这一行")
        return value is True

    def texts(self, key: str, choices: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; of `choices` only, where there are any."""
        value = self.entries.get(key, [])
        are_texts = isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
        if are_texts and (value or not self.has(key)) and not (choices and set(value) - set(choices)):
            return tuple(value)
        may = f"可写：{'、'.join(choices)}；" if choices else ""
        self.fault(key, f"{key} 写成了“{value}”", f'{may}写成 {key} = ["…", "…"]')
        return ()

    def below(self, key: str) -> Self | None:
        """The table under a key, whose faults are this one's; None where there is none."""
        value = self.entries.get(key)
        return type(self)((*self.at, key), value, self.where, self.faults) if isinstance(value, dict) else None

    def fault(self, key: str, found: str, right: str) -> None:
        self.faults.append(TomlFault(self.line(key), None, found, right))
        self.faulty.add(key)

    def line(self, key: str) -> int:
        """The line of a key, or of the table it should stand in."""
        ways = [(*self.at, key), *(self.at[:depth] for depth in range(len(self.at), 0, -1))]
        return next((place.line for way in ways if (place := self.where.get(way))), 1)
