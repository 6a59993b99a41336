"""A bench for every channel that reaches a provider: the channel, a provider that behaves as the real one, and somebody
to reach."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from diaodu.rules.access import Role
from diaodu.rules.routing import Recipient
from diaodu.settings import Robot
from notifications.channel import Channel
from notifications.dingtalk_robot import DingTalkRobot
from notifications.feishu_robot import FeishuRobot
from notifications.mail import Mail
from notifications.sms import Sms
from notifications.webhook import Webhook
from notifications.wecom import WeCom
from notifications.wecom_robot import WeComRobot
from tests.notifications.post import Clock
from tests.notifications.provider import Hook, PostOffice, http, smtp
from tests.notifications.robots import (
    DingTalkRobots,
    FeishuRobots,
    Gateway,
    Provider,
    WeComRobots,
    WeComServer,
    running,
)

SMS_BODY = '{"mobile":"$phone","content":"$text","serial":"$key"}'
SMS_HEADERS = {"Content-Type": "application/json", "X-Token": "gateway secret"}


@dataclass
class Bench:
    """`refused` is the code with which `misled`, a channel set up wrongly, is refused for good."""

    channel: Channel
    recipient: Recipient
    arrived: Callable[[], list[str]]
    misled: Channel | None = None
    refused: str = ""
    knows_keys: bool = True
    address: str = field(init=False)

    def __post_init__(self) -> None:
        self.address = self.channel.reach(self.recipient) or ""


def somebody(**addresses: str) -> Recipient:
    return Recipient(1, Role.REPORTER, "west", **addresses)


@contextmanager
def mail(_clock: Clock) -> Iterator[Bench]:
    office = PostOffice()

    def texts() -> list[str]:
        bodies = {letter["Message-ID"]: letter.get_body(("plain",)) for letter in office.letters}
        return [body.get_content().replace("\r\n", "\n") for body in bodies.values() if body is not None]

    with smtp(office) as (host, port):
        yield Bench(Mail(host, port, "k@example.cn"), somebody(mail="xi@example.cn"), texts)


@contextmanager
def webhook(_clock: Clock) -> Iterator[Bench]:
    hook = Hook()
    with http(hook) as url:
        taken = lambda: list({body["key"]: body["text"] for body in hook.bodies}.values())  # noqa: E731
        yield Bench(Webhook("secret"), somebody(webhook=url), taken)


@contextmanager
def wecom(clock: Clock) -> Iterator[Bench]:
    server = WeComServer(clock)
    with running(server) as url:
        channel, misled = WeCom(url, "corp", 1000002, "secret"), WeCom(url, "corp", 1000002, "guess")
        yield Bench(channel, somebody(wecom="wangwu"), _texts(server), misled, "40001")


@contextmanager
def wecom_robot(clock: Clock) -> Iterator[Bench]:
    server = WeComRobots(clock)
    with running(server) as url:
        channel = WeComRobot({"西区群": Robot(kind="wecom", url=f"{url}/cgi-bin/webhook/send?key=key")})
        misled = WeComRobot({"西区群": Robot(kind="wecom", url=f"{url}/cgi-bin/webhook/send?key=gone")})
        yield Bench(channel, somebody(webhook="西区群"), _texts(server), misled, "93000", knows_keys=False)


@contextmanager
def dingtalk_robot(clock: Clock) -> Iterator[Bench]:
    server = DingTalkRobots(clock)
    with running(server) as url:
        address = f"{url}/robot/send?access_token=token"
        channel = DingTalkRobot({"西区群": Robot(kind="dingtalk", url=address, secret="SEC1")})
        misled = DingTalkRobot({"西区群": Robot(kind="dingtalk", url=address, secret="SEC2")})
        yield Bench(channel, somebody(webhook="西区群"), _texts(server), misled, "310000", knows_keys=False)


@contextmanager
def feishu_robot(clock: Clock) -> Iterator[Bench]:
    server = FeishuRobots(clock)
    with running(server) as url:
        address = f"{url}/open-apis/bot/v2/hook/token"
        channel = FeishuRobot({"西区群": Robot(kind="feishu", url=address, secret="feishu secret")})
        misled = FeishuRobot({"西区群": Robot(kind="feishu", url=address)})
        yield Bench(channel, somebody(webhook="西区群"), _texts(server), misled, "19021", knows_keys=False)


@contextmanager
def sms(clock: Clock) -> Iterator[Bench]:
    server = Gateway(clock)
    with running(server) as url:
        set_up = {"headers": SMS_HEADERS, "signature": "【考核办】", "result": "result.code", "later": ["F99"]}
        channel, misled = (
            Sms(f"{url}/send", SMS_BODY, **set_up),
            Sms(f"{url}/send", SMS_BODY, **set_up | {"headers": {**SMS_HEADERS, "X-Token": "?"}}),
        )  # type: ignore[arg-type]
        yield Bench(channel, somebody(phone="138 0013-8000"), _texts(server), misled, "A01")


BENCHES = {
    "mail": mail,
    "wecom": wecom,
    "wecom_robot": wecom_robot,
    "dingtalk_robot": dingtalk_robot,
    "feishu_robot": feishu_robot,
    "webhook": webhook,
    "sms": sms,
}


def _texts(server: Provider) -> Callable[[], list[str]]:
    return lambda: [text for _, text in server.said]
