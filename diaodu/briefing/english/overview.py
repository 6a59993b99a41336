"""Overview (总体情况): how much was asked, reported and reached, and what "schedule" means here."""

from diaodu.briefing.english.phrase import amount, be, count, day, is_nothing, listed, percent, points, ruler
from diaodu.briefing.salience import SPOKEN_OF, undelivered
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.indicator import Kind
from diaodu.rules.measures import MEASURES as CATALOGUE
from diaodu.rules.trajectory import Trajectory

DEFINITIONS = {
    Trajectory.MONTHS: "for even progress by months, the share of the planned months that are over",
    Trajectory.DAYS: "for even progress by days, the share of the planned days that are over",
    Trajectory.STEP: "for progress by milestones, what the last milestone due had planned",
    Trajectory.INTERPOLATED: "for steady progress between milestones, the value interpolated by days",
    Trajectory.FLAT: "for targets that hold all year, the target itself",
}
ALL_ALIKE = {
    "awaited": "All reports may still come, so there is no progress to judge yet.",
    "not_reported": "All reports are overdue, so there is no progress to judge.",
    "no_target": "No task has a target, so none is judged.",
    "not_started": "No task has begun yet, so none is judged.",
}


def overview(facts: Fact) -> list[Said]:
    """The paragraphs of the section."""
    first = joined([_scope(facts), _reporting(facts), _progress(facts["counts"])], " ")
    return [p for p in (first, _definition(facts), *_totals(facts)) if p.text]


def _scope(facts: Fact) -> Said:
    several = facts["indicators_count"].value > 1
    return say(
        "As of {day}, {scheme} follows {indicators}{targets} of {units}.",
        day=day(facts["as_of"]),
        scheme=show(facts["scheme"]),
        indicators=count(facts["indicators_count"], "indicator") + say(" and ") if several else NOTHING,
        targets=count(facts["counts"]["targets"], "task"),
        units=count(facts["units_count"], "unit"),
    )


def _reporting(facts: Fact) -> Said:
    counts = facts["counts"]
    if counts["reported"].value == counts["targets"].value:
        return say("All progress has been reported.")
    named = [
        say(phrase, n=show(counts[name], "count"))
        for name, phrase in (
            ("not_reported", "{n} overdue"),
            ("awaited", "{n} that may still come"),
            ("no_target", "{n} without a target"),
            ("not_started", "{n} not begun"),
        )
        if counts[name]
    ]
    down = [say("the rest to be supplied by a data source that has not done so")] if undelivered(facts) else []
    if not counts["reported"]:
        if not named:
            return say("The data source has not supplied its numbers yet, so there is no progress to judge.")
        for name, phrase in ALL_ALIKE.items():
            if counts[name].value == counts["targets"].value:
                return say(phrase)
        return say("There is no progress to judge: {rest}.", rest=listed([*named, *down]))
    return say(
        "Reported: {n}, or {share}; {rest}.",
        n=show(counts["reported"], "count"),
        share=percent(counts["reported_share"]),
        rest=listed([*named, *down]),
    )


def _progress(counts: Fact) -> Said:
    if not counts["compared"]:
        return NOTHING
    compared = counts["compared"]
    if not counts["behind"] or not counts["on_schedule"]:
        said = say(
            "{which} {n} that can be compared {be} {where} schedule",
            which=say("The" if compared.value == 1 else "All"),
            n=count(compared, "task"),
            be=be(compared),
            where=say("behind" if counts["behind"] else "on"),
        )
    else:
        said = say(
            "On schedule: {on}, or {on_share}; behind: {behind}, or {behind_share}",
            on=show(counts["on_schedule"], "count"),
            on_share=percent(counts["on_schedule_share"]),
            behind=show(counts["behind"], "count"),
            behind_share=percent(counts["behind_share"]),
        )
    if counts["completed"]:
        share = counts.get("completed_share")
        said += say("; complete: {n}", n=show(counts["completed"], "count"))
        said += say(", or {share}", share=percent(share)) if share else NOTHING
    return said + say(".")


def _definition(facts: Fact) -> Said:
    ways = [say(DEFINITIONS[Trajectory(way.value)]) for way in facts["trajectories"]]
    if not ways:
        return NOTHING
    said = say(
        "Schedule (序时进度) means here, {ways}; on schedule is whatever is not below it.", ways=joined(ways, "; ")
    )
    expected = facts["indicators"][0]["expected"] if facts["indicators_count"].value == 1 else None
    if expected and expected.value == "0/1":
        said += say(" By this nothing is due yet.")
    elif expected:
        said += say(" By this the schedule stands at {share}.", share=percent(expected))
    return said + say(" Percentages are of unrounded figures.")


def _totals(facts: Fact) -> list[Said]:
    """A sentence for each reported row that is shown but not ranked: totals, 市本级."""
    indicators = list(facts["indicators"])
    if len(indicators) > SPOKEN_OF:
        return []
    lead = len(indicators) > 1
    return [
        (say("{name}: ", name=show(indicator["name"])) if lead else NOTHING) + joined(sentences, " ")
        for indicator in indicators
        if (sentences := [_total(facts, indicator, e) for e in indicator["entries"] if _is_spoken_of(e)])
    ]


def _is_spoken_of(entry: Fact) -> bool:
    return not entry["ranked"] and entry["actual"].value is not None


def _total(facts: Fact, indicator: Fact, entry: Fact) -> Said:
    growth = indicator["kind"].value == Kind.GROWTH.value
    if entry["target"].value is None:
        actual = amount(indicator, entry["actual"])
        return say("{name} stands at {actual} and has no target.", name=show(entry["name"]), actual=actual)
    said = say(
        "{name} has a target of {target} and {done} {actual}",
        name=show(entry["name"]),
        target=amount(indicator, entry["target"]),
        done=say("stands at" if growth else "has reached"),
        actual=amount(indicator, entry["actual"]),
    )
    if entry["completion"]:
        said += say(", {share} complete", share=percent(entry["completion"]))
    said += _ruled(facts, entry)
    where = standing(entry)
    return said + (say(", {where}", where=where) if where.text else NOTHING) + _movement(facts, entry) + say(".")


def _ruled(facts: Fact, entry: Fact) -> Said:
    """The share that units are ranked by, where it is another than the completion."""
    measure = CATALOGUE[facts["ranking_measure"].value]
    if measure.name == "completion" or measure.unit != "share" or entry["value"].value is None:
        return NOTHING
    return say(", {measure} {share}", measure=ruler(facts), share=percent(entry["value"]))


def standing(entry: Fact) -> Said:
    """ "1.6 percentage points behind schedule", or its opposite; what rounds to nothing is said in words."""
    gap = entry["gap_pp"]
    if gap.value is None:
        return NOTHING
    if gap.value == "0/1":
        return say("exactly on schedule")
    side = "behind" if gap.value.startswith("-") else "ahead of"
    by = say("slightly") if is_nothing(gap) else points(gap)
    return say("{by} {side} schedule", by=by, side=say(side))


def _movement(facts: Fact, entry: Fact) -> Said:
    moved, previous = entry["movement"], facts["previous_as_of"]
    if moved.value is None or previous.value is None:
        return NOTHING
    if moved.value == "0/1":
        return say(", as on {since}", since=day(previous))
    down = moved.value.startswith("-")
    return say(", {by} {way} than on {since}", by=_by(moved), way=say("less" if down else "more"), since=day(previous))


def _by(moved: Fact) -> Said:
    return say("slightly") if is_nothing(moved) else points(moved)
