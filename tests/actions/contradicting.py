"""Sources that contradict one another, and a unit, about one number: for tests of what becomes of it."""

from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from diaodu.actions.discrepancy import Answer, settle
from diaodu.actions.import_report import take_reports
from diaodu.actions.notice import Issuer
from diaodu.actions.outcome import Outcome
from diaodu.actions.question import ask_units
from diaodu.rules.discrepancy import Settlement
from diaodu.rules.quantity import MICRO
from diaodu.sources.plan import read_reports
from diaodu.storage.discrepancy import questions
from diaodu.storage.holiday import seed, workdays
from diaodu.storage.report import newest_revision
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.source import add
from diaodu.templating import environment
from models.discrepancy import Discrepancy
from models.report import Report
from models.source import Source
from tests.plan import SmallPlan
from tests.plan_file import csv_bytes

NOVEMBER, DUE = date(2023, 11, 30), date(2023, 12, 7)
AT, LATER = datetime(2023, 12, 4, 1, tzinfo=UTC), datetime(2023, 12, 20, 1, tzinfo=UTC)
HEADINGS = ["指标", "单位", "截至日", "累计完成", "核实说明"]
PRECEDENCE = {"统计局": 1, "平台": 2, "部门": 2, "网站": None, "报表": None}
PERSON = None


class Sources:
    """Five sources that may speak of the east's investment in November; half a unit's difference is agreement."""

    def __init__(self, session: Session, folder: Path) -> None:
        seed(session, [2023, 2024])
        self.session, self.folder, self.plan = session, folder, SmallPlan(session)
        self.plan.define(self.plan.investment, name="重点项目投资", tolerance=MICRO // 2)
        self.target = self.plan.invested[self.plan.east]
        about = {"scheme_id": self.plan.scheme_id, "kind": "folder", "location": "drop"}
        self.ids = {name: add(session, Source(name=name, precedence=p, **about)).id for name, p in PRECEDENCE.items()}

    def say(self, who: str | None, value: str, at: datetime = AT, comment: str = "") -> Outcome:
        path = self.folder / f"{len(list(self.folder.iterdir()))}.csv"
        path.write_bytes(csv_bytes([HEADINGS, ["investment", "east", "2023-11-30", value, comment]]))
        source_id = None if who is None else self.ids[who]
        return take_reports(self.session, self.plan.scheme_id, read_reports(path), who or "东区", at, source_id)

    def report(self, at: datetime = LATER) -> Report:
        found = newest_revision(self.session, self.target, NOVEMBER, at)
        assert found is not None
        return found

    @property
    def value(self) -> int:
        return (self.report().value or 0) // MICRO

    def open(self) -> list[Discrepancy]:
        return [question.row for question in questions(self.session, self.plan.scheme_id)]

    def all(self) -> list[Discrepancy]:
        return [question.row for question in questions(self.session, self.plan.scheme_id, still_open=False)]

    def ask(self, at: datetime = AT) -> int:
        scheme = scheme_in_force(self.session, self.plan.scheme_id, NOVEMBER, at)
        ways = [("mail", lambda person: person.mail), ("inbox", lambda person: person.unit)]
        about = (workdays(self.session), ways, environment(), NOVEMBER, at, None)
        return ask_units(self.session, Issuer(self.plan.scheme_id, scheme, *about))

    def settle(self, how: Settlement, at: datetime = LATER, by: str = "李某", reason: str = "以局为准") -> None:
        settle(self.session, self.plan.scheme_id, [row.id or 0 for row in self.open()], Answer(how, by, reason), at)
