"""Problems (存在问题): who is behind, and who did not report, by name; the two are never mixed."""

from diaodu.briefing.english.overview import standing
from diaodu.briefing.english.phrase import amount, be, count, day, listed, percent, prefix, whose
from diaodu.briefing.salience import LISTED, TOLD, behind, first, streaks, undelivered
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show


def progress_late(facts: Fact) -> list[Said]:
    """The lagging entries, the worst first, who goes on lagging, and milestones that are past."""
    return [*_lagging(facts), *(said for said in (_streaks(facts), _unmet(facts)) if said.text)]


def _lagging(facts: Fact) -> list[Said]:
    counts = facts["counts"]
    if not counts["compared"]:
        return [say("Nothing can be compared with the schedule this period.")]
    if not counts["behind"]:
        return [say("All reported tasks are on schedule; no unit is behind.")]
    if counts["behind"].value > LISTED:
        return [_by_unit(facts)]
    return [_behind(facts, indicator) for indicator in facts["indicators"] if indicator["counts"]["behind"]]


def _behind(facts: Fact, indicator: Fact) -> Said:
    number = count(indicator["counts"]["behind"], "unit")
    names = joined((_lag(entry) for entry in behind(indicator)), "; ")
    return prefix(facts, indicator) + say(
        "Behind schedule {be} {n}: {names}.", be=be(indicator["counts"]["behind"]), n=number, names=names
    )


def _lag(entry: Fact) -> Said:
    done = [say("{share} complete", share=percent(entry["completion"]))] if entry["completion"] else []
    return say("{name} ({inside})", name=show(entry["name"]), inside=joined([*done, standing(entry)], ", "))


def _by_unit(facts: Fact) -> Said:
    worst = sorted((u for u in facts["units"] if u["behind"]), key=lambda u: -int(u["behind"].value))
    names = listed(say("{name} ({n})", name=show(u["name"]), n=show(u["behind"], "count")) for u in worst)
    n = count(facts["counts"]["behind"], "task")
    return say("Behind schedule are {n}, by unit: {names}. Each is in the attachment.", n=n, names=names)


def _streaks(facts: Fact) -> Said:
    parts = [
        say(
            "behind for {n} on end: {names}",
            n=count(places[0].entry["streak"], "period"),
            names=listed(whose(facts, place.entry, place.indicator) for place in places),
        )
        for places in streaks(facts)
    ]
    return say("Of them, {parts}.", parts=joined(parts, "; ")) if parts else NOTHING


def _unmet(facts: Fact) -> Said:
    unmet = facts.get("unmet")
    if unmet is None:
        return NOTHING
    names = joined((milestone(facts, one) for one in first(unmet["items"])), "; ")
    more = say(" and others") if unmet["count"].value > TOLD else NOTHING
    return say(
        "Past and not met {be} {n}: {names}{more}.",
        be=be(unmet["count"]),
        n=count(unmet["count"], "milestone"),
        names=names,
        more=more,
    )


def milestone(facts: Fact, one: Fact) -> Said:
    """ "甲县 “主体封顶” (重点项目投资, due 30 September 2023, planned total 108.0 亿元)"."""
    inside = [show(one["indicator_name"])] if facts["indicators_count"].value > 1 else []
    inside.append(say("due {day}", day=day(one["due"])))
    if one["planned"].value is not None:
        inside.append(say("planned total {amount}", amount=amount(one, one["planned"])))
    return say(
        "{unit} “{name}” ({inside})", unit=show(one["unit_name"]), name=show(one["name"]), inside=joined(inside, ", ")
    )


def data_late(facts: Fact) -> list[Said]:
    """Who owes a report, and that this says nothing about progress."""
    due = facts["report_due"]
    lead = say("The deadline for reports is {day}. ", day=day(due)) if due.value else NOTHING
    said = []
    for total, counted, phrase in (
        (
            "units_not_reported",
            "not_reported",
            "{lead}{n} {be} overdue: {names}. Not reported is not nought; such tasks are neither ranked nor judged.",
        ),
        ("units_awaited", "awaited", "{lead}{n} {be} still to report when this is written: {names}."),
    ):
        if facts[total]:
            n = count(facts[total], "unit")
            said.append(say(phrase, lead=lead, n=n, be=be(facts[total]), names=_silent(facts, counted)))
    silent = listed(show(indicator["name"]) for indicator in undelivered(facts))
    if silent.text:
        said.append(say("{names}: a data source has not supplied everything, which is no unit's fault.", names=silent))
    return (said or [_complete(facts)]) + _late(facts)


def _complete(facts: Fact) -> Said:
    if not facts["counts"]["reported"]:
        return say("Nothing was to be reported this period.")
    if facts["units_count"].value == 1:
        return say("The unit has reported.")
    return say("All units have reported; no report is overdue.")


def _silent(facts: Fact, counted: str) -> Said:
    several = facts["indicators_count"].value > 1
    return listed(
        show(u["name"]) + (say(" ({n})", n=show(u[counted], "count")) if several else NOTHING)
        for u in facts["units"]
        if u[counted]
    )


def _late(facts: Fact) -> list[Said]:
    late, several = facts.get("late"), facts["indicators_count"].value > 1
    if late is None:
        return []
    names = [
        say(
            "{name} ({tasks}{days})",
            name=show(unit["name"]),
            tasks=count(unit["targets"], "task") + say(", at most ") if several else NOTHING,
            days=count(unit["workdays"], "working day"),
        )
        for unit in late["units"]
    ]
    return [
        say(
            "Reported late {be} {n}: {names}.",
            be=be(late["count"]),
            n=count(late["count"], "unit"),
            names=listed(names),
        )
    ]
