"""Where stories are played: a small plan of 120 a unit over 2023, ten a month, the real flows and actions, and a clock.

Every line is a transaction of its own at 9:00 of its day and so many minutes as there are lines above it.
"""

import re
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from diaodu.actions import extension
from diaodu.actions.assess import assess
from diaodu.actions.extension import NotExtended, Wish
from diaodu.actions.meeting import NotRecorded, Promise, Talk, record
from diaodu.actions.target_meant import NotMeant
from diaodu.actions.warning import Refused, act
from diaodu.rules.access import Role
from diaodu.rules.act import Asked
from diaodu.rules.exemption import Exemption
from diaodu.rules.meeting import MeetingKind
from diaodu.rules.quantity import to_micro
from diaodu.rules.subject import Subject
from diaodu.rules.warning import Act
from diaodu.settings import Settings
from diaodu.storage import holiday, verdict
from diaodu.storage.policy import add_policy
from diaodu.storage.session import transaction
from diaodu.storage.subject import is_about
from diaodu.storage.supply import supply
from diaodu.storage.unit_verdict import save_units
from diaodu.templating import environment
from flows.warn import Warned, warn
from models.delivery import Delivery
from models.holiday import Holiday
from models.lag_warning import LagWarning
from models.notice import Notice
from models.source import Source
from models.warning_event import WarningEvent
from notifications.inbox import Inbox
from tests.plan import RECORDED, STARTS, Plan
from tests.stories.policies import POLICIES
from tests.stories.story import Line, day_of

UNITS = "甲乙丙"
WAYS = [("inbox", Inbox().reach)]


