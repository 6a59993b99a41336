"""HTTP servers that are busy, slow, huge, moving and lying: each costs little, and no secret."""

import gzip

import pytest

from diaodu.sources import registry
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.place import Place
from tests.sources.interface import NOVEMBER, OPTIONS, item, read, read_with_secret, values
from tests.sources.website import Asked, Reply, as_json, website


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
        assert values(read_with_secret(site.url + "/old")) == [5_000_000]
    assert [asked.headers["authorization"] for asked in site.asked] == ["Bearer s3cret"] * 2


def test_no_secret_goes_to_another_server() -> None:
    with website(lambda _asked: as_json([item(5)])) as elsewhere:
        away = Reply(status=302, headers={"Location": elsewhere.url + "/"})
        link = as_json([item(5)], headers={"Link": f'<{elsewhere.url}/>; rel="next"'})
        for reply, options in ((away, {}), (link, {"paging": "link"})):
            with website(lambda _asked, reply=reply: reply) as site, pytest.raises(SourceDown, match="别的服务器"):
                read_with_secret(site.url, **options)
            assert site.asked[0].headers["authorization"] == "Bearer s3cret"
    assert elsewhere.asked == []


def test_the_secret_stands_where_the_other_side_wants_it() -> None:
    with website(lambda _asked: as_json([item(5)])) as site:
        read_with_secret(site.url, auth_header="X-Api-Key", auth_prefix="none")
    assert site.asked[0].headers["x-api-key"] == "s3cret"
    assert "authorization" not in site.asked[0].headers


def test_a_secret_is_in_no_message() -> None:
    with website(lambda _asked: Reply(status=401)) as site, pytest.raises(SourceDown) as down:
        read_with_secret(f"{site.url}/s3cret")
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
