"""One entry of a policy's text at a time: what it says, or a fault with its line and what would be right."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from diaodu.rules.condition import Condition, ConditionFault
from diaodu.rules.level import Scope
from diaodu.rules.quantity import MICRO
from diaodu.rules.toml_place import Path, Place

_PERIODS = re.compile(r"([1-9]\d?) ?(?:periods?|期)")
MOST_POINTS = 1000
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

    def __init__(
        self,
        at: Path,
        entries: Mapping[str, Any],
        where: Mapping[Path, Place],
        faults: list[PolicyFault] | None = None,
    ) -> None:
        self.at, self.entries, self.where = at, entries, where
        self.faults: list[PolicyFault] = [] if faults is None else faults
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

    def yes(self, key: str) -> bool:
        """Whether a switch is on; off where nothing is said."""
        value = self.entries.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"{key} 写成了“{value}”", f"写成 {key} = true，或删去这一行")
        return value is True

    def periods(self, key: str) -> int:
        """At least so many periods; 1 where nothing is said."""
        if not self.has(key):
            return 1
        found = _PERIODS.fullmatch(str(self.entries[key]))
        if found is None:
            self.fault(key, f"{key} 写成了“{self.entries[key]}”", '写成 "2 periods" 或 "2期"')
        return 1 if found is None else int(found[1])

    def points(self, key: str) -> int | None:
        """Millionths of a point."""
        if not self.has(key):
            return None
        value = self.entries[key]
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if is_number and 0 < value < MOST_POINTS and Decimal(value) * MICRO % 1 == 0:
            return int(Decimal(value) * MICRO)
        self.fault(key, f"{key} 写成了“{value}”", "写大于0的数，如 0.5，不加引号")
        return None

    def texts(self, key: str, choices: tuple[str, ...] = ()) -> tuple[str, ...]:
        """A list of texts; of `choices` only, where there are any."""
        value = self.entries.get(key, [])
        are_texts = isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value)
        if are_texts and (value or not self.has(key)) and not (choices and set(value) - set(choices)):
            return tuple(value)
        may = f"可写：{'、'.join(choices)}；" if choices else ""
        self.fault(key, f"{key} 写成了“{value}”", f'{may}写成 {key} = ["…", "…"]')
        return ()

    def below(self, key: str) -> "Table | None":
        """The table under a key, whose faults are this one's; None where there is none."""
        value = self.entries.get(key)
        return Table((*self.at, key), value, self.where, self.faults) if isinstance(value, dict) else None

    def condition(self, key: str, scope: Scope = Scope.ITEM) -> str | None:
        text = self.optional_text(key)
        if not text:
            return text
        try:
            Condition.parse(text, scope)
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
        ways = [(*self.at, key), *(self.at[:depth] for depth in range(len(self.at), 0, -1))]
        return next((place.line for way in ways if (place := self.where.get(way))), 1)
