"""催办信: what waits, as one message a reader, plain ones within the week's messages (每周消息上限)."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.notice import Issuer, contact, in_words, recipient
from diaodu.actions.reporting_line import Told
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.burden import WEEK, monday, span
from diaodu.rules.routing import Recipient, routes
from diaodu.storage.burden import messages
from models.person import Person
from notifications.letter import letter


@dataclass(slots=True)
class Mail:
    """What readers of one place are told: what is theirs to do, and what others below them have not done."""

    unit_id: int | None
    people: list[Person]
    own: dict[int, str]
    others: dict[int, str]

    @property
    def may_wait(self) -> bool:
        """The office has no cap, and what those above are promised to hear goes out regardless."""
        return self.unit_id is not None and not self.others


@dataclass(frozen=True, slots=True)
class Held:
    """What a unit's own people were not told because its week's messages are used up, and when that can go at last."""

    unit: str
    warnings: int
    most: int
    goes_on: date


@dataclass(frozen=True, slots=True)
class Posted:
    """How many messages went out; what had to wait, and which warnings that concerns."""

    sent: int = 0
    held: tuple[Held, ...] = ()
    waiting: frozenset[int] = frozenset()


@dataclass(slots=True)
class Post:
    """One run's messages: lines are taken in, reader by reader, and sent together."""

    session: Session
    issuer: Issuer
    names: Directory
    crowd: Sequence[Person]
    _read: dict[tuple[int | None, int | None], Mail] = field(default_factory=dict)

    def tell(self, told: Told, warning_id: int, line: str, is_own: bool) -> None:
        """Every reader hears it; a unit or office without people is a reader itself."""
        readers: Iterable[Person | None] = told.people or (None,)
        for reader in readers:
            listed = [reader] if reader else []
            mail = self._read.setdefault(
                (told.unit_id, reader.id if reader else None), Mail(told.unit_id, listed, {}, {})
            )
            (mail.own if is_own else mail.others)[warning_id] = line

    def send(self) -> Posted:
        """Lay in the outbox what may go this week."""
        going, held = self._ration(self._mails())
        for mail in going:
            self._send(mail)
        waiting: dict[int, set[int]] = defaultdict(set)
        for mail in held:
            assert mail.unit_id is not None
            waiting[mail.unit_id] |= mail.own.keys()
        left = tuple(self._held(unit_id, len(numbers)) for unit_id, numbers in waiting.items())
        return Posted(len(going), left, frozenset().union(*waiting.values()))

    def _mails(self) -> list[Mail]:
        """Readers of one place who are told the same are told by one message; nothing is told a reader twice."""
        found: dict[tuple[object, ...], Mail] = {}
        for mail in self._read.values():
            others = {number: line for number, line in mail.others.items() if number not in mail.own}
            same = found.setdefault((mail.unit_id, *mail.own, None, *others), Mail(mail.unit_id, [], mail.own, others))
            same.people += mail.people
        return list(found.values())

    def _ration(self, mails: Sequence[Mail]) -> tuple[list[Mail], list[Mail]]:
        """What goes, and the plain ones for which a unit has no message left this week, whatever the others were."""
        most = self.issuer.scheme.most_messages
        if most is None:
            return list(mails), []
        week = span(monday(office_day(self.issuer.at)), OFFICE_ZONE)
        used = defaultdict(int, messages(self.session, self.issuer.scheme_id, *week))
        going = [mail for mail in mails if not mail.may_wait]
        for mail in going:
            used[mail.unit_id] += 1
        held: list[Mail] = []
        for mail in (mail for mail in mails if mail.may_wait):
            (held if used[mail.unit_id] >= most else going).append(mail)
            used[mail.unit_id] += 1
        return going, held

    def _held(self, unit_id: int, warnings: int) -> Held:
        next_week = monday(office_day(self.issuer.at)) + WEEK
        most = self.issuer.scheme.most_messages or 0
        return Held(self.names.unit(unit_id), warnings, most, self.issuer.workdays.on_or_after(next_week))

    def _send(self, mail: Mail) -> None:
        issuer, own, others = self.issuer, list(mail.own.values()), list(mail.others.values())
        code = None if mail.unit_id is None else self.names.codes[mail.unit_id]
        signed = {"issuer": issuer.scheme.issuer, "contact": contact(self.crowd, issuer.scheme.issuer)}
        facts = {"own": own, "others": others, "scheme": issuer.scheme.name, "day": office_day(issuer.at)}
        words = in_words(issuer.templates, "warnings/reminder", **signed, **facts)
        staff: list[Recipient] = [recipient(person, code) for person in mail.people]
        about = secrets.token_hex(16)
        self.session.add_all(letter(about, way, words, issuer.at, None) for way in routes(staff, code, issuer.ways))
