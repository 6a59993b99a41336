"""The way out: take one message under a lease, send it outside any transaction, mark what became of it.

A sender that dies leaves a message under a lease; when that runs out another goes on where it was. What a channel is
known to have accepted never leaves again; the one part in flight when a sender died leaves again, with the same key.
So every part goes out at least once, and exactly once to receivers that know keys.

What arrived is marked in the transaction that takes the next message, so that a message costs one transaction only.
"""

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from diaodu.rules.routing import BACKOFF, DeliveryReason, retry_after
from diaodu.storage import delivery as store
from diaodu.storage import digest as digests
from diaodu.storage import handover
from diaodu.storage.distribution import withheld_now
from diaodu.storage.handover import Begun
from diaodu.storage.reminder import is_answered
from diaodu.storage.session import transaction
from models.delivery import Delivery
from models.notice import Notice
from notifications.channel import Channel
from notifications.etiquette import Etiquette
from notifications.fallback import fall_back
from notifications.message import Answer, Held, Message, Refused

LEASE = timedelta(minutes=10)
"""Longer than any channel takes for one part."""
TIRED = 3
"""After so many temporary failures in a row a channel rests until the next drain."""

MOST_ATTEMPTS = len(BACKOFF) + 1
GAVE_UP = Refused("gave_up", "every sender died with it", permanent=True)
LOST = Refused("lease_lost", "another sender goes on with it", permanent=False)
ANSWERED = Refused("answered", "所催数据已报，不必再催", permanent=True)
"""Not sent, for what it reminds of has come since it was written."""
WITHHELD = Refused("withheld", "收件人已无权收取这份简报，或简报已撤回", permanent=True)
"""Not sent, for its reader may not have it any more."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Drained:
    """What became of the messages one drain took. `lost` leases were taken over by another sender meanwhile."""

    sent: int = 0
    put_off: int = 0
    held: int = 0
    failed: int = 0
    lost: int = 0
    dropped: int = 0
    """Reminders of what had come meanwhile, and briefings that their readers may not have any more."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A message under our lease, with all that sending it needs to know."""

    delivery: Delivery
    message: Message
    accepted: frozenset[int]
    kept: Refused | Held | None
    """Why it does not leave now."""
    begun: Begun | None
    """Its first part, where that is written down as about to leave already."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message whose last part was accepted, and when; not marked yet. `begun` None: it had been accepted before."""

    delivery: Delivery
    begun: Begun | None
    at: datetime


