"""One `[[level]]` of a policy's text: what it says, and what in it does not go together (等级文本)."""

import re
from collections.abc import Sequence

from diaodu.rules.dimension import Dimension
from diaodu.rules.level import Issue, Level, Scope
from diaodu.rules.policy_duty import DUTIES, read_duty, read_release
from diaodu.rules.policy_field import Table
from diaodu.rules.routing import NoticeKind

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "black", "grey")
NOTICES = ("reminder", "warning", "supervision", "interview")
BY_A_PERSON = frozenset({NoticeKind.SUPERVISION, NoticeKind.INTERVIEW})
"""Formal documents, which leave only by a person's decision."""
HEAVIEST = 99
CODE = re.compile(r"[a-z][a-z0-9_-]{0,31}")

_KEYS = ("scope", "code", "name", "colour", "severity", "when", "until", "through", "dwell")
_TERMS = ("review_within", "sign_within", "reply_within", "rectify_within", "verify_within")
_WITH_NOTICE = ("issue", "signer", "recipients", *_TERMS, "unmet", "release")


def read_level(table: Table, dimensions: Sequence[Dimension]) -> tuple[Scope, Level]:
    """What one table says; faults are noted in it."""
    table.only((*_KEYS, "notice", *_WITH_NOTICE, *DUTIES))
    notice = table.optional_choice("notice", NOTICES)
    scope = Scope(table.optional_choice("scope", tuple(Scope)) or Scope.ITEM)
    below = table.below("when")
    release, periods = read_release(table)
    if below is not None and scope is Scope.UNIT:
        table.fault("when", "单位等级按维度写了条件", "单位等级看全部目标任务的等级，不分维度：when 写成一个条件")
    level = Level(
        code=table.text("code"),
        name=table.text("name"),
        colour=table.choice("colour", COLOURS) or "",
        severity=table.whole("severity", "写整数：预警大于 0，越重越大；正常为 0；表扬小于 0"),
        when=table.condition("when", scope) if below is None else None,
        notice=NoticeKind(notice) if notice else None,
        issue=Issue(table.optional_choice("issue", tuple(Issue)) or Issue.AFTER_REVIEW),
        reply_workdays=table.workdays("reply_within"),
        unmet=table.optional_text("unmet"),
        by_dimension=() if below is None else _by_dimension(below, dimensions),
        until=table.condition("until", scope),
        through=table.optional_text("through"),
        dwell=table.periods("dwell"),
        release=release,
        release_periods=periods,
        duty=read_duty(table),
    )
    _check_head(table, level)
    _check_notice(table, level)
    _check_hold(table, level)
    return scope, level


def _by_dimension(below: Table, dimensions: Sequence[Dimension]) -> tuple[tuple[str, str], ...]:
    """A condition for each dimension named."""
    known = tuple(dimension.code for dimension in dimensions)
    below.only(known)
    said = [(code, below.condition(code)) for code in below.entries if code in known]
    return tuple((code, text) for code, text in said if text)


def _check_head(table: Table, level: Level) -> None:
    if level.code and not CODE.fullmatch(level.code):
        table.fault("code", f"code 写成了“{level.code}”", "小写字母开头，只用小写字母、数字、-和_，不超过32个")
    if abs(level.severity) > HEAVIEST:
        table.fault("severity", f"severity 写成了“{level.severity}”", f"写 -{HEAVIEST} 至 {HEAVIEST} 的整数")


def _check_notice(table: Table, level: Level) -> None:
    """What goes with a notice, and what a notice goes with."""
    for key in _WITH_NOTICE:
        if table.has(key) and not table.has("notice"):
            table.fault(key, f"没有通知书却有 {key}", "先写 notice，或删去这一行")
    if "severity" not in table.faulty and level.severity <= 0:
        for key in ("notice", "interview", "points"):
            if table.has(key):
                what = "发通知书" if key == "notice" else f"有 {key}"
                table.fault(key, f"不是预警的等级{what}", f"severity 大于 0 的等级才写 {key}")
    if level.notice in BY_A_PERSON and level.issue is Issue.AUTOMATIC:
        table.fault("issue", "督办单、约谈通知书不能自动发出", '写成 issue = "after_review"，由人审核后发出')
    if level.unmet is not None and not (table.has("reply_within") or table.has("rectify_within")):
        right = '补上 reply_within 或 rectify_within，如 "5 workdays"'
        table.fault("unmet", "没有回复或整改时限，无从判断到期未完成", right)


def _check_hold(table: Table, level: Level) -> None:
    """What keeps a level over the periods: only of a warning that a condition leads to."""
    for key in ("until", "through", "dwell"):
        if not table.has(key):
            continue
        if not table.has("when"):
            table.fault(key, f"没有条件却有 {key}", "只由到期未完成而来的等级随预警销号解除，删去这一行")
        elif "severity" not in table.faulty and level.severity <= 0:
            table.fault(key, f"不是预警的等级有 {key}", f"severity 大于 0 的等级才写 {key}")
