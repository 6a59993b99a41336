"""What a policy's text says beyond plain TOML: working days, periods, points, and conditions over the measures."""

import re
from decimal import Decimal

from diaodu.rules.condition import Condition, ConditionFault
from diaodu.rules.level import Scope
from diaodu.rules.quantity import MICRO
from diaodu.rules.toml_place import Place
from diaodu.rules.toml_table import Table as TomlTable
from diaodu.rules.toml_table import TomlFault as PolicyFault
from diaodu.rules.toml_table import TomlFaults as PolicyFaults

__all__ = ["PolicyFault", "PolicyFaults", "Table"]

_PERIODS = re.compile(r"([1-9]\d?) ?(?:periods?|期)")
MOST_POINTS = 1000
_WORKDAYS = re.compile(r"([1-9]\d{0,2}) ?(?:workdays?|个工作日)")


class Table(TomlTable):
    """One table of a policy."""

    def workdays(self, key: str) -> int | None:
        if not self.has(key):
            return None
        found = _WORKDAYS.fullmatch(str(self.entries[key]))
        if found is None:
            self.fault(key, f"{key} 写成了“{self.entries[key]}”", '写成 "5 workdays" 或 "5个工作日"')
        return None if found is None else int(found[1])

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
