"""The collection page: how rounds stand, whom to chase, what units were put to; on a desk and on a phone."""

from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine
from sqlmodel import select

from diaodu.rules.request import RequestState
from diaodu.rules.response import Response
from diaodu.storage.request import Fresh, Mark, create
from diaodu.storage.session import transaction
from diaodu.web.collection import bar
from models.scheme_version import SchemeVersion
from tests.small_office import Office
from tests.web.browser import DESKTOP, PHONE, Visitor

PAGE = "/collection"
DUE = date(2023, 10, 19)
"""The day before the site's clock."""


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> None:
    """A round in which the west's numbers stand in every way there is, and the east has reported."""
    with transaction(engine) as session:
        office = Office(session, tmp_path, policy=None)
        plan = office.plan
        session.exec(select(SchemeVersion)).one().most_requests = 1
        asked_at = datetime(2023, 10, 17, tzinfo=UTC)
        number = plan.period(date(2023, 9, 30), DUE, opened_at=asked_at)
        came = {"submitted_at": datetime(2023, 10, 18, tzinfo=UTC), "asked_at": asked_at}
        plan.request(number, plan.invested[plan.east], DUE, state=RequestState.SUBMITTED, **came)
        plan.request(number, plan.started[plan.west], DUE, asked_at=asked_at)
        plan.request(number, plan.invested[plan.west], DUE, state=RequestState.RETURNED, **came)
        plan.person("王某", plan.west, phone="0951-1")
        weekly = plan.collection("weekly", name="重点项目周报")
        week = plan.period(date(2023, 10, 15), date(2023, 10, 24), weekly, opened_at=asked_at)
        fresh = [Fresh(mine[plan.west], plan.west, date(2023, 10, 24), 1) for mine in (plan.invested, plan.started)]
        create(session, week, fresh, Mark("系统", asked_at))


def test_before_anything_is_imported_the_page_says_so(client: httpx.Client) -> None:
    assert "尚未导入考核方案" in client.get(PAGE).text


def test_before_any_round_the_page_says_so(client: httpx.Client, engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        Office(session, tmp_path, policy=None)
    page = client.get(PAGE).text
    assert "还没有开启过期次" in page
    assert "没有欠报的" in page


@pytest.mark.usefixtures("office")
def test_every_calendar_shows_its_round_by_word_shape_and_count(client: httpx.Client) -> None:
    page = client.get(PAGE).text
    for words in (
        "高质量发展考核：截至2023年9月30日",
        "重点项目周报：截至2023年10月15日",
        "应报 3：",
        "西区",
        "王某 0951-1",
    ):
        assert words in page
    plain = page.replace('<span aria-hidden="true">', "").replace("</span>", "")
    for shape, word in (("■", "已报 1"), ("▲", "逾期 1"), ("◆", "退回 1"), ("○", "待报 2")):
        assert f"{shape} {word}" in plain


@pytest.mark.usefixtures("office")
def test_one_unit_or_only_what_is_owed_can_be_looked_at(client: httpx.Client) -> None:
    everybody, west = client.get(PAGE).text, client.get(PAGE, params={"unit": "west"}).text
    assert ">东区</a>" in everybody
    assert ">东区</a>" not in west
    assert "开工项目" in west  # named where one unit is looked at
    owed = client.get(PAGE, params={"owed": "1"}).text
    assert (">东区</a>" in owed, ">西区</a>" in owed) == (False, True)


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize(
    "query", ["unit=nobody", "week=yesterday", "scheme=none", "week=2023-10-18&unit=west", "unit=%3Cscript%3E"]
)
def test_whatever_stands_in_the_address_there_is_a_page(client: httpx.Client, query: str) -> None:
    page = client.get(f"{PAGE}?{query}")
    assert page.status_code == 200
    assert "<script>" not in page.text


@pytest.mark.usefixtures("office")
def test_the_burden_of_the_week_says_who_is_over_the_cap(client: httpx.Client) -> None:
    page = client.get(PAGE, params={"week": "2023-10-18"}).text
    assert "2023年10月16日起一周" in page
    assert "报送事项每周上限 1" in page
    assert page.count("超上限") == 1
    assert "超上限" not in client.get(PAGE, params={"week": "2023-10-25"}).text


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_it_is_sound_on_a_desk_and_on_a_phone(visitor: Visitor, width: int) -> None:
    page = visitor.look(f"{PAGE}?owed=1", width)
    assert page.get_by_role("heading", level=1).inner_text() == "数据报送"
    assert page.get_by_role("link", name="数据报送").get_attribute("aria-current") == "page"
    page.locator("select[name=unit]").select_option("west")
    page.get_by_role("button", name="查看").click()
    assert "unit=west" in page.url
    visitor.look(f"{PAGE}?unit=west", width)


def test_a_bar_adds_up_to_its_whole() -> None:
    parts = bar(Response(reported=1, awaited=1, missing=1))
    assert [(part.name, part.start, part.width) for part in parts] == [
        ("reported", "0.000", "33.333"),
        ("awaited", "33.333", "33.333"),
        ("missing", "66.666", "33.333"),
    ]
    assert bar(Response()) == []
    assert [part.width for part in bar(Response(reported=5))] == ["100.000"]
