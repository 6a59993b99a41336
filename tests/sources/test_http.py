"""HTTP/JSON as a source, against a real server that behaves as badly as they do."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlmodel import Session

from diaodu.sources.fault import SourceDown
from diaodu.sources.place import Place
from tests.sources.contract import Given, check_contract
from tests.sources.interface import NOVEMBER, OPTIONS, item, read, values
from tests.sources.website import Asked, Reply, as_json, website


@dataclass
class Interface:
    """Somebody's interface, given its rows by the contract."""

    url: str = ""
    rows: list[dict[str, Any]] = field(default_factory=list)
    kind: str = "http"

    @property
    def place(self) -> Place:
        return Place(self.url + "/api", OPTIONS | {"attempts": 1}, NOVEMBER)

    def give(self, rows: Sequence[Given]) -> None:
        self.rows = [dict(zip(("zb", "dw", "rq", "sz"), row, strict=True)) for row in rows]

    def go_away(self) -> None:
        self.rows = []
        self.url = "http://127.0.0.1:9"  # discard: nobody listens


def test_it_keeps_what_every_source_promises(session: Session) -> None:
    interface = Interface()
    with website(lambda _asked: as_json(interface.rows)) as site:
        interface.url = site.url
        check_contract(interface, session)


DIGITS = (
    ("111.50", 111_500_000),
    ("0.1", 100_000),
    ("123456789012.123456", 123_456_789_012_123_456),
    ("1.5e3", 1_500_000_000),
    ("-7", -7_000_000),
)


@pytest.mark.parametrize(("written", "micro"), DIGITS)
def test_every_digit_of_a_json_number_counts(written: str, micro: int) -> None:
    body = f'[{{"zb": "investment", "dw": "east", "rq": "2023-11-30", "sz": {written}}}]'.encode()
    with website(lambda _asked: Reply(body)) as site:
        assert values(read(site.url)) == [micro]


ODD = ("NaN", "Infinity", "1e400", "9" * 5000, "true", '{"a": 1}', "[1]", "1e999999999")


@pytest.mark.parametrize("written", ODD)
def test_what_is_no_number_is_a_fault_with_its_place(written: str) -> None:
    body = f'[{{"zb": "investment", "dw": "east", "rq": "2023-11-30", "sz": {written}}}]'.encode()
    with website(lambda _asked: Reply(body)) as site:
        (file,) = read(site.url).files
    (fault,) = file.faults
    assert (fault.row, "sz" in (fault.column or ""), "数字" in fault.right or "应小于" in fault.right) == (
        1,
        True,
        True,
    )


def test_a_missing_value_is_nothing_and_never_a_zero() -> None:
    with website(lambda _asked: as_json([item(None)])) as site:
        (file,) = read(site.url).files
    assert (file.faults, file.rows("reports")[0].values["value"]) == ([], None)


def test_items_lie_deep_and_words_are_constants_or_translated() -> None:
    answer = {"data": {"list": [{"code": "330102", "v": 1}, {"code": "330103", "v": 2}, {"code": "999", "v": 3}]}}
    options = {
        "items": "data.list",
        "indicator": "'investment'",
        "unit": "code",
        "value": "v",
        "as_of": "@.none",
        "units": {"330102": "east", "330103": "west"},
    }
    with website(lambda _asked: as_json(answer)) as site:
        found = read(site.url, **options)
    rows = [
        (row.values["indicator"], row.values["unit"], row.values["as_of"]) for row in found.files[0].rows("reports")
    ]
    assert rows == [("investment", "east", NOVEMBER), ("investment", "west", NOVEMBER)]
    assert [left.why for left in found.passed] == ["对照表里没有的 1 条"]


def paged(asked: Asked, by: str) -> dict[str, Any]:
    """Five items, two a page."""
    page = int(asked.query.get(by, "1"))
    return {"items": [item(n) for n in range(2 * page - 1, min(2 * page, 5) + 1)], "page": page}


def by_number(asked: Asked) -> Reply:
    return as_json(paged(asked, "p")["items"])


def by_cursor(asked: Asked) -> Reply:
    found = paged(asked, "cursor")
    return as_json({"items": found["items"], "next": str(found["page"] + 1) if found["page"] < 3 else None})


def by_link(asked: Asked) -> Reply:
    found = paged(asked, "cursor")
    more = {"Link": f'</api?cursor={found["page"] + 1}>; rel="next"'} if found["page"] < 3 else {}
    return as_json(found["items"], headers=more)


def by_link_inside(asked: Asked) -> Reply:
    found = paged(asked, "cursor")
    return as_json(
        {"items": found["items"], "links": {"next": f"?cursor={found['page'] + 1}"} if found["page"] < 3 else {}}
    )


PAGES: tuple[tuple[Callable[[Asked], Reply], dict[str, Any]], ...] = (
    (by_number, {"paging": "page", "page_parameter": "p"}),
    (by_cursor, {"paging": "cursor", "items": "items"}),
    (by_link, {"paging": "link"}),
    (by_link_inside, {"paging": "link", "items": "items", "next": "links.next"}),
)


@pytest.mark.parametrize(("answer", "options"), PAGES)
def test_all_pages_are_read_in_order_and_each_item_knows_its_page(
    answer: Callable[[Asked], Reply], options: dict[str, Any]
) -> None:
    with website(answer) as site:
        found = read(site.url + "/api", **options)
    assert values(found) == [n * 1_000_000 for n in range(1, 6)]
    origins = [row.origin for row in found.files[0].rows("reports")]
    assert len(set(origins)) == 5
    assert "第 3 页 · 第 1 行" in origins[4]


def test_more_pages_than_allowed_are_a_source_down_and_not_a_part() -> None:
    with (
        website(lambda asked: as_json([item(int(asked.query["page"]))])) as site,
        pytest.raises(SourceDown, match="3 页"),
    ):
        read(site.url, paging="page", pages=3)
    assert len(site.asked) == 3


def test_a_server_that_ignores_the_page_is_found_out() -> None:
    with website(lambda _asked: as_json([item(1)])) as site, pytest.raises(SourceDown, match="没有变化"):
        read(site.url, paging="page")
    assert len(site.asked) == 2
