"""What every channel keeps, whoever is at the other end: reach, lengths, rates, codes, and once for each key."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine

from diaodu.rules.access import Role
from diaodu.rules.routing import DeliveryState, Recipient, Route
from diaodu.storage.session import transaction
from notifications.etiquette import Etiquette
from notifications.letter import letter
from notifications.message import Accepted, Refused, Words
from notifications.outbox import Drained, Outbox
from notifications.registry import CHANNELS
from tests.notifications.benches import BENCHES, Bench
from tests.notifications.post import Clock, Post, letters
from tests.notifications.provider import message

LONG = "".join(f"{n}. 西区重点项目投资完成率低于序时20.8个百分点，“👨‍👩‍👧 𠮷”列末位；\n" for n in range(1, 700))
MARK = re.compile(r"^\((\d+)/(\d+)\)\n?")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=BENCHES)
def bench(request: pytest.FixtureRequest, clock: Clock) -> Iterator[Bench]:
    with BENCHES[request.param](clock) as bench:
        yield bench


def test_every_channel_with_a_provider_has_its_bench() -> None:
    assert set(BENCHES) == set(CHANNELS) - {"inbox", "console"}


def test_it_reaches_whom_it_has_an_address_of_and_nobody_else(bench: Bench) -> None:
    assert bench.address
    assert bench.channel.reach(Recipient(1, Role.REPORTER, "west")) is None
    nobody = Recipient(1, Role.REPORTER, "west", mail=None, webhook="没有的群", phone="0371-66666666")
    assert bench.channel.reach(nobody) is None


def test_a_message_arrives_as_it_was_written(bench: Bench) -> None:
    (part,) = bench.channel.parts(message(bench.address))
    assert bench.channel.send(part) == Accepted()
    (text,) = bench.arrived()
    assert "西区低于序时20.8个百分点。" in text


def test_a_long_message_arrives_whole_in_numbered_parts(bench: Bench, clock: Clock) -> None:
    parts = bench.channel.parts(replace(message(bench.address), text=LONG))
    assert parts == bench.channel.parts(replace(message(bench.address), text=LONG))
    assert len({part.key for part in parts}) == len(parts)
    for part in parts:
        clock.turn(minutes=4)
        assert bench.channel.send(replace(part, at=clock())) == Accepted()
    arrived = bench.arrived()
    if len(parts) > 1:
        marks = [MARK.match(text) for text in arrived]
        assert [(int(m[1]), int(m[2])) for m in marks if m] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    assert LONG.strip() in "".join(MARK.sub("", text) for text in arrived)


def test_within_its_rates_the_provider_refuses_and_drops_nothing(bench: Bench, clock: Clock) -> None:
    most = min((rate.most for rate in bench.channel.manners.rates), default=10)
    for number in range(most):
        said = replace(message(bench.address, key=f"k/{number}"), text=f"第{number}号。", at=clock())
        assert bench.channel.send(said) == Accepted()
    assert len(bench.arrived()) == most


def test_a_crowd_arrives_complete_however_slow_the_provider_wants_it(
    engine: Engine, bench: Bench, clock: Clock
) -> None:
    with transaction(engine) as session:
        person = Post(session).person()
        for number in range(60):
            session.add(_letter(f"a{number}", bench, person, f"第{number}号。", clock))
    sender = Outbox(engine, {"it": bench.channel}, Path(), "me", clock, etiquette=Etiquette(digest_above=99))
    done = Drained()
    for _round in range(300):
        more = sender.drain()
        done = Drained(done.sent + more.sent, more.put_off, done.held + more.held, more.failed)
        assert (more.put_off, more.failed, more.lost) == (0, 0, 0)
        if done.sent == 60:
            break
        clock.turn(minutes=1)
    texts = bench.arrived()
    assert sorted(int(found[1]) for text in texts if (found := re.search(r"第(\d+)号", text))) == list(range(60))
    with transaction(engine) as session:
        assert {(row.state, row.attempts) for row in letters(session)} == {(DeliveryState.SENT, 1)}


def test_the_same_key_again_shows_once_where_receivers_know_keys(bench: Bench) -> None:
    said = message(bench.address)
    (part,) = bench.channel.parts(said)
    assert [bench.channel.send(part) for _ in range(2)] == [Accepted(), Accepted()]
    assert len(bench.arrived()) == (1 if bench.knows_keys else 2)


def test_a_code_that_refuses_is_read_though_http_says_200(bench: Bench) -> None:
    if bench.misled is None:
        assert bench.refused == ""
        return
    answer = bench.misled.send(message(bench.address))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == (bench.refused, True)
    assert bench.arrived() == []


def _letter(about: str, bench: Bench, person: Recipient, text: str, clock: Clock) -> object:
    return letter(about, Route(person, "it", bench.address), Words("预警", text, ""), clock(), None)
