"""Letters to post in outbox tests: units with people, notices with files, and a clock the test turns."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session, select

from diaodu.rules.access import Role
from diaodu.rules.routing import NoticeKind, Recipient, Route
from models.delivery import Delivery
from models.notice import Notice
from models.person import Person
from models.unit import Unit
from notifications.channel import Letters
from notifications.letter import letter
from notifications.message import Accepted, Answer, Message, Words
from tests.notifications.provider import NOON
from tests.plan import Plan

WORDS = Words("预警", "西区欠进度。", "<p>西区欠进度。</p>")


@dataclass
class Clock:
    """A clock that stands still until it is turned."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Scripted(Letters):
    """A mail channel that gives the answers of its script, the last one for ever."""

    answers: list[Answer | Exception] = field(default_factory=lambda: [Accepted()])
    sent: list[Message] = field(default_factory=list)

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.mail

    def send(self, message: Message) -> Answer:
        self.sent.append(message)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Post:
    """Writes notices and letters into the database."""

    session: Session

    again: bool = False
    """A unit and people are there already."""

    def __post_init__(self) -> None:
        if not self.again:
            self.plan = Plan(self.session)
            self.unit = self.plan.unit("west", name="西区")

    def person(
        self, mail: str | None = None, webhook: str | None = None, office: bool = False, phone: str | None = None
    ) -> Recipient:
        unit_id = None if office else self.unit
        row = Person(
            scheme_id=self.plan.scheme_id,
            unit_id=unit_id,
            name="王",
            role=Role.REPORTER,
            mail=mail,
            webhook=webhook,
            phone=phone,
        )
        self.session.add(row)
        self.session.flush()
        return Recipient(row.id, row.role, None if office else "west", mail, webhook, phone)

    def notice(
        self, serial: int = 1, file: str | None = "notices/1.docx", kind: NoticeKind = NoticeKind.WARNING
    ) -> int:
        unit = self.session.exec(select(Unit)).one()
        row = Notice(
            scheme_id=unit.scheme_id,
            unit_id=unit.id,
            kind=kind,
            year=2023,
            serial=serial,
            number=f"某考办预警〔2023〕{serial}号",
            as_of=NOON.date(),
            body="{}",
            issued_at=NOON,
            file=file,
        )
        self.session.add(row)
        self.session.flush()
        assert row.id is not None
        return row.id

    def letter(self, about: str, channel: str, to: Recipient, address: str, notice_id: int | None = None) -> None:
        self.session.add(letter(about, Route(to, channel, address), WORDS, NOON, notice_id))
        self.session.flush()


def letters(session: Session) -> list[Delivery]:
    return list(session.exec(select(Delivery).order_by(Delivery.id)))  # type: ignore[arg-type]
