"""飞书群机器人: a card in Markdown unless the robot's `markdown` says no, signed when the robot has a secret."""

import hmac
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

from diaodu.settings import Robot, Settings
from notifications.channel import Manners, Rate
from notifications.message import Answer, Message, Refused
from notifications.posting import Reply
from notifications.robot import GroupRobot, robots_of
from notifications.splitting import in_json
from notifications.understanding import MINUTE, Meaning, understood

TOO_FAST = Meaning("发得太快（每秒5条、每分钟100条）", later=True, wait=MINUTE)
MEANINGS = {
    9499: Meaning("请求格式不对，或超过20 KB"),
    11232: TOO_FAST,
    11246: Meaning("消息内容不对"),
    19001: Meaning("机器人的地址无效"),
    19002: Meaning("缺少消息类型"),
    19021: Meaning("签名不符，或时间相差超过一小时"),
    19022: Meaning("来源地址不在白名单"),
    19024: Meaning("缺少设定的关键词"),
    99991400: TOO_FAST,
}


class FeishuRobot(GroupRobot):
    kind = "feishu"
    most = 18_000  # of 20 KB of the whole request
    most_markdown = 17_000  # beside the card around it
    shows_markdown = True

    @classmethod
    def from_settings(cls, settings: Settings) -> "FeishuRobot | None":
        robots = robots_of(settings, cls.kind)
        return cls(robots) if robots else None

    @property
    def manners(self) -> Manners:
        return Manners(rates=(Rate(4, timedelta(seconds=1)), Rate(90, timedelta(minutes=1))), rings=True)

    def size(self, text: str) -> int:
        return in_json(text)

    def _post(self, robot: Robot, part: Message) -> Answer:
        content: dict[str, Any] = {"msg_type": "text", "content": {"text": part.text}}
        if self.in_markdown(part.address):
            card = {"elements": [{"tag": "markdown", "content": part.text}]}
            content = {"msg_type": "interactive", "card": card}
        if robot.secret:
            timestamp = str(int(part.at.timestamp()))
            content |= {"timestamp": timestamp, "sign": signature(robot.secret, timestamp)}
        reply = self._poster.post_json(robot.url, content, read=(400, 429))
        return reply if isinstance(reply, Refused) else _understood(reply)


def _understood(reply: Reply) -> Answer:
    """9499 is said for a bad request and for too many of them; only its text tells which."""
    meanings = MEANINGS | ({9499: TOO_FAST} if "too many" in reply.detail.lower() else {})
    return understood(reply, "code", meanings)


def signature(secret: str, timestamp: str) -> str:
    """Base64 of the HMAC-SHA256 over nothing, keyed with time (seconds), line break and secret."""
    return b64encode(hmac.digest(f"{timestamp}\n{secret}".encode(), b"", sha256)).decode()
