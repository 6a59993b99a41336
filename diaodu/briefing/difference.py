"""What a correction changes (更正): the facts of an issue held against those of its successor, figure by figure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from diaodu.briefing.league_table import STATES
from diaodu.rules.briefing import ChangeCause
from diaodu.rules.verdict import State

FIGURES = ("target", "actual", "completion", "state", "rank", "level")
"""What is compared of one unit on one indicator, in the order told."""
AMOUNTS = frozenset({"target", "actual"})
OWN_CAUSE = {
    "target": frozenset({ChangeCause.RETARGETED}),
    "actual": frozenset({ChangeCause.CORRECTED, ChangeCause.REPORTED}),
    "state": frozenset({ChangeCause.CORRECTED, ChangeCause.REPORTED, ChangeCause.RETARGETED}),
}
"""What can have changed a figure itself; everything else has many causes."""
SUMS = ("on_schedule", "behind", "completed", "not_reported", "awaited")
NAMES = {State.REPORTED: "已报送", **STATES}

Key = tuple[str, str]
"""Codes of indicator and unit."""
Causes = Mapping[Key, Sequence[tuple[ChangeCause, str]]]
"""Why a unit's figures on an indicator may have changed, each with the words of whoever changed it."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any], causes: Causes) -> list[dict[str, Any]]:
    """Every figure that is another one now, as facts a text may use: those of units first, then the sums."""
    return [*_of_units(before, after, causes), *_of_sums(before, after)]


def _of_units(before: Mapping[str, Any], after: Mapping[str, Any], causes: Causes) -> Iterator[dict[str, Any]]:
    old, new = _entries(before), _entries(after)
    for key in dict.fromkeys((*new, *old)):
        (indicator, entry), (_before, was) = new.get(key) or old[key], old.get(key, ({}, {}))
        now = entry if key in new else {}
        for what in FIGURES:
            values = _said(before, was, what), _said(after, now, what)
            if values[0] != values[1]:
                yield {
                    "unit": entry["name"],
                    "indicator": indicator["name"],
                    "what": what,
                    "measure_unit": indicator["measure_unit"],
                    "decimals": indicator["decimals"],
                    "before": values[0],
                    "after": values[1],
                    **_why(what, causes.get(key, ())),
                }


def _why(what: str, found: Sequence[tuple[ChangeCause, str]]) -> dict[str, list[str]]:
    mine = [one for one in found if one[0] in OWN_CAUSE.get(what, frozenset(ChangeCause))]
    listed = mine or [(ChangeCause.FOLLOWED, "")]
    causes = list(dict.fromkeys(cause.value for cause, _words in listed))
    return {"causes": causes, "details": list(dict.fromkeys(words for _cause, words in listed if words))}


def _of_sums(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    sums = [(name, before["counts"][name], after["counts"][name]) for name in SUMS]
    sums.append(("open", before["warnings"]["open"], after["warnings"]["open"]))
    for what, was, now in sums:
        if was != now:
            said = {"unit": None, "indicator": None, "measure_unit": "", "decimals": 0}
            why = {"causes": [ChangeCause.FOLLOWED.value], "details": []}
            yield {**said, "what": what, "before": was, "after": now, **why}


def _entries(facts: Mapping[str, Any]) -> dict[Key, tuple[Mapping[str, Any], Mapping[str, Any]]]:
    return {
        (indicator["code"], entry["unit"]): (indicator, entry)
        for indicator in facts["indicators"]
        for entry in indicator["entries"]
    }


def _said(facts: Mapping[str, Any], entry: Mapping[str, Any], what: str) -> Any:
    """The value as it is compared and printed: states and levels by name."""
    value = entry.get(what)
    if value is None:
        return None
    if what == "state":
        return NAMES[State(value)]
    return (
        next((level["name"] for level in facts["levels"] if level["code"] == value), value)
        if what == "level"
        else value
    )
