"""HTTP/JSON as a source, against a real server that behaves as badly as they do."""

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from diaodu.sources import registry
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.place import Place
from tests.sources.contract import Given, check_contract
from tests.sources.website import Asked, Reply, as_json, website

OPTIONS: dict[str, Any] = {"indicator": "zb", "unit": "dw", "as_of": "rq", "value": "sz", "seconds": 20}
NOVEMBER = date(2023, 11, 30)


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


def item(value: object, unit: str = "east") -> dict[str, object]:
    return {"zb": "investment", "dw": unit, "rq": "2023-11-30", "sz": value}


def read(url: str, day: date | None = NOVEMBER, **options: Any) -> Found:
    return registry.read("http", Place(url, {**OPTIONS, **options}, day))


def values(found: Found) -> list[int]:
    return [row.values["value"] for row in found.files[0].rows("reports")]


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


ODD = ("NaN", "Infinity", "1e400", "9" * 5000, "true", '{"a": 1}', "[1]", '"85%"', "1e999999999")


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


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_busy_server_is_asked_again(status: int) -> None:
    replies = iter([Reply(status=status, headers={"Retry-After": "0"}), as_json([item(5)])])
    with website(lambda _asked: next(replies)) as site:
        assert values(read(site.url)) == [5_000_000]


def test_a_server_that_asks_for_patience_gets_it_within_the_time_there_is() -> None:
    replies = iter([Reply(status=503, headers={"Retry-After": "1"}), as_json([item(5)])])
    with website(lambda _asked: next(replies)) as site:
        assert values(read(site.url)) == [5_000_000]
    busy = Reply(status=503, headers={"Retry-After": "3600"})
    with website(lambda _asked: busy) as site, pytest.raises(SourceDown, match="HTTP 503"):
        read(site.url)
    assert len(site.asked) == 1


def test_a_date_to_come_back_counts_from_the_servers_own_clock() -> None:
    when = {"Date": "Thu, 30 Nov 2023 08:00:00 GMT", "Retry-After": "Thu, 30 Nov 2023 08:00:01 GMT"}
    replies = iter([Reply(status=429, headers=when), as_json([item(5)])])
    with website(lambda _asked: next(replies)) as site:
        assert values(read(site.url)) == [5_000_000]


@pytest.mark.parametrize(("status", "word"), [(401, "密钥"), (403, "密钥"), (404, "没有这个地址"), (400, "HTTP 400")])
def test_a_refusal_is_not_tried_again(status: int, word: str) -> None:
    with website(lambda _asked: Reply(status=status)) as site, pytest.raises(SourceDown, match=word):
        read(site.url)
    assert len(site.asked) == 1


def test_trying_again_ends() -> None:
    with website(lambda _asked: Reply(status=500)) as site, pytest.raises(SourceDown, match="HTTP 500"):
        read(site.url, attempts=2)
    assert len(site.asked) == 2


@pytest.mark.parametrize("how", ["hang", "drip"])
def test_a_server_that_does_not_finish_is_down_in_time(how: str) -> None:
    reply = as_json([item(5)] * 100, **{how: True})
    with website(lambda _asked: reply) as site, pytest.raises(SourceDown, match=site.url):
        read(site.url, seconds=1)


def test_a_huge_answer_is_not_taken_in() -> None:
    with website(lambda _asked: Reply(b"[" + b" " * 3_000_000 + b"]")) as site, pytest.raises(SourceDown, match="大小"):
        read(site.url, megabytes=1)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_taken_in() -> None:
    bomb = Reply(gzip.compress(b"[" + b" " * 50_000_000 + b"]"), headers={"Content-Encoding": "gzip"})
    with website(lambda _asked: bomb) as site, pytest.raises(SourceDown, match="大小"):
        read(site.url, megabytes=2)


LIES = (
    (b"<html><title>login</title>", "开头是"),
    (b"", "应为 JSON"),
    (b"[" * 100_000, "应为 JSON"),
    (b'{"error": "no data"}', "应为列表"),
    (b"\xff\xfe\x00", "应为 JSON"),
)


@pytest.mark.parametrize(("body", "word"), LIES)
def test_what_is_not_the_agreed_json_is_a_fault_whatever_it_calls_itself(body: bytes, word: str) -> None:
    reply = Reply(body, headers={"Content-Type": "application/json"})
    with website(lambda _asked: reply) as site, pytest.raises(Faults, match=word):
        read(site.url)


def test_json_is_json_whatever_its_content_type() -> None:
    with website(lambda _asked: as_json([item(5)], headers={"Content-Type": "text/html"})) as site:
        assert values(read(site.url)) == [5_000_000]


def test_a_move_within_the_server_is_followed_with_the_secret() -> None:
    def answer(asked: Asked) -> Reply:
        return as_json([item(5)]) if asked.path == "/new" else Reply(status=302, headers={"Location": "/new"})

    with website(answer) as site:
        assert values(_with_secret(site.url + "/old")) == [5_000_000]
    assert [asked.headers["authorization"] for asked in site.asked] == ["Bearer s3cret"] * 2


def test_no_secret_goes_to_another_server() -> None:
    with website(lambda _asked: as_json([item(5)])) as elsewhere:
        away = Reply(status=302, headers={"Location": elsewhere.url + "/"})
        link = as_json([item(5)], headers={"Link": f'<{elsewhere.url}/>; rel="next"'})
        for reply, options in ((away, {}), (link, {"paging": "link"})):
            with website(lambda _asked, reply=reply: reply) as site, pytest.raises(SourceDown, match="别的服务器"):
                _with_secret(site.url, **options)
            assert site.asked[0].headers["authorization"] == "Bearer s3cret"
    assert elsewhere.asked == []


def _with_secret(url: str, **options: Any) -> Found:
    place = Place(url, {**OPTIONS, "secret": "stats", **options}, NOVEMBER, secret={"stats": "s3cret"}.__getitem__)
    return registry.read("http", place)


def test_the_secret_stands_where_the_other_side_wants_it() -> None:
    with website(lambda _asked: as_json([item(5)])) as site:
        _with_secret(site.url, auth_header="X-Api-Key", auth_prefix="none")
    assert site.asked[0].headers["x-api-key"] == "s3cret"
    assert "authorization" not in site.asked[0].headers


def test_a_secret_is_in_no_message() -> None:
    with website(lambda _asked: Reply(status=401)) as site, pytest.raises(SourceDown) as down:
        _with_secret(f"{site.url}/s3cret")
    assert "s3cret" not in str(down.value)
    assert "***" in str(down.value)


def test_a_secret_that_is_not_set_is_asked_for_by_name() -> None:
    with pytest.raises(SourceDown, match="stats"):
        registry.read("http", Place("http://127.0.0.1:9", {**OPTIONS, "secret": "stats"}, NOVEMBER))


def test_the_day_asked_for_goes_into_the_address() -> None:
    with website(lambda _asked: as_json([item(5)])) as site:
        read(site.url + "/api?day={as_of}&month={as_of:%Y%m}")
        assert site.asked[0].query == {"day": "2023-11-30", "month": "202311"}
        with pytest.raises(SourceDown, match="哪一天"):
            read(site.url + "/api?day={as_of}", day=None)


def test_a_loop_of_moves_ends() -> None:
    with (
        website(lambda _asked: Reply(status=302, headers={"Location": "/"})) as site,
        pytest.raises(SourceDown, match="一再"),
    ):
        read(site.url)
