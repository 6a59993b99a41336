"""提前量: whether a calendar is announced long enough before the first deadline that is news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.collection import Round
from diaodu.rules.workday import Workdays


class LeadReason(StrEnum):
    """Why an announcement is early enough, or not (提前量)."""

    NO_MINIMUM = "no_minimum"  # 方案没有规定
    NOTHING_NEW = "nothing_new"  # 没有新的或提前了的时限
    IN_TIME = "in_time"  # 提前量足够
    SHORT = "short"  # 提前量不足


@dataclass(frozen=True, slots=True)
class Lead:
    """The first round whose deadline is news, and the working days until then; both only where there is one."""

    reason: LeadReason
    first: Round | None = None
    ahead: int = 0


def lead(
    dated: Sequence[Round], announced: Mapping[date, date], today: date, minimum: int | None, workdays: Workdays
) -> Lead:
    """How much time units are given for what a calendar announces `today`.

    `dated`: its rounds that are not open yet; `announced`: by as-of day, the unit's deadlines that were known before.
    A deadline that has passed, stays, or moves to a later day is no news.
    """
    if minimum is None:
        return Lead(LeadReason.NO_MINIMUM)
    news = [one for one in dated if today <= one.unit_due < announced.get(one.as_of, date.max)]
    if not news:
        return Lead(LeadReason.NOTHING_NEW)
    first = min(news, key=lambda one: one.unit_due)
    ahead = workdays.between(today, first.unit_due)
    return Lead(LeadReason.IN_TIME if ahead >= minimum else LeadReason.SHORT, first, ahead)
