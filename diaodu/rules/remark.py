"""What is worth a second look in a policy that can be read (规则提示)."""

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """What is worth a second look in a policy that can be read."""

    HOLE = "hole"
    OVERLAP = "overlap"
    UNREACHABLE = "unreachable"
    COLOUR = "colour"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at, in words with a worked example. `levels` are codes."""

    kind: RemarkKind
    levels: tuple[str, ...]
    words: str
