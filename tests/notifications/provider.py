"""Real servers on loopback that the channels talk to: SMTP and HTTP, each answering as the test says."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.message import Message

NOON = datetime(2023, 11, 3, 4, tzinfo=UTC)


def message(address: str, key: str = "k/mail/1", attachment: Path | None = None) -> Message:
    return Message(
        key, address, "关于重点项目投资的预警", "西区低于序时20.8个百分点。", "<p>西区</p>", NOON, attachment
    )


@dataclass
class PostOffice:
    """Takes letters, or answers as `at_rcpt` and `at_data` say."""

    at_rcpt: str = "250 OK"
    at_data: str = "250 OK"
    letters: list[EmailMessage] = field(default_factory=list)
    users: dict[str, str] = field(default_factory=dict)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: Any) -> str:  # noqa: N802
        if self.at_rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_rcpt

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            letter = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            self.encrypted.append(session.ssl is not None)
        return self.at_data

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        known = self.users.get(given.login.decode()) == given.password.decode()
        return AuthResult(success=known, handled=False) if not known else AuthResult(success=True)


class _AnyPort(Controller):
    """The library's controller greets the port it was asked for, also when that is 0."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def smtp(office: PostOffice, tls: ssl.SSLContext | None = None, implicit: bool = False) -> Iterator[tuple[str, int]]:
    """A running SMTP server; its address. `implicit`: encrypted before the first word, without STARTTLS."""
    controller = _AnyPort(
        office,
        hostname="127.0.0.1",
        port=0,
        ssl_context=tls if implicit else None,
        tls_context=None if implicit else tls,
        require_starttls=tls is not None and not implicit,
        authenticator=office.authenticate if office.users else None,
        auth_required=bool(office.users),
        auth_require_tls=tls is not None,
        server_hostname="mx.example.cn",
    )
    controller.start()
    try:
        yield "127.0.0.1", controller.port
    finally:
        controller.stop()


@dataclass
class Hook:
    """Takes JSON; `answer` decides on status, headers and body of every reply, after the request has been kept."""

    answer: Callable[[dict[str, str], bytes], tuple[int, dict[str, str], bytes]] = field(
        default=lambda _headers, _body: (200, {}, b'{"errcode":0,"errmsg":"ok"}')
    )
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.requests]


@contextmanager
def http(hook: Hook) -> Iterator[str]:
    """A running HTTP server; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {k.lower(): v for k, v in self.headers.items()}
            hook.requests.append((headers, body))
            status, more, answer = hook.answer(headers, body)
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/robot"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
