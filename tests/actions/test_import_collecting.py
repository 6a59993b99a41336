"""Everything collection needs is said in a plan, goes out as it came in, and is announced early enough."""

from copy import deepcopy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.export_plan import plan_sheets
from diaodu.actions.import_plan import import_plan
from diaodu.actions.opening import open_periods
from diaodu.actions.outcome import Outcome
from diaodu.rules.access import Role
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import ShortNotice, Window, rounds
from diaodu.rules.quantity import to_micro
from diaodu.sources.fault import Faults
from diaodu.sources.writing import workbook_file
from diaodu.sources.writing import write_folder as write_sheets
from diaodu.storage.closure import closures
from diaodu.storage.collection import collection_ids, collections_in_force, rhythms
from diaodu.storage.holiday import seed, workdays
from diaodu.storage.indicator import definitions_in_force
from diaodu.storage.person import people
from diaodu.storage.scheme import scheme_id, scheme_in_force
from diaodu.storage.unit import unit_ids
from tests.collecting_plan import COLLECTING
from tests.plan_file import SOUND, Sheets, write_folder

OCTOBER, DECEMBER = date(2023, 10, 31), date(2023, 12, 31)
NOVEMBER_10 = datetime(2023, 11, 10, 4, tzinfo=UTC)
NOVEMBER_20 = datetime(2023, 11, 20, 4, tzinfo=UTC)
NEXT_YEAR = datetime(2024, 2, 1, 4, tzinfo=UTC)
MONTHLY: Sheets = {"scheme": [*SOUND["scheme"], ["最短提前量", "5"]]}


def take(session: Session, path: Path, at: datetime = NOVEMBER_10) -> Outcome:
    return import_plan(session, path, None, "考核办", at)


def sheets(tmp_path: Path, name: str, **found: list[list[str]]) -> Path:
    return write_folder(tmp_path / name, found)


@pytest.fixture
def scheme(session: Session, tmp_path: Path) -> int:
    """The collecting plan, taken in."""
    take(session, write_folder(tmp_path / "collecting", COLLECTING))
    return scheme_id(session, None)


def test_the_scheme_says_how_its_collection_goes(session: Session, scheme: int) -> None:
    says = scheme_in_force(session, scheme, OCTOBER, NOVEMBER_10)
    assert (says.opens, says.report_due) == ("每月28日", "单位18日→牵头单位20日→考核办25日")
    assert (says.reminders, says.escalations) == ("T-2, T, T+1..", "T+2 审核人, T+4 上级")
    assert (says.minimum_lead, says.short_notice) == (2, ShortNotice.REFUSE)
    assert (says.most_requests, says.most_messages) == (30, 5)


def test_collections_arrive_with_all_they_say(session: Session, scheme: int) -> None:
    says = collections_in_force(session, scheme, DECEMBER, NOVEMBER_10)
    assert list(says) == ["weekly", "days3", "survey", "old"]
    weekly = says["weekly"]
    assert (weekly.name, weekly.cadence, weekly.opens, weekly.report_due, weekly.rest_day) == (
        "专项周报",
        Cadence.WEEKLY,
        "期后3个工作日",
        "每周二前",
        RestDay.BEFORE,
    )
    assert (says["days3"].cadence, says["days3"].every) == (Cadence.DAYS, 3)
    assert says["survey"].report_due == "期后5个工作日"
    ids = collection_ids(session, scheme)
    in_use = rhythms(session, scheme, DECEMBER, NOVEMBER_10)
    assert set(in_use) == {None, ids["weekly"], ids["days3"], ids["survey"]}
    assert in_use[ids["survey"]].windows == (
        Window(date(2023, 5, 4), date(2023, 5, 31)),
        Window(date(2023, 11, 1), date(2023, 11, 30)),
    )


def test_indicators_say_when_they_are_asked_for_and_what_is_believed(session: Session, scheme: int) -> None:
    ids = collection_ids(session, scheme)
    invest, air, park = definitions_in_force(session, scheme, OCTOBER, NOVEMBER_10)
    assert [d.collection_id for d in (invest, air, park)] == [ids["weekly"], None, ids["days3"]]
    assert (invest.lowest, invest.highest) == (0, to_micro("999.5"))
    assert (invest.most_change, invest.most_excess, invest.tolerance) == (to_micro(50), to_micro(20), to_micro("0.1"))
    assert [d.evidence_required for d in (invest, air, park)] == [True, False, False]
    assert (park.lowest, park.most_change, park.tolerance) == (None, None, None)


