"""Against the last period (纵向比较): what moved furthest and why, whose place changed, and what was revised."""

from diaodu.briefing.english.phrase import amount, capital, clauses, day, is_nothing, listed, points, prefix, whose
from diaodu.briefing.progression import ADDS_UP
from diaodu.briefing.salience import (
    NAMED,
    NAMED_OF_MANY,
    Place,
    are_few,
    furthest,
    movers,
    redefined,
    spoken_of,
    with_since,
)
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.movement import MovementCause

REASONS = {MovementCause.TARGET_REVISED: "target revised", MovementCause.CORRECTED: "last figure corrected"}


def along(facts: Fact) -> list[Said]:
    """The paragraphs of the comparison."""
    if facts["previous_as_of"].value is None:
        return [say("This is the first period, and there is none to compare it with.")]
    places = [_places(facts, i) for i in facts["indicators"]] if are_few(facts) else []
    said = [line for line in (*_movements(facts), *places) if line.text]
    since = say("Compared with the period to {day}: ", day=day(facts["previous_as_of"]))
    changed = [line for line in (_revised(facts), _corrected(facts), _redefined(facts)) if line.text]
    if not said:
        return [since + say("there is no progress or rank to compare."), *changed]
    more = [] if are_few(facts) else [say("Changes of rank are in the attachment.")]
    return [since + said[0], *said[1:], *more, *changed]


def _movements(facts: Fact) -> list[Said]:
    if not are_few(facts):
        up, down = movers(facts, up=True), movers(facts, up=False)
        return [_moved(up, down, NAMED_OF_MANY, named=True)] if up or down else _still(facts)
    found = []
    for indicator in facts["indicators"]:
        up, down = ([p for p in movers(facts, up=way) if p.indicator.path == indicator.path] for way in (True, False))
        if up or down:
            found.append(prefix(facts, indicator) + _moved(up, down, NAMED, named=False))
    return found or _still(facts)


def _still(facts: Fact) -> list[Said]:
    known = [place for place in spoken_of(facts) if place.entry["movement"].value is not None]
    return [say("no completion has changed.")] if known else []


def _moved(up: list[Place], down: list[Place], number: int, named: bool) -> Said:
    parts = []
    for way, places in (("up", up), ("down", down)):
        if places:
            shown = furthest(places, number)
            names = joined((_movement(place, named) for place in shown.named), ", ")
            parts.append(
                say(
                    "{way}{most}: {names}{etc}",
                    way=say(way),
                    most=say(" most") if len(places) > number else NOTHING,
                    names=names,
                    etc=say(" and others") if shown.cuts_equals else NOTHING,
                )
            )
    return clauses(parts)


def _movement(place: Place, named: bool) -> Said:
    moved = place.entry["movement"]
    about = [show(place.indicator["name"])] if named else []
    by = []
    if moved.value is not None:
        down = moved.value.startswith("-")
        size = say("slightly") if is_nothing(moved) else points(moved)
        by = [say("{size} {way}", size=size, way=say("down" if down else "up"))]
    inside = joined([*about, *by, *_why(place)], "; ")
    return say("{name} ({inside})", name=show(place.entry["name"]), inside=inside)


def _why(place: Place) -> list[Said]:
    since = place.entry.get("since")
    if since is None:
        return []
    return [
        _added(place, since["change"]) if cause == MovementCause.REPORTED else say(REASONS[cause])
        for cause in map(MovementCause, since["causes"].value)
        if cause in REASONS or (cause == MovementCause.REPORTED and since["change"].value is not None)
    ]


def _added(place: Place, change: Fact) -> Said:
    said = amount(place.indicator, change, "amount_off")
    if set(show(change, "amount_off", place.indicator["decimals"].value).text) <= set("0."):
        return say("value slightly changed")
    if place.indicator["kind"].value in ADDS_UP:
        return say("{n} done this period" if change.value > 0 else "count reduced by {n}", n=said)
    return say("value risen by {n}" if change.value > 0 else "value fallen by {n}", n=said)


def _from_to(place: Place, before: Fact, after: Fact) -> Said:
    a, b = amount(place.indicator, before), amount(place.indicator, after)
    return say("slightly changed") if a.text == b.text else say("from {a} to {b}", a=a, b=b)


def _revised(facts: Fact) -> Said:
    names = [
        say(
            "{name} ({how})",
            name=whose(facts, place.entry, place.indicator),
            how=say("bound or baseline changed")
            if place.entry["since"]["previous_target"].value == place.entry["target"].value
            else _from_to(place, place.entry["since"]["previous_target"], place.entry["target"]),
        )
        for place in with_since(facts, "previous_target")
    ]
    return say("Targets revised this period: {names}.", names=listed(names)) if names else NOTHING


def _corrected(facts: Fact) -> Said:
    names = [
        say(
            "{name} ({how})",
            name=whose(facts, place.entry, place.indicator),
            how=_from_to(place, place.entry["since"]["told"], place.entry["since"]["corrected"]),
        )
        for place in with_since(facts, "told")
    ]
    if not names:
        return NOTHING
    return say(
        "Corrected since the last briefing: {names}; compared is with the corrected figures.", names=listed(names)
    )


def _redefined(facts: Fact) -> Said:
    names = listed(show(indicator["name"]) for indicator in redefined(facts))
    if not names.text:
        return NOTHING
    return say("Definitions changed this period: {names}; before and after are not quite comparable.", names=names)


def _places(facts: Fact, indicator: Fact) -> Said:
    moved = [entry for entry in indicator["entries"] if entry["rank_change"].value is not None]
    up = sorted((e for e in moved if e["rank_change"].value > 0), key=lambda e: -int(e["rank_change"].value))
    down = sorted((e for e in moved if e["rank_change"].value < 0), key=lambda e: int(e["rank_change"].value))
    if not moved:
        return NOTHING
    if not up and not down:
        return prefix(facts, indicator) + say("No rank has changed.")
    parts = [_named_places(entries, way) for entries, way in ((up, "up"), (down, "down")) if entries]
    return prefix(facts, indicator) + capital(joined(parts, "; ")) + say(".")


def _named_places(entries: list[Fact], way: str) -> Said:
    names = [say("{name} ({by})", name=show(e["name"]), by=_by_places(e["rank_change"])) for e in entries[:NAMED]]
    most = say(" most") if len(entries) > NAMED else NOTHING
    return say("{way} in rank{most}: {names}", way=say(way), most=most, names=joined(names, ", "))


def _by_places(change: Fact) -> Said:
    one = abs(change.value) == 1
    return say("by {n} place" if one else "by {n} places", n=show(change, "distance"))
