"""One entry of a policy's text at a time: what it says, or a fault with its line and what would be right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from diaodu.rules.condition import Condition, ConditionFault
from diaodu.rules.toml_place import Path, Place

_WORKDAYS = re.compile(r"([1-9]\d{0,2}) ?(?:workdays?|个工作日)")


@dataclass(frozen=True, slots=True)
class PolicyFault:
    """What is wrong where, and what would be right; `column` only where it helps."""

    line: int
    column: int | None
    found: str
    right: str

    def __str__(self) -> str:
        column = "" if self.column is None else f"第{self.column}列"
        return f"第{self.line}行{column}：{self.found}；{self.right}"


class PolicyFaults(ValueError):
    """All that is wrong with a document."""

    def __init__(self, faults: Iterable[PolicyFault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.line, fault.column or 0))
        super().__init__("\n".join(map(str, self.faults)))


class Table:
    """One table of the document. What cannot be read is noted in `faults` and replaced by something harmless."""

    def __init__(self, at: Path, entries: Mapping[str, Any], where: Mapping[Path, Place]) -> None:
        self.at, self.entries, self.where = at, entries, where
        self.faults: list[PolicyFault] = []
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

    def workdays(self, key: str) -> int | None:
        if not self.has(key):
            return None
        found = _WORKDAYS.fullmatch(str(self.entries[key]))
        if found is None:
            self.fault(key, f"{key} 写成了“{self.entries[key]}”", '写成 "5 workdays" 或 "5个工作日"')
        return None if found is None else int(found[1])

    def condition(self, key: str) -> str | None:
        text = self.optional_text(key)
        if not text:
            return text
        try:
            Condition.parse(text)
        except ConditionFault as fault:
            place = self.where.get((*self.at, key), Place(self.line(key), self.line(key)))
            column = fault.column + (place.text_column - 1 if fault.line == 1 else 0)
            self.faults.append(PolicyFault(place.text_line + fault.line - 1, column, fault.found, fault.right))
            self.faulty.add(key)
        return text

    def fault(self, key: str, found: str, right: str) -> None:
        self.faults.append(PolicyFault(self.line(key), None, found, right))
        self.faulty.add(key)

    def line(self, key: str) -> int:
        """The line of a key, or of the table it should stand in."""
        place = self.where.get((*self.at, key)) or self.where.get(self.at)
        return place.line if place else 1
