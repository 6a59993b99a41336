"""Servers that behave as the real ones do: signatures, tokens, lengths in bytes, rates by their own clock, HTTP 200 for
most refusals, and silence where the real one is silent. `said` is what people came to read: (address, text)."""

import json
import re
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import digest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

OK = {"errcode": 0, "errmsg": "ok"}
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


@dataclass
class Provider:
    """What all have: a clock of their own, what was said, and how often somebody was spoken to lately."""

    clock: Callable[[], datetime]
    said: list[tuple[str, str]] = field(default_factory=list)
    asked: int = 0
    _times: dict[str, list[datetime]] = field(default_factory=dict)

    def answer(self, asked: Asked) -> tuple[int, Any]:
        raise NotImplementedError

    def exceeds(self, who: str, most: int, span: timedelta) -> bool:
        """Whether `who` was spoken to `most` times within the span before now."""
        return sum(self.clock() - span < at for at in self._times.get(who, [])) >= most

    def say(self, who: str, text: str) -> None:
        self._times.setdefault(who, []).append(self.clock())
        self.said.append((who, text))


def shown(markdown: str, line_break: str = "\n") -> str:
    """Markdown as people read it: bold without its stars, and a line ended only where the provider ends one."""
    lines = re.sub(r"\*\*([^*\n]+)\*\*", r"\1", markdown).replace(line_break, "\0").replace("\n", " ")
    return lines.replace("\0", "\n")


