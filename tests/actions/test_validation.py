"""Numbers that come in are held against their definition and their history; people explain what looks wrong."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.import_report import import_report, take_reports
from diaodu.actions.outcome import Outcome
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import MICRO, to_micro
from diaodu.sources.fault import Faults
from diaodu.sources.plan import read_reports
from diaodu.storage.report import newest_revision, revisions
from diaodu.storage.source import add
from models.report import Report
from models.source import Source
from tests.plan import Plan
from tests.plan_file import csv_bytes

HEADINGS = ["指标", "单位", "截至日", "累计完成", "佐证", "核实说明", "入库时间"]
SEPTEMBER, OCTOBER, NOVEMBER = date(2023, 9, 30), date(2023, 10, 31), date(2023, 11, 30)
AT, LATER = datetime(2023, 12, 4, 1, tzinfo=UTC), datetime(2023, 12, 20, 1, tzinfo=UTC)
EXPLAIN = "；请核实，确属实的在“核实说明”写明原因"
Row = tuple[str, ...]


class Strict(Plan):
    """One unit, and indicators that demand something of their numbers; 100 was reached by the end of October."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        east = self.unit("east", name="东区")
        self.targets = {
            code: self.target(self.indicator(code, name=code, **demands), east, value, baseline=baseline)
            for code, demands, value, baseline in (
                ("invest", {"most_change": 50 * MICRO, "most_excess": 20 * MICRO}, 200, 0),
                ("plain", {}, 200, 0),
                ("count", {"kind": Kind.COUNT, "decimals": 0, "evidence_required": True}, 20, 0),
                ("air", {"kind": Kind.RATIO, "decimals": 1, "lowest": 0, "highest": 100 * MICRO}, 85, 0),
                ("stock", {"kind": Kind.LEVEL, "direction": Direction.LOWER, "most_excess": 0}, 60, 100),
            )
        }
        for code in ("invest", "plain"):
            self.report(self.targets[code], OCTOBER, 100)

    def newest(self, code: str, day: date = NOVEMBER, at: datetime = LATER) -> Report | None:
        return newest_revision(self.session, self.targets[code], day, at)


@pytest.fixture
def plan(session: Session) -> Strict:
    return Strict(session)


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(*rows: Row) -> Path:
        """Rows of indicator, day, value, and then evidence, comment and moment as far as given."""
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        path = folder / f"r{len(list(folder.iterdir()))}.csv"
        full = [[row[0], "east", *row[1:], *[""] * (6 - len(row))] for row in rows]
        path.write_bytes(csv_bytes([HEADINGS, *full]))
        return path

    return write


@pytest.fixture
def take(plan: Strict, written: Callable[..., Path]) -> Callable[..., Outcome]:
    def taken(*rows: Row, at: datetime = AT) -> Outcome:
        return import_report(plan.session, plan.scheme_id, written(*rows), "东区", at)

    return taken


Take = Callable[..., Outcome]

