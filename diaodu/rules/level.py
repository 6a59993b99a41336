"""What a policy is once it has been read: its levels, and what each of them obliges (等级)."""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.routing import NoticeKind


class Issue(StrEnum):
    """Whether a level's notice leaves by itself (发出方式)."""

    AUTOMATIC = "automatic"
    AFTER_REVIEW = "after_review"


@dataclass(frozen=True, slots=True)
class Level:
    """One level (等级). `severity` 0 is fine, above warns, below commends; a colour never carries meaning alone."""

    code: str
    name: str
    colour: str
    severity: int
    when: str | None  # None: reached only by the ladder
    notice: NoticeKind | None
    issue: Issue
    reply_workdays: int | None  # the notice's answer is owed within so many working days
    unmet: str | None  # the level a notice unmet by its deadline leads to


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy in force: its levels, in the order in which their conditions are tried (`by_precedence`)."""

    code: str
    name: str
    source: str
    measure: str | None
    levels: tuple[Level, ...]


def by_precedence(level: Level) -> tuple[bool, bool, int]:
    """Sorts warnings first, the most severe one leading; then commendations, the highest leading; what is fine last."""
    return (level.severity <= 0, level.severity == 0, -abs(level.severity))
