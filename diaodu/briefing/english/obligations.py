"""Warnings and supervision (预警督办情况): levels, what became of them, warnings with their clocks, blockers."""

from diaodu.briefing.english.phrase import be, capital, count, day, listed, whose
from diaodu.briefing.salience import TOLD, Place, are_few, first, holders, relevelled
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.warning_leg import WarningLeg

OWED = {
    WarningLeg.SIGN: "to be signed for",
    WarningLeg.PLAN: "rectification plan owed",
    WarningLeg.EVIDENCE: "evidence owed",
}


def levels(facts: Fact) -> list[Said]:
    """The paragraphs of the section."""
    whole = facts.get("whole_units")
    said = (_levels(facts), _new_rules(facts), *_named(facts), _relevelled(facts), _warnings(facts))
    said += (_whole_units(whole) if whole else NOTHING, _overdue(facts), _blockers(facts))
    return [part for part in said if part.text]


def _levels(facts: Fact) -> Said:
    if facts["policy"].value is None:
        return say("No warning rules are in force, so no levels were given.")
    policy = show(facts["policy"])
    if not facts["counts"]["reported"]:
        return say("There is no reported task to judge by “{policy}”.", policy=policy)
    reached = [level for level in facts["levels"] if level["targets"]]
    found = joined((say("{level} {n}", level=show(v["name"]), n=show(v["targets"], "count")) for v in reached), ", ")
    said = say("By “{policy}”: {found}.", policy=policy, found=found if reached else say("no task has a level"))
    if facts["without_level"]:
        n = count(facts["without_level"], "reported task")
        said += say(" Outside what the rules provide for {be} {n}.", n=n, be=be(facts["without_level"]))
    return said


def _new_rules(facts: Fact) -> Said:
    if not facts.get("rules_since"):
        return NOTHING
    since = day(facts["rules_since"])
    return say(
        "The rules were revised with effect from {since}: levels are not those of the period before.", since=since
    )


def _named(facts: Fact) -> list[Said]:
    return [
        say("{level}: {names}.", level=show(level["name"]), names=listed(_holders(facts, level)))
        for level in facts["levels"]
        if level["severity"].value > 0 and level["targets"] and not level.value.get("withheld")
    ]


def _holders(facts: Fact, level: Fact) -> list[Said]:
    if are_few(facts):
        return [whose(facts, place.entry, place.indicator) for place in holders(facts, level)]
    return [say("{name} ({n})", name=show(h["name"]), n=show(h["targets"], "count")) for h in level["holders"]]


def _relevelled(facts: Fact) -> Said:
    names = {level["code"].value: level["name"] for level in facts["levels"]}

    def told(place: Place) -> Said:
        return say(
            "{who} (from {before} to {now})",
            who=whose(facts, place.entry, place.indicator),
            before=show(place.entry["since"]["level"]),
            now=show(names[place.entry["level"].value]),
        )

    graver, milder = ([told(place) for place in relevelled(facts, worse)] for worse in (True, False))
    parts = [
        say(phrase, names=listed(found))
        for phrase, found in (("graver: {names}", graver), ("milder: {names}", milder))
        if found
    ]
    return say("Levels against the last period, {parts}.", parts=joined(parts, "; ")) if parts else NOTHING


def _whole_units(whole: Fact) -> Said:
    """Units judged as wholes: by level, how many cannot be judged yet, and their own warnings."""
    judged = [_card(level) for level in whole["levels"] if level["count"]]
    waiting = say("{n} not to be judged yet", n=count(whole["waiting"], "unit")) if whole["waiting"] else NOTHING
    by_level = joined([*judged, waiting], ", ")
    warnings, moved = whole["warnings"], _moved(whole["warnings"])
    still = say("warnings of whole units open: {n}", n=show(warnings["open"], "count")) if warnings["open"] else NOTHING
    lately = say("this period: {moved}", moved=listed(moved)) if moved else NOTHING
    review = say("awaiting review: {n}", n=show(warnings["proposed"], "count")) if warnings["proposed"] else NOTHING
    owed = joined([still, lately, review], "; ")
    said = [say("As wholes: {levels}.", levels=by_level)] if by_level.text else []
    return joined([*said, capital(owed) + say(".") if owed.text else NOTHING], " ")


