"""The health page and its twin for machines: what ran, what is next, and when somebody should look."""

from datetime import date
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine

from diaodu.rules.schedule import Origin
from diaodu.storage import ledger
from diaodu.storage.engine import open_engine
from diaodu.storage.holiday import seed
from diaodu.storage.run import Job, Lease
from diaodu.storage.session import transaction
from diaodu.web.site import Site
from tests.plan import SmallPlan
from tests.web.browser import DESKTOP, PHONE, Visitor
from tests.web.listening import NOW, listening, site

SEPTEMBER = date(2023, 9, 30)


@pytest.fixture
def scheme_id(engine: Engine) -> int:
    with transaction(engine) as session:
        seed(session, [2023, 2024, 2027])
        return SmallPlan(session).scheme_id


def run(engine: Engine, scheme_id: int, fault: Exception | None = None) -> None:
    def work(_lease: Lease) -> None:
        if fault:
            raise fault

    job = Job(scheme_id, "cycle", SEPTEMBER, Origin.PERSON)
    try:
        ledger.once(engine, job, "me", work, now=lambda: NOW)
    except OSError:
        assert fault


def test_an_empty_house_is_well(client: httpx.Client) -> None:
    health = client.get("/health").json()
    assert (health["status"], health["schema"], health["open_warnings"], health["runs"]) == ("ok", "0002", 0, [])
    page = client.get("/")
    assert page.status_code == 200
    assert "还没有运行过" in page.text


def test_what_ran_is_shown_in_the_offices_time(client: httpx.Client, engine: Engine, scheme_id: int) -> None:
    run(engine, scheme_id)
    shown = client.get("/health").json()["runs"]
    assert shown == [
        {
            "scheme": "2023",
            "job": "一轮调度",
            "as_of": "2023-09-30",
            "attempt": 1,
            "origin": "人工",
            "state": "done",
            "started_at": "2023-10-20T09:00:00+08:00",
            "finished_at": "2023-10-20T09:00:00+08:00",
            "error": None,
        }
    ]
    assert "2023-10-20 09:00" in client.get("/").text


def test_a_run_that_failed_asks_for_attention_until_one_goes_well(
    client: httpx.Client, engine: Engine, scheme_id: int
) -> None:
    run(engine, scheme_id, OSError("磁盘已满 <b>"))
    health = client.get("/health").json()
    assert health["status"] == "attention"
    assert health["runs"][0]["error"] == "OSError: 磁盘已满 <b>"
    page = client.get("/").text
    assert "需要查看" in page
    assert "磁盘已满 &lt;b&gt;" in page
    run(engine, scheme_id)
    assert client.get("/health").json()["status"] == "ok"


def test_a_machine_that_stumbles_asks_for_attention(client: httpx.Client, here: Site) -> None:
    here.machine.troubles["outbox"] = "ConnectionError: 邮件服务器不通"
    assert client.get("/health").json()["status"] == "attention"
    assert "邮件服务器不通" in client.get("/").text


def test_what_is_due_next_is_shown(client: httpx.Client, here: Site, scheme_id: int) -> None:
    here.machine.clock.start()
    upcoming = client.get("/health").json()["upcoming"]
    cycle = next(time for time in upcoming if time["job"] == "一轮调度")
    assert (cycle["at"], cycle["as_of"]) == ("2023-11-08T08:30:00+08:00", ["2023-10-31"])
    assert "2023-11-08 08:30" in client.get("/").text


def test_a_year_not_announced_is_named(client: httpx.Client, scheme_id: int) -> None:
    assert client.get("/health").json()["provisional_years"] == [2027]


@pytest.mark.parametrize(("month", "missing"), [(10, None), (11, 2024)])
def test_from_november_on_next_year_is_missed(engine: Engine, month: int, missing: int | None) -> None:
    autumn = site(engine, lambda: NOW.replace(month=month))
    with listening(autumn) as client:
        health = client.get("/health").json()
        assert (health["unannounced_year"], health["status"]) == (missing, "ok")
        assert ("放假安排还没有入库" in client.get("/").text) is (missing is not None)
    autumn.machine.stop()


def test_pages_load_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert client.get("/static/site.css").headers["content-type"].startswith("text/css")


def test_a_database_that_does_not_answer_is_told_to_the_monitor(tmp_path: Path) -> None:
    gone = site(open_engine(f"sqlite:///{tmp_path / 'nowhere' / 'diaodu.db'}"))
    with listening(gone) as client:
        answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "down", "error": "OperationalError"})
    gone.machine.stop()


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_page_is_fit_for_everybody(visitor: Visitor, engine: Engine, scheme_id: int, width: int) -> None:
    run(engine, scheme_id, OSError("磁盘已满"))
    page = visitor.look("/", width)
    assert page.get_by_role("navigation").get_by_role("link", name="运行状况").get_attribute("aria-current") == "page"
