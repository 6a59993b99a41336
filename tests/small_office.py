"""A small office: plan, policy, people, calendar, and a workspace."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from diaodu.actions.closing import close_periods
from diaodu.actions.notice import Issuer
from diaodu.actions.opening import open_periods
from diaodu.actions.reminder_post import Reminded
from diaodu.actions.reminding import remind
from diaodu.actions.rescheduling import Editor
from diaodu.actions.warning import act
from diaodu.rules.access import Role
from diaodu.rules.act import Asked
from diaodu.rules.exemption import Exemption
from diaodu.rules.reminder import read_ladder
from diaodu.rules.warning import Act
from diaodu.settings import Settings
from diaodu.storage.holiday import seed, workdays
from diaodu.storage.policy import add_policy
from diaodu.storage.scheme import scheme_in_force
from diaodu.templating import environment
from flows.warn import Warned, warn
from models.delivery import Delivery
from models.lag_warning import LagWarning
from models.notice import Notice
from models.person import Person
from models.warning_event import WarningEvent
from notifications.console import Console
from notifications.inbox import Inbox
from tests.plan import RECORDED, STARTS, SmallPlan

OCT, NOV = date(2023, 10, 31), date(2023, 11, 30)
IN_NOVEMBER, IN_DECEMBER = datetime(2023, 11, 8, 1, tzinfo=UTC), datetime(2023, 12, 8, 1, tzinfo=UTC)
NAMED: dict[Act, dict[str, Any]] = {
    Act.PLAN: {"until": date(2023, 12, 29)},
    Act.EXEMPT: {"exemption": Exemption.FORCE_MAJEURE, "approver": "赵某"},
}
POLICY = """
name = "红黄绿灯"
measure = "gap_pp"

[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 3
when = "gap_pp < -30"
notice = "supervision"
issue = "after_review"
reply_within = "5 workdays"

[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 2
when = "gap_pp >= -30 AND gap_pp < -10"
notice = "warning"
issue = "automatic"
reply_within = "3 workdays"
unmet = "red"

[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= 0"
"""


@dataclass
class Office:
    """Warns on a `SmallPlan`; the west district lags in investment and is silent on projects."""

    session: Session
    home: Path
    policy: str | None = POLICY
    plan: SmallPlan = field(init=False)
    settings: Settings = field(init=False)

    def __post_init__(self) -> None:
        self.plan = SmallPlan(self.session)
        self.settings = Settings(home=self.home, mail_host="127.0.0.1", webhook_secret="secret")
        seed(self.session, [2023, 2024])
        if self.policy is not None:
            add_policy(self.session, self.plan.scheme_id, "lamps", self.policy, STARTS, RECORDED, "test")

    def person(self, name: str, unit: int | None = None, role: Role = Role.REPORTER, **addresses: str) -> None:
        scheme_id = self.plan.scheme_id
        self.session.add(Person(scheme_id=scheme_id, unit_id=unit, name=name, role=role, **addresses))
        self.session.flush()

    def report(self, unit: int, as_of: date, value: str, recorded_at: datetime | None = None) -> None:
        self.plan.report(self.plan.invested[unit], as_of, value, recorded_at)

    def warn(self, as_of: date = OCT, known_at: datetime = IN_NOVEMBER) -> Warned:
        return warn(self.session, self.settings, self.plan.scheme_id, as_of, known_at, None)

    def remind(self, today: date, as_of: date = OCT, hour: int = 1) -> Reminded:
        """Open what has begun, remind who owes and close what is over, as the clock does on a day."""
        at = datetime(today.year, today.month, today.day, hour, tzinfo=UTC)
        scheme_id = self.plan.scheme_id
        scheme = scheme_in_force(self.session, scheme_id, as_of, at)
        ladder = (*read_ladder(scheme.reminders), *read_ladder(scheme.escalations))
        open_periods(self.session, scheme_id, as_of, today, at, date(2023, 11, 1))
        told = remind(self.session, self.issuer(as_of, at), ladder)
        close_periods(self.session, scheme_id, ladder, today, at)
        return told

    def issuer(self, as_of: date, at: datetime) -> Issuer:
        """In whose name letters leave on a day."""
        scheme = scheme_in_force(self.session, self.plan.scheme_id, as_of, at)
        ways = [("mail", lambda person: person.mail), ("inbox", Inbox().reach), ("console", Console().reach)]
        return Issuer(self.plan.scheme_id, scheme, workdays(self.session), ways, environment(), as_of, at, None)

    def act(
        self, what: Act, by: str = "李某", reason: str | None = "说明", at: datetime = IN_NOVEMBER, **more: Any
    ) -> LagWarning:
        """A person does this to the newest warning, naming what the act must name unless `more` says otherwise."""
        (*_, newest) = self.warnings()
        return self.act_on(newest.id or 0, what, by, reason, at, **more)

    def act_on(
        self,
        number: int,
        what: Act,
        by: str = "李某",
        reason: str | None = "说明",
        at: datetime = IN_NOVEMBER,
        **more: Any,
    ) -> LagWarning:
        """The same to the warning of this number."""
        asked = Asked(what, by, reason, **NAMED.get(what, {}) | more)
        ways = [("inbox", Inbox().reach)]
        (done,) = act(self.session, self.plan.scheme_id, [number], asked, ways, environment(), at)
        return done

    def answer(self) -> None:
        """The unit signs for its notice and sends a plan."""
        self.act(Act.ACKNOWLEDGE, "王某")
        self.act(Act.PLAN, "王某")

    def warnings(self) -> list[LagWarning]:
        return list(self.session.exec(select(LagWarning).order_by(LagWarning.id)))  # type: ignore[arg-type]

    def events(self) -> list[WarningEvent]:
        return list(self.session.exec(select(WarningEvent).order_by(WarningEvent.id)))  # type: ignore[arg-type]

    def notices(self) -> list[Notice]:
        return list(self.session.exec(select(Notice).order_by(Notice.id)))  # type: ignore[arg-type]

    def letters(self) -> list[Delivery]:
        return list(self.session.exec(select(Delivery).order_by(Delivery.id)))  # type: ignore[arg-type]

    def rows(self) -> tuple[int, int, int, int]:
        """How many warnings, events, notices and messages there are."""
        return len(self.warnings()), len(self.events()), len(self.notices()), len(self.letters())


def editor(day: date) -> Editor:
    """张某 of the office, who changes the calendar at ten in the morning of a day."""
    ways = [("mail", lambda person: person.mail), ("inbox", Inbox().reach), ("console", Console().reach)]
    return Editor("张某", datetime(day.year, day.month, day.day, 2, tzinfo=UTC), ways, environment())