@dataclass(slots=True)
class Outbox:
    """One sender. `clock` is asked for every part, because leases and rates are held against the time of day."""

    engine: Engine
    channels: Mapping[str, Channel]
    home: Path
    holder: str
    clock: Callable[[], datetime]
    lease: timedelta = LEASE
    etiquette: Etiquette = field(default_factory=Etiquette)
    _failures: Counter[str] = field(default_factory=Counter)
    _done: Drained = field(default_factory=Drained)
    _arrived: Arrived | None = None

    def drain(self) -> Drained:
        """Send whatever is due, until nothing is left or every channel rests."""
        self._done = Drained()
        self._failures.clear()
        for name in (name for name, channel in self.channels.items() if channel.manners.rings):
            with transaction(self.engine) as session:
                self.etiquette.bundle(session, name, self.clock())
        try:
            while (taken := self._take()) is not None:
                self._finish(taken.delivery, self._hand_over(taken))
        finally:
            if self._arrived is not None:
                with transaction(self.engine) as session:
                    self._count(self._settle(session, self._arrived))
                self._arrived = None
        return self._done

    def _take(self) -> Taken | None:
        """Mark what has arrived, and take the next message."""
        with transaction(self.engine) as session:
            outcome = self._settle(session, self._arrived) if self._arrived is not None else None
            taken = self._taken(session)
        self._arrived = None
        self._count(outcome)
        return taken

    def _taken(self, session: Session) -> Taken | None:
        now = self.clock()
        resting = frozenset(name for name, count in self._failures.items() if count >= TIRED)
        delivery = store.claim(session, self.holder, now, now + self.lease, resting)
        if delivery is None:
            return None
        notice = store.notice_of(session, delivery)
        accepted = handover.accepted_parts(session, delivery)
        kept = self._kept(session, delivery, notice, now)
        begun = None
        if kept is None and not accepted and not self.channels[delivery.channel].manners.rates:
            begun = handover.begin(session, delivery, 1, now)
        file = delivery.attachment if notice is None else notice.file
        attachment = None if file is None else self.home / file
        message = Message(
            delivery.key, delivery.address, delivery.subject, delivery.text, delivery.html, now, attachment
        )
        return Taken(delivery, message, accepted, kept, begun)

    def _kept(
        self, session: Session, delivery: Delivery, notice: Notice | None, now: datetime
    ) -> Refused | Held | None:
        """Why it is not sent, or not yet; None when it may leave."""
        channel = self.channels.get(delivery.channel)
        if is_answered(session, delivery):
            return ANSWERED
        if withheld_now(session, delivery) is not None:
            return WITHHELD
        if delivery.attempts > MOST_ATTEMPTS:
            return GAVE_UP
        if channel is None:
            return Refused("channel_closed", f"{delivery.channel} is not set up", permanent=True)
        until = self.etiquette.quiet_until(session, channel, notice, now)
        return Held(DeliveryReason.QUIET_HOURS, until) if until is not None else None

    def _hand_over(self, taken: Taken) -> Refused | Held | Arrived:
        """Send every part that was not accepted yet, as long as all goes well."""
        if taken.kept is not None:
            return taken.kept
        delivery, channel, begun = taken.delivery, self.channels[taken.delivery.channel], taken.begun
        parts = [part for part in enumerate(channel.parts(taken.message), 1) if part[0] not in taken.accepted]
        for place, (number, part) in enumerate(parts, 1):
            if begun is None:
                held = self._begin(delivery, number, channel)
                if not isinstance(held, Begun):
                    return held
                begun = held
            answer = self._send(delivery.channel, channel, replace(part, at=begun.tried_at))
            if isinstance(answer, Refused):
                return answer
            if place < len(parts):
                with transaction(self.engine) as session:
                    handover.accept(session, begun, self.clock())
                begun = None
        return Arrived(delivery, begun, self.clock())

    def _begin(self, delivery: Delivery, part: int, channel: Channel) -> Begun | Refused | Held:
        """Take a place within the channel's rates, and the lease for another while."""
        now = self.clock()
        rates = [(rate.most, rate.span) for rate in channel.manners.rates]
        with transaction(self.engine) as session:
            if not store.renew(session, delivery, now + self.lease):
                return LOST
            free = handover.free_at(session, delivery, rates, now)
            return Held(DeliveryReason.RATE, free) if free is not None else handover.begin(session, delivery, part, now)

    def _send(self, name: str, channel: Channel, part: Message) -> Answer:
        try:
            answer = channel.send(part)
        except Exception as fault:
            log.exception("channel %s broke on message %s", name, part.key)
            answer = Refused(type(fault).__name__, str(fault), permanent=False)
        tired = isinstance(answer, Refused) and not answer.permanent and answer.wait is None
        self._failures[name] = self._failures[name] + 1 if tired else 0
        return answer

    def _finish(self, delivery: Delivery, outcome: Refused | Held | Arrived) -> None:
        """What arrived is marked with the taking of the next message; anything else at once."""
        if isinstance(outcome, Arrived):
            self._arrived = outcome
            return
        with transaction(self.engine) as session:
            if isinstance(outcome, Held):
                became = self._hold(session, delivery, outcome)
            else:
                became = self._refuse(session, delivery, outcome)
        self._count(became)

    def _settle(self, session: Session, arrived: Arrived) -> str:
        delivery, at = arrived.delivery, arrived.at
        if arrived.begun is not None:
            handover.accept(session, arrived.begun, at)
        if self.channels[delivery.channel].manners.rings:  # elsewhere nothing is bundled
            digests.mark_members_sent(session, delivery, at)
        return "sent" if store.mark_sent(session, delivery, at) else "lost"

    def _hold(self, session: Session, delivery: Delivery, held: Held) -> str:
        if held.reason is DeliveryReason.RATE:
            store.hold_back(session, delivery, held.until, held.reason)
        return "held" if store.hold(session, delivery, held.until, held.reason) else "lost"

    def _refuse(self, session: Session, delivery: Delivery, answer: Refused) -> str:
        now = self.clock()
        pause = None if answer.permanent else retry_after(delivery.attempts)
        if pause is None:
            return self._fail(session, delivery, answer, now)
        until = now + max(pause, answer.wait or pause)
        if answer.wait is not None:
            store.hold_back(session, delivery, now + answer.wait, DeliveryReason.RATE)
        return "put_off" if store.put_off(session, delivery, until, answer.code, answer.detail) else "lost"

    def _count(self, outcome: str | None) -> None:
        if outcome is not None:
            setattr(self._done, outcome, getattr(self._done, outcome) + 1)

    def _fail(self, session: Session, delivery: Delivery, answer: Refused, now: datetime) -> str:
        if not store.mark_failed(session, delivery, answer.code, answer.detail):
            return "lost"
        if answer in (ANSWERED, WITHHELD):
            return "dropped"
        members = digests.mark_members_failed(session, delivery, answer.code, answer.detail)
        for failed in members or [delivery]:
            store.explain(session, failed, fall_back(session, self.channels, failed, now))
        if members:
            store.explain(session, delivery, DeliveryReason.FELL_BACK)
        return "failed"
