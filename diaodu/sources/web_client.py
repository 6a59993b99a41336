"""Fetching from somebody's web server, which may be slow, busy, moved or lying: it costs neither time nor secrets."""

import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Any, Self

import httpx
import stamina

from diaodu.language import _
from diaodu.sources.fault import SourceDown

SECONDS = 10.0
"""How long one step of one request may take: connecting, sending, waiting for the next bytes."""
REDIRECTS = 5
logging.getLogger("stamina").addHandler(logging.NullHandler())  # what was tried is told when all tries have failed
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be better the next time."""


@dataclass(frozen=True, slots=True)
class Response:
    """The body of an answer, and the addresses its Link header gives, by relation."""

    data: bytes
    links: dict[str, str]


class _Busy(Exception):
    """To be tried again, after so many seconds where the server said so."""

    def __init__(self, why: str, after: float | None = None) -> None:
        super().__init__(why)
        self.after = after


class WebClient:
    """One source's connection: `options` bound its time and bytes over all requests together."""

    def __init__(self, options: Mapping[str, Any], secret: str | None) -> None:
        prefix = "" if options["auth_prefix"] == "none" else options["auth_prefix"] + " "
        headers = {"Accept": "application/json"} | ({options["auth_header"]: prefix + secret} if secret else {})
        self._bytes, self._attempts = options["megabytes"] * 1_000_000, options["attempts"]
        self._seconds, self._ends = options["seconds"], monotonic() + options["seconds"]
        self._origin: tuple[str, str, int | None] | None = None
        try:
            trusted = ssl.create_default_context(cafile=options["ca_file"])
        except OSError as wrong:
            raise SourceDown(_("{file} 读不出来：{why}").format(file=options["ca_file"], why=wrong)) from None
        # Nothing from the environment: no proxy and no .netrc that nobody here has seen.
        self._client = httpx.Client(headers=headers, verify=trusted, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def get(self, url: httpx.URL) -> Response:
        """What the server says in the end; raises SourceDown."""
        try:
            for attempt in stamina.retry_context(on=self._wait, attempts=self._attempts, timeout=None, wait_max=10):
                with attempt:
                    return self._followed(url)
        except (_Busy, httpx.TransportError) as wrong:
            raise SourceDown(f"{url}：{_reason(wrong)}") from None
        raise AssertionError("an attempt ends by returning or raising")

    def _wait(self, error: Exception) -> bool | timedelta:
        """Whether, and after how long where the server says, it is worth another try."""
        if not isinstance(error, _Busy | httpx.TimeoutException | httpx.NetworkError | httpx.RemoteProtocolError):
            return False
        after = error.after if isinstance(error, _Busy) else None
        if monotonic() + (after or 0) >= self._ends:
            return False
        return True if after is None else timedelta(seconds=after)

    def _followed(self, url: httpx.URL) -> Response:
        """The answer at the end of redirects, which are followed within the server only: the secret goes along."""
        self._origin = self._origin or _origin(url)
        for _step in range(REDIRECTS + 1):
            if _origin(url) != self._origin:
                raise SourceDown(_("{url}：转到了别的服务器，没有跟随").format(url=url))
            found = self._once(url)
            if isinstance(found, Response):
                return found
            url = found
        raise SourceDown(_("{url}：一再转向").format(url=url))

    def _once(self, url: httpx.URL) -> Response | httpx.URL:
        patience = max(0.1, min(SECONDS, self._ends - monotonic()))
        with self._client.stream("GET", url, timeout=patience) as response:
            if response.is_redirect and response.next_request is not None:
                return response.next_request.url
            if response.status_code in AGAIN:
                raise _Busy(f"HTTP {response.status_code}", _retry_after(response))
            if not response.is_success:
                raise SourceDown(f"{url}：HTTP {response.status_code} {_meaning(response.status_code)}".rstrip())
            return Response(
                self._body(url, response), {rel: str(link["url"]) for rel, link in response.links.items() if rel}
            )

    def _body(self, url: httpx.URL, response: httpx.Response) -> bytes:
        parts = []
        for part in response.iter_bytes():
            self._bytes -= len(part)
            if self._bytes < 0:
                raise SourceDown(_("{url}：答复超过了限定的大小，没有取").format(url=url))
            if monotonic() > self._ends:
                raise SourceDown(_("{url}：{n} 秒内没有读完").format(url=url, n=self._seconds))
            parts.append(part)
        return b"".join(parts)


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds the server asks us to wait; a date counts from the server's own clock."""
    said = response.headers.get("Retry-After", "")
    if said.isascii() and said.isdigit() and len(said) < 10:
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - parsedate_to_datetime(response.headers["Date"])).total_seconds())
    except (ValueError, TypeError, KeyError):
        return None


def _meaning(status: int) -> str:
    if status in {401, 403}:
        return _("对方不认可密钥")
    return _("没有这个地址") if status in {404, 410} else ""


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.ConnectTimeout):
        return _("连接超时")
    if isinstance(error, httpx.TimeoutException):
        return _("对方没有及时答复")
    if isinstance(error, httpx.ConnectError):
        return _("连接不上：{why}").format(why=error)
    return str(error) or type(error).__name__
