"""What a policy is once it has been read: its levels, and what each of them obliges (等级)."""

from dataclasses import dataclass, replace
from enum import StrEnum

from diaodu.rules.dimension import Dimension
from diaodu.rules.duty import NOTHING_MORE, Duty
from diaodu.rules.routing import NoticeKind


class Issue(StrEnum):
    """Whether a level's notice leaves by itself (发出方式)."""

    AUTOMATIC = "automatic"
    AFTER_REVIEW = "after_review"


class Release(StrEnum):
    """What ends a level's warning once the data are fine (解除方式)."""

    RECOMPUTED = "recomputed"  # 数据好转即销号
    VERIFIED = "verified"  # 申请、核验后由人销号
    PERIODS = "periods"  # 连续若干期好转后销号
    BY_HAND = "by_hand"  # 由人办结销号


class Scope(StrEnum):
    """What a level is given to (适用对象)."""

    ITEM = "item"  # 目标任务
    UNIT = "unit"  # 责任单位: a rule over all its items


@dataclass(frozen=True, slots=True)
class Level:
    """One level (等级). `severity` 0 is fine, above warns, below commends; a colour never carries meaning alone."""

    code: str
    name: str
    colour: str
    severity: int
    when: str | None  # None: reached only by the ladder, or by what `by_dimension` says
    notice: NoticeKind | None
    issue: Issue
    reply_workdays: int | None  # the notice's answer is owed within so many working days
    unmet: str | None  # the level a notice unmet by its deadline leads to
    by_dimension: tuple[tuple[str, str], ...] = ()  # a condition of its own for each dimension (code)
    until: str | None = None  # once given it stays, though its condition no longer holds, until this one does
    through: str | None = None  # the milder level it passes through on its way to a fine one
    dwell: int = 1  # the periods it lasts at least
    release: Release = Release.RECOMPUTED
    release_periods: int = 1  # of `Release.PERIODS`: fine so many periods on end, the present one included
    duty: Duty = NOTHING_MORE

    def condition(self, dimension: str | None) -> str | None:
        """When a target gets it, looked at in one dimension; None where it never does."""
        return dict(self.by_dimension).get(dimension or "") if self.by_dimension else self.when

    @property
    def conditions(self) -> tuple[str, ...]:
        """All its conditions, also the one that releases it."""
        return tuple(text for text in (self.when, *(text for _, text in self.by_dimension), self.until) if text)

    @property
    def is_held(self) -> bool:
        """Whether the level of the period before has a say in it."""
        return self.until is not None or self.through is not None or self.dwell > 1


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy in force: its levels, in the order in which their conditions are tried (`by_precedence`)."""

    code: str
    name: str
    source: str
    measure: str | None
    levels: tuple[Level, ...]
    unit_levels: tuple[Level, ...] = ()
    dimensions: tuple[Dimension, ...] = ()

    @property
    def for_units(self) -> "Policy":
        """The same rules as whole units meet them: the levels for units stand in the place of those for targets."""
        return replace(self, levels=self.unit_levels, unit_levels=(), dimensions=())

    def dimension(self, code: str | None) -> Dimension | None:
        return next((each for each in self.dimensions if each.code == code), None)

    def is_public(self, level: Level) -> bool:
        """Whether a published briefing may name who has it: where a policy says of some warnings that they are told,
        those only; where it says nothing, all but those it withholds. What is no warning may always be told."""
        if level.severity <= 0 or level.duty.publicity is not None:
            return True
        return not level.duty.withheld and not any(o.duty.publicity for o in self.levels if o.severity > 0)


def by_precedence(level: Level) -> tuple[bool, bool, int]:
    """Sorts warnings first, the most severe one leading; then commendations, the highest leading; what is fine last."""
    return (level.severity <= 0, level.severity == 0, -abs(level.severity))
