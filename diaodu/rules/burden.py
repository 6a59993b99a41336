"""基层负担: how much is asked of every unit in a week, and where that is more than the scheme allows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Count:
    """What one unit was put to, on one day or in one week.

    `requests` are numbers asked for, `fields` the cells they take; a message is counted once, however many of the
    unit's people got it, and `deliveries` counts those people.
    """

    requests: int = 0
    fields: int = 0
    messages: int = 0
    deliveries: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.requests + other.requests,
            self.fields + other.fields,
            self.messages + other.messages,
            self.deliveries + other.deliveries,
        )


NOTHING = Count()


@dataclass(frozen=True, slots=True)
class Caps:
    """What the scheme allows one unit and week; None: no cap."""

    requests: int | None = None
    messages: int | None = None


@dataclass(frozen=True, slots=True)
class Excess:
    """A unit that was asked for more numbers in a week than the scheme allows."""

    unit_id: int
    asked: int
    most: int


def monday(day: date) -> date:
    """The first day of the week of `day`: weeks run from Monday to Sunday."""
    return day - timedelta(days=day.weekday())


def span(week: date, zone: tzinfo, weeks: int = 1) -> tuple[datetime, datetime]:
    """The moments [start, end) of so many weeks from the one that begins on the Monday `week`, in the office's zone."""
    first = datetime.combine(week, time(), zone)
    return first, datetime.combine(week + weeks * WEEK, time(), zone)


def by_week(days: Iterable[tuple[int, date, Count]]) -> dict[tuple[int, date], Count]:
    """Days of units, each (unit id, day, what it was put to), summed up by (unit id, Monday)."""
    found: dict[tuple[int, date], Count] = defaultdict(Count)
    for unit_id, day, count in days:
        found[unit_id, monday(day)] += count
    return dict(found)


def over(caps: Caps, count: Count) -> tuple[bool, bool]:
    """Whether the requests and the messages of a week are more than the scheme allows."""
    return (
        caps.requests is not None and count.requests > caps.requests,
        caps.messages is not None and count.messages > caps.messages,
    )


def new_excess(caps: Caps, before: Mapping[int, Count], after: Mapping[int, Count]) -> list[Excess]:
    """Units that new requests took over the week's cap, or further over it."""
    if caps.requests is None:
        return []
    return [
        Excess(unit_id, count.requests, caps.requests)
        for unit_id, count in after.items()
        if count.requests > max(caps.requests, before.get(unit_id, NOTHING).requests)
    ]
