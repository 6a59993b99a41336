"""Small change of English sentences: counts with their nouns, lists, days, amounts and rates."""

from collections.abc import Iterable

from diaodu.briefing.salience import LISTED
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show

MEASURES = {
    "completion": "completion",
    "gap_pp": "gap to schedule",
    "ratio": "ratio to schedule",
    "shortfall": "shortfall",
    "period_rate": "completion of the period's plan",
    "milestone_rate": "completion of the milestone's plan",
}


def count(fact: Fact, one: str, several: str | None = None) -> Said:
    """ "1 unit", "3 units"."""
    noun = one if fact.value == 1 else several or f"{one}s"
    return say("{n} {noun}", n=show(fact, "count"), noun=say(noun))


def ruler(facts: Fact) -> Said:
    """The measure units are ranked by."""
    name = facts["ranking_measure"].value
    return say(MEASURES.get(name, name.replace("_", " ")))


def be(fact: Fact) -> Said:
    return say("is" if fact.value == 1 else "are")


def percent(fact: Fact) -> Said:
    return show(fact, "percent", 1)


def points(fact: Fact) -> Said:
    """ "1.6 percentage points", whichever way; what prints as one is still "1.0 percentage points"."""
    return say("{n} percentage points", n=show(fact, "points_off", 1))


def is_nothing(fact: Fact) -> bool:
    """Whether it is other than nought and prints as nought."""
    return show(fact, "points_off", 1).text == "0.0"


def amount(indicator: Fact, fact: Fact, form: str = "amount") -> Said:
    """The amount with its measure unit; what is measured in per cent changes by percentage points."""
    said, unit = show(fact, form, indicator["decimals"].value), indicator["measure_unit"]
    if not unit:
        return said
    if unit.value == "%":
        return say("{n} percentage points" if form == "amount_off" else "{n}%", n=said)
    return say("{n} {unit}", n=said, unit=show(unit))


def day(fact: Fact) -> Said:
    return show(fact, "day_en")


def listed(names: Iterable[Said], most: int = LISTED) -> Said:
    """ "A, B and C"; cut with "and others" where there are too many for a text."""
    names = list(names)
    if len(names) > most:
        return joined(names[:most], ", ") + say(" and others")
    if len(names) < 2:
        return joined(names, "")
    return joined(names[:-1], ", ") + say(" and ") + names[-1]


def clauses(parts: Iterable[Said]) -> Said:
    """Clauses up to a full stop; nothing of nothing."""
    said = joined(parts, "; ")
    return said + say(".") if said.text else NOTHING


def capital(said: Said) -> Said:
    return Said(said.text[:1].upper() + said.text[1:], said.sources)


def prefix(facts: Fact, indicator: Fact) -> Said:
    """The indicator's name before a sentence, where there are several."""
    if facts["indicators_count"].value == 1:
        return NOTHING
    return say("{name}: ", name=show(indicator["name"]))


def whose(facts: Fact, entry: Fact, indicator: Fact) -> Said:
    """The unit, with the indicator where there are several."""
    if facts["indicators_count"].value == 1:
        return show(entry["name"])
    return say("{unit} “{indicator}”", unit=show(entry["name"]), indicator=show(indicator["name"]))
