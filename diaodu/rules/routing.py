"""Who hears of it, by which document and channel, and when a failed message is tried again (送达)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from diaodu.rules.access import Role


class NoticeKind(StrEnum):
    """Documents to one unit (通知书)."""

    REMINDER = "reminder"  # 提醒函: the mildest level's document
    WARNING = "warning"  # 预警通知单
    SUPERVISION = "supervision"  # 督办单
    INTERVIEW = "interview"  # 约谈通知书
    CHASE = "chase"  # 报送提醒函: the report is overdue; not a warning, never a level's document


class DeliveryState(StrEnum):
    """What became of one message to one person by one channel."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


class ReceiptAct(StrEnum):
    """What someone at the unit did with a notice (签收)."""

    READ = "read"
    SIGNED = "signed"


class DeliveryReason(StrEnum):
    """Why a message waits, or how one that was not delivered ended."""

    RETRY = "retry"  # 稍后再试: the provider could not take it now
    RATE = "rate"  # 频率所限: as many as this address takes in a while have gone
    QUIET_HOURS = "quiet_hours"  # 静默时段
    DIGEST = "digest"  # 并入汇总
    FELL_BACK = "fell_back"  # 已改走其他渠道
    NOBODY = "nobody"  # 无处可达: somebody has to look


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person as a channel sees them; `person_id` is None where no person is known and the unit itself is told."""

    person_id: int | None
    role: Role | None
    unit: str | None  # code; None for the office
    mail: str | None = None
    webhook: str | None = None
    phone: str | None = None
    wecom: str | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """One message's way."""

    recipient: Recipient
    channel: str
    address: str


Reach = Callable[[Recipient], str | None]
"""The address at which a channel reaches someone; None where it cannot."""

READERS: dict[NoticeKind, frozenset[Role]] = {
    NoticeKind.CHASE: frozenset({Role.REPORTER, Role.REVIEWER}),
    NoticeKind.REMINDER: frozenset({Role.REPORTER, Role.REVIEWER}),
    NoticeKind.WARNING: frozenset({Role.REPORTER, Role.REVIEWER, Role.LEADER}),
    NoticeKind.SUPERVISION: frozenset({Role.REPORTER, Role.REVIEWER, Role.LEADER}),
    NoticeKind.INTERVIEW: frozenset({Role.REVIEWER, Role.LEADER}),
}
"""Whose desk each document lands on. A unit that has nobody in these roles is told through everybody it has."""

BACKOFF = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240, 720))
"""How long to wait after the first, second … temporary failure; after the last one the channel is given up."""


def readers(kind: NoticeKind, people: Sequence[Recipient]) -> list[Recipient]:
    """Those of a unit's people who get a document of this kind."""
    return [p for p in people if p.role in READERS[kind]] or list(people)


def route(recipient: Recipient, ways: Iterable[tuple[str, Reach]]) -> Route | None:
    """The first way, in the order of preference given, that reaches `recipient`."""
    for channel, reach in ways:
        address = reach(recipient)
        if address:
            return Route(recipient, channel, address)
    return None


def routes(people: Sequence[Recipient], unit: str | None, ways: Sequence[tuple[str, Reach]]) -> list[Route]:
    """One route a person; where that reaches nobody, the unit itself (None: the office). An address hears once."""
    found = [r for p in people if (r := route(p, ways))] or [
        r for r in [route(Recipient(None, None, unit), ways)] if r is not None
    ]
    return list({(r.channel, r.address): r for r in reversed(found)}.values())[::-1]


def retry_after(attempts: int) -> timedelta | None:
    """The pause after `attempts` temporary failures; None when it is time to give up."""
    return BACKOFF[attempts - 1] if attempts <= len(BACKOFF) else None
