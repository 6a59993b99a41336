"""A level's condition as people read it, for the notice that rests on it (依据条款)."""

import re

from diaodu.rules.level import Level, Policy
from diaodu.rules.measure_family import measure_of, spelled
from diaodu.rules.verdict import Reason

UNITS = {"percentage points": "个百分点", "days": "天", "working days": "个工作日", "months": "个月", "count": "个"}
_SIGNS = {"<=": "≤", ">=": "≥", "<>": "≠", "!=": "≠"}
_BETWEEN = re.compile(r"\s*\bBETWEEN\s+(\S+)\s+AND\s+([^\s)]+)", re.IGNORECASE)
_AMONG = re.compile(r"\s*\bIN\s*\(([^)]*)\)", re.IGNORECASE)
_WORDS = {"AND": "且", "OR": "或", "NOT": "非", "IS": "为", "NULL": "空"}


def clause(
    policy: Policy, level: Level, by_ladder: bool, dimension: str | None = None, reason: Reason | None = None
) -> str:
    """Where it is written that this level applies; of several dimensions what the one says that spoke."""
    why = "上一份通知书到期未完成" if by_ladder else _kept(level, reason) or terms(policy, level, dimension)
    return f"《{policy.name}》“{level.name}”：{why}"


def _kept(level: Level, reason: Reason | None) -> str | None:
    """Why a level stays whose own terms no longer hold."""
    if reason is Reason.HELD and level.until is not None:
        return f"未达到解除条件（{in_words(level.until)}）"
    return {
        Reason.DWELLING: f"未满最短期数（{level.dwell}期）",
        Reason.PASSING: "由更重的等级好转，先经过本级",
    }.get(reason or Reason.LEVEL_MATCHED)


def terms(policy: Policy, level: Level, dimension: str | None = None) -> str:
    """When a level is given, in words; of one dimension, or by dimension where each has terms of its own."""
    if level.by_dimension:
        said = policy.dimension(dimension)
        own = level.condition(dimension) if said is not None else None
        if said is not None and own is not None:
            return f"{said.name}：{in_words(own)}"
        names = {dimension.code: dimension.name for dimension in policy.dimensions}
        return "；".join(f"{names.get(code, code)}：{in_words(text)}" for code, text in level.by_dimension)
    return in_words(level.when) if level.when else "上一份通知书到期未完成"


def in_words(condition: str) -> str:
    """A condition with its measures named and its signs spelled as in print."""
    text = _BETWEEN.sub(r"在\1至\2之间", " ".join(condition.split()))
    text = _AMONG.sub(lambda found: f"为{'、'.join(n.strip() for n in found[1].split(','))}之一", text)
    text = re.sub("|".join(map(re.escape, _SIGNS)), lambda sign: _SIGNS[sign[0]], text)
    text = re.sub(r"[A-Za-z_]+(?:\([\d, ]*\))?", lambda word: _word(word[0]), text)
    return re.sub(r"\s*([<>=≤≥≠且或非为空]+)\s*", r"\1", text)


def _word(word: str) -> str:
    if word.upper() in _WORDS:
        return _WORDS[word.upper()]
    measure = measure_of(spelled(word))
    unit = UNITS.get(measure.unit)
    return f"{measure.chinese}（{unit}）" if unit else measure.chinese