class Stage:
    """Plays lines; what followed is kept for `tests.stories.outcome` to look at."""

    def __init__(self, engine: Engine, home: Path, cast: str) -> None:
        self.engine, self.settings = engine, Settings(home=home, mail_host="127.0.0.1")
        self.warned: Warned | None = None
        self.refused = ""
        self.new_notices: list[Notice] = []
        self.reminders: list[tuple[str, str]] = []
        self.letters: list[Delivery] = []
        self._seen_notices = self._seen_letters = 0
        with transaction(engine) as session:
            self.plan = Plan(session)
            holiday.seed(session, [2023])
            self.units = {name: self.plan.unit(name, "区县") for name in cast}
            self.invested = self.plan.indicator("投资")
            self.targets = {name: self.plan.target(self.invested, unit, 120) for name, unit in self.units.items()}
            self._policy("lamps", STARTS, RECORDED)
        self.also: dict[tuple[str, str], int] = {}

    def play(self, line: Line) -> None:
        self.now = datetime.combine(line.day, time(1), UTC) + timedelta(minutes=line.number % 300)
        self.warned, self.refused = None, ""
        for pattern, method in VERBS:
            match = re.fullmatch(pattern, line.happens)
            if match is not None:
                with transaction(self.engine) as self.plan.session:
                    method(self, *match.groups())
                break
        else:
            raise ValueError(f"line {line.number}: nothing knows how to play “{line.happens}”")
        with transaction(self.engine) as session:
            notices = session.exec(select(Notice).order_by(col(Notice.id))).all()
            self.new_notices, self._seen_notices = list(notices[self._seen_notices :]), len(notices)
            letters = session.exec(select(Delivery).order_by(col(Delivery.id))).all()
            fresh, self._seen_letters = letters[self._seen_letters :], len(letters)
            self.letters = list(fresh)
            plain = [letter for letter in fresh if letter.notice_id is None and "预警的" not in letter.subject]
            self.reminders = [(letter.address, letter.text) for letter in plain if "项预警" in letter.subject]

    @property
    def today(self) -> date:
        return self.now.date()

    def last_month(self) -> date:
        return self.today.replace(day=1) - timedelta(days=1)

    def warning(self, of: str) -> tuple[LagWarning, WarningEvent] | None:
        """The newest warning of 甲 (in investment), of 甲 in 税收, or of all of 甲, and its last event."""
        with transaction(self.engine) as session:
            session.expire_on_commit = False
            found = session.exec(
                select(LagWarning, WarningEvent)
                .join(WarningEvent, col(WarningEvent.warning_id) == LagWarning.id)
                .where(is_about(LagWarning, self.subject(of)))
                .order_by(col(LagWarning.id).desc(), col(WarningEvent.position).desc())
            ).first()
        return None if found is None else (found[0], found[1])

    def subject(self, of: str) -> Subject:
        if of.startswith("all of "):
            return Subject(unit_id=self.units[of[-1]])
        return Subject(self.also[of[0], of[5:]] if " in " in of else self.targets[of])

    def also_measured(self, indicators: str) -> None:
        """Every unit has 120 a year in each of these as well."""
        for name in indicators.split():
            number = self.plan.indicator(name)
            self.also |= {(unit, name): self.plan.target(number, key, 120) for unit, key in self.units.items()}

    def reports(self, unit: str, value: str, indicator: str | None = None, day: str | None = None) -> None:
        """`indicator` a name besides investment, or `all`."""
        others = [self.also[key] for key in self.also if key[0] == unit and indicator in (key[1], "all")]
        of = others if indicator not in (None, "all") else [self.targets[unit], *others]
        for target in of:
            self.plan.report(target, day_of(day) if day else self.last_month(), value, self.now)

    def check(self, day: str | None = None) -> None:
        self.warned = self._warn(day_of(day) if day else self.last_month())

    def check_twice(self) -> None:
        """Both begin at one moment; the one that comes second finds what the first has done."""
        start, done = threading.Barrier(2), list[Warned]()

        def run() -> None:
            with transaction(self.engine) as session:
                start.wait()
                about = (self.plan.scheme_id, self.last_month(), self.now, None)
                done.append(warn(session, self.settings, *about))

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.warned = Warned(done[0].causes + done[1].causes, done[0].notices + done[1].notices)

    def acts(self, name: str, what: str, unit: str, more: str, reason: str | None) -> None:
        known = self.warning(unit)
        assert known is not None, f"{unit} has no warning"
        asked = Asked(Act(what), name, reason, **named(more))
        about = (self.plan.scheme_id, [known[0].id or 0], asked, WAYS, environment(), self.now)
        try:
            act(self.plan.session, *about)
        except Refused as refused:
            self.refused = str(refused)

    def is_called(self, unit: str, name: str) -> None:
        self.plan.rename_unit(self.units[unit], name, "区县", effective_from=self.today, recorded_at=self.now)

    def becomes(self, unit: str, value: str) -> None:
        changed = {"effective_from": self.today.replace(day=1), "recorded_at": self.now}
        self.plan.retarget(self.targets[unit], None if value == "none" else value, **changed)

    def rest_day(self, day: str, kind: str) -> None:
        row = Holiday(day=day_of(day), workday=kind == "working", name="调整", provisional=False)
        self.plan.session.merge(row)

    def policy(self, name: str, since: str | None = None) -> None:
        self._policy(name, day_of(since) if since else self.today, self.now)

    def steps(self, unit: str, steps: str) -> None:
        """DAY VALUE, DAY VALUE …: 节点1, 节点2 …"""
        listed = [step.split() for step in steps.split(",")]
        self.plan.milestones(self.targets[unit], [(day_of(day), value) for day, value in listed])

    def asks_to_move(self, name: str, step: str, unit: str, day: str, reason: str | None) -> None:
        wish = Wish("投资", unit, step, day_of(day), None, reason or "")
        self._try(lambda: extension.request(self.plan.session, self.plan.scheme_id, wish, name, self.now))

    def decides(self, name: str, verb: str, number: str, reason: str | None) -> None:
        about = (int(number), verb == "approves", name, reason or "", self.now)
        self._try(lambda: extension.decide(self.plan.session, self.plan.scheme_id, *about))

    def meets(self, name: str, kind: str, unit: str, what: str, day: str, value: str, owner: str) -> None:
        promise = Promise("投资", what, day_of(day), to_micro(value), owner)
        talk = Talk(MeetingKind(kind), unit, self.today, name, owner, "限期完成", None, [promise])
        self._try(lambda: record(self.plan.session, self.plan.scheme_id, talk, name, self.now))

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except (NotExtended, NotRecorded, NotMeant) as refused:
            self.refused = str(refused)

    def has(self, unit: str, name: str, role: str) -> None:
        unit_id = None if unit == "the office" else self.units[unit]
        self.plan.person(name, unit_id, Role(role), mail=name)

    def is_below(self, unit: str, above: str) -> None:
        self.plan.rename_unit(self.units[unit], unit, "区县", parent_id=self.units[above], recorded_at=self.now)

    def only_shown(self, unit: str) -> None:
        self.plan.rename_unit(self.units[unit], unit, None, ranked=False, recorded_at=self.now)

    def supplied(self) -> None:
        """A source gives the indicator, and no unit is asked for it."""
        source = Source(scheme_id=self.plan.scheme_id, name="统计局", kind="file", location="x", active=True)
        self.plan.session.add(source)
        self.plan.session.flush()
        supply(self.plan.session, source, [self.invested], RECORDED)

    def announced(self, year: str) -> None:
        holiday.seed(self.plan.session, [int(year)])

    def _warn(self, as_of: date) -> Warned:
        """Judge and warn, as a round does."""
        session, scheme_id = self.plan.session, self.plan.scheme_id
        found = assess(session, scheme_id, as_of, self.now)
        by = (None, as_of, self.now, found.policy_version_id)
        verdict.save(session, found.explained(), *by)
        save_units(session, found.units, *by)
        return warn(session, self.settings, scheme_id, as_of, self.now, None)

    def _policy(self, name: str, since: date, at: datetime) -> None:
        add_policy(self.plan.session, self.plan.scheme_id, "lamps", POLICIES[name], since, at, "李某")


