"""Stored facts confined to a theme (专题): the same figures, counted again over the indicators that belong to it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from diaodu.briefing.kind import Theme
from diaodu.briefing.outstanding import confined
from diaodu.rules.verdict import State
from diaodu.rules.warning import OVER, WarningState

Stored = dict[str, Any]
"""Facts as `json.loads` gives them, or one of their parts."""
SETTLED = frozenset({*OVER, WarningState.EXEMPTED})
PER_UNIT = ("targets", "compared", "on_schedule", "behind", "not_reported", "awaited", "on_schedule_share")


class NotTold(ValueError):
    """These facts cannot be told in this kind; the message says why, and what would be right."""


class NothingOnTheme(NotTold):
    """No indicator belongs to the theme; says which indicators and categories there are."""

    def __init__(self, theme: Theme, facts: Stored) -> None:
        names = [one["name"] for one in facts["indicators"]]
        categories = dict.fromkeys(one["category"] for one in facts["indicators"] if one.get("category"))
        known = "、".join([*categories, *names][:30])
        super().__init__(f"没有指标属于主题“{theme.name}”；类别和指标有：{known}")


def narrowed(facts: Stored, theme: Theme) -> Stored:
    """The facts as if the scheme had only the theme's indicators; raises NothingOnTheme."""
    indicators = [one for one in facts["indicators"] if _belongs(one, theme)]
    if not indicators:
        raise NothingOnTheme(theme, facts)
    entries = [entry for one in indicators for entry in one["entries"]]
    told = counted(entries)
    units = _by_unit(told)
    codes = {one["code"] for one in indicators}
    return facts | {
        "theme": theme.name,
        "indicators": [one | {"counts": counts(_of(told, one))} for one in indicators],
        "indicators_count": len(indicators),
        "counts": counts(told),
        "units_count": len(units),
        "units": [_unit(code, own) for code, own in units.items()],
        "units_not_reported": _units_in(State.NOT_REPORTED, units),
        "units_awaited": _units_in(State.AWAITED, units),
        "without_level": sum(e["state"] == State.REPORTED and e["level"] is None for e in told),
        "levels": [level | _held(level, told) for level in facts["levels"]],
        "late": _late(units),
        "warned": (warned := [one for one in facts.get("warned") or () if one["indicator"] in codes]),
        "warnings": facts["warnings"] | tallied(warned),
        "whole_units": None,
        "earlier": [_totals_of(codes, period) for period in facts.get("earlier") or ()],
        "promised": [one for one in facts.get("promised") or () if one["indicator"] in codes],
        **confined(facts, codes),
    }


def _totals_of(codes: set[str], period: Stored) -> Stored:
    """What was kept of an earlier period; how units stood on the theme alone was not."""
    return period | {"units": [], "totals": [one for one in period["totals"] if one["indicator"] in codes]}


def counted(entries: Iterable[Stored]) -> list[Stored]:
    """The entries that count: those of ranked units, or all where none is ranked."""
    entries = list(entries)
    return [entry for entry in entries if entry["ranked"]] or entries


def counts(entries: Iterable[Stored]) -> Stored:
    """How many of the entries are in which state and how they stand (`facts.Counts`)."""
    entries = list(entries)
    gaps = [Fraction(entry["gap_pp"]) for entry in entries if entry["gap_pp"] is not None]
    behind = sum(gap < 0 for gap in gaps)
    completed = sum(entry["completed"] for entry in entries)
    state = Counter(entry["state"] for entry in entries)
    return {
        "targets": len(entries),
        **{s: state[s] for s in ("reported", "not_reported", "awaited", "no_target", "not_started")},
        "compared": len(gaps),
        "on_schedule": len(gaps) - behind,
        "behind": behind,
        "completed": completed,
        "reported_share": _share(state["reported"], len(entries)),
        "on_schedule_share": _share(len(gaps) - behind, len(gaps)),
        "behind_share": _share(behind, len(gaps)),
        **({"completed_share": _share(completed, len(entries))} if completed else {}),
    }


def tallied(warned: Iterable[Stored]) -> Stored:
    """How many warnings stand open and what moved, of warnings told one by one (`storage.briefing.WarningTally`)."""
    warned = list(warned)
    moved = Counter(move for one in warned for move in one["moved"])
    return {
        "proposed": sum(one["state"] == WarningState.PROPOSED for one in warned),
        "open": sum(one["state"] not in SETTLED and one["state"] != WarningState.PROPOSED for one in warned),
        **{move: moved[move] for move in ("opened", "worsened", "eased", "closed")},
    }


def _belongs(indicator: Stored, theme: Theme) -> bool:
    is_named = indicator["code"] in theme.indicators or indicator["name"] in theme.indicators
    return is_named or indicator.get("category") in theme.categories


def _of(told: list[Stored], indicator: Stored) -> list[Stored]:
    own = {id(entry) for entry in indicator["entries"]}
    return [entry for entry in told if id(entry) in own]


def _by_unit(told: list[Stored]) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = {}
    for entry in told:
        found.setdefault(entry["unit"], []).append(entry)
    return found


def _unit(code: str, own: list[Stored]) -> Stored:
    figures = counts(own)
    return {"unit": code, "name": own[0]["name"], **{name: figures[name] for name in PER_UNIT}}


def _units_in(state: State, units: Mapping[str, list[Stored]]) -> int:
    return sum(any(entry["state"] == state for entry in own) for own in units.values())


def _held(level: Stored, told: list[Stored]) -> Stored:
    holders = Counter(entry["name"] for entry in told if entry["level"] == level["code"])
    listed = [{"name": name, "targets": targets} for name, targets in holders.most_common()]
    return {"targets": holders.total(), "holders": listed}


def _late(units: Mapping[str, list[Stored]]) -> Stored | None:
    late = {own[0]["name"]: [e["late_workdays"] for e in own if e.get("late_workdays")] for own in units.values()}
    listed = [{"name": name, "targets": len(days), "workdays": max(days)} for name, days in late.items() if days]
    listed.sort(key=lambda unit: -unit["workdays"])
    return {"count": len(listed), "units": listed} if listed else None


def _share(part: int, whole: int) -> str | None:
    share = Fraction(part, whole) if whole else None
    return None if share is None else f"{share.numerator}/{share.denominator}"
