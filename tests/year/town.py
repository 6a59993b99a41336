"""A district of 60 units and 100 indicators: who is asked for what by when, and who is there to hear."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session, select

from diaodu.actions.policy import apply_policy
from diaodu.rules.access import Role
from diaodu.rules.quantity import MICRO
from diaodu.rules.schedule import CatchUp
from diaodu.rules.trajectory import Trajectory
from diaodu.storage.holiday import seed
from diaodu.storage.plan import append
from diaodu.storage.supply import supply
from models.closure import Closure
from models.person import Person
from models.schedule import Schedule
from models.source import Source
from models.target import Target
from models.target_version import TargetVersion
from tests.plan import Plan
from tests.year.almanac import CLOSURES, COUNTRY, ENDS, STARTS, Dates

UNITS, MONTHLY, SUPPLIED, WEEKLY = 60, 25, 65, 10
"""60 units; of 100 indicators 25 asked for by month, 65 supplied by the bureau's source, 10 asked for by week."""
LED = 10
"""The first monthly indicators are checked by a lead unit each: u01 checks m01, and so on."""
RECORDED = datetime(2024, 12, 20, 1, tzinfo=UTC)
INSTALLED = datetime(2024, 12, 31, 16, 1, tzinfo=UTC)
NEWCOMER, JOINS = 59, date(2025, 7, 1)
APRIL, CHANGED_ON = date(2025, 4, 30), date(2025, 5, 7)
"""The plan is changed while April's round is open."""
DROPPED, ADDED = (4, "m20"), (3, "m25")
"""The target (unit, indicator) that is taken back then, and the one that is set then."""
CAUGHT_UP = date(2025, 9, 1)
LONELY = 60
"""A unit without anybody to write to."""
HEADLESS = 53
"""A unit without reviewer and leader."""
MESSAGES = 7
YELLOW, RED = -20, -40
"""Percentage points of lag below which a target gets a light."""
LAMPS = f"""
name = "红黄绿灯"
measure = "gap_pp"

[[level]]
code = "red"
name = "红灯"
colour = "red"
severity = 2
when = "gap_pp < {RED}"
notice = "supervision"
issue = "after_review"
reply_within = "5 workdays"

[[level]]
code = "yellow"
name = "黄灯"
colour = "yellow"
severity = 1
when = "gap_pp >= {RED} AND gap_pp < {YELLOW}"
notice = "warning"
issue = "automatic"
reply_within = "5 workdays"

[[level]]
code = "green"
name = "绿灯"
colour = "green"
severity = 0
when = "gap_pp >= {YELLOW}"
"""
"""Nobody answers warnings in this year, and nobody decides on what they rise to: they end when the numbers recover."""
TIMETABLE = (
    ("collect", "workdays 08:00", CatchUp.ONCE, False),
    ("cycle", "due +1 08:30", CatchUp.SKIP, True),
    ("check", "due +1 08:32", CatchUp.EACH, False),
    ("warn", "due +1 08:34", CatchUp.ONCE, False),
)
"""A line for each way of catching up; the cycle, whose briefings take their time, is paused but for some periods."""
CYCLES = ((date(2025, 9, 1), date(2025, 10, 20)), (date(2026, 1, 1), date(2026, 12, 31)))
"""When it is not: of the periods due meanwhile August and December are told of, and September is skipped."""


def monthly() -> list[str]:
    return [f"m{n:02}" for n in range(1, MONTHLY + 1)]


def weekly() -> list[str]:
    return [f"w{n:02}" for n in range(1, WEEKLY + 1)]


def supplied() -> list[str]:
    return [f"s{n:02}" for n in range(1, SUPPLIED + 1)]


def code(unit: int) -> str:
    return f"u{unit:02}"


def present(day: date) -> list[int]:
    """The units there are, by number."""
    return [n for n in range(1, UNITS + 1) if n != NEWCOMER or day >= JOINS]


def led() -> set[str]:
    """The indicators that have a lead unit."""
    return {f"m{n:02}" for n in range(1, LED + 1)}


def lags(unit: int, name: str) -> bool:
    """Whether a unit falls behind with an indicator."""
    return (unit * 7 + int(name[1:]) * 3) % 41 == 0


def pace(unit: int, name: str, day: date) -> int:
    """How much of what the calendar asks for is reached, in percent; of those that lag the even ones catch up."""
    if lags(unit, name) and not (unit % 2 == 0 and day >= CAUGHT_UP):
        return 40
    return 85 + (unit + int(name[1:])) % 16


def led_by(day: date, about: Dates) -> set[str]:
    """The indicators whose lead units check on a day: all, but for one that is three days late with it."""
    tardy = f"m{LED:02}"
    return led() - ({tardy} if day < COUNTRY.after(about.lead_due, 3) else set())


@dataclass(frozen=True, slots=True)
class Town:
    """Ids by code."""

    scheme_id: int
    units: dict[str, int]
    targets: dict[tuple[str, str], int]
    collection_id: int
    source_id: int