def named(more: str) -> dict[str, Any]:
    """What an act names: until DAY, level CODE, ground KIND, approver, owner, signer NAME, unit CODE, at DAY, place."""
    said = dict(zip(more.split()[::2], more.split()[1::2], strict=True))
    given: dict[str, Any] = {"until": day_of(said.pop("until"))} if "until" in said else {}
    given |= {"exemption": Exemption(said.pop("ground"))} if "ground" in said else {}
    given |= {"meet_at": datetime.combine(day_of(said.pop("at")), time(1), UTC)} if "at" in said else {}
    given |= {"owner_unit": said.pop("unit")} if "unit" in said else {}
    return given | said


U, D = f"([{UNITS}])", r"((?:\d{4}-)?\d\d-\d\d)"
WHOM = rf"((?:all of )?[{UNITS}](?: in \w+)?)"
VERBS: tuple[tuple[str, Callable[..., None]], ...] = (
    (rf"{U} reports (\d+)(?: of (\w+))?(?: for {D})?", Stage.reports),
    (r"also measured are (.+)", Stage.also_measured),
    (rf"check(?: for {D})?", Stage.check),
    (r"check twice at once", Stage.check_twice),
    (rf"(\w+) does (\w+) for {WHOM}((?: (?!in )\w+ \S+)*)(?:: (.+))?", Stage.acts),
    (rf"{U} is called (\w+)", Stage.is_called),
    (rf"the target of {U} becomes (\w+)", Stage.becomes),
    (rf"{D} becomes a (rest|working) day", Stage.rest_day),
    (rf"the policy becomes (\w+)(?: from {D})?", Stage.policy),
    (rf"{U} is only shown", Stage.only_shown),
    (rf"({U[1:-1]}|the office) has (\w+) as (\w+)", Stage.has),
    (rf"{U} is below {U}", Stage.is_below),
    (rf"the steps of {U} are (.+)", Stage.steps),
    (rf"(\w+) asks to move (\w+) of {U} to {D}(?:: (.+))?", Stage.asks_to_move),
    (r"(\w+) (approves|refuses) extension (\d+)(?:: (.+))?", Stage.decides),
    (rf"(\w+) holds an? (\w+) with {U}: (\w+) until {D} to (\d+) by (\w+)", Stage.meets),
    (r"a source supplies the numbers", Stage.supplied),
    (r"the days of (\d{4}) are set", Stage.announced),
)
