"""What matters in the facts, whatever language tells it: who leads, who trails, what moved furthest, what goes on."""

from dataclasses import dataclass
from fractions import Fraction

from diaodu.briefing.wording import Fact, fraction
from diaodu.rules.verdict import State

SPOKEN_OF = 6
"""So many indicators are spoken of one by one; more are left to the attachments."""
NAMED = 3
"""So many units at the head, at the foot, or moved furthest are named."""
NAMED_OF_MANY = 6
"""And so many at the head where a group has `MANY` units."""
MANY = 20
LISTED = 30
"""A list of names in the text is no longer than this."""
TOLD = 12
"""And one of milestones, blockers or obligations, each of which takes a clause."""
SPARE = 2
"""A list may be so much longer where it would otherwise be cut between equals."""

PACE = frozenset({"completion", "gap_pp", "ratio", "shortfall", "period_rate", "milestone_rate"})
"""Measures of how fast units get on."""


@dataclass(frozen=True, slots=True)
class Place:
    """One entry and the indicator it is of."""

    indicator: Fact
    entry: Fact


@dataclass(frozen=True, slots=True)
class Standings:
    """A group of ranked entries: its head and its foot, best first, as far as they are to be named.

    `tied_first` and `tied_last` are how many share the first and the last value, where they are too many to be named
    with the rest; `completed` are those through with everything, told apart where they are many, and `others` how many
    are left.
    """

    group: Fact | None
    ranked: tuple[Fact, ...]
    head: tuple[Fact, ...]
    foot: tuple[Fact, ...]
    tied_first: Fact | None = None
    tied_last: Fact | None = None
    completed: tuple[Fact, ...] = ()
    completed_count: Fact | None = None
    all_equal: bool = False


def are_few(facts: Fact) -> bool:
    """Whether the indicators are few enough to be spoken of one by one."""
    return bool(facts["indicators_count"].value <= SPOKEN_OF)


def first(items: Fact) -> list[Fact]:
    """As many as a text tells."""
    return list(items)[:TOLD]


def undelivered(facts: Fact) -> list[Fact]:
    """Indicators whose numbers a source owes, and no unit."""
    down = State.SOURCE_DOWN.value
    return [one for one in facts["indicators"] if any(entry["state"].value == down for entry in one["entries"])]


def leagues(indicator: Fact) -> list[list[Fact]]:
    """The ranked entries of each group, best first."""
    groups: dict[str | None, list[Fact]] = {}
    for entry in indicator["entries"]:
        if entry["rank"]:
            groups.setdefault(entry["group"].value, []).append(entry)
    return [sorted(own, key=lambda e: int(e["rank"].value)) for own in groups.values()]


def standings(facts: Fact, indicator: Fact) -> list[Standings]:
    """Who leads and who trails in each group of two and more."""
    tallies = {league["group"].value: league for league in indicator.get("leagues") or ()}
    found = leagues(indicator)
    by_completion = facts["ranking_measure"].value == "completion"
    return [
        _standings(own, tallies.get(own[0]["group"].value), by_completion, len(found) > 1)
        for own in found
        if len(own) > 1
    ]


