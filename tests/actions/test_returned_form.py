"""A form made before the plan changed: what means the same still is taken, what does not is refused or told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.import_plan import import_plan
from diaodu.actions.import_report import import_report
from diaodu.actions.opening import open_periods
from diaodu.actions.report_form import unit_forms
from diaodu.rules.request import RequestAct
from diaodu.sources.fault import Faults
from diaodu.sources.form_mark import FormMark, find_mark
from diaodu.sources.form_page import form_file
from diaodu.sources.sheet import Sheet
from diaodu.storage.period import period_of
from diaodu.storage.request import Mark, move, requests_of
from diaodu.storage.target import target_ids
from tests.actions.returns import AS_OF, RETURNED, ROW, Fill, both, filled, form_of, planned, say, sheet_of, values
from tests.plan_file import write_folder

MEANWHILE = datetime(2023, 11, 2, 4, tzinfo=UTC)
FILLED = both(say("invest", 100.5), say("jobs", 1200))


@pytest.fixture
def scheme(session: Session, tmp_path: Path) -> int:
    return planned(session, tmp_path)


def handed_in(session: Session, scheme: int, folder: Path, form: bytes, fill: Fill = FILLED) -> list[str]:
    """What is answered to a filled-in form: what is wrong, or what was noticed."""
    (folder / "east.xlsx").write_bytes(filled(form, fill))
    try:
        outcome = import_report(session, scheme, folder / "east.xlsx", "东区", RETURNED)
    except Faults as wrong:
        assert values(session, scheme) == {}
        return [str(fault) for fault in wrong.faults]
    return [str(hint) for hint in outcome.hints]


def changed(session: Session, folder: Path, **sheets: list[list[str]]) -> None:
    import_plan(session, write_folder(folder / "change", dict(sheets)), None, "考核办", MEANWHILE)


def withdrawn(session: Session, scheme: int, indicator: str) -> None:
    period = period_of(session, scheme, AS_OF)
    assert period is not None
    target = target_ids(session, scheme)[indicator, "east"]
    asked = [request for request in requests_of(session, period.id or 0) if request.target_id == target]
    move(session, asked, RequestAct.WITHDRAW, Mark("李某", MEANWHILE))


def test_a_number_in_a_unit_that_changed_is_refused(session: Session, scheme: int, tmp_path: Path) -> None:
    form = form_of(session, scheme)
    headings = ["编码", "名称", "类型", "计量单位", "生效日"]
    changed(session, tmp_path, indicators=[headings, ["invest", "重点项目投资", "累计量", "亿元", "2023-01-02"]])
    assert handed_in(session, scheme, tmp_path, form) == [
        "east.xlsx · 填报 · 第 5 行 · F 累计完成：读到“100.5”，填报表生成后计量单位由“万元”改为“亿元”；请重新领取填报表"
    ]
    assert handed_in(session, scheme, tmp_path, form, say("jobs", 1200)) == [], "the other rows mean what they meant"
    assert values(session, scheme) == {"jobs": "1200"}


def test_a_number_nobody_wants_any_more_is_refused(session: Session, scheme: int, tmp_path: Path) -> None:
    form = form_of(session, scheme)
    withdrawn(session, scheme, "jobs")
    (said,) = handed_in(session, scheme, tmp_path, form)
    assert said.startswith(f"east.xlsx · 填报 · 第 {ROW['jobs']} 行 · ")
    assert said.endswith("指标：读到“jobs”，填报表生成后这项任务已撤销，不再填报；请清空这一行")
    assert handed_in(session, scheme, tmp_path, form, say("invest", 1)) == [], "left empty it is in nobody's way"


def test_what_was_asked_since_is_told_and_the_rest_taken(session: Session, scheme: int, tmp_path: Path) -> None:
    form = form_of(session, scheme)
    changed(
        session,
        tmp_path,
        indicators=[["编码", "名称", "类型", "计量单位", "生效日"], ["roads", "道路", "累计量", "公里", "2023-01-02"]],
        targets=[["指标", "单位", "目标值", "生效日"], ["roads", "east", "10", "2023-01-02"]],
    )
    open_periods(session, scheme, AS_OF, MEANWHILE.date(), MEANWHILE, MEANWHILE.date())
    assert handed_in(session, scheme, tmp_path, form) == [
        "east.xlsx · 填报：填报表生成后又布置了 1 项，另请补报：roads"
    ]
    assert values(session, scheme) == {"invest": "100.5", "jobs": "1200"}


def test_rows_taken_out_count_as_not_filled_in(session: Session, scheme: int, tmp_path: Path) -> None:
    fill = both(say("invest", 1), lambda book: sheet_of(book).delete_rows(ROW["air"], 2))
    said = handed_in(session, scheme, tmp_path, form_of(session, scheme), fill)
    assert said == ["east.xlsx · 填报：表中少了 2 行，视为未填：air、park"]


def test_a_form_of_another_scheme_is_sent_there(session: Session, scheme: int, tmp_path: Path) -> None:
    (form,) = unit_forms(session, scheme, AS_OF, RETURNED, "east")
    mark = FormMark("2022", form.mark.unit, form.mark.as_of, form.mark.made_at, form.mark.items)
    other = form_file(type(form)(mark, form.title, form.unit, form.issuer, form.items, form.dues))
    said = handed_in(session, scheme, tmp_path, other)
    assert said == ["east.xlsx · 填报：这是考核方案 2022 的填报表，本方案是 2023；请核对，或指定 --scheme 2022"]


def test_a_mark_is_read_as_it_was_written() -> None:
    mark = FormMark("2023", "东区", AS_OF, "2023-11-03T04:00:00+00:00", (("invest", "万元"), ("a\tb", "%")))
    sheet = Sheet("a.xlsx", "填报表标识", [(n, list(line)) for n, line in enumerate(mark.lines(), 1)], hidden=True)
    assert find_mark([sheet]) == mark
    assert find_mark([]) is None
