"""报送情况: what units did in a round, counted: reported, awaited, overdue, returned, missing, and how punctually."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date

from diaodu.rules.request import ANSWERED, OWED, RequestState, Timeliness, timeliness
from diaodu.rules.workday import Workdays


@dataclass(frozen=True, slots=True)
class Line:
    """So many numbers of one unit in one round that stand alike. `submitted_on`: when a number first came."""

    state: RequestState
    due: date
    submitted_on: date | None
    count: int


@dataclass(frozen=True, slots=True)
class Response:
    """Counts of numbers. `asked` is the sum of reported, awaited, overdue, returned and missing.

    Of those that came, `on_time` and `late` by their first coming; `worst` is the most working days any was late.
    """

    reported: int = 0
    awaited: int = 0
    overdue: int = 0
    returned: int = 0
    missing: int = 0
    spared: int = 0
    withdrawn: int = 0
    on_time: int = 0
    late: int = 0
    worst: int = 0

    @property
    def asked(self) -> int:
        return self.reported + self.awaited + self.overdue + self.returned + self.missing

    @property
    def owed(self) -> int:
        """What has not come, or came and was returned."""
        return self.asked - self.reported


SUMMED = tuple(f.name for f in fields(Response) if f.name != "worst")
TIMED = ANSWERED | OWED
"""States in which a number came: it may have been returned since."""
PLACES = {
    **dict.fromkeys(ANSWERED, "reported"),
    RequestState.AWAITED: "awaited",
    RequestState.RETURNED: "returned",
    RequestState.MISSING: "missing",
    RequestState.SPARED: "spared",
    RequestState.WITHDRAWN: "withdrawn",
}
"""Under which count each state goes; what is awaited after its deadline is overdue."""


def response(lines: Iterable[Line], today: date, workdays: Workdays) -> Response:
    """A unit's lines counted as of a day, on the unit's own calendar."""
    counts, worst = Counter[str](), 0
    for line in lines:
        is_overdue = line.state is RequestState.AWAITED and today > line.due
        counts["overdue" if is_overdue else PLACES[line.state]] += line.count
        if line.submitted_on is not None and line.state in TIMED:
            kept = timeliness(line.due, line.submitted_on, workdays)
            counts["on_time" if kept.timeliness is Timeliness.ON_TIME else "late"] += line.count
            worst = max(worst, kept.workdays_late)
    return Response(**counts, worst=worst)


def total(responses: Iterable[Response]) -> Response:
    """All of them together."""
    counts, worst = Counter[str](), 0
    for one in responses:
        counts.update({name: getattr(one, name) for name in SUMMED})
        worst = max(worst, one.worst)
    return Response(**counts, worst=worst)
