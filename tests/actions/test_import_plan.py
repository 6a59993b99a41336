"""A plan taken in: nothing twice, revisions beside what they revise, and both time axes from the first day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session
from sqlmodel import select as select_rows

from diaodu.actions.import_plan import import_plan
from diaodu.actions.outcome import Outcome
from diaodu.rules.access import Role
from diaodu.rules.quantity import to_micro
from diaodu.rules.trajectory import Trajectory
from diaodu.storage.audit import verify
from diaodu.storage.indicator import definitions_in_force
from diaodu.storage.milestone import milestones_in_force
from diaodu.storage.person import people
from diaodu.storage.scheme import scheme_id, scheme_in_force
from diaodu.storage.session import transaction
from diaodu.storage.tables import METADATA
from diaodu.storage.target import target_ids, targets_in_force
from diaodu.storage.unit import unit_ids, units_in_force
from models.audit import Audit
from models.milestone import Milestone
from models.report import Report
from tests.plan_file import SOUND, Sheets, edited, write_book, write_folder

JANUARY, OCTOBER, DECEMBER = date(2023, 1, 1), date(2023, 10, 31), date(2023, 12, 31)
NOVEMBER_3 = datetime(2023, 11, 3, 4, tzinfo=UTC)
NOVEMBER_10 = datetime(2023, 11, 10, 4, tzinfo=UTC)
NOVEMBER_20 = datetime(2023, 11, 20, 4, tzinfo=UTC)
SCHEME: Sheets = {"scheme": SOUND["scheme"]}


def take(session: Session, path: Path, at: datetime = NOVEMBER_3, scheme: str | None = None) -> Outcome:
    return import_plan(session, path, scheme, "考核办", at)


def counts(outcome: Outcome, noun: str) -> tuple[int, int, int]:
    tally = outcome.tally(noun)
    return tally.added, tally.changed, tally.unchanged


def rows(session: Session) -> dict[str, int]:
    return {
        table.name: session.execute(select(func.count()).select_from(table)).scalar_one()
        for table in METADATA.sorted_tables
    }


def asked(session: Session, indicator: str, unit: str, as_of: date, known_at: datetime) -> str | None:
    """The target in force, in measure units."""
    scheme = scheme_id(session, "2023")
    version = targets_in_force(session, scheme, as_of, known_at).get(target_ids(session, scheme)[indicator, unit])
    return None if version is None or version.value is None else f"{version.value / 1_000_000:g}"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "sound", SOUND)


def only(tmp_path: Path, name: str, **sheets: list[list[str]]) -> Path:
    return write_folder(tmp_path / name, sheets)


def test_a_plan_arrives_whole(session: Session, sound: Path) -> None:
    outcome = take(session, sound)
    assert {noun: counts(outcome, noun) for noun in outcome.tallies} == {
        "scheme": (1, 0, 0),
        "units": (3, 0, 0),
        "contacts": (1, 0, 0),
        "indicators": (3, 0, 0),
        "targets": (5, 0, 0),
        "milestones": (3, 0, 0),
        "reports": (2, 0, 0),
    }
    scheme = scheme_id(session, "2023")
    units = units_in_force(session, scheme, OCTOBER, NOVEMBER_3)
    assert [(u.name, u.ranked, u.parent_id) for u in units] == [
        ("合计", False, None),
        ("东区", True, units[0].unit_id),
        ("西区", True, units[0].unit_id),
    ]
    assert units[0].group_id is None
    assert units[1].group_id == units[2].group_id is not None
    calendar = scheme_in_force(session, scheme, OCTOBER, NOVEMBER_3)
    assert (calendar.issuer, calendar.report_due, calendar.effective_from) == ("某区考核办", "期后5个工作日", JANUARY)
    assert [d.name for d in definitions_in_force(session, scheme, OCTOBER, NOVEMBER_3)] == [
        "重点项目投资",
        "空气优良率",
        "园区交付",
    ]


def test_empty_cells_mean_what_the_manual_says(session: Session, sound: Path) -> None:
    take(session, sound)
    scheme = scheme_id(session, "2023")
    ids, targets = target_ids(session, scheme), targets_in_force(session, scheme, OCTOBER, NOVEMBER_3)
    air, park = targets[ids["air", "east"]], targets[ids["park", "west"]]
    assert (air.baseline, air.trajectory, air.start, air.due) == (0, Trajectory.FLAT, JANUARY, DECEMBER)
    assert (park.value, park.trajectory) == (to_micro(2), Trajectory.STEP)
    steps = milestones_in_force(session, scheme, NOVEMBER_3)[ids["park", "west"]]
    assert [(s.name, s.planned) for s in steps] == [("开工", to_micro(1)), ("竣工", to_micro(2))]


def test_the_same_file_twice_changes_nothing(session: Session, sound: Path) -> None:
    take(session, sound)
    before = rows(session)
    outcome = take(session, sound, NOVEMBER_10)
    assert outcome.taken_before == NOVEMBER_3
    assert not outcome.is_news
    assert rows(session) == before


def test_the_same_words_in_another_file_change_nothing(session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    before = rows(session)
    outcome = take(session, write_book(tmp_path / "plan.xlsx", SOUND), NOVEMBER_10)
    assert outcome.taken_before is None
    assert {noun: counts(outcome, noun)[:2] for noun in outcome.tallies} == dict.fromkeys(outcome.tallies, (0, 0))
    assert rows(session) == before


def test_an_old_file_taken_again_does_not_undo_what_came_after(session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    change = only(tmp_path, "change", targets=[["指标", "单位", "目标值"], ["invest", "east", "130"]])
    take(session, change, NOVEMBER_10)
    take(session, sound, NOVEMBER_20)
    assert asked(session, "invest", "east", DECEMBER, NOVEMBER_20) == "130"


def test_a_revised_target_counts_from_its_day_and_is_known_from_its_recording(
    session: Session, sound: Path, tmp_path: Path
) -> None:
    take(session, sound)
    change = [["indicator", "unit", "target", "effective_from"], ["invest", "east", "130", "2023-11-01"]]
    outcome = take(session, only(tmp_path, "change", targets=change), NOVEMBER_10)
    assert counts(outcome, "targets") == (0, 1, 0)
    assert asked(session, "invest", "east", OCTOBER, NOVEMBER_10) == "120"
    assert asked(session, "invest", "east", date(2023, 11, 1), NOVEMBER_10) == "130"
    assert asked(session, "invest", "east", date(2023, 11, 1), NOVEMBER_3) == "120"


def test_a_revision_without_a_day_counts_from_the_day_it_is_recorded(
    session: Session, sound: Path, tmp_path: Path
) -> None:
    take(session, sound)
    take(
        session, only(tmp_path, "change", targets=[["指标", "单位", "目标值"], ["invest", "east", "130"]]), NOVEMBER_10
    )
    assert asked(session, "invest", "east", date(2023, 11, 9), NOVEMBER_10) == "120"
    assert asked(session, "invest", "east", date(2023, 11, 10), NOVEMBER_10) == "130"


def test_columns_left_out_stay_and_empty_cells_do_not(session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    scheme = scheme_id(session, "2023")
    target = target_ids(session, scheme)["invest", "west"]
    take(session, only(tmp_path, "a", targets=[["指标", "单位", "目标值"], ["invest", "west", "90"]]), NOVEMBER_10)
    kept = targets_in_force(session, scheme, DECEMBER, NOVEMBER_10)[target]
    assert (kept.value, kept.trajectory) == (to_micro(90), Trajectory.STEP)
    cleared = [["指标", "单位", "目标值", "序时方式"], ["invest", "west", "", ""]]
    take(session, only(tmp_path, "b", targets=cleared), NOVEMBER_20)
    usual = targets_in_force(session, scheme, DECEMBER, NOVEMBER_20)[target]
    assert (usual.value, usual.trajectory) == (None, Trajectory.MONTHS)


def test_a_file_may_tell_a_targets_whole_history(session: Session, tmp_path: Path) -> None:
    sheets = edited(lambda s: s["targets"].append(["invest", "east", "130", "", "", "", "", "", "2023-07-01"]))
    outcome = take(session, write_folder(tmp_path / "plan", sheets))
    assert counts(outcome, "targets") == (5, 1, 0)
    assert asked(session, "invest", "east", date(2023, 6, 30), NOVEMBER_3) == "120"
    assert asked(session, "invest", "east", date(2023, 7, 1), NOVEMBER_3) == "130"


def test_a_new_unit_stands_at_the_end_until_a_whole_list_is_given(
    session: Session, sound: Path, tmp_path: Path
) -> None:
    take(session, sound)
    scheme = scheme_id(session, "2023")
    take(session, only(tmp_path, "one", units=[["编码", "名称"], ["north", "北区"]]), NOVEMBER_10)
    order = [u.name for u in units_in_force(session, scheme, DECEMBER, NOVEMBER_10)]
    assert order == ["合计", "东区", "西区", "北区"]
    listed = [["编码", "名称"], ["north", "北区"], ["west", "西区"], ["east", "东区"], ["total", "合计"]]
    take(session, only(tmp_path, "all", units=listed), NOVEMBER_20)
    order = [u.name for u in units_in_force(session, scheme, DECEMBER, NOVEMBER_20)]
    assert order == ["北区", "西区", "东区", "合计"]


def test_a_unit_may_be_renamed_and_is_then_known_by_both_names(session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    take(session, only(tmp_path, "new name", units=[["编码", "名称"], ["east", "滨江区"]]), NOVEMBER_10)
    report = [
        ["指标", "单位", "截至日", "累计完成"],
        ["invest", "滨江区", "2023-11-09", "106"],
        ["air", "东区", "2023-11-09", "2"],
    ]
    assert counts(take(session, only(tmp_path, "r", reports=report), NOVEMBER_20), "reports") == (2, 0, 0)


def test_units_without_codes_are_called_by_their_names(session: Session, tmp_path: Path) -> None:
    take(session, write_folder(tmp_path / "plan", SCHEME | {"units": [["单位"], ["东区"], ["西区"]]}))
    assert set(unit_ids(session, scheme_id(session, None))) == {"东区", "西区"}


def test_changed_milestones_are_a_whole_new_revision(session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    scheme = scheme_id(session, "2023")
    target = target_ids(session, scheme)["park", "west"]
    later = [
        ["指标", "单位", "节点", "时限"],
        ["park", "west", "开工", "2023-04-30"],
        ["park", "west", "竣工", "2023-11-30"],
    ]
    outcome = take(session, only(tmp_path, "later", milestones=later), NOVEMBER_10)
    assert counts(outcome, "milestones") == (0, 2, 0)
    assert milestones_in_force(session, scheme, NOVEMBER_3)[target][0].due == date(2023, 3, 31)
    assert milestones_in_force(session, scheme, NOVEMBER_10)[target][0].due == date(2023, 4, 30)
    kept = session.exec(select_rows(Milestone.revision).where(Milestone.target_id == target)).all()
    assert sorted(kept) == [1, 1, 2, 2]


def test_a_new_contact_takes_the_place_of_the_old_one(session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    scheme = scheme_id(session, "2023")
    moved = [["编码", "名称", "联系人", "邮箱"], ["east", "东区", "王工", "wang@example.org"]]
    assert counts(take(session, only(tmp_path, "moved", units=moved), NOVEMBER_10), "contacts") == (0, 1, 0)
    changed = [["编码", "名称", "联系人", "电话"], ["east", "东区", "赵工", "0571-1"]]
    assert counts(take(session, only(tmp_path, "changed", units=changed), NOVEMBER_20), "contacts") == (0, 1, 0)
    assert [(p.name, p.mail, p.phone, p.role) for p in people(session, scheme)] == [
        ("赵工", None, "0571-1", Role.REPORTER)
    ]


def test_what_was_recorded_later_is_not_known_earlier(session: Session, sound: Path) -> None:
    take(session, sound, NOVEMBER_10)
    outcome = take(session, sound, NOVEMBER_3)
    assert outcome.taken_before is None
    assert counts(outcome, "targets") == (5, 0, 0)
    assert asked(session, "invest", "east", OCTOBER, NOVEMBER_3) == "120"


def test_an_import_leaves_one_trace_in_the_audit(session: Session, sound: Path) -> None:
    acted = datetime(2023, 11, 4, 4, tzinfo=UTC)
    import_plan(session, sound, None, "张三", NOVEMBER_3, acted)
    (trace,) = session.exec(select_rows(Audit)).all()
    assert (trace.action, trace.subject, trace.actor, trace.at) == ("plan.import", "2023", "张三", acted)
    assert '"targets": {"added": 5' in trace.detail
    assert verify(session) is None


def test_every_report_says_where_it_was_read(session: Session, sound: Path) -> None:
    take(session, sound)
    assert session.exec(select_rows(Report.origin).order_by(Report.id)).all() == [
        "sound/reports.csv · reports · 第 2 行",
        "sound/reports.csv · reports · 第 3 行",
    ]


def test_two_schemes_live_side_by_side(engine: Engine, session: Session, sound: Path, tmp_path: Path) -> None:
    take(session, sound)
    other = edited(lambda s: s["scheme"][1].__setitem__(1, "2024"))
    assert counts(take(session, write_folder(tmp_path / "other", other)), "targets") == (5, 0, 0)
    change = only(tmp_path, "change", targets=[["指标", "单位", "目标值"], ["invest", "east", "130"]])
    assert take(session, change, NOVEMBER_10, "2024").scheme == "2024"
    assert asked(session, "invest", "east", DECEMBER, NOVEMBER_10) == "120"


def test_two_people_importing_the_same_change_make_it_once(engine: Engine, sound: Path, tmp_path: Path) -> None:
    change = only(tmp_path, "change", targets=[["指标", "单位", "目标值"], ["invest", "east", "130"]])

    def import_it(_person: int) -> tuple[int, int, int]:
        with transaction(engine) as session:
            return counts(take(session, change, NOVEMBER_10), "targets")

    with transaction(engine) as session:
        take(session, sound)
    with ThreadPoolExecutor(4) as people_at_work:
        did = list(people_at_work.map(import_it, range(4)))
    assert sorted(did) == [(0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 1, 0)]
