"""What all group robots share: a name in the settings that contacts are given, and plain text in numbered parts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from diaodu.rules.routing import Recipient
from diaodu.settings import Robot, Settings
from notifications.channel import Manners
from notifications.message import Answer, Message, Refused
from notifications.posting import TIMEOUT, Poster
from notifications.splitting import numbered


class GroupRobot(ABC):
    """A robot's name is its address: the key in its URL and its secret stay in the settings."""

    kind: ClassVar[str]
    most: ClassVar[int]
    """The longest text of one part, by `size`."""

    def __init__(self, robots: Mapping[str, Robot], timeout: float = TIMEOUT) -> None:
        self._robots = {name: robot for name, robot in robots.items() if robot.kind == self.kind}
        self._poster = Poster(timeout)

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.webhook if recipient.webhook in self._robots else None

    def parts(self, message: Message) -> Sequence[Message]:
        whole = replace(message, text=f"{message.subject}\n\n{message.text}")
        return numbered(whole, self.size, self.most)

    def send(self, part: Message) -> Answer:
        robot = self._robots.get(part.address)
        if robot is None:
            return Refused("no_such_robot", f"配置里没有这个机器人：{part.address}", permanent=True)
        return self._post(robot, part)

    @property
    @abstractmethod
    def manners(self) -> Manners: ...

    @abstractmethod
    def size(self, text: str) -> int:
        """How the provider measures a text."""

    @abstractmethod
    def _post(self, robot: Robot, part: Message) -> Answer:
        """Say one part through one robot."""


def robots_of(settings: Settings, kind: str) -> dict[str, Robot]:
    """The robots of one provider, by name."""
    return {name: robot for name, robot in settings.robots.items() if robot.kind == kind}
