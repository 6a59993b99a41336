"""Messages to the office on the console of the process that sends them: what is left when nothing else is set up."""

import sys
from typing import TextIO

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.channel import Letters
from notifications.message import Accepted, Answer, Message


class Console(Letters):
    """Prints to `out`, by default standard error, where it does not disturb listings."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out

    @classmethod
    def from_settings(cls, _settings: Settings) -> "Console":
        return cls()

    def reach(self, recipient: Recipient) -> str | None:
        """Only the office sits here."""
        return "console" if recipient.unit is None else None

    def send(self, message: Message) -> Answer:
        print(f"{message.subject}\n\n{message.text}\n", file=self._out or sys.stderr, flush=True)
        return Accepted()
