"""How the office wants people treated on channels that ring: left in peace at night, and told many things at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from diaodu.clock import OFFICE_ZONE
from diaodu.rules.quiet import QuietHours, quiet_until
from diaodu.storage import digest as store
from diaodu.storage.holiday import workdays
from diaodu.storage.reminder import is_answered
from models.notice import Notice
from notifications.channel import Channel
from notifications.digest import digest_of


@dataclass(frozen=True, slots=True)
class Etiquette:
    """Without `quiet` hours nothing waits for a morning."""

    quiet: QuietHours | None = None
    urgent: frozenset[str] = frozenset()
    """Kinds of notices that ring at any hour and go into no digest."""
    digest_above: int = 5
    """More messages than these to one address become one."""

    def quiet_until(
        self, session: Session, channel: Channel | None, notice: Notice | None, now: datetime
    ) -> datetime | None:
        """The working morning a message waits for; None when it may leave."""
        urgent = notice is not None and notice.kind in self.urgent
        if self.quiet is None or channel is None or not channel.manners.rings or urgent:
            return None
        return quiet_until(now.astimezone(OFFICE_ZONE), self.quiet, workdays(session))

    def bundle(self, session: Session, channel: str, now: datetime) -> None:
        """Put what waits in crowds on one channel into digests; not at night: by morning much may be answered."""
        if self.quiet is not None and quiet_until(now.astimezone(OFFICE_ZONE), self.quiet, workdays(session)):
            return
        for address in store.crowded(session, channel, now, self.digest_above, self.urgent):
            waiting = store.waiting(session, channel, address, now, self.urgent)
            letters = [letter for letter in waiting if not is_answered(session, letter)]
            if len(letters) > self.digest_above:
                store.put_into(session, digest_of(letters, now), letters)
