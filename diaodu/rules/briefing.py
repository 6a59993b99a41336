"""A briefing's life on one screen: drafted, checked by another, issued, then never changed (拟稿、审核、印发)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class BriefingState(StrEnum):
    """Where a briefing stands."""

    DRAFTED = "drafted"  # 草稿
    REVIEWED = "reviewed"  # 已审核
    ISSUED = "issued"  # 已印发
    WITHDRAWN = "withdrawn"  # 已撤回
    DISCARDED = "discarded"  # 已作废


class BriefingAct(StrEnum):
    """What is done to it: by people, and where marked by the clock."""

    DRAFT = "draft"  # 拟稿: the clock too
    EDIT = "edit"  # 修改: one paragraph in a person's words
    REVIEW = "review"  # 审核
    RETURN = "return"  # 退回
    ISSUE = "issue"  # 签发
    RELEASE = "release"  # 自动印发: by the clock, where the scheme says so
    CORRECT = "correct"  # 更正: a later issue says what is otherwise
    WITHDRAW = "withdraw"  # 撤回
    DISCARD = "discard"  # 作废: the clock too, for a draft nobody touched


class Circulation(StrEnum):
    """Whom the whole briefing may reach (印发范围)."""

    UNITS = "units"  # 发各责任单位
    INTERNAL = "internal"  # 内部: the office and its leaders


class ChangeCause(StrEnum):
    """Why a corrected figure is another one."""

    CORRECTED = "corrected"  # 数据更正: on request, approved
    REPORTED = "reported"  # 补报改报
    RETARGETED = "retargeted"  # 目标调整
    REPLANNED = "replanned"  # 节点调整
    REDEFINED = "redefined"  # 口径调整
    RULED = "ruled"  # 规则调整
    FOLLOWED = "followed"  # 随之变化: of what others changed


class BriefingRefusal(StrEnum):
    """Why a step is not taken."""

    NOT_FROM_HERE = "not_from_here"
    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    OWN_DRAFT = "own_draft"  # who wrote or edited it neither checks nor signs it
    BEFORE_LAST = "before_last"  # dated before the step before
    NO_PARAGRAPH = "no_paragraph"
    NO_TEXT = "no_text"
    SAME_TEXT = "same_text"
    STRAY_NUMBER = "stray_number"  # a number no fact answers for
    PERSONAL = "personal"  # a person's name, number or address
    NOTHING_CHANGED = "nothing_changed"  # a correction of what still holds
    OPEN_DRAFT = "open_draft"  # the same day has a draft that waits


S, A = BriefingState, BriefingAct
TRANSITIONS: dict[BriefingState, dict[BriefingAct, BriefingState]] = {
    S.DRAFTED: {A.EDIT: S.DRAFTED, A.REVIEW: S.REVIEWED, A.RELEASE: S.ISSUED, A.DISCARD: S.DISCARDED},
    S.REVIEWED: {A.EDIT: S.DRAFTED, A.RETURN: S.DRAFTED, A.ISSUE: S.ISSUED, A.DISCARD: S.DISCARDED},
    S.ISSUED: {A.CORRECT: S.ISSUED, A.WITHDRAW: S.WITHDRAWN},
    S.WITHDRAWN: {},
    S.DISCARDED: {},
}
"""From where, by what, leading where. A checked draft that is edited is to be checked again."""

OPEN = frozenset({S.DRAFTED, S.REVIEWED})
OUT = frozenset({S.ISSUED, S.WITHDRAWN})
"""States of a briefing that has its number."""
BY_ANOTHER = frozenset({A.REVIEW, A.ISSUE})
NEEDS_REASON = frozenset({A.EDIT, A.RETURN, A.CORRECT, A.WITHDRAW, A.DISCARD})


@dataclass(frozen=True, slots=True)
class Past:
    """What came before a step: where it led, when it was taken, and whose words the text is."""

    state: BriefingState
    at: datetime
    writers: Collection[str]


def refusal(past: Past, act: BriefingAct, actor: str, reason: str, at: datetime) -> BriefingRefusal | None:
    """Why a person cannot take this step; None when they can."""
    refusals = {
        BriefingRefusal.NO_NAME: not actor.strip(),
        BriefingRefusal.NOT_FROM_HERE: act not in TRANSITIONS[past.state],
        BriefingRefusal.OWN_DRAFT: act in BY_ANOTHER and actor.strip() in past.writers,
        BriefingRefusal.NO_REASON: act in NEEDS_REASON and not reason.strip(),
        BriefingRefusal.BEFORE_LAST: at < past.at,
    }
    return next((why for why, holds in refusals.items() if holds), None)