def test_people_and_days_of_their_own_arrive(session: Session, scheme: int) -> None:
    ids = unit_ids(session, scheme)
    found = {(p.name, p.role, p.unit_id) for p in people(session, scheme)}
    assert found == {
        ("王工", Role.REPORTER, ids["east"]),
        ("李工", Role.REPORTER, ids["west"]),
        ("钱工", Role.REPORTER, ids["west"]),
        ("周科长", Role.REVIEWER, ids["west"]),
        ("吴局长", Role.LEADER, ids["total"]),
        ("孙主任", Role.OFFICE, None),
    }
    assert [(c.unit_id, c.day.isoformat(), c.workday, c.name) for c in closures(session, scheme)] == [
        (ids["west"], "2023-09-15", False, "开渔节"),
        (ids["west"], "2023-09-16", True, "补班"),
    ]


@pytest.mark.parametrize("form", ["", ".xlsx"], ids=["csv", "xlsx"])
def test_the_plan_that_goes_out_is_the_plan_that_came_in(
    session: Session, scheme: int, tmp_path: Path, form: str
) -> None:
    found = plan_sheets(session, scheme, DECEMBER, NEXT_YEAR)
    assert [kind.key for kind, _rows in found] == [key for key in _ORDER if key != "reports"]
    path = tmp_path / f"out{form}"
    if form:
        path.write_bytes(workbook_file(found))
    else:
        write_sheets(path, found)
    outcome = take(session, path, NEXT_YEAR)
    assert outcome.taken_before is None
    assert outcome.hints == []
    assert {noun for noun, tally in outcome.tallies.items() if tally.added or tally.changed} == set()
    assert outcome.tally("collections").unchanged == 4
    assert outcome.tally("contacts").unchanged == 6


def test_a_collection_that_is_yet_to_begin_goes_out_too(session: Session, scheme: int) -> None:
    found = {kind.key: rows for kind, rows in plan_sheets(session, scheme, OCTOBER, NEXT_YEAR)}
    assert [(row["code"], row["effective_from"].isoformat()) for row in found["collections"]] == [
        ("weekly", "2023-01-01"),
        ("days3", "2023-12-01"),
        ("survey", "2023-01-01"),
        ("old", "2023-01-01"),
    ]


_ORDER = ("scheme", "collections", "units", "contacts", "closures", "indicators", "targets", "milestones", "reports")


def test_nobody_to_be_reminded_goes_out_and_comes_in_as_such(session: Session, tmp_path: Path) -> None:
    quiet = [*SOUND["scheme"], ["催报", "无"], ["上报", "不上报"]]
    take(session, sheets(tmp_path, "quiet", scheme=quiet))
    scheme = scheme_id(session, None)
    says = scheme_in_force(session, scheme, OCTOBER, NOVEMBER_10)
    assert (says.reminders, says.escalations) == ("", "")
    ((_kind, (row,)),) = plan_sheets(session, scheme, DECEMBER, NEXT_YEAR)
    assert (row["reminders"], row["escalations"]) == ("无", "无")
    usual = [*SOUND["scheme"], ["催报", ""], ["上报", ""]]
    take(session, sheets(tmp_path, "usual", scheme=usual), NOVEMBER_20)
    says = scheme_in_force(session, scheme, DECEMBER, NOVEMBER_20)
    assert says.reminders == "T-3, T-1, T, T+1.."


def test_a_changed_collection_is_a_further_version(session: Session, scheme: int, tmp_path: Path) -> None:
    change = [["编码", "名称", "报送时限"], ["weekly", "专项周报", "每周四前"]]
    outcome = take(session, sheets(tmp_path, "change", collections=change), NOVEMBER_20)
    assert outcome.tally("collections").changed == 1
    before = collections_in_force(session, scheme, date(2023, 11, 19), NOVEMBER_20)["weekly"]
    after = collections_in_force(session, scheme, date(2023, 11, 20), NOVEMBER_20)["weekly"]
    assert (before.report_due, after.report_due) == ("每周二前", "每周四前")
    assert after.opens == "期后3个工作日"
    assert collections_in_force(session, scheme, DECEMBER, NOVEMBER_10)["weekly"].report_due == "每周二前"


