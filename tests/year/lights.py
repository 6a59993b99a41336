"""The warnings of the simulated year, worked out from the bare reports by arithmetic, and as the tables have them."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

from tests.year import town
from tests.year.almanac import week_ends
from tests.year.ledger import Books

Target = tuple[int, str]
Turn = tuple[str, str, str]
"""Why a warning moved, to which level, and about which month."""

RUNS = """
    SELECT as_of, known_at FROM run JOIN fire ON fire.id = run.fire_id WHERE job IN ('warn', 'cycle') ORDER BY run.id
"""
REPORTS = """
    SELECT target.unit_id, indicator.code, as_of, recorded_at, value FROM report JOIN target ON target.id = target_id
    JOIN indicator ON indicator.id = indicator_id ORDER BY report.recorded_at, report.id
"""
EVENTS = """
    SELECT target.unit_id, indicator.code, cause, to_level, as_of FROM warning_event
    JOIN warning ON warning.id = warning_id JOIN target ON target.id = target_id
    JOIN indicator ON indicator.id = indicator_id ORDER BY warning_event.id
"""


DOWN = """
    SELECT target.unit_id, indicator.code, as_of FROM verdict JOIN target ON target.id = target_id
    JOIN indicator ON indicator.id = indicator_id WHERE state = 'source_down'
"""
BEHIND = "SELECT DISTINCT verdict.state FROM warning_event JOIN verdict ON verdict.id = verdict_id"


def without_source(books: Books, as_of: date) -> set[Target]:
    """Of what a day's judgement said that its source is down."""
    return {(books.units[unit], name) for unit, name, day in books.rows(DOWN) if day == str(as_of)}


def states_behind(books: Books) -> set[str]:
    """What was known of the numbers on which any warning moved."""
    return {state for (state,) in books.rows(BEHIND)}


def lived(books: Books) -> dict[Target, list[Turn]]:
    """What became of the warnings on every target."""
    found: dict[Target, list[Turn]] = defaultdict(list)
    for unit, name, cause, level, as_of in books.rows(EVENTS):
        found[books.units[unit], name].append((cause, level, as_of))
    return dict(found)


def meant(books: Books) -> dict[Target, list[Turn]]:
    """What must become of them: a light where a number of the month is there and says so, and none where it is late."""
    said: dict[tuple[Target, str], list[tuple[str, int | None]]] = defaultdict(list)
    for unit, name, day, at, value in books.rows(REPORTS):
        said[(books.units[unit], name), day].append((at, value))
    targets = {target for target, _ in said}
    found: dict[Target, list[Turn]] = defaultdict(list)
    now: dict[Target, str] = {}
    for as_of, known_at in books.rows(RUNS):
        wanted = {kind: _wanted(kind, as_of) for kind in "msw"}
        for target in targets:
            known = [value for at, value in said.get((target, wanted[target[1][0]]), []) if at <= known_at]
            if not known or known[-1] is None:
                continue
            before, level = now.get(target), _light(target[0], date.fromisoformat(as_of), known[-1])
            cause = CAUSES.get((before, level))
            if cause is not None:
                now[target] = level
                found[target].append((cause, level if level != "green" else before or level, as_of))
    return dict(found)


CAUSES = {
    (None, "yellow"): "opened",
    (None, "red"): "opened",
    ("green", "yellow"): "opened",
    ("green", "red"): "opened",
    ("yellow", "red"): "worsened",
    ("yellow", "green"): "recovered",
    ("red", "green"): "recovered",
}


def _wanted(kind: str, as_of: str) -> str:
    """The day whose number the light of a month rests on, of indicators by the month, supplied, or by the week."""
    return as_of if kind != "w" else str(max(end for end in week_ends() if str(end) <= as_of))


def _light(unit: int, as_of: date, millionths: int) -> str:
    first = town.JOINS.month if unit == town.NEWCOMER else 1
    planned = Fraction(as_of.month - first + 1, 13 - first)
    gap = (Fraction(millionths, 1_000_000 * 1200) - planned) * 100
    return "red" if gap < town.RED else "yellow" if gap < town.YELLOW else "green"