@dataclass
class WeComRobots(Provider):
    """企业微信群机器人, by key."""

    keys: frozenset[str] = frozenset({"key"})

    def answer(self, asked: Asked) -> tuple[int, Any]:
        key, kind = asked.query.get("key", ""), asked.json["msgtype"]
        content, most = asked.json[kind]["content"], {"text": 2048, "markdown": 4096}[kind]
        if key not in self.keys:
            return 200, {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"}
        if self.exceeds(key, 20, MINUTE):
            return 200, {"errcode": 45009, "errmsg": "api freq out of limit, hint: [2]"}
        if len(content.encode()) > most:
            said = f"{kind}.content exceed max length {most}. invalid Request Parameter"
            return 200, {"errcode": 40058, "errmsg": said}
        if not content:
            return 200, {"errcode": 44004, "errmsg": "empty content"}
        self.say(key, shown(content) if kind == "markdown" else content)
        return 200, OK


@dataclass
class DingTalkRobots(Provider):
    """钉钉群机器人, by token, each with its secret; who is too fast is not heard for ten minutes."""

    secrets: dict[str, str] = field(default_factory=lambda: {"token": "SEC1"})
    _banned: dict[str, datetime] = field(default_factory=dict)

    def answer(self, asked: Asked) -> tuple[int, Any]:
        token = asked.query.get("access_token", "")
        if token not in self.secrets:
            return 200, {"errcode": 300001, "errmsg": "token is not exist"}
        if not self._signed(asked, self.secrets[token]):
            return 200, {"errcode": 310000, "errmsg": "sign not match, more: [https://ding-doc.dingtalk.com]"}
        now = self.clock()
        if now < self._banned.get(token, now) or self.exceeds(token, 20, MINUTE):
            self._banned.setdefault(token, now + 10 * MINUTE)
            return 200, {"errcode": 410100, "errmsg": "send too fast, exceed 20 times per minute"}
        if len(asked.body) > 20_000:
            return 200, {"errcode": 460101, "errmsg": "message too long, exceed 20000 bytes"}
        kind = asked.json["msgtype"]
        if kind == "markdown" and not asked.json[kind].get("title"):
            return 200, {"errcode": 40035, "errmsg": "缺少参数 markdown->title"}
        text = asked.json["text"]["content"] if kind == "text" else shown(asked.json[kind]["text"], "  \n")
        self.say(token, text)
        return 200, OK

    def _signed(self, asked: Asked, secret: str) -> bool:
        timestamp = asked.query.get("timestamp", "0")
        fresh = abs(self.clock().timestamp() * 1000 - int(timestamp)) < HOUR.total_seconds() * 1000
        right = b64encode(digest(secret.encode(), f"{timestamp}\n{secret}".encode(), sha256)).decode()
        return fresh and asked.query.get("sign") == right


@dataclass
class FeishuRobots(Provider):
    """飞书群机器人, by token, each with its secret."""

    secrets: dict[str, str] = field(default_factory=lambda: {"token": "feishu secret"})

    def answer(self, asked: Asked) -> tuple[int, Any]:
        token = asked.path.rpartition("/")[2]
        if token not in self.secrets:
            return 400, {"code": 19001, "msg": "param invalid: incoming webhook access token invalid", "data": {}}
        if len(asked.body) > 20 * 1024:
            return 400, {"code": 9499, "msg": "Bad Request", "data": {}}
        content = asked.json
        timestamp = content.get("timestamp", "0")
        key = f"{timestamp}\n{self.secrets[token]}".encode()
        fresh = abs(self.clock().timestamp() - int(timestamp)) < HOUR.total_seconds()
        if not fresh or content.get("sign") != b64encode(digest(key, b"", sha256)).decode():
            return 200, {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        if self.exceeds(token, 100, MINUTE) or self.exceeds(token, 5, timedelta(seconds=1)):
            return 400, {"code": 11232, "msg": "frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]"}
        is_card = content["msg_type"] == "interactive"
        said = (
            [shown(one["content"]) for one in content["card"]["elements"]] if is_card else [content["content"]["text"]]
        )
        self.say(token, "".join(said))
        return 200, {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}


@dataclass
class WeComServer(Provider):
    """企业微信 applications. What is too long it cuts off, and what is too fast it drops, both without a word."""

    members: frozenset[str] = frozenset({"wangwu"})
    unlicensed: frozenset[str] = frozenset()
    issued: int = 0
    _token: tuple[str, datetime] | None = None
    _seen: dict[bytes, datetime] = field(default_factory=dict)

    def answer(self, asked: Asked) -> tuple[int, Any]:
        return 200, self._give_token(asked) if asked.path.endswith("/gettoken") else self._take(asked)

    def revoke(self) -> None:
        """As when the application's secret is looked at again, or another machine took a newer token."""
        self._token = None

    def _give_token(self, asked: Asked) -> dict[str, Any]:
        if asked.query.get("corpid") != "corp":
            return {"errcode": 40013, "errmsg": "invalid corpid"}
        if asked.query.get("corpsecret") != "secret":
            return {"errcode": 40001, "errmsg": "invalid credential"}
        self.issued += 1
        self._token = f"token{self.issued}", self.clock() + 2 * HOUR
        return OK | {"access_token": self._token[0], "expires_in": 7200}

    def _take(self, asked: Asked) -> dict[str, Any]:
        content, now = asked.json, self.clock()
        to = content["touser"]
        refusal = self._refusal(asked, content, to)
        if refusal is not None:
            return refusal
        interval = timedelta(seconds=content.get("duplicate_check_interval", 1800))
        seen = self._seen.get(asked.body)
        if content.get("enable_duplicate_check") and seen is not None and now - seen < interval:
            return OK | {"msgid": "the one before"}
        self._seen[asked.body] = now
        if not (self.exceeds(to, 30, MINUTE) or self.exceeds(to, 1000, HOUR)):
            self.say(to, content["text"]["content"].encode()[:2048].decode(errors="ignore"))
        return OK | {"msgid": "msg"}

    def _refusal(self, asked: Asked, content: dict[str, Any], to: str) -> dict[str, Any] | None:
        if self._token is None or asked.query.get("access_token") != self._token[0]:
            return {"errcode": 40014, "errmsg": "invalid access_token"}
        if self.clock() >= self._token[1]:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if content["agentid"] != 1000002:
            return {"errcode": 301002, "errmsg": "not allow operate another agent with this accesstoken"}
        if to in self.unlicensed:
            return OK | {"unlicenseduser": to}
        if to not in self.members:
            return {"errcode": 81013, "errmsg": "user & party & tag all invalid", "invaliduser": to}
        return None


@dataclass
class Gateway(Provider):
    """A short message gateway: a key in its header, a code in its JSON, and the telephone's own limits."""

    known: dict[str, str] = field(default_factory=dict)
    """Text by key: a number that was sent before is not sent again."""

    def answer(self, asked: Asked) -> tuple[int, Any]:
        content = asked.json
        text = content["content"]
        if asked.headers.get("x-token") != "gateway secret":
            return 200, {"result": {"code": "A01", "msg": "鉴权失败"}}
        if content["serial"] in self.known:
            return 200, {"result": {"code": "0", "msg": "重复提交"}}
        if not text.startswith("【考核办】"):
            return 200, {"result": {"code": "S02", "msg": "签名未报备"}}
        if len(text.encode("utf-16-le")) // 2 > (67 if "/" in text[5:12] else 70):
            return 200, {"result": {"code": "L01", "msg": "内容超长"}}
        if self.exceeds(content["mobile"], 25, HOUR):
            return 200, {"result": {"code": "F99", "msg": "号码频率超限"}}
        self.known[content["serial"]] = text
        self.say(content["mobile"], text.removeprefix("【考核办】"))
        return 200, {"result": {"code": "0", "msg": "ok"}}


@contextmanager
def running(provider: Provider) -> Iterator[str]:
    """The provider as a server on the loopback; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            url = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(url.query).items()}
            length = int(self.headers.get("Content-Length", "0"))
            body = self.rfile.read(length)
            if len(body) < length:  # the sender died while it spoke
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            provider.asked += 1
            status, said = provider.answer(Asked(url.path, query, headers, body))
            answer = json.dumps(said, ensure_ascii=False).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
