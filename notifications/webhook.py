"""Messages as signed JSON over HTTP, believed delivered only when the body does not say otherwise."""

import hmac
import json
from hashlib import sha256

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.channel import Letters
from notifications.message import Accepted, Answer, Message, Refused
from notifications.posting import JSON, TIMEOUT, Poster

BUSY = frozenset({-1, 45009, 130101})
"""`errcode`s that mean busy or too fast, of the robots somebody may have put behind the address."""


class Webhook(Letters):
    """POSTs `{key, subject, text, html}`; `signature` says how the receiver knows that it is us."""

    def __init__(self, secret: str, timeout: float = TIMEOUT) -> None:
        self._secret, self._poster = secret, Poster(timeout)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Webhook | None":
        """None without a key: an unsigned warning could come from anybody."""
        return cls(settings.webhook_secret) if settings.webhook_secret else None

    def reach(self, recipient: Recipient) -> str | None:
        """An address of the web; a name alone is some robot's."""
        return recipient.webhook if "://" in (recipient.webhook or "") else None

    def send(self, message: Message) -> Answer:
        content = {"key": message.key, "subject": message.subject, "text": message.text, "html": message.html}
        body = json.dumps(content, ensure_ascii=False).encode()
        reply = self._poster.post(message.address, body, self._headers(message, body))
        if isinstance(reply, Refused):
            return reply
        code = reply.said().get("errcode")
        if code in (None, 0, "0"):
            return Accepted()
        return Refused(str(code), reply.detail, permanent=code not in BUSY, wait=reply.wait)

    def _headers(self, message: Message, body: bytes) -> dict[str, str]:
        timestamp = str(int(message.at.timestamp()))
        return {
            "Content-Type": JSON,
            "Idempotency-Key": message.key,
            "X-Diaodu-Timestamp": timestamp,
            "X-Diaodu-Signature": signature(self._secret, timestamp, body),
        }


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`sha256=` and the hex HMAC-SHA256 over the timestamp (Unix seconds), a full stop, and the body as sent."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256)
    return f"sha256={digest.hexdigest()}"
