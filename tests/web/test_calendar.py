"""The year's calendar as people see it: on a desk and on a phone, for everybody and for one unit, and to take away."""

from datetime import date, datetime

import httpx
import openpyxl
import pytest
from icalendar import Calendar
from sqlalchemy import Engine

from diaodu.storage.holiday import put, seed
from diaodu.storage.session import transaction
from diaodu.web.site import Site
from models.closure import Closure
from models.holiday import Holiday
from tests.plan import SmallPlan
from tests.web.browser import DESKTOP, PHONE, Visitor
from tests.web.listening import NOW


@pytest.fixture(autouse=True)
def plan(engine: Engine) -> None:
    """2023 is announced, 2024 a guess; the west rests on 6 November."""
    with transaction(engine) as session:
        seed(session, [2023])
        put(session, [Holiday(day=date(2024, 1, 1), workday=False, name="元旦", provisional=True)])
        made = SmallPlan(session)
        weekly = made.collection("weekly", name="重点项目周调度 <b>", report_due="每周二前")
        made.define(made.projects, name="开工项目", collection_id=weekly, lead_unit_id=made.east)
        session.add(Closure(unit_id=made.west, day=date(2023, 11, 6), workday=False, name="停电"))


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_page_is_fit_for_everybody(visitor: Visitor, width: int) -> None:
    page = visitor.look("/calendar", width)
    assert page.get_by_role("heading", level=1).inner_text() == "高质量发展考核 · 2023年报送日历"
    assert page.get_by_role("navigation").get_by_role("link", name="报送日历").get_attribute("aria-current") == "page"
    assert "2024年放假安排尚未公布" in page.get_by_role("note").inner_text()
    assert page.locator("table.month").count() == 12
    assert page.locator("[aria-current=date]").inner_text().split() == ["20", "今日"]


def test_days_say_in_words_what_they_are(visitor: Visitor) -> None:
    page = visitor.look("/calendar")
    october = page.locator("table.month").nth(9)
    assert october.locator("thead").inner_text().split() == list("一二三四五六日")
    cells = [" ".join(text.split()) for text in october.locator("td:not(.blank)").all_inner_texts()]
    assert cells[5] == "6休 国庆节"
    assert cells[6].startswith("7班 国庆节")
    assert "报" in cells[9]
    assert october.locator("caption").inner_text().split() == ["10月", "19", "个工作日"]


def test_a_unit_sees_its_own_days(visitor: Visitor) -> None:
    page = visitor.look("/calendar?unit=west", PHONE)
    assert page.get_by_role("heading", level=1).inner_text() == "高质量发展考核 · 2023年报送日历（西区）"
    assert "11月8日（周三）" in page.locator("#rounds-1 ~ table").inner_text()
    page.get_by_label("单位").select_option(label="全部单位")
    page.get_by_role("button", name="查看").click()
    assert "11月7日（周二）" in page.locator("#rounds-1 ~ table").inner_text()


def test_provisional_deadlines_say_so(client: httpx.Client) -> None:
    page = client.get("/calendar").text
    assert "2024年1月8日（周一）暂定" in page
    assert "时限暂定" in page
    assert "<td>11月7日（周二）</td>" in page
    assert "重点项目周调度 &lt;b&gt;" in page


def test_the_links_lead_to_the_same_calendar(client: httpx.Client, visitor: Visitor) -> None:
    page = visitor.look("/calendar?unit=west&year=2023")
    links = {link.inner_text(): link.get_attribute("href") or "" for link in page.locator(".files a").all()}
    subscribed = client.get(links["订阅日历（.ics）"])
    assert subscribed.headers["content-type"] == "text/calendar; charset=utf-8"
    events = {str(event["UID"]): event for event in Calendar.from_ical(subscribed.content).walk("VEVENT")}
    assert events["2023-10-31.unit.2023.scheme.west@diaodu"].decoded("DTSTART") == date(2023, 11, 8)
    book = client.get(links["下载工作簿（.xlsx）"])
    assert "attachment" in book.headers["content-disposition"]
    assert book.content[:2] == b"PK"


def test_the_workbook_opens(client: httpx.Client, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("book") / "calendar.xlsx"
    path.write_bytes(client.get("/calendar.xlsx").content)
    assert openpyxl.load_workbook(path).sheetnames[0] == "全年一览"


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("unit=nowhere", "没有这个单位"),
        ("scheme=nothing", "没有这个考核方案；现有：2023"),
        ("year=abc", "年份应是四位数字"),
        ("year=99999", "年份应是四位数字"),
        ("year=2021", "在 2021 年还没有生效"),
    ],
)
def test_what_does_not_exist_is_said_in_words(client: httpx.Client, query: str, why: str) -> None:
    for kind in (".ics", ".xlsx"):
        answer = client.get(f"/calendar{kind}?{query}")
        assert (answer.status_code, why in answer.text) == (404, True)
    page = client.get(f"/calendar?{query}")
    assert (page.status_code, why in page.text) == (404, True)
    assert page.headers["content-security-policy"].startswith("default-src 'none'")


def test_nothing_is_written_by_looking(client: httpx.Client, here: Site, engine: Engine) -> None:
    first, second = (client.get("/calendar.ics").content for _ in range(2))
    assert first == second
    assert here.now() == NOW == datetime.fromisoformat("2023-10-20T09:00:00+08:00")
