"""What should have been reached by a day (序时进度), as an exact share of the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

ONE_DAY = timedelta(days=1)


class Trajectory(StrEnum):
    """How a target is spread over its time (序时方式)."""

    MONTHS = "months"  # 按月均衡: m/12 of the way after m whole months
    DAYS = "days"  # 按日均衡
    STEP = "step"  # 节点阶梯: the last due milestone's planned value
    INTERPOLATED = "interpolated"  # 节点内插: straight lines between milestones
    FLAT = "flat"  # 全期同标: the whole target from the first day (growth rates, levels to hold)


@dataclass(frozen=True, slots=True)
class Path:
    """The way from `baseline` to `target`, with the milestones just before and just after the day asked.

    Quantities in millionths; `past_due` is the last milestone on or before the day, `next_due` the first one after it.
    """

    trajectory: Trajectory
    start: date
    due: date
    baseline: int
    target: int
    past_due: date | None = None
    past_planned: int | None = None
    next_due: date | None = None
    next_planned: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A straight piece of a path: `done` parts of `whole` lie behind, between the values `lower` and `upper`."""

    lower: int
    upper: int
    done: int
    whole: int

    @property
    def value(self) -> Fraction:
        return Fraction(self.lower * (self.whole - self.done) + self.upper * self.done, self.whole)


def planned(path: Path, as_of: date) -> Fraction:
    """What should have been reached by the end of `as_of`, in millionths. Nothing before `start`, all from `due` on."""
    return stretch(path, as_of).value


def stretch(path: Path, as_of: date) -> Stretch:
    """The straight piece of the path that `as_of` lies on."""
    if as_of >= path.due:
        return _level(path.target)
    if as_of < path.start:
        return _level(path.baseline)
    return _on_the_way(path, as_of)


def _on_the_way(path: Path, as_of: date) -> Stretch:
    match path.trajectory:
        case Trajectory.MONTHS:
            return Stretch(path.baseline, path.target, whole_months(path.start, as_of), months(path.start, path.due))
        case Trajectory.DAYS:
            days = (path.due - path.start).days + 1
            return Stretch(path.baseline, path.target, (as_of - path.start).days + 1, days)
        case Trajectory.STEP:
            return _level(path.baseline if path.past_planned is None else path.past_planned)
        case Trajectory.INTERPOLATED:
            return _between_milestones(path, as_of)
        case Trajectory.FLAT:
            return _level(path.target)


def _level(value: int) -> Stretch:
    return Stretch(value, value, 0, 1)


def _between_milestones(path: Path, as_of: date) -> Stretch:
    left_day, left = path.start - ONE_DAY, path.baseline
    if path.past_due is not None and path.past_planned is not None:
        left_day, left = path.past_due, path.past_planned
    right_day, right = path.due, path.target
    if path.next_due is not None and path.next_planned is not None and path.next_due < path.due:
        right_day, right = path.next_due, path.next_planned
    return Stretch(left, right, (as_of - left_day).days, (right_day - left_day).days)


def months(start: date, due: date) -> int:
    """Calendar months touched from `start` to `due`, both included: the M of m/M."""
    return (due.year - start.year) * 12 + due.month - start.month + 1


def whole_months(start: date, as_of: date) -> int:
    """Months from `start`'s on that are over at the end of `as_of`: the m of m/M."""
    return months(start, as_of) - (not is_month_end(as_of))


def is_month_end(day: date) -> bool:
    return (day + ONE_DAY).day == 1
