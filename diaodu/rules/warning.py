"""A warning's life on one screen: an obligation that stays open until its release condition holds (预警)."""

from enum import StrEnum


class WarningState(StrEnum):
    """Where an obligation stands."""

    PROPOSED = "proposed"  # 待审核
    ISSUED = "issued"  # 已发出
    ACKNOWLEDGED = "acknowledged"  # 已签收
    PLANNED = "planned"  # 已报整改计划
    EVIDENCED = "evidenced"  # 已报整改佐证
    VERIFIED = "verified"  # 已核验
    CLOSED = "closed"  # 已销号
    RETURNED = "returned"  # 退回
    EXEMPTED = "exempted"  # 豁免
    WITHDRAWN = "withdrawn"  # 撤回


class Act(StrEnum):
    """What a person may do to a warning."""

    ISSUE = "issue"  # 审核发出
    CHANGE_LEVEL = "change_level"  # 改级发出: issued at another level than proposed
    POSTPONE = "postpone"  # 暂缓: the proposal waits until a day
    DECLINE = "decline"  # 不予升级: a proposed rise is refused
    ACKNOWLEDGE = "acknowledge"  # 签收
    PLAN = "plan"  # 报送整改计划
    EVIDENCE = "evidence"  # 报送整改佐证
    APPLY = "apply"  # 申请消警: put right already, to be checked and released
    VERIFY = "verify"  # 核验通过
    RETURN = "return"  # 退回
    CLOSE = "close"  # 销号
    EXEMPT = "exempt"  # 豁免
    WITHDRAW = "withdraw"  # 撤回
    HAND_OVER = "hand_over"  # 移交: another person, or unit, answers for it


S, A = WarningState, Act
ENDS_EARLY: dict[Act, WarningState | None] = {A.EXEMPT: S.EXEMPTED, A.WITHDRAW: S.WITHDRAWN}
TRANSITIONS: dict[WarningState, dict[Act, WarningState | None]] = {
    S.PROPOSED: {A.ISSUE: S.ISSUED, A.CHANGE_LEVEL: S.ISSUED, A.POSTPONE: S.PROPOSED, A.DECLINE: None, **ENDS_EARLY},
    S.ISSUED: {A.ACKNOWLEDGE: S.ACKNOWLEDGED, A.HAND_OVER: S.ISSUED, **ENDS_EARLY},
    S.ACKNOWLEDGED: {A.PLAN: S.PLANNED, A.APPLY: S.EVIDENCED, A.HAND_OVER: S.ACKNOWLEDGED, **ENDS_EARLY},
    S.PLANNED: {
        A.EVIDENCE: S.EVIDENCED,
        A.APPLY: S.EVIDENCED,
        A.RETURN: S.RETURNED,
        A.HAND_OVER: S.PLANNED,
        **ENDS_EARLY,
    },
    S.EVIDENCED: {A.VERIFY: S.VERIFIED, A.RETURN: S.RETURNED, A.HAND_OVER: S.EVIDENCED, **ENDS_EARLY},
    S.RETURNED: {
        A.PLAN: S.PLANNED,
        A.EVIDENCE: S.EVIDENCED,
        A.APPLY: S.EVIDENCED,
        A.HAND_OVER: S.RETURNED,
        **ENDS_EARLY,
    },
    S.VERIFIED: {A.CLOSE: S.CLOSED, A.RETURN: S.RETURNED, A.WITHDRAW: S.WITHDRAWN},
    S.EXEMPTED: {A.ISSUE: S.ISSUED, A.WITHDRAW: S.WITHDRAWN},
    S.CLOSED: {},
    S.WITHDRAWN: {},
}
"""What people may do, from where, leading where; None is back to where the unit stood before the proposed rise.
What the clock and the data do stands in `rules.obligation`."""

TOLD = frozenset({S.ISSUED, S.ACKNOWLEDGED, S.PLANNED, S.EVIDENCED, S.RETURNED})
"""From where the office may also close a warning whose level says that people close it (`level.Release.BY_HAND`)."""

OVER = frozenset({S.CLOSED, S.WITHDRAWN})
AWAITS_REPLY = frozenset({S.ISSUED, S.ACKNOWLEDGED, S.RETURNED})
"""States in which the unit owes an answer by the notice's deadline."""

HAS_PLAN = frozenset({S.PROPOSED, S.PLANNED, S.EVIDENCED, S.VERIFIED})
"""States in which the day the unit promised still counts; while a rise is proposed it counts on in the background."""


class Cause(StrEnum):
    """Why a warning moved, or did not (shown to people and stored)."""

    OPENED = "opened"  # a verdict reached a warning level
    WORSENED = "worsened"  # a more severe level
    EASED = "eased"  # a less severe level that still warns
    LADDER = "ladder"  # the last notice went unmet by its deadline
    RECOVERED = "recovered"  # the level no longer warns
    EXEMPTION_OVER = "exemption_over"  # the exemption ran out and the target still lags
    UNACKNOWLEDGED = "unacknowledged"  # signed for, but no plan by the deadline: to be signed for again, in a new term
    RESCHEDULED = "rescheduled"  # the working days turned out otherwise, and the deadline with them
    BY_PERSON = "by_person"
    # and why nothing moved:
    UNCHANGED = "unchanged"  # same level as before: nothing new to say
    FINE = "fine"  # no warning, and nothing to warn of
    DATA_LATE = "data_late"  # no report: neither progress nor recovery can be judged
    AWAITED = "awaited"  # the report is not due yet
    SOURCE_DOWN = "source_down"  # a source owes the number: nobody's fault here
    NOTHING_TO_JUDGE = "nothing_to_judge"  # no target, or before its first day
    NO_LEVEL = "no_level"  # a hole in the policy leaves the obligation as it was
    UNANSWERED = "unanswered"  # a milder level, but the notice is overdue and unanswered
    AWAITS_RELEASE = "awaits_release"  # the data are fine, and the rule wants people to release it
    AWAITS_PERIODS = "awaits_periods"  # the data are fine, and the rule wants them so for some periods on end
    EXEMPT = "exempt"  # exempted, and the exemption still runs
    SETTLED = "settled"  # a person decided on these very data, and no newer or worse ones have come
    SUPERSEDED = "superseded"  # a later day has been judged already
    SHOWN_ONLY = "shown_only"  # a total, or a row shown beside the assessed units
