"""One message as every channel gets it, and what the channel answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from diaodu.rules.routing import DeliveryReason


@dataclass(frozen=True, slots=True)
class Words:
    """What is said, in the three forms channels ask for."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Message:
    """`key` is the same however often the message is tried: receivers that know keys take it once."""

    key: str
    address: str
    subject: str
    text: str
    html: str
    at: datetime  # this attempt's moment
    attachment: Path | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The channel took the message."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The channel did not. `code` is the provider's own; `permanent` when trying again is of no use."""

    code: str
    detail: str
    permanent: bool
    wait: timedelta | None = None  # how long the provider asked us to stay away


Answer = Accepted | Refused


@dataclass(frozen=True, slots=True)
class Held:
    """We keep it back ourselves: no try, and no fault of anybody's."""

    reason: DeliveryReason
    until: datetime
