"""A year of a district's collection, run by the clock: mornings of the machine, and what people do during the days."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from diaodu.actions import correction as corrections
from diaodu.actions.import_report import take_reports
from diaodu.actions.issuing import issuer_of
from diaodu.actions.review import review
from diaodu.clock import OFFICE_ZONE
from diaodu.rules.access import Actor, Role
from diaodu.rules.correction import Refusal
from diaodu.rules.quantity import MICRO
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.review import Asked
from diaodu.settings import Settings
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.place import Place
from diaodu.sources.plan import PlanFile, reports_of
from diaodu.sources.reading import Book
from diaodu.sources.sheet import Cell, Sheet
from diaodu.storage.session import transaction
from models.briefing import Briefing
from models.correction import Correction
from models.indicator import Indicator
from models.notice import Notice
from models.period import Period
from models.request import Request
from models.target import Target
from tests.year import town
from tests.year.almanac import COUNTRY, LAST, ONE, STARTS, Dates, back_on, is_off, month_ends, span
from tests.year.clockwork import Clockwork
from tests.year.conduct import Act, Deed, Wish, wishes, year

NIGHT, MORNING, LATER = time(0, 5), time(8, 1), time(8, 36)
"""When the machine wakes, also on rest days; in the night only when it was off the day before."""
BUREAU_DOWN = span(date(2025, 4, 8), date(2025, 4, 9)) + span(date(2025, 5, 8), date(2025, 5, 13))
"""Two days when all is there already; and from the day of April's numbers until after they are judged."""
CHECKER, OFFICE = "牵头单位", Actor("主任", Role.OFFICE, None)
HEADINGS: list[Cell] = ["指标", "单位", "截至日", "累计完成"]


@dataclass
class Year:
    """The town, the machine, and what happened outside of them."""

    engine: Engine
    home: Path
    refused: int = 0
    today: date = STARTS
    asked: dict[Wish, int | None] = field(default_factory=dict)
    """Corrections that were taken up, by their ids."""
    issued: dict[str, str] = field(default_factory=dict)
    """What was issued by the 28th of every month, as it read then."""

    def __post_init__(self) -> None:
        with transaction(self.engine) as session:
            self.town = town.found(session)
        self.settings = Settings(home=self.home)
        self.machine = Clockwork(self.engine, self.settings, at(STARTS, time(0, 1)))

    def run(self, last: date = LAST) -> None:
        """Let it pass, day by day; on days on which the machine is off nothing happens at all."""
        acts = {day: list(some) for day, some in groupby(year(), key=lambda act: act.day)}
        for day in span(STARTS, last):
            if is_off(day):
                continue
            self.today = day
            with transaction(self.engine) as session:
                town.pause_cycles(session, day)
            for hour in (NIGHT, MORNING, LATER) if is_off(day - ONE) else (MORNING, LATER):
                self.machine.turn(at(day, hour))
            if day.day == 28:
                self.issued |= self._issued()
            self._day(day, acts.get(day, []))
        self.machine.stop()

    def bureau(self, _place: Place) -> Found:
        """The bureau's own system, which holds the numbers of the newest month since its third working day."""
        if self.today in BUREAU_DOWN:
            raise SourceDown("统计局: Connection refused")
        ready = [end for end in month_ends() if COUNTRY.after(end, 3) <= self.today]
        return Found([statistics(ready[-1])] if ready else [])

    def _issued(self) -> dict[str, str]:
        """Notices and briefings: what they say, and that their files say it too."""
        with transaction(self.engine) as session:
            notices = {
                f"notice {row.id}": f"{row.number} {row.body} {row.file}" for row in session.exec(select(Notice))
            }
            briefings = {f"briefing {row.id}": f"{row.number} {row.facts}" for row in session.exec(select(Briefing))}
        files = {str(path): sha256(path.read_bytes()).hexdigest() for path in self.home.rglob("*.docx")}
        return {name: said for name, said in (notices | briefings | files).items() if name not in self.issued}

    def unchanged(self) -> bool:
        """Whether all that was issued reads as it read then."""
        before, self.issued = self.issued, {}
        now = self._issued()
        self.issued = before
        return all(now[name] == said for name, said in before.items())

    def _day(self, day: date, acts: list[Act]) -> None:
        if day == back_on(town.CHANGED_ON):
            with transaction(self.engine) as session:
                town.change_plan(session, self.town, at(day, time(9, 30)))
        for moment, some in groupby(acts, key=lambda act: act.moment):
            self._together(moment, list(some))
        for wish in wishes():
            if day in (wish.asked_on, wish.decided_on):
                with transaction(self.engine) as session:
                    self._correct(session, day, wish)
        with transaction(self.engine) as session:
            for about in (one for one in months() if day in one.reviewed_on):
                self._review(session, day, about)

    def _together(self, moment: datetime, acts: list[Act]) -> None:
        deed = acts[0].deed
        if deed is Deed.REFUSED:
            self.refused += sum(self._is_refused(act) for act in acts)
        elif deed is Deed.SENT_BACK:
            with transaction(self.engine) as session:
                for act in acts:
                    self._send_back(session, act)
        else:
            with transaction(self.engine) as session:
                rows = [row for act in acts for row in self._open_rows(session, act)]
                if rows:
                    take_reports(session, self.town.scheme_id, paper(f"{moment:%m%d%H}.csv", rows), "考核办", moment)

    def _open_rows(self, session: Session, act: Act) -> list[list[Cell]]:
        """Nobody sends a number again that the office has confirmed meanwhile."""
        rows = rows_of(act, act.unit >= 56)
        if act.about.weekly or act.day < act.about.office_due:
            return rows
        settled = requests(session, self.town.scheme_id, act.about, RequestState.CONFIRMED, town.led())
        targets = {request.target_id for request in settled}
        return [row for row in rows if self.town.targets[town.code(act.unit), str(row[0])] not in targets]

    def _is_refused(self, act: Act) -> bool:
        """A file with one number that is none; nothing of it is taken."""
        *sound, wrong = rows_of(act)
        file = paper(f"{town.code(act.unit)}.csv", [*sound, [*wrong[:3], "许多"]])
        try:
            with transaction(self.engine) as session:
                take_reports(session, self.town.scheme_id, file, "考核办", act.moment)
        except Faults:
            return True
        return False

    def _send_back(self, session: Session, act: Act) -> None:
        code = town.code(act.unit)
        targets = {self.town.targets[code, name] for name in act.indicators}
        came = requests(session, self.town.scheme_id, act.about, RequestState.SUBMITTED, act.indicators)
        mine = [request for request in came if request.target_id in targets]
        reviewer = Actor("审核人", Role.REVIEWER, code)
        self._do(session, mine, Asked(RequestAct.RETURN, reviewer, act.moment, "与台账不符"))

    def _review(self, session: Session, day: date, about: Dates) -> None:
        """Lead units check from their deadline on, the office confirms from its own on."""
        came = requests(session, self.town.scheme_id, about, RequestState.SUBMITTED, town.led_by(day, about))
        names = {number: name for (_unit, name), number in self.town.targets.items()}
        for name, some in groupby(sorted(came, key=lambda r: names[r.target_id]), key=lambda r: names[r.target_id]):
            lead = Actor(CHECKER, Role.LEAD, town.code(int(name[1:])))
            self._do(session, list(some), Asked(RequestAct.CHECK, lead, at(day, time(16))))
        if day >= about.office_due:
            ready = requests(session, self.town.scheme_id, about, RequestState.CHECKED, town.led())
            self._do(session, ready, Asked(RequestAct.CONFIRM, OFFICE, at(day, time(17))))

    def _do(self, session: Session, found: Collection[Request], asked: Asked) -> None:
        """One person's act of review to all of these, where there are any."""
        if found:
            day = asked.at.date()
            issuer = issuer_of(session, self.settings, self.town.scheme_id, day, asked.at)
            review(session, issuer, [request.id or 0 for request in found], asked)

    def _correct(self, session: Session, day: date, wish: Wish) -> None:
        """Ask for a correction, or decide on the one that was asked for; what is not confirmed cannot be corrected."""
        scheme, unit = self.town.scheme_id, town.code(wish.unit)
        target = self.town.targets[unit, wish.indicator]
        if day == wish.asked_on:
            value = (int(amount(wish.unit, wish.indicator, wish.about.as_of)) + 3) * MICRO
            reporter = Actor(f"{unit}填报人", Role.REPORTER, unit)
            asked = corrections.Wish(target, wish.about.as_of, value, "漏记3", None, reporter)
            try:
                self.asked[wish] = corrections.ask(session, scheme, asked, at(day, Deed.CORRECTION.hour)).id
            except corrections.Refused as refused:
                if refused.why is not Refusal.NOT_CONFIRMED:
                    raise
        elif wish in self.asked:
            found = session.get_one(Correction, self.asked[wish])
            issuer = issuer_of(session, self.settings, scheme, day, at(day, Deed.DECISION.hour))
            corrections.decide(session, issuer, found, wish.approved, OFFICE, "已核")


