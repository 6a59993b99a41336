"""Where a source is and what its reader needs to know, secrets by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


class UnknownSecret(LookupError):
    """No secret of this name is set."""


def no_secret(name: str) -> str:
    raise UnknownSecret(name)


@dataclass(frozen=True, slots=True)
class Place:
    """A registered source as its reader sees it.

    `as_of` is the day asked for, None when any will do. `senders` are the mail addresses of known people, each with
    the code of its unit (None: the office).
    """

    location: str
    options: Mapping[str, Any] = field(default_factory=dict)
    as_of: date | None = None
    secret: Callable[[str], str] = no_secret
    senders: Mapping[str, str | None] = field(default_factory=dict)
