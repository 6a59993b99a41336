"""What each provider's code means: for good, or worth another try, and after how long; and it is told to the office."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest

from diaodu.rules.access import Role
from diaodu.rules.routing import Recipient
from diaodu.settings import Robot, Settings
from notifications import dingtalk_robot, feishu_robot, wecom, wecom_robot
from notifications.message import Accepted, Refused
from notifications.sms import Sms
from notifications.understanding import Meaning
from notifications.wecom import WeCom
from tests.notifications.benches import SMS_BODY, SMS_HEADERS
from tests.notifications.post import Clock
from tests.notifications.provider import NOON, Hook, http, message
from tests.notifications.robots import Asked, FeishuRobots, Provider, WeComServer, running

FOR_GOOD, MINUTE, TEN = None, timedelta(minutes=1), timedelta(minutes=10)
NOW = timedelta(0)
CASES: list[tuple[str, str, timedelta | None]] = [
    ("wecom", '{"errcode":93000,"errmsg":"invalid webhook url"}', FOR_GOOD),
    ("wecom", '{"errcode":40058,"errmsg":"text.content exceed max length 2048"}', FOR_GOOD),
    ("wecom", '{"errcode":45009,"errmsg":"api freq out of limit"}', MINUTE),
    ("wecom", '{"errcode":45033,"errmsg":"api concurrent out of limit"}', MINUTE),
    ("wecom", '{"errcode":-1,"errmsg":"system busy"}', NOW),
    ("wecom", '{"errcode":"45009","errmsg":"as a text"}', MINUTE),
    ("wecom", '{"errcode":12345,"errmsg":"what nobody knows"}', FOR_GOOD),
    ("wecom", "<html>a proxy's own page</html>", NOW),
    ("wecom", "[0]", NOW),
    ("dingtalk", '{"errcode":310000,"errmsg":"sign not match"}', FOR_GOOD),
    ("dingtalk", '{"errcode":310000,"errmsg":"keywords not in content"}', FOR_GOOD),
    ("dingtalk", '{"errcode":310000,"errmsg":"ip 1.2.3.4 not in whitelist"}', FOR_GOOD),
    ("dingtalk", '{"errcode":300001,"errmsg":"token is not exist"}', FOR_GOOD),
    ("dingtalk", '{"errcode":400102,"errmsg":"robot disabled"}', FOR_GOOD),
    ("dingtalk", '{"errcode":460101,"errmsg":"message too long"}', FOR_GOOD),
    ("dingtalk", '{"errcode":130101,"errmsg":"send too fast, exceed 20 times per minute"}', TEN),
    ("dingtalk", '{"errcode":410100,"errmsg":"send too fast"}', TEN),
    ("dingtalk", '{"errcode":-1,"errmsg":"system busy"}', NOW),
    ("feishu", '{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}', FOR_GOOD),
    ("feishu", '{"code":19021,"msg":"sign match fail"}', FOR_GOOD),
    ("feishu", '{"code":19022,"msg":"Ip Not Allowed"}', FOR_GOOD),
    ("feishu", '{"code":19024,"msg":"Key Words Not Found"}', FOR_GOOD),
    ("feishu", '{"code":9499,"msg":"Bad Request"}', FOR_GOOD),
    ("feishu", '{"code":9499,"msg":"too many request"}', MINUTE),
    ("feishu", '{"code":11232,"msg":"frequency limited"}', MINUTE),
    ("feishu", '{"StatusCode":0,"StatusMessage":"success"}', NOW),  # the old form, without the code we read
]
ROBOTS = {
    "wecom": wecom_robot.WeComRobot,
    "dingtalk": dingtalk_robot.DingTalkRobot,
    "feishu": feishu_robot.FeishuRobot,
}
TABLES: dict[str, Mapping[int, Meaning]] = {
    "wecom": wecom.MEANINGS,
    "wecom_robot": wecom_robot.MEANINGS,
    "dingtalk_robot": dingtalk_robot.MEANINGS,
    "feishu_robot": feishu_robot.MEANINGS,
}


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize(("kind", "body", "wait"), CASES)
def test_a_robots_code_says_whether_to_try_again(kind: Any, body: str, wait: timedelta | None, status: int) -> None:
    with http(Hook(lambda *_: (status if kind == "feishu" else 200, {}, body.encode()))) as url:
        answer = ROBOTS[kind]({"群": Robot(kind=kind, url=url)}).send(message("群"))
    assert isinstance(answer, Refused)
    assert (answer.permanent, answer.wait or NOW) == (wait is None, wait or NOW)
    assert body[:20] in answer.detail


@pytest.mark.parametrize("name", TABLES)
def test_every_code_is_explained_in_the_manual(name: str) -> None:
    page = (Path(__file__).parents[2] / "docs/channels.md").read_text(encoding="utf-8")
    section = re.search(rf"^### `{name}`(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    assert section is not None
    rows = dict(re.findall(r"^\| `(-?\d+)` \| ([^|]+) \|", section[1], re.MULTILINE))
    assert {int(code): words.strip() for code, words in rows.items()} == {
        code: meaning.words for code, meaning in TABLES[name].items()
    }


def test_the_office_reads_its_own_words_before_the_providers() -> None:
    with http(Hook(lambda *_: (200, {}, b'{"errcode":93000,"errmsg":"invalid webhook url"}'))) as url:
        answer = wecom_robot.WeComRobot({"群": Robot(kind="wecom", url=url)}).send(message("群"))
    assert isinstance(answer, Refused)
    assert answer.detail.startswith("机器人的地址无效，或机器人已被移出群：")


def test_a_robot_taken_out_of_the_settings_is_refused_for_good() -> None:
    answer = wecom_robot.WeComRobot({}).send(message("群"))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == ("no_such_robot", True)


def test_a_silent_server_is_tried_again_later() -> None:
    robot = Robot(kind="wecom", url="http://127.0.0.1:9/")
    answer = wecom_robot.WeComRobot({"群": robot}).send(message("群"))
    assert isinstance(answer, Refused)
    assert not answer.permanent


def test_a_signature_is_encoded_once() -> None:
    asked: list[Asked] = []

    class Listening(Provider):
        def answer(self, request: Asked) -> tuple[int, Any]:
            asked.append(request)
            return 200, {"errcode": 0}

    with running(Listening(Clock())) as url:
        robot = Robot(kind="dingtalk", url=f"{url}/robot/send?access_token=a%2Bb", secret="SEC1")
        assert dingtalk_robot.DingTalkRobot({"群": robot}).send(message("群")) == Accepted()
    (request,) = asked
    assert request.query["access_token"] == "a+b"
    assert request.query["timestamp"] == str(int(NOON.timestamp() * 1000))
    assert request.query["sign"] == dingtalk_robot.signature("SEC1", request.query["timestamp"])


def test_feishu_counts_its_seconds_and_forgives_an_hour() -> None:
    clock = Clock()
    with running(FeishuRobots(clock)) as url:
        robot = Robot(kind="feishu", url=f"{url}/hook/token", secret="feishu secret")
        channel = feishu_robot.FeishuRobot({"群": robot})
        answers = []
        for minutes in (0, 59, 2):
            clock.turn(minutes=minutes)
            answers.append(channel.send(message("群")))
    assert [isinstance(answer, Accepted) for answer in answers] == [True, True, False]


class TestWeComApplication:
    """Tokens, and the many ways in which WeCom says 0 and delivers nothing."""

    def test_a_token_is_fetched_once_and_again_before_it_ends(self) -> None:
        clock = Clock()
        server = WeComServer(clock)
        with running(server) as url:
            channel = WeCom(url, "corp", 1000002, "secret")
            for number in range(5):
                said = replace(message("wangwu", key=f"{number}"), text=f"{number}", at=clock())
                assert channel.send(said) == Accepted()
                clock.turn(minutes=29)
        assert server.issued == 2
        assert len(server.said) == 5

    def test_a_token_revoked_is_fetched_anew_within_the_same_message(self) -> None:
        server = WeComServer(Clock())
        with running(server) as url:
            channel = WeCom(url, "corp", 1000002, "secret")
            assert channel.send(message("wangwu")) == Accepted()
            server.revoke()
            assert channel.send(replace(message("wangwu"), text="又一条")) == Accepted()
        assert (server.issued, len(server.said)) == (2, 2)

    @pytest.mark.parametrize(("to", "code"), [("nobody", "81013"), ("zhaoliu", "unlicenseduser")])
    def test_a_member_left_out_is_a_refusal(self, to: str, code: str) -> None:
        server = WeComServer(Clock(), unlicensed=frozenset({"zhaoliu"}))
        with running(server) as url:
            answer = WeCom(url, "corp", 1000002, "secret").send(message(to))
        assert isinstance(answer, Refused)
        assert (answer.code, answer.permanent, server.said) == (code, True, [])

    def test_zero_with_an_invalid_user_is_a_refusal(self) -> None:
        class Polite(WeComServer):
            def answer(self, asked: Asked) -> tuple[int, Any]:
                status, said = super().answer(asked)
                return status, said | ({"errcode": 0} if said.get("invaliduser") else {})

        with running(Polite(Clock())) as url:
            answer = WeCom(url, "corp", 1000002, "secret").send(message("nobody"))
        assert isinstance(answer, Refused)
        assert (answer.code, answer.permanent) == ("invaliduser", True)

    @pytest.mark.parametrize(
        ("corp", "agent", "secret", "code"),
        [("other", 1000002, "secret", "40013"), ("corp", 1000002, "x", "40001"), ("corp", 7, "secret", "301002")],
    )
    def test_what_is_set_up_wrongly_is_refused_for_good(self, corp: str, agent: int, secret: str, code: str) -> None:
        with running(WeComServer(Clock())) as url:
            answer = WeCom(url, corp, agent, secret).send(message("wangwu"))
        assert isinstance(answer, Refused)
        assert (answer.code, answer.permanent) == (code, True)

    def test_it_is_there_when_all_three_settings_are(self) -> None:
        assert WeCom.from_settings(Settings(wecom_corp="corp", wecom_agent=1000002)) is None
        assert WeCom.from_settings(Settings(wecom_corp="corp", wecom_agent=1000002, wecom_secret="x")) is not None


class TestSms:
    """A gateway is what its settings say."""

    @pytest.mark.parametrize(
        ("result", "reply", "expected"),
        [
            ("code", b'{"code":"0"}', Accepted()),
            ("code", b'{"code":0}', Accepted()),
            ("data[0].status", b'{"data":[{"status":"OK"}]}', Accepted()),
            ("code", b'{"code":"A01"}', ("A01", True)),
            ("code", b'{"code":"F99"}', ("F99", False)),
            ("code", b'{"error":"?"}', ("unreadable", False)),
            ("code", b"<html>", ("unreadable", False)),
            (None, b"0,20231103120000", Accepted()),
            (None, b"OK:1234", ("OK:1234", True)),
            (None, b"-2,no money", ("-2", True)),
            (None, b"", ("unreadable", False)),
        ],
    )
    def test_its_code_is_found_where_the_settings_say(
        self, result: str | None, reply: bytes, expected: Accepted | tuple[str, bool]
    ) -> None:
        with http(Hook(lambda *_: (200, {}, reply))) as url:
            channel = Sms(url, "$text", result=result, accepted=("0", "OK"), later=("F99",))
            answer = channel.send(message("13800138000"))
        assert answer == expected or (isinstance(answer, Refused) and (answer.code, answer.permanent) == expected)

    @pytest.mark.parametrize("charset", ["utf-8", "gbk"])
    def test_a_form_is_written_in_the_gateways_charset(self, charset: str) -> None:
        hook = Hook(lambda *_: (200, {}, b"0"))
        with http(hook) as url:
            channel = Sms(url, "mobile=$phone&content=$text", charset=charset, signature="【考核办】")
            (part,) = channel.parts(replace(message("13800138000"), subject="预警", text="进度 50% & 更低"))
            assert channel.send(part) == Accepted()
        ((headers, body),) = hook.requests
        fields = dict(pair.split("=") for pair in body.decode("ascii").split("&"))
        assert headers["content-type"] == f"application/x-www-form-urlencoded; charset={charset}"
        assert _unquoted(fields["content"], charset) == "【考核办】预警\n进度 50% & 更低"

    def test_json_is_written_as_json(self) -> None:
        hook = Hook(lambda *_: (200, {}, b"0"))
        with http(hook) as url:
            (part,) = Sms(url).parts(replace(message("13800138000"), subject="预警", text='他说："快\\慢"\n完'))
            Sms(url, SMS_BODY, SMS_HEADERS).send(part)
        assert hook.bodies[0]["content"] == '预警\n他说："快\\慢"\n完'

    def test_a_gateway_may_be_asked_with_get(self) -> None:
        asked: list[Asked] = []

        class Old(Provider):
            def answer(self, request: Asked) -> tuple[int, Any]:
                asked.append(request)
                return 200, 0

        with running(Old(Clock())) as url:
            channel = Sms(f"{url}/sms?to=$phone&msg=$text&id=$key")
            assert channel.send(replace(message("13800138000", key="a/sms/1"), text="低于 50%&")) == Accepted()
        assert asked[0].query == {"to": "13800138000", "msg": "低于 50%&", "id": "a/sms/1"}

    @pytest.mark.parametrize(
        ("url", "body", "charset"),
        [("http://x/$who", None, "utf-8"), ("http://x/", "$", "utf-8"), ("http://x/", "$text", "gbk")],
    )
    def test_what_cannot_be_written_is_refused_for_good(self, url: str, body: str | None, charset: str) -> None:
        answer = Sms(url, body, {}, charset).send(replace(message("13800138000"), text="👨"))
        assert isinstance(answer, Refused)
        assert (answer.code, answer.permanent) == ("unwritable", True)

    @pytest.mark.parametrize(
        ("phone", "reached"),
        [
            ("13800138000", "13800138000"),
            ("+86 138-0013-8000", "13800138000"),
            ("86 13800138000", "13800138000"),
            ("0371-66666666", None),
            ("12345", None),
            (None, None),
        ],
    )
    def test_it_reaches_mobile_telephones(self, phone: str | None, reached: str | None) -> None:
        from_settings = Sms.from_settings(Settings(sms_url="http://127.0.0.1/"))
        assert from_settings is not None
        assert from_settings.reach(Recipient(1, Role.REPORTER, "west", phone=phone)) == reached

    def test_without_a_gateway_there_is_none(self) -> None:
        assert Sms.from_settings(Settings(sms_url=None)) is None


def _unquoted(text: str, charset: str) -> str:
    return unquote_plus(text, encoding=charset)
