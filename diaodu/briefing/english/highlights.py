"""Main features, units beside each other (横向比较)."""

from diaodu.briefing.english.phrase import capital, count, listed, percent, prefix, ruler
from diaodu.briefing.salience import Standings, are_few, is_pace, leagues, standings
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.measures import MEASURES as CATALOGUE
from diaodu.rules.ranking import TiePolicy

TIES = {
    TiePolicy.ORDINAL: "equals are numbered on in the plan's order",
    TiePolicy.DENSE: "equals share a rank and the next follows on",
    TiePolicy.COMPETITION: "equals share a rank and the next ones are left out",
}


def across(facts: Fact) -> list[Said]:
    """The paragraphs of the comparison."""
    said = [*_leaders(facts), _all_on_schedule(facts)]
    if not any(entry["rank"] for indicator in facts["indicators"] for entry in indicator["entries"]):
        said.append(say("No unit can be ranked this period."))
    elif not any(len(league) > 1 for indicator in facts["indicators"] for league in leagues(indicator)):
        said.append(say("No group has units to compare with each other."))
    else:
        said.append(_ruler(facts))
    return [s for s in said if s.text]


def _leaders(facts: Fact) -> list[Said]:
    return [
        joined([prefix(facts, indicator) + capital(_league(facts, indicator, league)), _completed(league)], " ")
        for indicator in (facts["indicators"] if are_few(facts) else ())
        for league in standings(facts, indicator)
    ]


def _league(facts: Fact, indicator: Fact, league: Standings) -> Said:
    where = say("in {group}, ", group=show(league.group)) if league.group else NOTHING
    if league.completed:
        return where + _beside_the_completed(facts, indicator, league)
    if league.all_equal:
        value = worth(facts, league.ranked[0])
        same = say("the same {measure}", measure=ruler(facts))
        what = say("a {measure} of {value}", measure=ruler(facts), value=value) if value.text else same
        return where + say("all units have {what}.", what=what)
    return where + say("by {measure}, {ends}.", measure=ruler(facts), ends=_ends(facts, indicator, league))


def _beside_the_completed(facts: Fact, indicator: Fact, league: Standings) -> Said:
    if len(league.completed) == len(league.ranked):
        return say("all units have completed everything.")
    names = listed(show(entry["name"]) for entry in league.completed)
    number = count(league.completed_count, "unit") if league.completed_count else say("units")
    done = say("through with everything: {number} ({names}); ", number=number, names=names)
    if len(league.ranked) - len(league.completed) == 1:
        return done + say("still under way: {name}.", name=_with_value(facts, league.head[0]))
    if league.all_equal:
        return done + say("the others stand at {value} each.", value=worth(facts, league.head[0]))
    return done + say("of the others, {ends}.", ends=_ends(facts, indicator, league))


def _ends(facts: Fact, indicator: Fact, league: Standings) -> Said:
    """ "furthest on: …; least far: …": 相对 where the first are behind all the same, or the last on schedule."""
    counts, pace = indicator["counts"], is_pace(facts)
    fast = "comparatively furthest on" if counts["behind"] and not counts["on_schedule"] else "furthest on"
    slow = "comparatively least far" if counts["on_schedule"] and not counts["behind"] else "least far"
    head = _end(facts, fast if pace else "first", league.head, league.tied_first)
    foot = _end(facts, slow if pace else "last", league.foot, league.tied_last) if league.foot else NOTHING
    return joined([head, foot], "; ")


def _end(facts: Fact, how: str, entries: tuple[Fact, ...], tied: Fact | None) -> Said:
    if tied:
        names = joined((show(entry["name"]) for entry in entries), ", ")
        value = worth(facts, entries[0])
        same = say("{value} each", value=value) if value.text else say("all alike")
        return say(
            "{how}: {n} ({names} and others), {same}", how=say(how), n=count(tied, "unit"), names=names, same=same
        )
    return say("{how}: {names}", how=say(how), names=listed(_with_value(facts, entry) for entry in entries))


def _with_value(facts: Fact, entry: Fact) -> Said:
    value = worth(facts, entry)
    return show(entry["name"]) + (say(" ({value})", value=value) if value.text else NOTHING)


def worth(facts: Fact, entry: Fact) -> Said:
    """The entry's ranking measure as printed; nothing for measures without a common unit."""
    unit = CATALOGUE[facts["ranking_measure"].value].unit
    if entry["value"].value is None or unit == "measure unit":
        return NOTHING
    if unit == "share":
        return percent(entry["value"])
    shown = show(entry["value"], "points", 1 if unit == "percentage points" else 0)
    return say("{n} percentage points", n=shown) if unit == "percentage points" else shown


def _completed(league: Standings) -> Said:
    done = [show(entry["name"]) for entry in league.ranked if entry["completed"]]
    if not done or league.completed:
        return NOTHING
    if len(done) == len(league.ranked):
        return say("All units have completed everything.")
    return say("Through with everything: {names}.", names=listed(done))


def _all_on_schedule(facts: Fact) -> Said:
    if facts["indicators_count"].value == 1 or not facts["counts"]["compared"]:
        return NOTHING
    names = [
        show(u["name"])
        for u in facts["units"]
        if u["compared"] and not (u["behind"] or u["not_reported"] or u["awaited"])
    ]
    if not names:
        return say("No unit has all its tasks on schedule.")
    if len(names) == facts["units_count"].value > 1:
        return say("All units have all their tasks on schedule.")
    return say("With all tasks on schedule: {names}.", names=listed(names))


def _ruler(facts: Fact) -> Said:
    return say(
        "Units are ranked inside their group by unrounded {measure}; {ties}; totals are shown and not ranked.",
        measure=ruler(facts),
        ties=say(TIES[TiePolicy(facts["tie"].value)]),
    )