def _standings(ranked: list[Fact], tally: Fact | None, by_completion: bool, several: bool) -> Standings:
    group = ranked[0]["group"] if several and ranked[0]["group"].value else None
    done = [entry for entry in ranked if entry["completed"]]
    apart = by_completion and tally is not None and len(done) > _named(len(ranked))
    left = [entry for entry in ranked if entry not in done] if apart else ranked
    through, count = (tuple(done), tally["completed"]) if apart and tally is not None else ((), None)
    if not left or (len(left) > 1 and _value(left[0]) == _value(left[-1])):
        return Standings(group, tuple(ranked), tuple(left[:1]), (), None, None, through, count, all_equal=True)
    head, first = _cut(left, _named(len(left)))
    rest = [entry for entry in left if entry not in head and _value(entry) != _value(left[0])]
    foot, last = _cut(rest[::-1], min(NAMED, max(len(left) // 2, 1))) if rest else ([], False)
    slow = [entry for entry in foot[::-1] if not (entry["completed"] and by_completion)]
    ties = [tally[name] if tied and tally is not None else None for name, tied in (("first", first), ("last", last))]
    return Standings(group, tuple(ranked), tuple(head), tuple(slow), ties[0], ties[1], through, count)


def _named(size: int) -> int:
    return max(1, min(NAMED_OF_MANY if size >= MANY else NAMED, size // 2))


def _cut(entries: list[Fact], named: int) -> tuple[list[Fact], bool]:
    """The first `named`, never cut between equals unless they are too many; and whether they are."""
    edge = _value(entries[min(named, len(entries)) - 1])
    whole = [entry for number, entry in enumerate(entries) if number < named or _value(entry) == edge]
    if len(whole) <= named + SPARE:
        return whole, False
    above = [entry for entry in whole if _value(entry) != edge]
    return (above, False) if above else (whole[:named], True)


def _value(entry: Fact) -> str | None:
    value: str | None = entry["value"].value
    return value


def movers(facts: Fact, up: bool) -> list[Place]:
    """Entries whose completion rose (or fell), the furthest first; of what has no completion, the value itself."""
    found = [(place, moved) for place in spoken_of(facts) if (moved := _moved(place))]
    chosen = [(place, moved) for place, moved in found if (moved > 0) == up]
    return [place for place, _ in sorted(chosen, key=lambda one: -abs(one[1]))]


def _moved(place: Place) -> Fraction | None:
    movement, since = place.entry["movement"].value, place.entry.get("since")
    if movement is not None:
        return fraction(movement)
    if place.entry["completion"].value is not None or since is None or since["change"].value is None:
        return None
    return Fraction(since["change"].value)


@dataclass(frozen=True, slots=True)
class Furthest:
    """Those to be named, and whether others went just as far."""

    named: list[Place]
    cuts_equals: bool


def furthest(places: list[Place], number: int) -> Furthest:
    """The first `number`, or so many more that none is left out who went as far, if they are few."""
    if len(places) <= number:
        return Furthest(places, False)
    edge = _moved(places[number - 1])
    whole = [place for n, place in enumerate(places) if n < number or _moved(place) == edge]
    fits = len(whole) <= number + SPARE
    return Furthest(whole if fits else places[:number], not fits)


def spoken_of(facts: Fact) -> list[Place]:
    """Every entry of somebody who is assessed, indicator by indicator."""
    found = []
    for indicator in facts["indicators"]:
        entries = list(indicator["entries"])
        assessed = [entry for entry in entries if entry["ranked"]] or entries
        found += [Place(indicator, entry) for entry in assessed]
    return found


def with_since(facts: Fact, named: str) -> list[Place]:
    """Entries of which this is different since the period before (`facts.Since`)."""
    return [place for place in spoken_of(facts) if (since := place.entry.get("since")) and since.get(named) is not None]


def relevelled(facts: Fact, worse: bool) -> list[Place]:
    """Entries whose level is graver (or milder) than in the period before; both levels are known."""
    severity = {level["code"].value: level["severity"].value for level in facts["levels"]}
    found = []
    for place in with_since(facts, "level"):
        now, before = severity.get(place.entry["level"].value), place.entry["since"]["severity"].value
        if now is not None and now != before and (now > before) == worse:
            found.append(place)
    return found


def holders(facts: Fact, level: Fact) -> list[Place]:
    """Whose entries have a level."""
    return [
        Place(indicator, entry)
        for indicator in facts["indicators"]
        for entry in indicator["entries"]
        if entry["level"].value == level["code"].value
        and (entry["ranked"] or not any(e["ranked"] for e in indicator["entries"]))
    ]


def redefined(facts: Fact) -> list[Fact]:
    """Indicators whose definition changed since the period before."""
    return [
        indicator
        for indicator in facts["indicators"]
        if any("definition_changed" in e["since"]["causes"].value for e in indicator["entries"] if e.get("since"))
    ]


def streaks(facts: Fact) -> list[list[Place]]:
    """Who is behind for two periods on end and more, those with the same number together, the longest first."""
    found: dict[int, list[Place]] = {}
    for place in spoken_of(facts):
        streak = place.entry.get("streak")
        if streak and streak.value > 1 and lags(place.entry):
            found.setdefault(streak.value, []).append(place)
    return [found[number] for number in sorted(found, reverse=True)]


def lags(entry: Fact) -> bool:
    return entry["gap_pp"].value is not None and fraction(entry["gap_pp"].value) < 0


def behind(indicator: Fact) -> list[Fact]:
    """The lagging entries of one indicator, the worst first."""
    ranked = any(entry["ranked"] for entry in indicator["entries"])
    found = [entry for entry in indicator["entries"] if lags(entry) and (entry["ranked"] or not ranked)]
    return sorted(found, key=lambda entry: fraction(entry["gap_pp"].value))


def is_pace(facts: Fact) -> bool:
    """Whether units are ranked by how fast they get on, so that 进展较快 may be said of the first."""
    return facts["ranking_measure"].value in PACE


def causes(facts: Fact) -> tuple[bool, ...]:
    """Whether the facts give cause for each demand, in the order in which every language makes them (下步要求)."""
    counts, whole = facts["counts"], facts.get("whole_units")
    return (
        bool(counts["behind"]),
        bool(facts["units_not_reported"]),
        facts.get("coming") is not None,
        bool(facts["warnings"]["open"] or (whole and whole["warnings"]["open"])),
        facts.get("blockers") is not None,
        bool(counts["on_schedule"]),
        True,
    )
