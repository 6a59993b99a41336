"""Collecting: every source is read whatever becomes of the others, and every unit has an outcome."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select

from diaodu.rules.access import Role
from diaodu.rules.schedule import Origin, RunState
from diaodu.settings import Settings
from diaodu.sources.kind import Found
from diaodu.sources.place import Place
from diaodu.sources.registry import SOURCES
from diaodu.sources.side_by_side import read_all
from diaodu.storage import run
from diaodu.storage.holiday import seed
from diaodu.storage.ledger import LEASE
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from diaodu.storage.supply import supply
from flows.collect import collect
from flows.desk import WRITTEN, Desk
from models.delivery import Delivery
from models.period import Period
from models.person import Person
from models.report import Report
from models.run import Run
from models.run_item import RunItem
from models.source import Source
from tests.plan import RECORDED, SmallPlan

NOVEMBER = date(2023, 11, 30)
BEFORE_DUE = datetime(2023, 12, 5, 1, tzinfo=UTC)
AFTER_DUE = datetime(2023, 12, 8, 1, tzinfo=UTC)
HEADING = "指标,单位,截至日,累计完成\n"


@pytest.fixture
def plan(engine: Engine) -> SmallPlan:
    with transaction(engine) as session:
        seed(session, [2023, 2024])
        return SmallPlan(session)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace."""
    monkeypatch.setenv("DIAODU_HOME", str(tmp_path / "workspace"))
    return tmp_path / "workspace"


@contextmanager
def desk(
    engine: Engine, plan: SmallPlan, now: datetime, as_of: date = NOVEMBER, known_at: datetime | None = None
) -> Iterator[Desk]:
    with transaction(engine) as session:
        lease = run.begin(session, Job(plan.scheme_id, "collect", as_of, Origin.PERSON, known_at), "me", now, LEASE)
    assert isinstance(lease, Lease)
    yield Desk(engine, Settings(), lease, lambda: now)
    with transaction(engine) as session:
        run.finish(session, lease, RunState.DONE, now)


def outcomes(engine: Engine) -> dict[str, tuple[str, str | None]]:
    """What the last run put down, by subject."""
    with transaction(engine) as session:
        newest = session.exec(select(Run.id).order_by("id")).all()[-1]
        found = session.exec(select(RunItem).where(RunItem.run_id == newest))
        return {item.subject: (item.outcome, item.detail) for item in found}


def source(engine: Engine, plan: SmallPlan, name: str, folder: Path, kind: str = "folder", active: bool = True) -> None:
    with transaction(engine) as session:
        row = {"scheme_id": plan.scheme_id, "name": name, "kind": kind, "location": str(folder), "active": active}
        session.add(Source(**row))


