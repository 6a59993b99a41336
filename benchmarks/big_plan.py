"""A plan of any size written straight into the tables, for measuring: milestones, reports, revisions and silences."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine
from sqlmodel import SQLModel

from diaodu.rules.indicator import Direction, Kind, RollUp
from diaodu.rules.quantity import MICRO
from diaodu.rules.trajectory import Trajectory
from models.definition import Definition
from models.indicator import Indicator
from models.milestone import Milestone
from models.report import Report
from models.scheme import Scheme
from models.scheme_version import SchemeVersion
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit
from models.unit_version import UnitVersion

STARTS, ENDS = date(2023, 1, 1), date(2023, 12, 31)
RECORDED = datetime(2023, 1, 5, 1, tzinfo=UTC)
AS_OF = date(2023, 8, 31)
KNOWN_AT = datetime(2023, 9, 10, 1, tzinfo=UTC)
BATCH = 20_000
Row = Sequence[Any]


@dataclass(frozen=True)
class Size:
    """How big: `units` × `indicators` targets, each with so many milestones and, but for 3 % silent ones, reports."""

    units: int
    indicators: int
    milestones: int = 10
    reports: int = 30

    @property
    def targets(self) -> int:
        return self.units * self.indicators


def fill(engine: Engine, size: Size, seed: int = 7) -> int:
    """Write the plan and return its scheme's id; the same seed gives the same rows in the same random order."""
    chance = random.Random(seed)
    with engine.begin() as connection:
        _load(connection, Scheme, ["id", "code"], [(1, "big")])
        _load(connection, SchemeVersion, *_scheme())
        _load(connection, Unit, ["id", "scheme_id", "code"], ((u, 1, f"u{u}") for u in _ids(size.units)))
        _load(connection, UnitVersion, *_units(size))
        _load(connection, Indicator, ["id", "scheme_id", "code"], ((i, 1, f"i{i}") for i in _ids(size.indicators)))
        _load(connection, Definition, *_definitions(size))
        pairs = [(i, u) for i in _ids(size.indicators) for u in _ids(size.units)]
        rows = ((t, i, u) for t, (i, u) in enumerate(pairs, 1))
        _load(connection, Target, ["id", "indicator_id", "unit_id"], rows)
        _load(connection, TargetVersion, *_target_versions(size))
        _load(connection, Milestone, *_milestones(size, chance))
        _load(connection, Report, *_reports(size, chance))
    _settle(engine)
    return 1


def _ids(count: int) -> range:
    return range(1, count + 1)


def _scheme() -> tuple[list[str], list[Row]]:
    columns = "scheme_id name starts ends cadence report_due rest_day ranking_measure tie issuer masthead number_prefix"
    words = (
        1,
        "大方案",
        STARTS,
        ENDS,
        "monthly",
        "5 workdays",
        "after",
        "completion",
        "competition",
        "某考核办",
        "调度简报",
        "某考办",
    )
    return [*columns.split(), "effective_from", "recorded_at"], [(*words, STARTS, RECORDED)]


def _units(size: Size) -> tuple[list[str], Iterator[Row]]:
    columns = ["unit_id", "name", "ranked", "position", "effective_from", "recorded_at"]
    return columns, ((u, f"第{u}单位", True, u, STARTS, RECORDED) for u in _ids(size.units))


def _definitions(size: Size) -> tuple[list[str], Iterator[Row]]:
    columns = "indicator_id name kind direction roll_up measure_unit decimals position effective_from recorded_at"
    return columns.split(), (
        (i, f"第{i}指标", Kind.CUMULATIVE, Direction.HIGHER, RollUp.SUM, "亿元", 1, i, STARTS, RECORDED)
        for i in _ids(size.indicators)
    )


def _target_versions(size: Size) -> tuple[list[str], Iterator[Row]]:
    """Every tenth target is revised in July."""
    columns = "target_id value baseline trajectory start due effective_from recorded_at"
    first = ((t, 100 * MICRO, 0, Trajectory.STEP, STARTS, ENDS, STARTS, RECORDED) for t in _ids(size.targets))
    july, known = date(2023, 7, 1), datetime(2023, 7, 3, tzinfo=UTC)
    revised = ((t, 110 * MICRO, 0, Trajectory.STEP, STARTS, ENDS, july, known) for t in range(1, size.targets + 1, 10))
    return columns.split(), (row for rows in (first, revised) for row in rows)


def _milestones(size: Size, chance: random.Random) -> tuple[list[str], Iterator[Row]]:
    columns = ["target_id", "revision", "position", "name", "due", "planned", "recorded_at"]
    step = (ENDS - STARTS).days / size.milestones
    dues = [STARTS + timedelta(days=round(step * n)) for n in _ids(size.milestones)]
    order = list(_ids(size.targets))
    chance.shuffle(order)
    return columns, (
        (target_id, 1, n, f"第{n}节点", due, 100 * MICRO * n // size.milestones, RECORDED)
        for target_id in order
        for n, due in enumerate(dues, 1)
    )


def _reports(size: Size, chance: random.Random) -> tuple[list[str], Iterator[Row]]:
    """Periods in order, targets of a period in random order; one report in twenty corrects an earlier one."""
    columns = ["target_id", "as_of", "value", "origin", "recorded_by", "recorded_at", "note"]
    speaking = [t for t in _ids(size.targets) if chance.random() > 0.03]
    step = (ENDS - STARTS).days / size.reports

    def rows() -> Iterator[Row]:
        for n in _ids(size.reports):
            as_of = STARTS + timedelta(days=round(step * n))
            moment = datetime(as_of.year, as_of.month, as_of.day, 9, tzinfo=UTC) + timedelta(days=3)
            chance.shuffle(speaking)
            for target_id in speaking:
                day = as_of - timedelta(days=round(step)) if chance.random() < 0.05 else as_of
                value = round(100 * n / size.reports * chance.uniform(0.7, 1.1), 2)
                yield target_id, day, round(value * 100) * MICRO // 100, "reports.csv:1", "test", moment, "按计划推进"

    return columns, rows()


def _load(connection: Connection, table: type[SQLModel], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Rows by the driver's own fastest way, with values written as the models' column types write them."""
    name = str(table.__tablename__)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        with driver.cursor().copy(f"COPY {name} ({', '.join(columns)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([str(v) if isinstance(v, str) else v for v in row])
        driver.execute(f"SELECT setval('{name}_id_seq', (SELECT max(id) FROM {name}))")
        return
    statement = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    remaining = iter(rows)
    while batch := [[_plain(value) for value in row] for row in islice(remaining, BATCH)]:
        driver.executemany(statement, batch)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _settle(engine: Engine) -> None:
    """What a database does by itself after a while: statistics and visibility."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM ANALYZE")