def test_whoever_a_file_lists_for_a_place_is_there_and_nobody_else(
    session: Session, scheme: int, tmp_path: Path
) -> None:
    change = [
        ["单位", "姓名", "角色", "邮箱"],
        ["west", "钱工", "填报人", "qian@example.org"],
        ["west", "郑工", "填报人", ""],
    ]
    outcome = take(session, sheets(tmp_path, "change", contacts=change), NOVEMBER_20)
    tally = outcome.tally("contacts")
    assert (tally.added, tally.changed, tally.unchanged) == (0, 2, 0)
    west = unit_ids(session, scheme)["west"]
    found = {(p.name, p.mail, p.webhook) for p in people(session, scheme) if p.unit_id == west}
    assert found == {
        ("钱工", "qian@example.org", "https://im.example.org/1"),
        ("郑工", None, None),
        ("周科长", None, None),
    }


def test_a_place_that_loses_people_and_gains_none_is_a_change(session: Session, scheme: int, tmp_path: Path) -> None:
    change = [["单位", "姓名", "角色"], ["west", "李工", "填报人"]]
    tally = take(session, sheets(tmp_path, "change", contacts=change), NOVEMBER_20).tally("contacts")
    assert (tally.added, tally.changed, tally.unchanged) == (0, 1, 1)


def test_a_unit_gets_a_day_back(session: Session, scheme: int, tmp_path: Path) -> None:
    change = [["单位", "日期", "上班", "名称"], ["west", "2023-09-15", "是", "不休了"]]
    tally = take(session, sheets(tmp_path, "change", closures=change), NOVEMBER_20).tally("closures")
    assert (tally.added, tally.changed, tally.unchanged) == (0, 1, 0)
    assert [(c.day.day, c.workday) for c in closures(session, scheme)] == [(15, True), (16, True)]


OWN = (
    # what the scheme says of its own calendar; how many rounds, the first as-of days, when the first is due
    ("every three days", [["报送周期", "按天数"], ["间隔天数", "3"], ["报送时限", "期后1个工作日"]], 122, (3, 6), 4),
    (
        "windows",
        [["报送周期", "自定义"], ["窗口", "2023-01-28..2023-02-20；2023-01-01..2023-01-20"], ["报送时限", "期后3日"]],
        2,
        (20, 51),
        28,  # the 23rd is in the spring festival
    ),
)


@pytest.mark.parametrize(("says", "count", "ends", "due"), [case[1:] for case in OWN], ids=[case[0] for case in OWN])
def test_a_scheme_collects_every_so_many_days_or_in_windows_of_its_own(
    session: Session, tmp_path: Path, says: list[list[str]], count: int, ends: tuple[int, int], due: int
) -> None:
    seed(session, [2023, 2024])
    named = {key for key, _value in says}
    own = [line for line in SOUND["scheme"] if line[0] not in named] + says
    take(session, write_folder(tmp_path / "plan", {**SOUND, "scheme": own}))
    number = scheme_id(session, None)
    found = rounds(rhythms(session, number, OCTOBER, NOVEMBER_10)[None], workdays(session))
    new_year = date(2022, 12, 31)
    assert len(found) == count
    assert tuple((one.as_of - new_year).days for one in found[:2]) == ends
    assert (found[0].unit_due - new_year).days == due
    path = tmp_path / "out"
    write_sheets(path, plan_sheets(session, number, DECEMBER, NEXT_YEAR))
    assert not take(session, path, NEXT_YEAR).is_news


def test_a_scheme_goes_back_from_windows_to_months_by_leaving_them_empty(session: Session, tmp_path: Path) -> None:
    own = [*SOUND["scheme"], ["报送周期", "自定义"], ["窗口", "2023-11-01..2023-11-30"]]
    take(session, write_folder(tmp_path / "plan", {**SOUND, "scheme": own}))
    with pytest.raises(Faults) as wrong:
        take(session, write_folder(tmp_path / "half", {"scheme": [*SOUND["scheme"], ["报送周期", "按月"]]}))
    assert [str(fault) for fault in wrong.value.faults] == ["half/scheme.csv · 窗口：只有报送周期为“自定义”才列窗口"]
    take(session, write_folder(tmp_path / "back", {"scheme": [*SOUND["scheme"], ["报送周期", "按月"], ["窗口", ""]]}))
    assert scheme_in_force(session, scheme_id(session, None), DECEMBER, NEXT_YEAR).windows is None


