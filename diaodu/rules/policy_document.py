"""A policy as an office writes it, in TOML: read with all its faults at once, each with its line (预警规则文本)."""

import re
import tomllib
from typing import Any

from diaodu.rules.grammar import known_measures
from diaodu.rules.level import Issue, Level, Policy, by_precedence
from diaodu.rules.measures import MEASURES
from diaodu.rules.policy_field import PolicyFault, PolicyFaults, Table
from diaodu.rules.routing import NoticeKind
from diaodu.rules.toml_place import places

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "black", "grey")
NOTICES = ("reminder", "warning", "supervision", "interview")
BY_A_PERSON = frozenset({NoticeKind.SUPERVISION, NoticeKind.INTERVIEW})
"""Formal documents, which leave only by a person's decision."""
HEAVIEST = 99

_POLICY_KEYS = ("name", "source", "measure", "level")
_LEVEL_KEYS = ("code", "name", "colour", "severity", "when", "notice", "issue", "reply_within", "unmet")
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_SYNTAX_AT = re.compile(r" \(at line (\d+), column (\d+)\)")


def read_policy(toml_text: str, code: str) -> Policy:
    """The policy a document describes; `code` is the name it goes by. Raises PolicyFaults."""
    try:
        document = tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyFaults([_syntax_fault(toml_text, str(error))]) from None
    where = places(toml_text)
    head = Table((), document, where)
    tables = [Table(("level", number), entries, where) for number, entries in enumerate(_level_tables(head))]
    policy = _policy(head, tables, code)
    faults = [fault for table in (head, *tables) for fault in table.faults]
    if faults:
        raise PolicyFaults(faults)
    return policy


def _syntax_fault(text: str, message: str) -> PolicyFault:
    at = _SYNTAX_AT.search(message)
    line, column = (int(at[1]), int(at[2])) if at else (text.count("\n") + 1, 1)
    reason = message.partition(" (at ")[0]
    return PolicyFault(
        line, column, f"不是TOML的写法（{reason}）", '一行一项，写成 键 = 值，文字用引号，如 name = "红灯"'
    )


def _level_tables(head: Table) -> list[dict[str, Any]]:
    tables = head.entries.get("level", [])
    if isinstance(tables, list) and tables and all(isinstance(table, dict) for table in tables):
        return tables
    head.fault("level", "没有等级", "每个等级以一行 [[level]] 开头")
    return []


def _policy(head: Table, tables: list[Table], code: str) -> Policy:
    head.only(_POLICY_KEYS)
    name, source, measure = head.text("name"), head.optional_text("source"), head.optional_text("measure")
    if measure and measure not in MEASURES:
        head.fault("measure", f"没有“{measure}”这个测度", known_measures(measure))
    levels = [_level(table) for table in tables]
    for key in ("code", "name", "severity"):
        _refuse_repeated(key, tables)
    are_ordered = not any("severity" in table.faulty for table in tables)
    for table, level in zip(tables, levels, strict=True):
        _check_notice(table, level)
        _refuse_unreachable(table, level, levels, are_ordered)
    return Policy(code, name, source or "", measure, tuple(sorted(levels, key=by_precedence)))


def _level(table: Table) -> Level:
    table.only(_LEVEL_KEYS)
    notice = table.optional_choice("notice", NOTICES)
    level = Level(
        code=table.text("code"),
        name=table.text("name"),
        colour=table.choice("colour", COLOURS) or "",
        severity=table.whole("severity", "写整数：预警大于 0，越重越大；正常为 0；表扬小于 0"),
        when=table.condition("when"),
        notice=NoticeKind(notice) if notice else None,
        issue=Issue(table.optional_choice("issue", tuple(Issue)) or Issue.AFTER_REVIEW),
        reply_workdays=table.workdays("reply_within"),
        unmet=table.optional_text("unmet"),
    )
    if level.code and not _CODE.fullmatch(level.code):
        table.fault("code", f"code 写成了“{level.code}”", "小写字母开头，只用小写字母、数字、-和_，不超过32个")
    if abs(level.severity) > HEAVIEST:
        table.fault("severity", f"severity 写成了“{level.severity}”", f"写 -{HEAVIEST} 至 {HEAVIEST} 的整数")
    return level


def _check_notice(table: Table, level: Level) -> None:
    """What goes with a notice, and what a notice goes with."""
    for key in ("issue", "reply_within", "unmet"):
        if table.has(key) and not table.has("notice"):
            table.fault(key, f"没有通知书却有 {key}", "先写 notice，或删去这一行")
    if level.notice is not None and level.severity <= 0 and "severity" not in table.faulty:
        table.fault("notice", "不是预警的等级发通知书", "severity 大于 0 的等级才写 notice")
    if level.notice in BY_A_PERSON and level.issue is Issue.AUTOMATIC:
        table.fault("issue", "督办单、约谈通知书不能自动发出", '写成 issue = "after_review"，由人审核后发出')
    if level.unmet is not None and not table.has("reply_within"):
        table.fault("unmet", "没有回复时限，无从判断到期未完成", '补上 reply_within，如 "5 workdays"')


def _refuse_repeated(key: str, tables: list[Table]) -> None:
    lines: dict[Any, int] = {}
    for table in tables:
        value = repr(table.entries.get(key))
        if table.has(key) and value in lines:
            table.fault(key, f"{key} 与第{lines[value]}行重复：{table.entries[key]}", "每个等级各不相同")
        lines.setdefault(value, table.line(key))


def _refuse_unreachable(table: Table, level: Level, levels: list[Level], are_ordered: bool) -> None:
    higher = [other.code for other in levels if other.severity > level.severity]
    if level.unmet is not None and level.unmet not in higher and are_ordered:
        table.fault("unmet", f"“{level.unmet}”不是更重的等级", f"可写：{'、'.join(higher) or '（没有更重的等级）'}")
    if level.when is None and all(other.unmet != level.code for other in levels):
        table.fault("", f"等级“{level.name}”永远达不到", "写上条件 when，或由别的等级的 unmet 指向它")
