"""What all group robots share: a name in the settings that contacts are given, and Markdown or plain text in parts."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from diaodu.rules.routing import Recipient
from diaodu.settings import Robot, Settings
from notifications.channel import Manners
from notifications.markdown import between_markup, in_markdown
from notifications.message import Answer, Message, Refused
from notifications.posting import TIMEOUT, Poster
from notifications.splitting import numbered


class GroupRobot(ABC):
    """A robot's name is its address: the key in its URL and its secret stay in the settings."""

    kind: ClassVar[str]
    most: ClassVar[int]
    """The longest plain text of one part, by `size`."""
    most_markdown: ClassVar[int]
    shows_markdown: ClassVar[bool]
    """Whether all who may be in a group see Markdown, so that it is sent unless the robot's `markdown` says no."""
    line_break: ClassVar[str] = "\n"
    """What Markdown of this provider shows as the end of a line."""

    def __init__(self, robots: Mapping[str, Robot], timeout: float = TIMEOUT) -> None:
        self._robots = {name: robot for name, robot in robots.items() if robot.kind == self.kind}
        self._poster = Poster(timeout)

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.webhook if recipient.webhook in self._robots else None

    def parts(self, message: Message) -> Sequence[Message]:
        if self.in_markdown(message.address):
            whole = replace(message, text=in_markdown(message, self.line_break))
            return numbered(whole, self.size, self.most_markdown, None, between_markup, self.line_break)
        whole = replace(message, text=f"{message.subject}\n\n{message.text}")
        return numbered(whole, self.size, self.most)

    def in_markdown(self, address: str) -> bool:
        """Whether the robot of this name is spoken to in Markdown."""
        robot = self._robots.get(address)
        said = None if robot is None else robot.markdown
        return self.shows_markdown if said is None else said

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