@cache
def statistics(end: date) -> PlanFile:
    """What the bureau knows of a month."""
    rows = [(n, name) for name in town.supplied() for n in town.present(end)]
    return paper("统计局.csv", [[name, town.code(n), end, amount(n, name, end)] for n, name in rows])


def at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, OFFICE_ZONE)


def months() -> list[Dates]:
    return [Dates(False, end) for end in month_ends()]


def requests(
    session: Session, scheme_id: int, about: Dates, state: RequestState, names: Collection[str]
) -> list[Request]:
    """A round's requests for some indicators that stand in a state."""
    asked = (
        select(Request)
        .join(Period, col(Period.id) == Request.period_id)
        .join(Target, col(Target.id) == Request.target_id)
        .join(Indicator, col(Indicator.id) == Target.indicator_id)
    )
    mine = asked.where(Period.scheme_id == scheme_id, Period.as_of == about.as_of, Request.state == state)
    return list(session.exec(mine.where(col(Indicator.code).in_(names)).order_by(col(Request.id))))


def rows_of(act: Act, mended: bool = False) -> list[list[Cell]]:
    again = act.deed is Deed.HANDED_IN and mended and len(act.indicators) == 2
    return [
        [name, town.code(act.unit), act.about.as_of, amount(act.unit, name, act.about.as_of, again)]
        for name in act.indicators
    ]


def amount(unit: int, name: str, day: date, mended: bool = False) -> str:
    """Of 1200 a year, as fast as the unit is with it."""
    return f"{1200 * day.timetuple().tm_yday * town.pace(unit, name, day) // 36500 + mended}"


def paper(name: str, rows: list[list[Cell]]) -> PlanFile:
    """A file of reports as its reader leaves it."""
    sheet = Sheet(name, "填报", list(enumerate([HEADINGS, *rows], 1)))
    return reports_of(Book([sheet], [], f"{name}:{hash(str(rows))}"), name)