def drop(folder: Path, *rows: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "填报.csv").write_text(HEADING + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return folder


def reports(engine: Engine) -> int:
    with transaction(engine) as session:
        return len(session.exec(select(Report).where(Report.as_of == NOVEMBER)).all())


def test_the_period_is_opened_with_its_deadline(engine: Engine, plan: SmallPlan) -> None:
    for _ in range(2):
        with desk(engine, plan, BEFORE_DUE) as step:
            collect(step)
    with transaction(engine) as session:
        period = session.exec(select(Period)).one()
        assert (period.as_of, period.unit_due, period.provisional) == (NOVEMBER, date(2023, 12, 7), False)


@pytest.mark.parametrize(("now", "silent"), [(BEFORE_DUE, "awaited"), (AFTER_DUE, "not_reported")])
def test_a_unit_is_awaited_until_its_report_is_overdue(
    engine: Engine, plan: SmallPlan, now: datetime, silent: str
) -> None:
    with transaction(engine) as session:
        plan.session = session
        for target in (plan.invested[plan.east], plan.started[plan.east], plan.invested[plan.west]):
            plan.report(target, NOVEMBER, 10, recorded_at=BEFORE_DUE - timedelta(hours=1))
    with desk(engine, plan, now) as step:
        collect(step)
    found = outcomes(engine)
    assert {unit: found[unit] for unit in ("east", "west")} == {"east": ("reported", "2/2"), "west": (silent, "1/2")}
    assert found["开启期次"] == ("tally", "1")


def test_a_source_that_fails_stops_no_other(
    engine: Engine, plan: SmallPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(_place: Place) -> Found:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setitem(SOURCES, "exploding", replace(SOURCES["folder"], read=explode))
    source(engine, plan, "不在", tmp_path / "nowhere")
    source(engine, plan, "有错", drop(tmp_path / "wrong", "investment,east,2023-11-30,许多"))
    source(engine, plan, "故障", tmp_path, kind="exploding")
    source(engine, plan, "停用", tmp_path / "nowhere", active=False)
    source(engine, plan, "正常", drop(tmp_path / "right", "investment,east,2023-11-30,111.5"))
    with desk(engine, plan, BEFORE_DUE) as step:
        collect(step)
    found = outcomes(engine)
    assert found["不在"][0] == "source_down"
    assert found["有错 · 填报.csv"][0] == "file_faulty"
    assert "许多" in (found["有错 · 填报.csv"][1] or "")
    assert found["有错"] == ("source_unchanged", None)
    assert found["故障"] == ("source_broken", "ZeroDivisionError: a fault of ours")
    assert found["正常"] == ("source_read", "1")
    assert "停用" not in found
    assert found["east"] == ("awaited", "1/2")
    assert reports(engine) == 1


def test_a_faulty_file_stops_no_other_of_its_folder(engine: Engine, plan: SmallPlan, tmp_path: Path) -> None:
    folder = drop(tmp_path / "both", "investment,east,2023-11-30,许多", "investment,west,2023-11-30,51")
    (folder / "西区.csv").write_text(HEADING + "investment,west,2023-11-30,52\n", encoding="utf-8")
    (folder / "半.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    source(engine, plan, "投放", folder)
    for expected in (("source_read", "1"), ("source_unchanged", None)):
        with desk(engine, plan, BEFORE_DUE) as step:
            collect(step)
        found = outcomes(engine)
        assert found["投放 · 填报.csv"][0] == "file_faulty"
        assert found["投放 · 半.xlsx"] == ("source_left", "还在写入，留到下一次再读")
        assert found["投放"] == expected
    assert reports(engine) == 1


def test_a_faulty_file_goes_back_once_with_every_wrong_cell_marked(
    engine: Engine, plan: SmallPlan, tmp_path: Path, home: Path
) -> None:
    with transaction(engine) as session:
        office = Person(scheme_id=plan.scheme_id, name="李某", role=Role.OFFICE, webhook="http://127.0.0.1:9/")
        session.add(office)
    source(engine, plan, "投放", drop(tmp_path / "both", "investment,east,2023-11-30,许多"))
    for written in (1, 0):
        with desk(engine, plan, BEFORE_DUE) as step:
            collect(step)
        copies = [subject for subject, (outcome, _) in outcomes(engine).items() if outcome == WRITTEN]
        assert len(copies) == written
    (copy,) = home.glob("returned/*_填报_批注.xlsx")
    book = load_workbook(copy)
    assert book.sheetnames == ["差错清单", "填报"]
    assert "数字" in book["填报"]["D2"].comment.text
    with transaction(engine) as session:
        (letter,) = [one for one in session.exec(select(Delivery)) if "未入库" in one.subject]
    assert "许多" in letter.text
    assert letter.attachment == copy.relative_to(home).as_posix()


def test_a_source_that_hangs_does_not_hold_up_the_round(
    engine: Engine, plan: SmallPlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = threading.Event()

    def hang(_place: Place) -> Found:
        never.wait(60)
        return Found()

    monkeypatch.setitem(SOURCES, "hanging", replace(SOURCES["folder"], read=hang))
    monkeypatch.setattr("flows.reading.read_all", partial(read_all, seconds=3.0))
    source(engine, plan, "不答", tmp_path, kind="hanging")
    source(engine, plan, "正常", drop(tmp_path / "right", "investment,east,2023-11-30,111.5"))
    with desk(engine, plan, BEFORE_DUE) as step:
        collect(step)
    never.set()
    found = outcomes(engine)
    assert (found["不答"], found["正常"]) == (("source_down", "3 秒内没有读完"), ("source_read", "1"))


def test_the_office_is_told_of_a_silent_source_and_no_unit_is_chased(engine: Engine, plan: SmallPlan) -> None:
    options = json.dumps({"indicator": "zb", "unit": "dw", "value": "sz", "attempts": 1})
    with transaction(engine) as session:
        plan.session = session
        plan.person("李某", role=Role.OFFICE, mail="office@kaohe.cn")
        for unit in (plan.east, plan.west):
            plan.person("王某", unit, mail="unit@unit.cn")
        row = {"name": "统计", "kind": "http", "location": "http://127.0.0.1:9/", "options": options}
        source = Source(scheme_id=plan.scheme_id, **row)
        session.add(source)
        session.flush()
        supply(session, source, [plan.investment, plan.projects], RECORDED)
    for now, told in ((BEFORE_DUE, None), (AFTER_DUE, ("tally", "1")), (AFTER_DUE + timedelta(days=3), None)):
        with desk(engine, plan, now) as step:
            collect(step)
        found = outcomes(engine)
        assert found["统计"][0] == "source_down"
        assert found.get("数据源逾期未供数，已告知考核办") == told
        assert found.get("已提醒") is None
    with transaction(engine) as session:
        assert list(session.exec(select(Delivery.subject))) == ["高质量发展考核：1个数据源逾期未供数"]


def test_a_source_read_twice_adds_nothing(engine: Engine, plan: SmallPlan, tmp_path: Path) -> None:
    source(engine, plan, "正常", drop(tmp_path / "right", "investment,east,2023-11-30,111.5"))
    for expected in (("source_read", "1"), ("source_unchanged", None)):
        with desk(engine, plan, BEFORE_DUE) as step:
            collect(step)
        assert outcomes(engine)["正常"] == expected
    assert reports(engine) == 1


def test_a_report_collected_is_known_to_the_run_that_collected_it(
    engine: Engine, plan: SmallPlan, tmp_path: Path
) -> None:
    source(engine, plan, "正常", drop(tmp_path / "right", "investment,east,2023-11-30,111.5"))
    with desk(engine, plan, BEFORE_DUE) as step:
        collect(step)
    with transaction(engine) as session:
        report = session.exec(select(Report).where(Report.as_of == NOVEMBER)).one()
        assert report.recorded_at == BEFORE_DUE
        assert report.source_id == session.exec(select(Source.id)).one()


def test_before_the_first_period_there_is_nothing_to_collect(engine: Engine, plan: SmallPlan) -> None:
    with desk(engine, plan, datetime(2023, 1, 20, tzinfo=UTC), date(2023, 1, 20)) as step:
        collect(step)
    assert outcomes(engine) == {"2023-01-20": ("no_period", None)}


def test_a_deadline_in_a_year_not_announced_is_marked(engine: Engine) -> None:
    with transaction(engine) as session:
        seed(session, [2023])
        plan = SmallPlan(session)
    with desk(engine, plan, datetime(2024, 1, 2, tzinfo=UTC), date(2023, 12, 31)) as step:
        collect(step)
    with transaction(engine) as session:
        assert session.exec(select(Period)).one().provisional is True


def test_what_was_read_is_lost_when_the_lease_is(engine: Engine, plan: SmallPlan, tmp_path: Path) -> None:
    source(engine, plan, "正常", drop(tmp_path / "right", "investment,east,2023-11-30,111.5"))
    late = BEFORE_DUE + LEASE + timedelta(seconds=1)
    with transaction(engine) as session:
        lease = run.begin(session, Job(plan.scheme_id, "collect", NOVEMBER, Origin.PERSON), "me", BEFORE_DUE, LEASE)
    assert isinstance(lease, Lease)
    with transaction(engine) as session:
        run.reap(session, late)
    with pytest.raises(run.LeaseLost):
        collect(Desk(engine, Settings(), lease, lambda: late))
    assert reports(engine) == 0
