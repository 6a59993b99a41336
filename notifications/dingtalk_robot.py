"""钉钉群机器人: Markdown unless the robot's `markdown` says no, signed when the robot has a secret."""

import hmac
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from typing import Any

import httpx

from diaodu.settings import Robot, Settings
from notifications.channel import Manners, Rate
from notifications.message import Answer, Message, Refused
from notifications.robot import GroupRobot, robots_of
from notifications.splitting import in_json
from notifications.understanding import MINUTE, Meaning, understood

TITLE = 100
"""Characters of the subject that the list of conversations shows."""
BANNED = 10 * MINUTE
"""How long DingTalk drops the messages of a robot that was too fast."""
MEANINGS = {
    -1: Meaning("钉钉系统繁忙", later=True),
    130101: Meaning("发得太快（每分钟最多20条）", later=True, wait=BANNED),
    300001: Meaning("机器人的地址无效"),
    310000: Meaning("安全设置不符：签名、时间、关键词或来源地址"),
    400013: Meaning("群已解散"),
    400101: Meaning("机器人的地址无效"),
    400102: Meaning("机器人已停用"),
    400105: Meaning("消息类型不对"),
    400106: Meaning("机器人不存在"),
    410100: Meaning("发得太快（每分钟最多20条）", later=True, wait=BANNED),
    430101: Meaning("含有不安全的链接"),
    430102: Meaning("含有不合适的文字"),
    460101: Meaning("消息超过长度"),
}


class DingTalkRobot(GroupRobot):
    kind = "dingtalk"
    most = 18_000  # of 20,000 bytes of the whole request
    most_markdown = 17_000  # beside the title
    shows_markdown = True
    line_break = "  \n"

    @classmethod
    def from_settings(cls, settings: Settings) -> "DingTalkRobot | None":
        robots = robots_of(settings, cls.kind)
        return cls(robots) if robots else None

    @property
    def manners(self) -> Manners:
        return Manners(rates=(Rate(18, timedelta(minutes=1)),), rings=True)

    def size(self, text: str) -> int:
        return in_json(text)

    def _post(self, robot: Robot, part: Message) -> Answer:
        url = robot.url
        if robot.secret:
            timestamp = str(int(part.at.timestamp() * 1000))
            signed = {"timestamp": timestamp, "sign": signature(robot.secret, timestamp)}
            url = str(httpx.URL(url).copy_merge_params(signed))
        content: dict[str, Any] = {"msgtype": "text", "text": {"content": part.text}}
        if self.in_markdown(part.address):
            content = {"msgtype": "markdown", "markdown": {"title": part.subject[:TITLE], "text": part.text}}
        reply = self._poster.post_json(url, content)
        return reply if isinstance(reply, Refused) else understood(reply, "errcode", MEANINGS)


def signature(secret: str, timestamp: str) -> str:
    """Base64 of the HMAC-SHA256 over time (milliseconds), line break and secret; the URL encodes it once, not twice."""
    return b64encode(hmac.digest(secret.encode(), f"{timestamp}\n{secret}".encode(), sha256)).decode()
