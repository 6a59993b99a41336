"""The signed webhook, against a real HTTP server."""

import hmac
import json
import socket
from datetime import timedelta
from hashlib import sha256

import pytest

from diaodu.rules.access import Role
from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.message import Accepted, Refused
from notifications.posting import READ_AT_MOST
from notifications.webhook import Webhook, signature
from tests.notifications.provider import NOON, Hook, http, message

SECRET = "共享的钥匙"


def test_the_receiver_can_check_who_sent_it_and_whether_it_has_it_already() -> None:
    hook = Hook()
    with http(hook) as url:
        assert Webhook(SECRET).send(message(url, key="abc/webhook/1")) == Accepted()
    ((headers, body),) = hook.requests
    assert headers["idempotency-key"] == "abc/webhook/1"
    assert headers["x-diaodu-timestamp"] == str(int(NOON.timestamp()))
    signed = headers["x-diaodu-timestamp"].encode() + b"." + body
    assert headers["x-diaodu-signature"] == "sha256=" + hmac.new(SECRET.encode(), signed, sha256).hexdigest()
    assert headers["content-type"] == "application/json; charset=utf-8"
    assert json.loads(body) == {
        "key": "abc/webhook/1",
        "subject": "关于重点项目投资的预警",
        "text": "西区低于序时20.8个百分点。",
        "html": "<p>西区</p>",
    }


def test_a_changed_body_time_or_key_changes_the_signature() -> None:
    signed = signature("a", "1700000000", b"{}")
    assert signed != signature("b", "1700000000", b"{}")
    assert signed != signature("a", "1700000001", b"{}")
    assert signed != signature("a", "1700000000", b"{ }")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, b'{"errcode":0,"errmsg":"ok"}', Accepted()),
        (200, b'{"errcode":"0"}', Accepted()),
        (204, b"", Accepted()),
        (200, b"thank you", Accepted()),
        (200, b"[1]", Accepted()),
        (202, b'{"status":"queued"}', Accepted()),
        (200, b'{"errcode":93000,"errmsg":"invalid webhook url"}', ("93000", True)),
        (200, b'{"errcode":40058,"errmsg":"exceed max length"}', ("40058", True)),
        (200, b'{"errcode":310000,"errmsg":"sign not match"}', ("310000", True)),
        (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}', ("45009", False)),
        (200, b'{"errcode":-1,"errmsg":"system busy"}', ("-1", False)),
        (200, b'{"errcode":130101,"errmsg":"send too fast"}', ("130101", False)),
        (400, b"", ("400", True)),
        (404, b"", ("404", True)),
        (410, b"", ("410", True)),
        (301, b"", ("301", True)),
        (408, b"", ("408", False)),
        (429, b"", ("429", False)),
        (500, b'{"errcode":0}', ("500", False)),
        (503, b"", ("503", False)),
    ],
)
def test_status_and_errcode_together_say_whether_it_arrived(
    status: int, body: bytes, expected: Accepted | tuple[str, bool]
) -> None:
    with http(Hook(lambda _headers, _body: (status, {}, body))) as url:
        answer = Webhook(SECRET).send(message(url))
    assert answer == expected or (isinstance(answer, Refused) and (answer.code, answer.permanent) == expected)


def test_what_the_provider_said_is_kept_for_the_office() -> None:
    with http(Hook(lambda _headers, _body: (200, {}, '{"errcode":93000,"errmsg":"机器人已停用"}'.encode()))) as url:
        answer = Webhook(SECRET).send(message(url))
    assert isinstance(answer, Refused)
    assert "机器人已停用" in answer.detail


def test_a_wait_asked_for_is_kept() -> None:
    with http(Hook(lambda _headers, _body: (429, {"Retry-After": "1800"}, b""))) as url:
        answer = Webhook(SECRET).send(message(url))
    assert isinstance(answer, Refused)
    assert answer.wait == timedelta(minutes=30)


def test_a_redirect_is_not_followed() -> None:
    elsewhere = Hook()
    with (
        http(elsewhere) as other,
        http(Hook(lambda _headers, _body: (307, {"Location": other}, b""))) as url,
    ):
        answer = Webhook(SECRET).send(message(url))
    assert isinstance(answer, Refused)
    assert elsewhere.requests == []


def test_an_endless_answer_is_not_read_to_its_end() -> None:
    with http(Hook(lambda _headers, _body: (500, {}, b"x" * READ_AT_MOST * 50))) as url:
        answer = Webhook(SECRET).send(message(url))
    assert isinstance(answer, Refused)
    assert len(answer.detail) <= 500


def test_a_silent_server_is_left_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        answer = Webhook(SECRET, timeout=0.05).send(message(url))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == ("ReadTimeout", False)


def test_a_closed_port_is_tried_again_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
    answer = Webhook(SECRET).send(message(url))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == ("ConnectError", False)


@pytest.mark.parametrize("address", ["ftp://example.cn/x", "not an address", "http://[::bad", "/path", ""])
def test_an_address_that_is_none_is_refused_for_good(address: str) -> None:
    answer = Webhook(SECRET).send(message(address))
    assert isinstance(answer, Refused)
    assert answer.permanent


def test_nothing_unsigned_leaves() -> None:
    assert Webhook.from_settings(Settings(webhook_secret=None)) is None
    set_up = Webhook.from_settings(Settings(webhook_secret=SECRET))
    assert set_up is not None
    assert set_up.reach(Recipient(1, Role.REPORTER, "west", webhook="http://x/")) == "http://x/"
    assert set_up.reach(Recipient(1, Role.REPORTER, "west", mail="a@b")) is None
