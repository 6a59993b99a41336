"""What a provider's code means: its own number is read, not the HTTP status, which is 200 for most refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from notifications.message import Accepted, Answer, Refused
from notifications.posting import Reply

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A code in the office's words. `later`: worth another try, after `wait` where the provider wants one."""

    words: str
    later: bool = False
    wait: timedelta | None = None


def understood(reply: Reply, field: str, meanings: Mapping[int, Meaning]) -> Answer:
    """What the code in `field` of the body says. A body without one is no acceptance: it may be a proxy's own page.

    A code nobody knows is for good, so that the next channel is tried at once.
    """
    said = reply.said()
    code = said.get(field)
    if code is None:
        return Refused("unreadable", reply.detail, permanent=False)
    if code in (0, "0"):
        return Accepted()
    number = int(code) if isinstance(code, int) or str(code).lstrip("-").isdecimal() else None
    return refused(number, code, reply, meanings)


def refused(number: int | None, code: Any, reply: Reply, meanings: Mapping[int, Meaning]) -> Refused:
    """The refusal with the office's words before the provider's."""
    meaning = meanings.get(number) if number is not None else None
    if meaning is None:
        return Refused(str(code), reply.detail, permanent=True, wait=reply.wait)
    wait = reply.wait or meaning.wait
    return Refused(str(code), f"{meaning.words}：{reply.detail}", permanent=not meaning.later, wait=wait)
