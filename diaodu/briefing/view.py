"""What one kind of briefing sees of the stored facts: all of them, those of its theme, or one unit's besides."""

import json
from dataclasses import asdict
from functools import lru_cache

from diaodu.briefing.course import period
from diaodu.briefing.kind import Kind, Language, Theme
from diaodu.briefing.narrowing import NotTold, Stored, counted, counts, narrowed
from diaodu.briefing.published import published
from diaodu.briefing.sheet import sheet
from diaodu.briefing.wording import Fact
from diaodu.rules.distribution import Edition

OTHER = "其他"


class NoTheme(NotTold):
    """The kind wants a theme, or a unit, and none was named."""


def view(stored: str, kind: Kind, unit: str | None = None) -> Fact:
    """The facts that a briefing of this kind is composed from; everything added is counted from what is stored.

    Raises NotTold.
    """
    if kind.takes_theme:
        raise NoTheme(f"{kind.name}要写明主题，如 {kind.code}:民生实事")
    if kind.edition is Edition.UNIT and unit is None:
        raise NoTheme(f"{kind.name}要写明单位")
    seen = _seen(stored, kind.theme)
    if kind.language is Language.ENGLISH:
        seen = seen | {"language": kind.language.value}
    if kind.edition is Edition.UNIT and unit is not None:
        return Fact(seen | {"sheet": sheet(seen, unit)})
    return Fact(published(seen))


@lru_cache(maxsize=4)
def _seen(stored: str, theme: Theme | None) -> Stored:
    """Read once for all sheets of an issue; nobody changes it."""
    facts = json.loads(stored)
    seen = narrowed(facts, theme) if theme else facts
    course = [*(seen.get("earlier") or ()), asdict(period(seen))]
    return seen | {
        "categories": _categories(seen),
        "warned": _numbered(seen),
        "course": course,
        "moves": _moves(seen),
    }


def _categories(facts: Stored) -> list[Stored]:
    """How each category stands, in the plan's order; nothing where the plan has none."""
    names = list(dict.fromkeys(one.get("category") or OTHER for one in facts["indicators"]))
    if names == [OTHER]:
        return []
    entries = counted(entry for one in facts["indicators"] for entry in one["entries"])
    chosen = {id(entry) for entry in entries}
    return [
        {
            "name": name,
            "indicators": sum((one.get("category") or OTHER) == name for one in facts["indicators"]),
            "counts": counts(
                entry
                for one in facts["indicators"]
                if (one.get("category") or OTHER) == name
                for entry in one["entries"]
                if id(entry) in chosen
            ),
        }
        for name in names
    ]


def _moves(facts: Stored) -> list[Stored]:
    """Who has a place now and had one in the period before, indicator by indicator, the best first in each group."""
    kept = ("name", "group", "rank", "rank_change", "movement")
    return [
        {"indicator": one["name"], "previous_rank": entry["rank"] + entry["rank_change"]}
        | {name: entry[name] for name in kept}
        for one in facts["indicators"]
        for entry in sorted(one["entries"], key=lambda entry: (entry["group"] or "", entry["rank"] or 0))
        if entry["rank"] and entry["rank_change"] is not None
    ]


def _numbered(facts: Stored) -> list[Stored]:
    """The warnings with the names a list of them needs, and their place in it."""
    indicators = {one["code"]: one["name"] for one in facts["indicators"]}
    units = {entry["unit"]: entry["name"] for one in facts["indicators"] for entry in one["entries"]}
    of_units = (facts.get("whole_units") or {}).get("levels", ())
    levels = {level["code"]: level["name"] for level in (*of_units, *facts["levels"])}
    return [
        one
        | {
            "number": number,
            "unit_name": units.get(one["unit"], one["unit"]),
            "indicator_name": indicators.get(one["indicator"]) if one["indicator"] else None,
            "level_name": levels.get(one["level"], one["level"]),
        }
        for number, one in enumerate(facts.get("warned") or (), 1)
    ]
