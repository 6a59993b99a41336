"""What a channel is: a way to reach a person, and nothing more."""

from typing import Protocol

from diaodu.rules.routing import Recipient
from notifications.message import Answer, Message


class Channel(Protocol):
    """One way to reach people. A failure is an answer; an exception out of `send` is a fault of the channel's code."""

    def reach(self, recipient: Recipient) -> str | None:
        """The address at which it reaches `recipient`, or None."""

    def send(self, message: Message) -> Answer:
        """Hand the message over and say what became of it; called outside any transaction."""
