"""Why a condition was refused: where it is wrong, what was found there, and what would be right."""

import re

from sqlglot import exp
from sqlglot.errors import ParseError

EXAMPLE = "写成与测度的比较，如 gap_pp < -10"
_WIDE = re.compile(r"[＜＞＝（）－＋＊／，．≤≥≠]")


class ConditionFault(ValueError):
    """A condition that cannot be used; `line` and `column` count from 1."""

    def __init__(self, line: int, column: int, found: str, right: str) -> None:
        super().__init__(f"第{line}行第{column}列：{found}；{right}")
        self.line, self.column, self.found, self.right = line, column, found, right


def at_offset(text: str, offset: int, found: str, right: str) -> ConditionFault:
    """A fault at a character of the condition's text, counted from 0."""
    before = text[:offset]
    return ConditionFault(before.count("\n") + 1, offset - before.rfind("\n"), found, right)


def at_node(text: str, node: exp.Expr, found: str, right: str) -> ConditionFault:
    """A fault at the first word of a node; where the parser kept no place for it, of what stands around it."""
    place: exp.Expr | None = node
    while place is not None:
        starts = [n.meta["start"] for n in place.walk() if "start" in n.meta]
        if starts:
            return at_offset(text, min(starts), found, right)
        place = place.parent
    return at_offset(text, 0, found, right)


def unparsable(text: str, error: ParseError) -> ConditionFault:
    """A fault where the parser gave up."""
    first = error.errors[0]
    word, reason = str(first["highlight"]), str(first["description"])
    line, column = int(first["line"]), int(first["col"]) - len(word) + 1
    wide = _WIDE.search(text)
    if wide:
        return at_offset(text, wide.start(), f"有全角或特殊符号“{wide.group()}”", "用半角的 < > = <= >= <> ( ) -")
    if word == "%":
        return ConditionFault(line, column, "有百分号", "不写百分号：百分之八十写作 0.8，十个百分点写作 10")
    if "missing" in reason:
        return ConditionFault(line, column, f"“{word}”前后缺少内容", EXAMPLE)
    if "Expecting )" in reason:
        return ConditionFault(line, column, "括号没有配对", "补上右括号")
    return ConditionFault(line, column, f"“{word}”出现在这里，读不懂", EXAMPLE)


def untokenizable(text: str) -> ConditionFault:
    """A fault at the quote that never ends."""
    offset = min((at for quote in "'\"`" if (at := text.find(quote)) >= 0), default=0)
    return at_offset(text, offset, "引号没有配对", "条件里不用引号，文字不能与数比较")
