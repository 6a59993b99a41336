"""An office that reviews: November's round on a `SmallPlan`, numbers handed in, and people of every role."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from diaodu.actions.assess import assess
from diaodu.actions.correction import Wish, ask, decide
from diaodu.actions.import_report import import_report
from diaodu.actions.notice import Issuer
from diaodu.actions.review import review
from diaodu.rules.access import Actor, Role
from diaodu.rules.quantity import to_micro
from diaodu.rules.request import RequestAct
from diaodu.rules.review import Asked
from diaodu.storage.holiday import workdays
from diaodu.storage.report import revisions
from diaodu.storage.request import events_of
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.verdict import save
from diaodu.templating import environment
from models.correction import Correction
from models.definition import Definition
from models.delivery import Delivery
from models.report import Report
from models.request import Request
from models.request_event import RequestEvent
from tests.plan_file import csv_bytes
from tests.small_office import Office

NOVEMBER, DUE = date(2023, 11, 30), date(2023, 12, 7)
CAME = datetime(2023, 12, 4, 1, tzinfo=UTC)
LATER, MUCH_LATER = datetime(2023, 12, 5, 1, tzinfo=UTC), datetime(2023, 12, 11, 1, tzinfo=UTC)
REVIEWER = Actor("赵某", Role.REVIEWER, "east")
LEAD = Actor("钱某", Role.LEAD, "total")
OFFICE, SECOND = Actor("李某", Role.OFFICE), Actor("周某", Role.OFFICE)


@dataclass
class Reviewing:
    """East and west owe November's investment, which the unit `total` leads."""

    session: Session
    home: Path
    office: Office = field(init=False)
    period: int = field(init=False)
    asked: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office(self.session, self.home)
        plan = self.office.plan
        defined = self.session.exec(select(Definition).where(Definition.indicator_id == plan.investment)).one()
        defined.lead_unit_id = plan.total
        self.office.person("王某", plan.east, Role.REPORTER, mail="reporter@east.cn")
        self.office.person("赵某", plan.east, Role.REVIEWER, mail="reviewer@east.cn")
        self.period = plan.period(NOVEMBER, DUE)
        self.asked = {
            "east": plan.request(self.period, plan.invested[plan.east], DUE),
            "west": plan.request(self.period, plan.invested[plan.west], DUE),
        }

    def take(
        self, value: str, unit: str = "east", at: datetime = CAME, source_id: int | None = None, actor: str = "王某"
    ) -> None:
        """A number comes by a file."""
        path = self.home / f"{len(list(self.home.glob('*.csv')))}.csv"
        headings = ["指标", "单位", "截至日", "累计完成", "核实说明"]
        rows = [headings, ["investment", unit, "2023-11-30", value, "经核对属实"]]
        path.write_bytes(csv_bytes(rows))
        import_report(self.session, self.office.plan.scheme_id, path, actor, at)

    def do(
        self,
        act: RequestAct,
        actor: Actor = OFFICE,
        *units: str,
        at: datetime = LATER,
        reason: str | None = "与统计局不符",
    ) -> list[Request]:
        """Somebody does this to the east's number, or to those of the units named."""
        numbers = [self.asked[unit] for unit in units or ("east",)]
        return review(self.session, self.issuer(at), numbers, Asked(act, actor, at, reason))

    def issuer(self, at: datetime) -> Issuer:
        """The office at a moment, which writes by mail."""
        number = self.office.plan.scheme_id
        scheme = scheme_in_force(self.session, number, NOVEMBER, at)
        ways = [("mail", lambda person: person.mail)]
        return Issuer(number, scheme, workdays(self.session), ways, environment(), NOVEMBER, at, None)

    def confirm(self, **values: str) -> None:
        """Numbers of units come and are confirmed."""
        for unit, value in values.items():
            self.take(value, unit)
        self.do(RequestAct.CONFIRM, OFFICE, *values)

    def check(self, as_of: date = NOVEMBER, at: datetime = LATER) -> None:
        """Judge a day, and keep it."""
        found = assess(self.session, self.office.plan.scheme_id, as_of, at)
        save(self.session, found.explained(), None, as_of, at, found.policy_version_id)

    def wish(
        self,
        value: str,
        unit: str = "west",
        reason: str = "漏计一个项目",
        evidence: str | None = "西统〔2023〕8号",
        actor: Actor = OFFICE,
        at: datetime = MUCH_LATER,
        justification: str | None = None,
    ) -> Correction:
        """Somebody asks for a confirmed number to be changed."""
        wish = Wish(self.request(unit).target_id, NOVEMBER, to_micro(value), reason, evidence, actor, justification)
        return ask(self.session, self.office.plan.scheme_id, wish, at)

    def decide(
        self,
        correction: Correction,
        *,
        approved: bool = True,
        actor: Actor = SECOND,
        reason: str = "佐证属实",
        at: datetime = MUCH_LATER,
    ) -> Correction:
        return decide(self.session, self.issuer(at), correction, approved, actor, reason)

    def request(self, unit: str = "east") -> Request:
        return self.session.get_one(Request, self.asked[unit])

    def life(self, unit: str = "east") -> list[RequestEvent]:
        self.session.flush()
        return events_of(self.session, self.asked[unit])

    def numbers(self, unit: str = "east", at: datetime = MUCH_LATER) -> list[Report]:
        """The revisions of November's number, the newest first."""
        found = revisions(self.session, self.request(unit).target_id, at)
        return [report for report in found if report.as_of == NOVEMBER]

    def letters(self) -> list[Delivery]:
        return list(self.session.exec(select(Delivery).order_by(col(Delivery.id))))
