"""What a channel is: a way to reach a person, and nothing more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from diaodu.rules.routing import Recipient
from notifications.message import Answer, Message


@dataclass(frozen=True, slots=True)
class Rate:
    """So many parts to one address within any `span`: fewer than the provider allows, whose clock is its own."""

    most: int
    span: timedelta


@dataclass(frozen=True, slots=True)
class Manners:
    """How the outbox treats people on this channel."""

    rates: tuple[Rate, ...] = ()
    rings: bool = False
    """Messages interrupt: quiet hours hold, and many at once become one digest."""


class Channel(Protocol):
    """One way to reach people. A failure is an answer; an exception out of `send` is a fault of the channel's code."""

    @property
    def manners(self) -> Manners:
        """What the outbox keeps to."""

    def reach(self, recipient: Recipient) -> str | None:
        """The address at which it reaches `recipient`, or None."""

    def parts(self, message: Message) -> Sequence[Message]:
        """The message as it is sent: whole, or in numbered parts within the provider's limit, the same every time."""

    def send(self, part: Message) -> Answer:
        """Hand one part over and say what became of it; called outside any transaction."""


class Letters:
    """The manners of a letter box: any length, at any time, as many as come."""

    @property
    def manners(self) -> Manners:
        return Manners()

    def parts(self, message: Message) -> Sequence[Message]:
        return [message]
