"""Where a source is and what its reader needs to know, secrets by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diaodu.secret import UnknownSecret


def no_secret(name: str) -> str:
    raise UnknownSecret(name)


@dataclass(frozen=True, slots=True)
class Place:
    """A registered source as its reader sees it.

    `as_of` is the day asked for, None when any will do; `today` is the office's day. `senders` are the mail addresses
    of known people in small letters, each with the code of its unit (None: the office). `taken` are the digests of
    files that were taken before and need not be opened again.
    """

    location: str
    options: Mapping[str, Any] = field(default_factory=dict)
    as_of: date | None = None
    today: date | None = None
    secret: Callable[[str], str] = no_secret
    senders: Mapping[str, str | None] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Left:
    """Something a source holds that was not taken this time, and why; no fault of anybody's."""

    name: str
    why: str
