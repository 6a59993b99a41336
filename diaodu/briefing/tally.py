"""One target with its exact measures, and counting many of them: the arithmetic behind a briefing's figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from diaodu.briefing.facts import Counts, Entry, League, exact
from diaodu.rules import measures
from diaodu.rules.indicator import Direction
from diaodu.rules.standing import Standing, of_row
from diaodu.rules.verdict import State
from diaodu.rules.workday import Workdays


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the frame with its exact measures."""

    standing: Standing
    row: Mapping[str, Any]
    state: State
    planned: Fraction | None
    completion: Fraction | None
    expected: Fraction | None
    gap: Fraction | None
    movement: Fraction | None

    @property
    def is_completed(self) -> bool:
        """The whole target is reached; under a limit or inside a band nothing is ever "completed"."""
        higher = self.standing.direction is Direction.HIGHER
        return higher and self.state is State.REPORTED and self.completion is not None and self.completion >= 1

    @property
    def has_plan(self) -> bool:
        return self.state not in (State.NO_TARGET, State.NOT_STARTED)


def line(row: Mapping[str, Any], before: Mapping[int, Fraction | None], workdays: Workdays) -> Line:
    """The line of one row; `before` holds the completion of the last period by target."""
    standing = of_row(row)
    state = State(row["state"])
    planned, completion, expected, gap = (
        measures.exact(standing, name, workdays) for name in ("planned", "completion", "expected", "gap_pp")
    )
    was = before.get(standing.target_id)
    known = state is State.REPORTED and completion is not None and was is not None
    movement = (completion - was) * 100 if known and completion is not None and was is not None else None
    return Line(standing, row, state, planned, completion, expected, gap, movement)


def counts(lines: Iterable[Line]) -> Counts:
    """How many of the lines are in which state and how they stand."""
    lines = list(lines)
    in_state = {state: sum(line.state is state for line in lines) for state in State}
    gaps = [line.gap for line in lines if line.gap is not None]
    behind = sum(gap < 0 for gap in gaps)
    completed = sum(line.is_completed for line in lines)
    return Counts(
        targets=len(lines),
        reported=in_state[State.REPORTED],
        not_reported=in_state[State.NOT_REPORTED],
        awaited=in_state[State.AWAITED],
        no_target=in_state[State.NO_TARGET],
        not_started=in_state[State.NOT_STARTED],
        compared=len(gaps),
        on_schedule=len(gaps) - behind,
        behind=behind,
        completed=completed,
        reported_share=_share(in_state[State.REPORTED], len(lines)),
        on_schedule_share=_share(len(gaps) - behind, len(gaps)),
        behind_share=_share(behind, len(gaps)),
        completed_share=_share(completed, len(lines)) if completed else None,
    )


def leagues(entries: Iterable[Entry]) -> tuple[League, ...] | None:
    """The groups in which units are ranked, in the order of the plan; None where nobody is."""
    ranked: dict[str | None, list[Entry]] = {}
    for entry in entries:
        if entry.rank:
            ranked.setdefault(entry.group, []).append(entry)
    found = []
    for group, own in ranked.items():
        best, worst = (choose(own, key=lambda e: e.rank or 0).value for choose in (min, max))
        found.append(
            League(
                group=group,
                size=len(own),
                first=sum(entry.value == best for entry in own),
                last=sum(entry.value == worst for entry in own),
                completed=sum(entry.completed for entry in own),
            )
        )
    return tuple(found) or None


def units_in(state: State, lines: Iterable[Line]) -> int:
    """How many units have a target in this state."""
    return len({line.standing.unit for line in lines if line.state is state})


def _share(part: int, whole: int) -> str | None:
    return exact(Fraction(part, whole)) if whole else None


def level_of(line: Line) -> str | None:
    """The level's code; a frame nobody judged has none."""
    code = line.row.get("level")
    return None if code is None else str(code)


def by(name: str, lines: Iterable[Line]) -> defaultdict[str, list[Line]]:
    """Lines under their indicator's or unit's code, in order of first appearance."""
    found: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[getattr(line.standing, name)].append(line)
    return found
