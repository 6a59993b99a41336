"""A sender may die at any moment: nothing is lost, and what a channel is known to have accepted never leaves again.

Whoever dies between a provider's acceptance and the row that says so leaves one part in doubt. That part leaves again
with the same key: receivers that know keys show it once, group robots may show it twice.
"""

import multiprocessing
import random
import signal
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from diaodu.rules.routing import DeliveryState
from diaodu.storage.session import transaction
from models.handover import Handover
from notifications.outbox import LEASE, MOST_ATTEMPTS
from tests.notifications import sender
from tests.notifications.post import Post, letters
from tests.notifications.provider import NOON
from tests.notifications.robots import Asked, Gateway, Provider, WeComRobots, WeComServer, running

LETTERS, KILLS = 45, 100
HOUSE = Path(__file__).parents[2]
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([sender.__name__])
LONG = "西区重点项目投资低于序时；" * 60
"""Two parts for a robot."""


@dataclass
class Hooks(Provider):
    """A receiver of webhooks that takes every key once."""

    keys: set[str] = field(default_factory=set)

    def answer(self, asked: Asked) -> tuple[int, Any]:
        key = asked.headers["idempotency-key"]
        if key not in self.keys:
            self.keys.add(key)
            self.say("hook", asked.json["text"])
        return 200, {"errcode": 0}


@dataclass
class Street(Provider):
    """All providers at one address, and an assassin among them.

    The sender is killed at the `fuse`-th request: before the provider sees it, at the moment it has accepted, or a
    little later.
    """

    chance: random.Random = field(default_factory=lambda: random.Random(20231103))
    now: datetime = NOON
    victim: BaseProcess | None = None
    fuse: int = 0
    in_doubt: list[str] = field(default_factory=list)
    """Texts that were accepted while the sender was about to die."""

    def __post_init__(self) -> None:
        clock = lambda: self.now  # noqa: E731
        self.hooks, self.wecom, self.robots, self.gateway = (
            kind(clock) for kind in (Hooks, WeComServer, WeComRobots, Gateway)
        )

    def answer(self, asked: Asked) -> tuple[int, Any]:
        self.fuse -= 1
        moment = self.chance.choice(["before", "at", "after"]) if self.fuse == 0 and self.victim else "never"
        if moment == "before":
            self.kill(0)
            return 503, {}
        names = {"/hook": self.hooks, "/robot": self.robots, "/sms": self.gateway}
        provider: Provider = names.get(asked.path, self.wecom)  # type: ignore[assignment]
        before = len(provider.said)
        answer = provider.answer(asked)
        if self.fuse <= 0 and self.victim:
            self.in_doubt += [text for _, text in provider.said[before:]]
        if moment == "at":
            self.kill(0)
        elif moment == "after":
            threading.Thread(target=self.kill, args=(self.chance.uniform(0, 0.01),)).start()
        return answer

    def kill(self, patience: float) -> None:
        """SIGKILL, somewhere in the next `patience` seconds of the victim's work."""
        assert self.victim is not None
        wait([self.victim.sentinel], patience)
        self.victim.kill()


@pytest.fixture
def street(monkeypatch: pytest.MonkeyPatch) -> Street:
    # The fork server preloads from the house and imports no pytest, so that a sender starts in milliseconds.
    monkeypatch.setenv("PYTHONPATH", str(HOUSE))
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    return Street(lambda: NOON)


def test_killed_a_hundred_times_it_loses_nothing_and_repeats_only_what_was_in_flight(
    engine: Engine, street: Street
) -> None:
    with running(street) as url:
        with transaction(engine) as session:
            _post(session, url)
        kills = _send_all(engine, street, url)
    with transaction(engine) as session:
        rows = letters(session)
        taken = session.exec(select(Handover).where(col(Handover.accepted_at).is_not(None))).all()
    assert kills == KILLS
    assert {(row.state, row.digest_id, row.instead_of) for row in rows} == {(DeliveryState.SENT, None, None)}
    assert len(rows) == 4 * LETTERS

    for known, expected in ((street.hooks, LETTERS), (street.wecom, LETTERS), (street.gateway, LETTERS)):
        assert Counter(text for _, text in known.said).most_common(1)[0][1] == 1
        assert len(known.said) == expected

    shown = Counter(text for _, text in street.robots.said)
    assert len(shown) == 2 * LETTERS
    repeated = Counter({text: times - 1 for text, times in shown.items() if times > 1})
    assert repeated <= Counter(street.in_doubt)
    assert repeated.total() <= KILLS

    known_taken = Counter((row.delivery_id, row.part) for row in taken)
    assert set(known_taken.values()) == {1}
    assert len(known_taken) == 5 * LETTERS


def _post(session: Session, url: str) -> None:
    post = Post(session)
    person = post.person()
    addresses = {"webhook": f"{url}/hook", "wecom": "wangwu", "wecom_robot": "西区群", "sms": "13800138000"}
    for channel, address in addresses.items():
        for number in range(LETTERS):
            post.letter(f"letter{number}", channel, person, address)
    for row in letters(session):
        row.subject, text = "预警", LONG if row.channel == "wecom_robot" else "西区欠进度。"
        row.text = text.replace("西区", f"西区{row.id}")


def _send_all(engine: Engine, street: Street, url: str) -> int:
    """Senders one after the other, each killed while there are kills left, until nothing is left; how many died."""
    address = engine.url.render_as_string(hide_password=False)
    kills, left = 0, True
    while left:
        street.now += LEASE + timedelta(minutes=2)
        victim = PROCESSES.Process(target=sender.drain, args=(address, url, f"sender {street.now}", street.now))
        street.victim = victim if kills < KILLS else None
        street.fuse = street.chance.randint(1, 4)
        victim.start()
        victim.join()
        assert victim.exitcode in (0, -signal.SIGKILL)
        kills += victim.exitcode != 0
        with transaction(engine) as session:
            rows = letters(session)
        left = any(row.state is not DeliveryState.SENT for row in rows)
        assert max(row.attempts for row in rows) <= MOST_ATTEMPTS
    return kills
