"""A request's life (报送事项): one number asked of one unit for one period, from 待报 to 考核办已定."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from diaodu.rules.workday import Workdays


class RequestState(StrEnum):
    """How a request stands."""

    AWAITED = "awaited"  # 待报
    SUBMITTED = "submitted"  # 已报
    APPROVED = "approved"  # 单位已审
    CHECKED = "checked"  # 牵头单位已核
    CONFIRMED = "confirmed"  # 考核办已定: locked
    RETURNED = "returned"  # 退回: owed again
    MISSING = "missing"  # 缺报: nothing had come when the period closed
    SPARED = "spared"  # 免报: a source supplies it, or it is known already
    WITHDRAWN = "withdrawn"  # 撤销: no longer owed


class RequestAct(StrEnum):
    """What moves a request."""

    ASK = "ask"  # 布置
    SPARE = "spare"  # 免报
    SUBMIT = "submit"  # 报送
    APPROVE = "approve"  # 单位审核
    CHECK = "check"  # 牵头核对
    CONFIRM = "confirm"  # 审定
    RETURN = "return"  # 退回
    CLOSE = "close"  # 到期关闭
    WITHDRAW = "withdraw"  # 撤销
    CORRECT = "correct"  # 更正: the number changes, the state stays


S, A = RequestState, RequestAct
OWED = frozenset({S.AWAITED, S.RETURNED})
"""States in which the unit owes a number and is reminded."""
UNANSWERED = OWED | {S.MISSING}
"""States in which a number was asked for and is not there."""
ANSWERED = frozenset({S.SUBMITTED, S.APPROVED, S.CHECKED, S.CONFIRMED})
"""States in which a number is there."""
TRANSITIONS: dict[tuple[RequestState | None, RequestAct], RequestState] = {
    (None, A.ASK): S.AWAITED,
    (None, A.SPARE): S.SPARED,
    (S.AWAITED, A.SUBMIT): S.SUBMITTED,
    (S.RETURNED, A.SUBMIT): S.SUBMITTED,
    (S.MISSING, A.SUBMIT): S.SUBMITTED,
    (S.SUBMITTED, A.SUBMIT): S.SUBMITTED,
    (S.APPROVED, A.SUBMIT): S.SUBMITTED,
    (S.CHECKED, A.SUBMIT): S.SUBMITTED,
    (S.SPARED, A.ASK): S.AWAITED,
    (S.SUBMITTED, A.APPROVE): S.APPROVED,
    (S.SUBMITTED, A.CHECK): S.CHECKED,
    (S.APPROVED, A.CHECK): S.CHECKED,
    (S.SUBMITTED, A.CONFIRM): S.CONFIRMED,
    (S.APPROVED, A.CONFIRM): S.CONFIRMED,
    (S.CHECKED, A.CONFIRM): S.CONFIRMED,
    (S.SUBMITTED, A.RETURN): S.RETURNED,
    (S.APPROVED, A.RETURN): S.RETURNED,
    (S.CHECKED, A.RETURN): S.RETURNED,
    (S.AWAITED, A.CLOSE): S.MISSING,
    (S.RETURNED, A.CLOSE): S.MISSING,
    (S.AWAITED, A.WITHDRAW): S.WITHDRAWN,
    (S.RETURNED, A.WITHDRAW): S.WITHDRAWN,
    (S.MISSING, A.WITHDRAW): S.WITHDRAWN,
    (S.AWAITED, A.SPARE): S.SPARED,
    (S.CONFIRMED, A.CORRECT): S.CONFIRMED,
}
"""Where each act leads; what is not here cannot be done."""


class Timeliness(StrEnum):
    """Whether a number came in time (报送及时性): data late, never progress late."""

    ON_TIME = "on_time"  # 按时
    LATE = "late"  # 迟报
    MISSING = "missing"  # 未报


@dataclass(frozen=True, slots=True)
class Punctuality:
    """In time, late by so many working days, or not there at all."""

    timeliness: Timeliness
    workdays_late: int = 0


def timeliness(due: date, submitted_on: date | None, workdays: Workdays) -> Punctuality:
    """How a number kept its deadline; `submitted_on` None: it did not come.

    What comes on a rest day has come on the next working day: missed on a Friday, one day late on Sunday.
    """
    if submitted_on is None:
        return Punctuality(Timeliness.MISSING)
    if submitted_on <= due:
        return Punctuality(Timeliness.ON_TIME)
    return Punctuality(Timeliness.LATE, workdays.between(due, workdays.on_or_after(submitted_on)))