BROKEN: list[tuple[str, Row, tuple[str, ...]]] = [
    ("below the lowest", ("air", "2023-11-30", "-0.1"), ("D 累计完成：读到“-0.1”，低于本指标的下限 0",)),
    ("above the highest", ("air", "2023-11-30", "100.1"), ("D 累计完成：读到“100.1”，高于本指标的上限 100",)),
    ("too fine", ("air", "2023-11-30", "88.25"), ("D 累计完成：读到“88.25”，小数太多，本指标最多 1 位",)),
    (
        "half a thing",
        ("count", "2023-11-30", "3.5", "照片"),
        ("D 累计完成：读到“3.5”，个数、位次和完成的节点数应为整数",),
    ),
    ("no evidence", ("count", "2023-11-30", "3"), ("E 佐证：本指标须附佐证，请填文件名或网址",)),
    (
        "both at once",
        ("air", "2023-11-30", "100.25"),
        ("D 累计完成：读到“100.25”，小数太多，本指标最多 1 位", "D 累计完成：读到“100.25”，高于本指标的上限 100"),
    ),
    (
        "an error that is explained",
        ("air", "2023-11-30", "101", "", "仪器有误差"),
        ("D 累计完成：读到“101”，高于本指标的上限 100",),
    ),
    (
        "a fall",
        ("plain", "2023-11-30", "99.9"),
        ("D 累计完成：读到“99.9”，较 2023-10-31 的 100 减少 0.1，累计数不应减少" + EXPLAIN,),
    ),
    (
        "a jump",
        ("invest", "2023-11-30", "150.1"),
        ("D 累计完成：读到“150.1”，较 2023-10-31 的 100 变动 50.1%，超过 50%" + EXPLAIN,),
    ),
    (
        "a jump far over the target",
        ("invest", "2023-11-30", "240.1"),
        (
            "D 累计完成：读到“240.1”，较 2023-10-31 的 100 变动 140.1%，超过 50%" + EXPLAIN,
            "D 累计完成：读到“240.1”，完成率 120.1%，超出 100% 达 20.1 个百分点，多于 20 个" + EXPLAIN,
        ),
    ),
    (
        "more cut down than was to be",
        ("stock", "2023-11-30", "59.9"),
        ("D 累计完成：读到“59.9”，完成率 100.3%，超出 100% 达 0.3 个百分点，多于 0 个" + EXPLAIN,),
    ),
    (
        "an old day above the next",
        ("plain", "2023-09-30", "100.1"),
        ("D 累计完成：读到“100.1”，比后一期 2023-10-31 的 100 多 0.1，累计数不应减少" + EXPLAIN,),
    ),
]


