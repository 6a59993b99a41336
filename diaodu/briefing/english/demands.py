"""What is asked of whom next (下步要求); only what the facts give cause for."""

from collections.abc import Iterable

from diaodu.briefing.english.phrase import count, day
from diaodu.briefing.english.shortfalls import milestone
from diaodu.briefing.salience import TOLD, causes, first
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say

ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh")
CATCH_UP = "close the gaps: units behind schedule find the causes, name who does what by when, and report on it."
REPORT = "report in time: overdue numbers are to come at once, with the reason; only what can be verified counts."
PREPARE = " Units concerned prepare in good time."
RECTIFY = "act on warnings: units hand in plan and evidence in time, and a warning closes once it is verified."
OVERDUE = " Those overdue act at once and say why."
HANDLE = "resolve blockers: lead units settle who does what by when, and the next briefing tells the outcome."
KEEP_ON = "keep up the pace: units on schedule watch the milestones ahead until everything is complete."
WRAP_UP = "secure what was achieved: finish up and file the evidence."
BE_TRUE = "keep the numbers true: units answer for what they report and its evidence; all of it is checked."


def demands(facts: Fact) -> list[Said]:
    """One after another, "First, …"; what stands alone has no number."""
    asked = [said for cause, said in _demands(facts) if cause]
    if len(asked) == 1:
        return [Said(asked[0].text[:1].upper() + asked[0].text[1:], asked[0].sources)]
    return [say("{nth}, ", nth=say(ORDINALS[place])) + said for place, said in enumerate(asked)]


def coming(facts: Fact) -> Said:
    """Milestones due before the next period ends."""
    due = facts.get("coming")
    if due is None:
        return NOTHING
    names = joined((milestone(facts, one) for one in first(due["items"])), "; ")
    more = say(" and others") if due["count"].value > TOLD else NOTHING
    return say(
        "by {until} {n} come due: {names}{more}." if due["count"].value > 1 else "by {until} {n} comes due: {names}.",
        until=day(due["until"]),
        n=count(due["count"], "milestone"),
        names=names,
        more=more,
    )


def _demands(facts: Fact) -> Iterable[tuple[bool, Said]]:
    life, counts = facts.get("obligations"), facts["counts"]
    is_overdue = bool(life and life["overdue"])
    is_through = counts["completed"].value == counts["targets"].value
    said = (
        say(CATCH_UP),
        say(REPORT),
        say("keep an eye on what comes next: ") + coming(facts) + say(PREPARE),
        say(RECTIFY) + (say(OVERDUE) if is_overdue else NOTHING),
        say(HANDLE),
        say(WRAP_UP if is_through else KEEP_ON),
        say(BE_TRUE),
    )
    return zip(causes(facts), said, strict=True)
