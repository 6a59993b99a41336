"""企业微信群机器人: plain text unless the robot's `markdown` is set, because a WeChat in the group does not show it."""

from datetime import timedelta

from diaodu.settings import Robot, Settings
from notifications.channel import Manners, Rate
from notifications.message import Answer, Message, Refused
from notifications.robot import GroupRobot, robots_of
from notifications.splitting import utf8
from notifications.understanding import MINUTE, Meaning, understood

MEANINGS = {
    -1: Meaning("企业微信系统繁忙", later=True),
    40008: Meaning("消息类型不对"),
    40058: Meaning("消息超过长度"),
    44004: Meaning("消息是空的"),
    45009: Meaning("发得太快（每分钟最多20条）", later=True, wait=MINUTE),
    45033: Meaning("同时发得太多", later=True, wait=MINUTE),
    93000: Meaning("机器人的地址无效，或机器人已被移出群"),
    93008: Meaning("机器人不在群里"),
}


class WeComRobot(GroupRobot):
    kind = "wecom"
    most = 2048
    most_markdown = 4096
    shows_markdown = False

    @classmethod
    def from_settings(cls, settings: Settings) -> "WeComRobot | None":
        robots = robots_of(settings, cls.kind)
        return cls(robots) if robots else None

    @property
    def manners(self) -> Manners:
        return Manners(rates=(Rate(18, timedelta(minutes=1)),), rings=True)

    def size(self, text: str) -> int:
        return utf8(text)

    def _post(self, robot: Robot, part: Message) -> Answer:
        kind = "markdown" if self.in_markdown(part.address) else "text"
        reply = self._poster.post_json(robot.url, {"msgtype": kind, kind: {"content": part.text}})
        return reply if isinstance(reply, Refused) else understood(reply, "errcode", MEANINGS)