@pytest.mark.parametrize(("row", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_what_is_wrong_or_doubtful_is_refused_with_its_figures(
    plan: Strict, take: Take, row: Row, expected: tuple[str, ...]
) -> None:
    with pytest.raises(Faults) as refused:
        take(row, ("plain", "2023-12-03", "300"))
    assert [str(fault).removeprefix("r0.csv · 第 2 行 · ") for fault in refused.value.faults] == list(expected)
    assert plan.newest("plain", date(2023, 12, 3)) is None, "nothing at all was taken"


FINE: list[Row] = [
    ("plain", "2023-11-30", "100"),
    ("plain", "2023-09-30", "100"),
    ("invest", "2023-11-30", "150"),
    ("air", "2023-11-30", "100"),
    ("air", "2023-11-30", "0"),
    ("stock", "2023-11-30", "60"),
    ("count", "2023-11-30", "0", "http://east.example/照片"),
    ("plain", "2022-12-31", "5000"),  # another year's count
]


@pytest.mark.parametrize("row", FINE, ids=str)
def test_what_is_just_within_is_taken_without_a_word(take: Take, row: Row) -> None:
    outcome = take(row)
    assert outcome.tally("reports").added == 1
    assert outcome.hints == []


def test_a_doubt_that_is_explained_is_taken_and_shown(plan: Strict, take: Take) -> None:
    outcome = take(("plain", "2023-11-30", "90", "", "审计核减"))
    (hint,) = outcome.hints
    assert str(hint).endswith("较 2023-10-31 的 100 减少 10，累计数不应减少；已附核实说明：审计核减")
    report = plan.newest("plain")
    assert report is not None
    assert (report.value, report.justification) == (to_micro(90), "审计核减")


def test_a_comment_stays_with_its_number_only(plan: Strict, take: Take) -> None:
    take(("plain", "2023-11-30", "90", "", "审计核减"))
    assert take(("plain", "2023-11-30", "90")).tally("reports").unchanged == 1
    with pytest.raises(Faults, match="减少 20"):
        take(("plain", "2023-11-30", "80"), at=LATER)
    take(("plain", "2023-11-30", "101"), at=LATER)
    report = plan.newest("plain")
    assert report is not None
    assert report.justification is None


def test_several_periods_of_one_file_are_judged_in_order_of_their_days(take: Take) -> None:
    rows = [("plain", "2023-12-02", "103"), ("plain", "2023-11-30", "101"), ("plain", "2023-12-01", "104")]
    with pytest.raises(Faults) as refused:
        take(*rows)
    assert [str(fault) for fault in refused.value.faults] == [
        "r0.csv · 第 2 行 · D 累计完成：读到“103”，较 2023-12-01 的 104 减少 1，累计数不应减少" + EXPLAIN
    ]


def test_old_days_are_judged_by_what_was_known_when_they_came(take: Take) -> None:
    """November came in lower than October had been told, after October had been mended."""
    rows = [
        ("plain", "2023-11-30", "80", "", "", "2023-12-02"),
        ("plain", "2023-10-31", "75", "", "", "2023-12-01"),
        ("plain", "2023-09-30", "70", "", "", "2023-10-08"),
    ]
    assert take(*rows).hints == []


def test_a_number_that_was_taken_back_is_no_history(plan: Strict, take: Take) -> None:
    plan.report(plan.targets["plain"], OCTOBER, None, recorded_at=datetime(2023, 11, 20, tzinfo=UTC))
    assert take(("plain", "2023-11-30", "1")).tally("reports").added == 1


def test_a_number_that_is_in_force_already_is_not_judged_again(plan: Strict, take: Take) -> None:
    plan.report(plan.targets["air"], NOVEMBER, "120.123")
    assert take(("air", "2023-11-30", "120.123")).tally("reports").unchanged == 1


def test_evidence_stays_until_it_is_taken_away(plan: Strict, take: Take, tmp_path: Path) -> None:
    take(("count", "2023-11-30", "3", "照片"))
    short = tmp_path / "short.csv"
    short.write_bytes(csv_bytes([["指标", "单位", "截至日", "累计完成"], ["count", "east", "2023-11-30", "4"]]))
    assert import_report(plan.session, plan.scheme_id, short, "东区", LATER).tally("reports").changed == 1
    with pytest.raises(Faults, match="须附佐证"):
        take(("count", "2023-11-30", "4", ""), at=LATER)


def test_the_definition_of_the_day_decides(plan: Strict, tmp_path: Path) -> None:
    indicator = plan.indicator("new", name="new", highest=10 * MICRO)
    plan.target(indicator, plan.unit("west"), 5)
    plan.define(indicator, name="new", highest=20 * MICRO, effective_from=date(2023, 11, 1))
    path = tmp_path / "new.csv"
    for october, fault in (("10.1", "上限 10$"), ("10", None)):
        rows = [["new", "west", "2023-10-31", october], ["new", "west", "2023-11-30", "20"]]
        path.write_bytes(csv_bytes([["指标", "单位", "截至日", "累计完成"], *rows]))
        if fault:
            with pytest.raises(Faults, match=fault):
                import_report(plan.session, plan.scheme_id, path, "西区", AT)
        else:
            assert import_report(plan.session, plan.scheme_id, path, "西区", AT).tally("reports").added == 2


def test_a_source_has_nobody_to_explain_its_doubts(plan: Strict, written: Callable[..., Path]) -> None:
    source = add(plan.session, Source(scheme_id=plan.scheme_id, name="统计局", kind="folder", location="drop"))
    file = read_reports(written(("plain", "2023-11-30", "90")))
    outcome = take_reports(plan.session, plan.scheme_id, file, "数据报送", AT, source.id)
    assert outcome.tally("reports").added == 1
    assert [hint.right for hint in outcome.hints] == [
        "较 2023-10-31 的 100 减少 10，累计数不应减少；按数据源所报入库，请核实"
    ]
    wrong = read_reports(written(("air", "2023-11-30", "101")))
    with pytest.raises(Faults, match="高于本指标的上限 100"):
        take_reports(plan.session, plan.scheme_id, wrong, "数据报送", AT, source.id)


def test_the_same_file_again_changes_nothing(plan: Strict, written: Callable[..., Path]) -> None:
    path = written(("plain", "2023-11-30", "90", "", "审计核减"), ("invest", "2023-11-30", "150"))
    for at in (AT, LATER):
        import_report(plan.session, plan.scheme_id, path, "东区", at)
    assert len(revisions(plan.session, plan.targets["plain"], LATER)) == 2