ANNOUNCED = (
    # what the scheme does, the recording, the collection; the remark or refusal, None where all is well
    ("too late, with a remark", "提示", datetime(2023, 11, 10, 4, tzinfo=UTC), ["按周", "每周二前", ""], 2),
    ("too late, and refused", "拒绝", datetime(2023, 11, 10, 4, tzinfo=UTC), ["按周", "每周二前", ""], 2),
    ("early enough", "拒绝", datetime(2023, 11, 13, 4, tzinfo=UTC), ["按月", "每月20日", "2023-11-20"], None),
    ("from a later day on", "拒绝", datetime(2023, 11, 10, 4, tzinfo=UTC), ["按周", "每周二前", "2023-11-20"], None),
    ("when the year is over", "拒绝", datetime(2024, 3, 1, 4, tzinfo=UTC), ["按周", "每周二前", ""], None),
    ("history, judged by its day", "拒绝", datetime(2022, 12, 20, 4, tzinfo=UTC), ["按周", "每周二前", ""], None),
)


@pytest.mark.parametrize(
    ("short_notice", "at", "says", "ahead"), [case[1:] for case in ANNOUNCED], ids=[case[0] for case in ANNOUNCED]
)
def test_a_new_collection_is_announced_in_time(
    session: Session, tmp_path: Path, short_notice: str, at: datetime, says: list[str], ahead: int | None
) -> None:
    seed(session, [2023])
    scheme = [*MONTHLY["scheme"], ["提前量不足", short_notice]]
    take(session, sheets(tmp_path, "scheme", scheme=scheme), datetime(2022, 12, 1, 4, tzinfo=UTC))
    new = [["编码", "名称", "报送周期", "报送时限", "生效日"], ["weekly", "专项周报", *says]]
    path = sheets(tmp_path, "new", collections=new)
    if ahead is None:
        assert take(session, path, at).hints == []
        return
    if short_notice == "拒绝":
        with pytest.raises(Faults) as wrong:
            take(session, path, at)
        told = wrong.value.faults
    else:
        told = take(session, path, at).hints
    assert [str(one) for one in told] == [
        "new/collections.csv · 第 2 行 · D 报送时限：读到“每周二前”，截至 2023-11-12 的一期 2023-11-14 就要交，"
        f"距 2023-11-10 {ahead} 个工作日，方案规定至少 5 个；请推迟时限或生效日"
    ]


def test_a_round_that_is_open_has_been_announced(session: Session, tmp_path: Path) -> None:
    seed(session, [2023, 2024])
    take(session, sheets(tmp_path, "scheme", **MONTHLY), datetime(2022, 12, 1, 4, tzinfo=UTC))
    at = datetime(2023, 10, 31, 4, tzinfo=UTC)
    open_periods(session, scheme_id(session, None), OCTOBER, date(2023, 11, 1), at, date(2023, 11, 1))
    change = deepcopy(MONTHLY["scheme"])
    change[5][1] = "期后2个工作日"
    assert take(session, sheets(tmp_path, "sooner", scheme=change), at).hints == []


def test_a_deadline_brought_forward_is_news_and_one_put_off_is_not(session: Session, tmp_path: Path) -> None:
    seed(session, [2023, 2024])
    take(session, sheets(tmp_path, "scheme", **MONTHLY), datetime(2022, 12, 1, 4, tzinfo=UTC))

    def due(name: str, expression: str, at: datetime) -> list[str]:
        change = deepcopy(MONTHLY["scheme"])
        change[5][1] = expression
        return [str(hint) for hint in take(session, sheets(tmp_path, name, scheme=change), at).hints]

    assert due("later", "期后8个工作日", datetime(2023, 10, 30, 4, tzinfo=UTC)) == []
    (hint,) = due("sooner", "期后2个工作日", datetime(2023, 10, 31, 4, tzinfo=UTC))
    assert "截至 2023-10-31 的一期 2023-11-02 就要交，距 2023-10-31 2 个工作日" in hint
