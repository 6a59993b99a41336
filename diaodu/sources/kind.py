"""The small protocol every source obeys: where it is, what it wants to know, and everything found there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from diaodu.sources.option import Option
from diaodu.sources.place import Left, Place
from diaodu.sources.plan import PlanFile


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds, file by file; a file that cannot be taken bears its faults.

    `left` is what is there and not to be taken now, `passed` what was never wanted; `known` names the files that were
    taken before.
    """

    files: list[PlanFile] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    passed: list[Left] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


Reader = Callable[[Place], Found]
"""Everything found at a place. Raises SourceDown when nothing is known of it, Faults when it is wrong as a whole."""


def _no_conflicts(_options: Mapping[str, Any], _location: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source. `located` gives the location as it is kept, or raises Wrong; `where` says what it is.

    `asks_day`: what it holds depends on the day asked for. `conflicts` says, by option, what would be right where sound
    options do not go together, or not with the location.
    """

    read: Reader
    where: str
    located: Callable[[str], str]
    options: Sequence[Option] = ()
    asks_day: bool = False
    conflicts: Callable[[Mapping[str, Any], str], Mapping[str, str]] = _no_conflicts
