"""The pages of warnings: what stands open leg by leg, and the life of one; on a desk and on a phone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from diaodu.rules.access import Role
from diaodu.rules.warning import Act
from diaodu.storage.session import transaction
from diaodu.web.site import Site
from tests.small_office import OCT, Office
from tests.web.browser import DESKTOP, PHONE, Visitor
from tests.web.listening import site

TUESDAY = datetime(2023, 11, 14, 2, tzinfo=UTC)
"""Two working days after the west's plan was due."""


@pytest.fixture
def here(engine: Engine) -> Iterator[Site]:
    """The site in the middle of November."""
    made = site(engine, lambda: TUESDAY)
    yield made
    made.machine.stop()


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> None:
    """The west's investment is warned of and signed for, its projects await review, the office was reminded."""
    with transaction(engine) as session:
        office = Office(session, tmp_path)
        office.person("王某", office.plan.west, mail="west@example.cn")
        office.person("李某", None, Role.OFFICE, mail="office@example.cn")
        office.plan.report(office.plan.started[office.plan.west], OCT, 1)
        office.warn()
        first = next(w for w in office.warnings() if w.state.value == "issued")
        assert first.id == 1
        office.act_on(first.id, Act.ACKNOWLEDGE, "王某")
        office.warn(known_at=datetime(2023, 11, 13, 1, tzinfo=UTC))


def test_before_anything_is_imported_the_page_says_so(client: httpx.Client) -> None:
    assert "尚未导入考核方案" in client.get("/warnings").text
    missing = client.get("/warnings/1")
    assert (missing.status_code, "没有编号为 1 的预警" in missing.text) == (404, True)


def test_without_a_warning_the_page_says_so(client: httpx.Client, engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        Office(session, tmp_path, policy=None)
    assert "没有未销号的预警" in client.get("/warnings").text


@pytest.mark.usefixtures("office")
def test_what_stands_open_is_shown_by_leg_with_its_day_and_the_command(client: httpx.Client) -> None:
    page = client.get("/warnings").text
    for words in (
        "待审核：1件",
        "待报送整改计划：1件",
        "▲ 逾期1个工作日",
        "2023-11-13",
        "diaodu warning decide 编号 plan --until 日期 --reason 计划",
        "完成开工项目1",  # what the proposal rests on
    ):
        assert words in page
    assert page.index("待审核") < page.index("待报送整改计划")


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", {1, 2}),
        ("state=proposed", {2}),
        ("level=黄灯", {1}),
        ("unit=west", {1, 2}),
        ("unit=east", set()),
        ("level=%3Cscript%3E", set()),
    ],
)
def test_it_can_be_filtered(client: httpx.Client, query: str, numbers: set[int]) -> None:
    page = client.get(f"/warnings?{query}").text
    assert {n for n in (1, 2) if f'/warnings/{n}"' in page} == numbers
    assert "<script>" not in page


@pytest.mark.usefixtures("office")
def test_a_warnings_life_is_told_with_its_grounds_notices_reminders_and_what_can_be_done(client: httpx.Client) -> None:
    page = client.get("/warnings/1").text
    for words in (
        "预警1号：西区重点项目投资",
        "新发",
        "签收",
        "低于序时进度20.8个百分点，亮黄灯。",
        "某考办预警〔2023〕1号",
        "west@example.cn",
        "1次",
        "diaodu verdict explain",
        "diaodu warning decide 1 plan --until 日期 --reason 理由",
    ):
        assert words in page
    assert page.index("新发") < page.index("已签收", page.index("新发"))


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_they_are_sound_on_a_desk_and_on_a_phone(visitor: Visitor, width: int) -> None:
    page = visitor.look("/warnings", width)
    assert page.get_by_role("link", name="提醒预警").get_attribute("aria-current") == "page"
    page.locator("select[name=unit]").select_option("west")
    page.get_by_role("button", name="查看").click()
    assert "unit=west" in page.url
    page = visitor.look("/warnings/1", width)
    assert page.get_by_role("heading", level=1).inner_text() == "预警1号：西区重点项目投资"
