"""Facts that single units are told: what each of their tasks has ahead of it, their open warnings, their promises."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ahead:
    """What one task is to reach next: a milestone's value, what is planned for the next period's end, or its target.

    `owed` is what is missing today, `more` what is missing for `planned` on `day`, `rest` what is missing for the whole
    target by `due`: exact fractions of millionths, 0 where it is reached, None where there is no value to count from or
    no direction to count in. Of an indicator that should stay low they say how much is too much.
    """

    name: str | None  # the milestone's; None for the end of a period or of the task
    day: str
    planned: str
    owed: str | None
    more: str | None
    due: str
    rest: str | None
    direction: str


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning that is open or moved since the period before; `moved`: opened, worsened, eased, closed.

    Without an indicator it is the unit as a whole that is warned.
    """

    unit: str
    indicator: str | None
    level: str
    severity: int
    state: str
    opened_as_of: str
    reply_due: str | None
    rectify_by: str | None
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What a unit promised at a meeting; `met` is None as long as nobody can tell."""

    unit: str
    indicator: str
    name: str
    due: str
    planned: int
    met: bool | None
