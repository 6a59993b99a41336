"""The way out: take one message under a lease, send it outside any transaction, mark what became of it.

A sender that dies leaves a message under a lease; when that runs out another sends it again, with the same key.
So every message goes out at least once, and exactly once to receivers that know keys.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.rules.routing import BACKOFF, DeliveryState, Route, retry_after
from diaodu.storage import delivery as store
from diaodu.storage.reminder import is_answered
from diaodu.storage.session import transaction
from models.delivery import Delivery
from notifications.channel import Channel
from notifications.message import Accepted, Answer, Message, Refused, Words

LEASE = timedelta(minutes=10)
"""Longer than any channel takes for one message."""
TIRED = 3
"""After so many temporary failures in a row a channel rests until the next drain."""

MOST_ATTEMPTS = len(BACKOFF) + 1
GAVE_UP = Refused("gave_up", "every sender died with it", permanent=True)
ANSWERED = Refused("answered", "所催数据已报，不必再催", permanent=True)
"""Not sent, for what it reminds of has come since it was written."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Drained:
    """What became of the messages one drain took. `lost` leases were taken over by another sender meanwhile."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    lost: int = 0
    dropped: int = 0
    """Reminders of what had come meanwhile."""


@dataclass(slots=True)
class Outbox:
    """One sender. `clock` is asked for every message, because leases are held against the time of day."""

    engine: Engine
    channels: Mapping[str, Channel]
    home: Path
    holder: str
    clock: Callable[[], datetime]
    lease: timedelta = LEASE
    _failures: Counter[str] = field(default_factory=Counter)

    def drain(self) -> Drained:
        """Send whatever is due, until nothing is left or every channel rests."""
        done = Drained()
        self._failures.clear()
        while (taken := self._take()) is not None:
            delivery, message = taken
            if message is None:
                answer: Answer = ANSWERED
            elif delivery.attempts > MOST_ATTEMPTS:
                answer = GAVE_UP
            else:
                answer = self._hand_over(delivery.channel, message)
            with transaction(self.engine) as session:
                outcome = self._mark(session, delivery, answer)
            setattr(done, outcome, getattr(done, outcome) + 1)
        return done

    def _take(self) -> tuple[Delivery, Message | None] | None:
        """One delivery and what to send; nothing to send when it reminds of what has come."""
        now = self.clock()
        resting = frozenset(name for name, count in self._failures.items() if count >= TIRED)
        with transaction(self.engine) as session:
            delivery = store.claim(session, self.holder, now, now + self.lease, resting)
            if delivery is None:
                return None
            if is_answered(session, delivery):
                return delivery, None
            file = store.file_of(session, delivery)
        attachment = self.home / file if file is not None else None
        return delivery, Message(
            delivery.key, delivery.address, delivery.subject, delivery.text, delivery.html, now, attachment
        )

    def _hand_over(self, name: str, message: Message) -> Answer:
        channel = self.channels.get(name)
        if channel is None:
            return Refused("channel_closed", f"{name} is not set up", permanent=True)
        try:
            answer = channel.send(message)
        except Exception as fault:
            log.exception("channel %s broke on message %s", name, message.key)
            answer = Refused(type(fault).__name__, str(fault), permanent=False)
        tired = isinstance(answer, Refused) and not answer.permanent
        self._failures[name] = self._failures[name] + 1 if tired else 0
        return answer

    def _mark(self, session: Session, delivery: Delivery, answer: Answer) -> str:
        now = self.clock()
        if isinstance(answer, Accepted):
            return "sent" if store.mark_sent(session, delivery, now) else "lost"
        pause = None if answer.permanent else retry_after(delivery.attempts)
        if pause is not None:
            until = now + max(pause, answer.wait or pause)
            return "put_off" if store.put_off(session, delivery, until, answer.code, answer.detail) else "lost"
        if not store.mark_failed(session, delivery, answer.code, answer.detail):
            return "lost"
        if answer is ANSWERED:
            return "dropped"
        self._fall_back(session, delivery, now)
        return "failed"

    def _fall_back(self, session: Session, failed: Delivery, now: datetime) -> None:
        """Write the same message for the next channel that reaches the person, unless it has been told there."""
        recipient, about = store.recipient_of(session, failed), failed.key.split("/", 1)[0]
        for name, channel in self.channels.items():
            address = channel.reach(recipient)
            if address is None:
                continue
            way = Route(recipient, name, address)
            match store.state_of(session, key_for(about, way)):
                case None:
                    words = Words(failed.subject, failed.text, failed.html)
                    session.add(letter(about, way, words, now, failed.notice_id, failed.id))
                    return
                case DeliveryState.FAILED:
                    continue
                case _:
                    return
        log.error("message %s reaches nobody: %s %s", failed.key, failed.error_code, failed.error)


def key_for(about: str, way: Route) -> str:
    """The idempotency key: the same matter is told once by one channel to one address."""
    return f"{about}/{way.channel}/{sha256(way.address.encode()).hexdigest()[:16]}"


def letter(
    about: str, way: Route, words: Words, now: datetime, notice_id: int | None, instead_of: int | None = None
) -> Delivery:
    """A message to be sent: `about` is the matter's own key, never used for another, without a slash."""
    return Delivery(
        key=key_for(about, way),
        notice_id=notice_id,
        person_id=way.recipient.person_id,
        channel=way.channel,
        address=way.address,
        subject=words.subject,
        text=words.text,
        html=words.html,
        state=DeliveryState.PENDING,
        not_before=now,
        instead_of=instead_of,
        created_at=now,
    )
