"""数据不一致: two sources give two numbers for the same target and day; which one holds, or who is asked."""

from dataclasses import dataclass
from enum import StrEnum


class Settlement(StrEnum):
    """How a discrepancy ended."""

    KEPT = "kept"  # 维持原数
    REPLACED = "replaced"  # 改用新数
    WITHDRAWN = "withdrawn"  # 来源已改数: the source says otherwise by now


class Ruling(StrEnum):
    """What becomes of a number that comes in for a day."""

    TAKE = "take"  # 采用
    KEEP = "keep"  # 维持原数
    EXPLAIN = "explain"  # 说明后采用
    ASK = "ask"  # 请单位核实


class Grounds(StrEnum):
    """Why."""

    FIRST = "first"  # 该日尚无数据
    OWN = "own"  # 同一来源改数
    AGREES = "agrees"  # 在容差之内
    GOES_BEFORE = "goes_before"  # 来源优先
    GIVES_WAY = "gives_way"  # 来源让位
    UNDECIDED = "undecided"  # 分不出先后


class Refusal(StrEnum):
    """Why a discrepancy cannot be settled so."""

    SETTLED = "settled"
    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Said:
    """A number in millionths and who says it: a source (1 goes before 2, None gives way), or a person (None)."""

    value: int
    source_id: int | None = None
    precedence: int | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    ruling: Ruling
    grounds: Grounds


def decide(kept: Said | None, came: Said, tolerance: int | None) -> Decision:
    """Whether the number that came takes the place of the one in force for its day (None: there is none).

    A person overrules a source: one that has a precedence only with a comment. A source overrules no person by itself.
    """
    if kept is None:
        return Decision(Ruling.TAKE, Grounds.FIRST)
    if kept.source_id == came.source_id:
        return Decision(Ruling.TAKE, Grounds.OWN)
    by_person = came.source_id is None
    if abs(came.value - kept.value) <= (tolerance or 0):
        return Decision(Ruling.TAKE if by_person else Ruling.KEEP, Grounds.AGREES)
    if by_person:
        return Decision(Ruling.TAKE if kept.precedence is None else Ruling.EXPLAIN, Grounds.GOES_BEFORE)
    if kept.source_id is None:
        return Decision(Ruling.ASK, Grounds.UNDECIDED)
    return _between_sources(kept.precedence, came.precedence)


def _between_sources(kept: int | None, came: int | None) -> Decision:
    """By precedence: 1 goes before 2, and any before none."""
    if kept == came:
        return Decision(Ruling.ASK, Grounds.UNDECIDED)
    if came is None or (kept is not None and kept < came):
        return Decision(Ruling.KEEP, Grounds.GIVES_WAY)
    return Decision(Ruling.TAKE, Grounds.GOES_BEFORE)


def refusal(settlement: Settlement, settled: bool, locked: bool, by: str, reason: str) -> Refusal | None:
    """Why a person may not settle it so; None when they may. `locked`: the day's number has been confirmed."""
    if settled:
        return Refusal.SETTLED
    if not by.strip():
        return Refusal.NO_NAME
    if not reason.strip():
        return Refusal.NO_REASON
    return Refusal.LOCKED if locked and settlement is Settlement.REPLACED else None
