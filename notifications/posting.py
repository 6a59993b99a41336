"""HTTP to somebody else's server, and what came back: one client, one time limit, no redirects followed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import httpx

from notifications.message import Refused

TIMEOUT = 30.0
"""Seconds a server may stay silent."""
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
"""HTTP statuses worth another try."""
READ_AT_MOST = 65_536
EXCERPT = 500
JSON = "application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said with a status that means it understood; `wait` is how long it asked us to stay away."""

    body: bytes
    wait: timedelta | None = None

    @property
    def detail(self) -> str:
        """The beginning of what it said, for the office."""
        return self.body.decode("utf-8", "replace")[:EXCERPT]

    def said(self) -> dict[str, Any]:
        """The body as a JSON object; empty when it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


@lru_cache
def client(timeout: float = TIMEOUT) -> httpx.Client:
    """One for all channels, opened by the first message, because a client reads certificates, which takes a while."""
    return httpx.Client(timeout=timeout)


class Poster:
    """A way to ask and to post."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout

    def post(self, url: str, content: bytes, headers: Mapping[str, str], read: Collection[int] = ()) -> Reply | Refused:
        """The reply; or why there is none: an address that is none, no connection, a status that refuses.

        `read`: statuses that refuse and whose body says more than they do.
        """
        return self._ask("POST", url, content, headers, read)

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Reply | Refused:
        return self._ask("GET", url, None, headers or {}, ())

    def post_json(self, url: str, content: Mapping[str, Any], read: Collection[int] = ()) -> Reply | Refused:
        body = json.dumps(content, ensure_ascii=False).encode()
        return self.post(url, body, {"Content-Type": JSON}, read)

    def _ask(
        self, method: str, url: str, content: bytes | None, headers: Mapping[str, str], read: Collection[int]
    ) -> Reply | Refused:
        try:
            status, reply = self._exchange(method, url, content, headers)
        except (httpx.UnsupportedProtocol, httpx.InvalidURL, ValueError) as wrong:
            return Refused(type(wrong).__name__, str(wrong), permanent=True)
        except httpx.HTTPError as failure:
            return Refused(type(failure).__name__, str(failure), permanent=False)
        if 200 <= status < 300 or (status in read and reply.said()):
            return reply
        return Refused(str(status), reply.detail, permanent=status not in LATER, wait=reply.wait)

    def _exchange(self, method: str, url: str, content: bytes | None, headers: Mapping[str, str]) -> tuple[int, Reply]:
        with client(self._timeout).stream(method, url, content=content, headers=dict(headers)) as response:
            answer = b""
            for chunk in response.iter_bytes():
                answer += chunk
                if len(answer) > READ_AT_MOST:
                    break
            wait = response.headers.get("Retry-After", "")
            asked = timedelta(seconds=int(wait)) if wait.isdecimal() else None
            return response.status_code, Reply(answer, asked)