def _card(level: Fact) -> Said:
    """Who is warned is named, where the policy lets it be."""
    said = say("{level} {n}", level=show(level["name"]), n=count(level["count"], "unit"))
    if level["severity"].value <= 0 or not level["units"]:
        return said
    return said + say(" ({names})", names=listed(show(unit) for unit in level["units"]))


def _moved(warnings: Fact) -> list[Said]:
    return [
        say(phrase, n=show(warnings[name], "count"))
        for name, phrase in (
            ("opened", "{n} new"),
            ("worsened", "{n} raised"),
            ("eased", "{n} lowered"),
            ("closed", "{n} closed"),
        )
        if warnings[name]
    ]


def _warnings(facts: Fact) -> Said:
    warnings, life = facts["warnings"], facts.get("obligations")
    moved = _moved(warnings)
    if life and life["answered"]:
        moved.append(say("{n} answered", n=show(life["answered"], "count")))
    proposed = count(warnings["proposed"], "proposal")
    review = say(" {n} awaiting review.", n=proposed) if warnings["proposed"] else NOTHING
    if not warnings["open"] and not moved:
        return say("No warning is open.") + review
    said = say("no warning is open")
    if warnings["open"]:
        number, verb = count(warnings["open"], "warning"), be(warnings["open"])
        said = say("on {day}, {n} {be} open", day=day(facts["known_on"]), n=number, be=verb) + _life(facts)
    change = say("this period: {moved}", moved=listed(moved)) if moved else say("nothing changed this period")
    return capital(said) + say("; {change}.", change=change) + review


def _life(facts: Fact) -> Said:
    life = facts.get("obligations")
    if life is None:
        return NOTHING
    parts = [
        say(phrase, n=show(life[name], "count"))
        for name, phrase in (
            ("sign", "{n} to be signed for"),
            ("plan", "{n} awaiting a plan"),
            ("evidence", "{n} being rectified"),
            ("verify", "{n} to be verified"),
        )
        if life[name]
    ]
    said = say(" ({parts})", parts=listed(parts)) if parts else NOTHING
    return said + (say("; {n} exempted", n=show(life["exempted"], "count")) if life["exempted"] else NOTHING)


def _overdue(facts: Fact) -> Said:
    life = facts.get("obligations")
    if life is None or not life["overdue"]:
        return NOTHING
    late = [one for one in life["items"] if one["workdays"]]
    names = joined((_owing(facts, one) for one in late[:TOLD]), "; ")
    more = say(" and others") if len(late[:TOLD]) < life["overdue"].value else NOTHING
    n = count(life["overdue"], "warning")
    if not late:
        return say("{n} {be} overdue.", n=n, be=be(life["overdue"]))
    return say("{n} {be} overdue: {names}{more}.", n=n, be=be(life["overdue"]), names=names, more=more)


def _owing(facts: Fact, one: Fact) -> Said:
    several = facts["indicators_count"].value > 1
    return say(
        "{unit} ({about}{level}, {what} by {due}, {days} overdue)",
        unit=show(one["unit_name"]),
        about=say("as a whole, ")
        if not one["indicator"]
        else say("{name}, ", name=show(one["indicator_name"]))
        if several
        else NOTHING,
        level=show(one["level"]),
        what=say(OWED[WarningLeg(one["leg"].value)]),
        due=day(one["due"]),
        days=count(one["workdays"], "working day"),
    )


def _blockers(facts: Fact) -> Said:
    blockers = facts.get("blockers")
    if blockers is None:
        return NOTHING
    several = facts["indicators_count"].value > 1
    names = [
        say(
            "{unit}{about}: “{text}”",
            unit=show(one["unit_name"]),
            about=say(" ({name})", name=show(one["indicator_name"])) if several else NOTHING,
            text=show(one["text"]),
        )
        for one in first(blockers["items"])
    ]
    more = say(" and others") if blockers["count"].value > TOLD else NOTHING
    n = count(blockers["count"], "blocker")
    told = joined(names, "; ")
    return say(
        "Waiting for joint handling {be} {n}: {names}{more}.", be=be(blockers["count"]), n=n, names=told, more=more
    )