def found(session: Session) -> Town:
    """Write the town down."""
    seed(session, [2025, 2026])
    says = {"starts": STARTS, "ends": ENDS, "report_due": "期后5个工作日→再2个工作日→再2个工作日"}
    plan = Plan(session, "2025", RECORDED, most_messages=MESSAGES, effective_from=STARTS, **says)
    dated = {"effective_from": STARTS}
    government = plan.unit("gov", name="区政府", ranked=False, **dated)
    units = {code(n): _unit(plan, n, government) for n in range(1, UNITS + 1)}
    week = plan.collection("weekly", name="周报", **dated)
    lead = {name: units[code(int(name[1:]))] for name in led()}
    indicators = {
        name: plan.indicator(
            name,
            name=f"指标{name}",
            collection_id=week if name in weekly() else None,
            lead_unit_id=lead.get(name),
            **dated,
        )
        for name in [*monthly(), *supplied(), *weekly()]
    }
    targets = _targets(session, units, indicators)
    _people(session, plan.scheme_id, units, government)
    closed = [(units[code(n)], day, works) for n, own in CLOSURES.items() for day, works in own.items()]
    session.add_all(Closure(unit_id=unit, day=day, workday=works, name="本单位") for unit, day, works in closed)
    bureau = Source(scheme_id=plan.scheme_id, name="统计局", kind="bureau", location="统计局")
    session.add(bureau)
    session.flush()
    supply(session, bureau, [indicators[name] for name in supplied()], RECORDED)
    apply_policy(session, plan.scheme_id, "lamps", LAMPS, STARTS, "考核办", RECORDED, RECORDED)
    session.add_all(
        Schedule(scheme_id=plan.scheme_id, job=job, trigger=when, catch_up=how, paused=paused, since=INSTALLED)
        for job, when, how, paused in TIMETABLE
    )
    return Town(plan.scheme_id, units, targets, week, bureau.id)


def change_plan(session: Session, town: Town, at: datetime) -> None:
    """Take one target back and set another."""
    plan = Plan.__new__(Plan)
    plan.session, plan.recorded_at, plan.scheme_id = session, at, town.scheme_id
    since = {"effective_from": APRIL.replace(day=1), "start": STARTS, "due": ENDS}
    plan.retarget(town.targets[code(DROPPED[0]), DROPPED[1]], None, **since)
    indicator = session.get_one(Target, town.targets[code(1), ADDED[1]]).indicator_id
    town.targets[code(ADDED[0]), ADDED[1]] = plan.target(indicator, town.units[code(ADDED[0])], 1200, **since)


def pause_cycles(session: Session, day: date) -> None:
    """What the office sets in its timetable on a day."""
    line = session.exec(select(Schedule).where(Schedule.job == "cycle")).one()
    line.paused = not any(first <= day <= last for first, last in CYCLES)


def _unit(plan: Plan, number: int, government: int) -> int:
    since = JOINS if number == NEWCOMER else STARTS
    group = "街道" if number <= 30 else "部门"
    return plan.unit(code(number), group, name=f"第{number}单位", parent_id=government, effective_from=since)


def _targets(session: Session, units: dict[str, int], indicators: dict[str, int]) -> dict[tuple[str, str], int]:
    """Everybody has a target in everything, but for the one that is set later."""
    pairs = [(unit, name) for name in indicators for unit in units if (unit, name) != (code(ADDED[0]), ADDED[1])]
    append(session, Target, [{"indicator_id": indicators[name], "unit_id": units[unit]} for unit, name in pairs])
    numbers = dict(enumerate(pairs, 1))  # the ids that a database without any target gives
    version = {"value": 1200 * MICRO, "baseline": 0, "trajectory": Trajectory.MONTHS, "due": ENDS}
    starts = {number: JOINS if pair[0] == code(NEWCOMER) else STARTS for number, pair in numbers.items()}
    dated = [
        {"target_id": n, "start": day, "effective_from": day, "recorded_at": RECORDED} for n, day in starts.items()
    ]
    append(session, TargetVersion, [version | row for row in dated])
    return {pair: number for number, pair in numbers.items()}


def _people(session: Session, scheme_id: int, units: dict[str, int], government: int) -> None:
    roles = (Role.REPORTER, Role.REVIEWER, Role.LEADER)
    kept = {code(LONELY): (), code(HEADLESS): roles[:1]}
    crowd = [(unit, role) for unit in units for role in kept.get(unit, roles)]
    session.add_all(Person(scheme_id=scheme_id, unit_id=units[u], name=f"{u}{role}", role=role) for u, role in crowd)
    session.add(Person(scheme_id=scheme_id, unit_id=government, name="区长", role=Role.LEADER))
    session.add(Person(scheme_id=scheme_id, name="主任", role=Role.OFFICE))
