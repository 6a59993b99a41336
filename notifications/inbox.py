"""Messages kept for a unit to read when it comes: the delivery row itself is the letter, so nothing can go wrong."""

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.channel import Letters
from notifications.message import Accepted, Answer, Message


class Inbox(Letters):
    """The address is the unit's code."""

    @classmethod
    def from_settings(cls, _settings: Settings) -> "Inbox":
        return cls()

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.unit

    def send(self, _message: Message) -> Answer:
        return Accepted()
