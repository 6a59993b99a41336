"""Messages as signed JSON over HTTP, believed delivered only when the body does not say otherwise."""

import hmac
import json
from datetime import timedelta
from functools import cached_property
from hashlib import sha256

import httpx

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.message import Accepted, Answer, Message, Refused

TIMEOUT = 30.0
"""Seconds a server may stay silent."""
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses worth another try."""
BUSY = frozenset({-1, 45009, 130101})
"""`errcode`s that mean busy or too fast: WeCom -1 and 45009, DingTalk 130101."""
READ_AT_MOST = 65_536
EXCERPT = 500


class Webhook:
    """POSTs `{key, subject, text, html}`; `signature` says how the receiver knows that it is us."""

    def __init__(self, secret: str, timeout: float = TIMEOUT) -> None:
        self._secret, self._timeout = secret, timeout

    @cached_property
    def _client(self) -> httpx.Client:
        """Opened by the first message: it reads certificates, which takes a while."""
        return httpx.Client(timeout=self._timeout)

    @classmethod
    def from_settings(cls, settings: Settings) -> "Webhook | None":
        """None without a key: an unsigned warning could come from anybody."""
        return cls(settings.webhook_secret) if settings.webhook_secret else None

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.webhook

    def send(self, message: Message) -> Answer:
        content = {"key": message.key, "subject": message.subject, "text": message.text, "html": message.html}
        body = json.dumps(content, ensure_ascii=False).encode()
        try:
            status, wait, answer = self._post(message.address, body, self._headers(message, body))
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, ValueError) as wrong:
            return Refused(type(wrong).__name__, str(wrong), permanent=True)
        except httpx.HTTPError as failure:
            return Refused(type(failure).__name__, str(failure), permanent=False)
        return understood(status, answer, wait)

    def _headers(self, message: Message, body: bytes) -> dict[str, str]:
        timestamp = str(int(message.at.timestamp()))
        return {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": message.key,
            "X-Diaodu-Timestamp": timestamp,
            "X-Diaodu-Signature": signature(self._secret, timestamp, body),
        }

    def _post(self, url: str, body: bytes, headers: dict[str, str]) -> tuple[int, timedelta | None, bytes]:
        with self._client.stream("POST", url, content=body, headers=headers) as response:
            answer = b""
            for chunk in response.iter_bytes():
                answer += chunk
                if len(answer) > READ_AT_MOST:
                    break
            wait = response.headers.get("Retry-After", "")
            return response.status_code, timedelta(seconds=int(wait)) if wait.isdecimal() else None, answer


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`sha256=` and the hex HMAC-SHA256 over the timestamp (Unix seconds), a full stop, and the body as sent."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256)
    return f"sha256={digest.hexdigest()}"


def understood(status: int, answer: bytes, wait: timedelta | None = None) -> Answer:
    """What HTTP status and body mean together: many robots answer 200 with an `errcode` in the body."""
    detail = answer.decode("utf-8", "replace")[:EXCERPT]
    if not 200 <= status < 300:
        return Refused(str(status), detail, permanent=status not in LATER, wait=wait)
    code = _errcode(answer)
    if code in (None, 0, "0"):
        return Accepted()
    return Refused(str(code), detail, permanent=code not in BUSY, wait=wait)


def _errcode(answer: bytes) -> object:
    try:
        said = json.loads(answer)
    except ValueError:
        return None
    return said.get("errcode") if isinstance(said, dict) else None
