"""A sender may die at any moment: nothing is lost, and a receiver that knows keys gets nothing twice."""

import multiprocessing
import random
import signal
import sys
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlalchemy import Engine

from diaodu.rules.routing import DeliveryState
from diaodu.storage.session import transaction
from notifications.outbox import LEASE
from tests.notifications import sender
from tests.notifications.post import Post, letters
from tests.notifications.provider import NOON, Hook, http

LETTERS, KILLS = 70, 24
HOUSE = Path(__file__).parents[2]
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload([sender.__name__])


@dataclass
class Assassin:
    """Answers as a receiver that knows keys, and kills the sender at the `fuse`-th request: before, at or after it."""

    chance: random.Random
    victim: BaseProcess | None = None
    fuse: int = 0
    accepted: list[str] = field(default_factory=list)  # every key, every time it was accepted

    def answer(self, headers: dict[str, str], _body: bytes) -> tuple[int, dict[str, str], bytes]:
        self.fuse -= 1
        moment = self.chance.choice(["before", "at", "after"]) if self.fuse == 0 and self.victim else "never"
        if moment == "before":
            self.kill(0)
            return 503, {}, b""
        self.accepted.append(headers["idempotency-key"])
        if moment == "at":
            self.kill(0)
        elif moment == "after":
            threading.Thread(target=self.kill, args=(self.chance.uniform(0, 0.01),)).start()
        return 200, {}, b'{"errcode":0}'

    def kill(self, patience: float) -> None:
        """SIGKILL, somewhere in the next `patience` seconds of the victim's work."""
        assert self.victim is not None
        wait([self.victim.sentinel], patience)
        self.victim.kill()


def test_killed_again_and_again_it_loses_nothing_and_repeats_only_what_was_in_flight(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The fork server preloads from the house and imports no pytest, so that a sender starts in milliseconds.
    monkeypatch.setenv("PYTHONPATH", str(HOUSE))
    monkeypatch.setattr(sys.modules["__main__"], "__file__", None, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    assassin = Assassin(random.Random(20231103))
    with http(Hook(assassin.answer)) as url:
        with transaction(engine) as session:
            post = Post(session)
            person = post.person(webhook=url)
            for n in range(LETTERS):
                post.letter(f"letter{n}", "webhook", person, url)
        address = engine.url.render_as_string(hide_password=False)
        kills, rounds, left = 0, 0, LETTERS
        while left:
            rounds += 1
            now = NOON + rounds * (LEASE + timedelta(minutes=2))
            victim = PROCESSES.Process(target=sender.drain, args=(address, f"sender {rounds}", now))
            assassin.victim = victim if kills < KILLS else None
            assassin.fuse = assassin.chance.randint(1, 4)
            victim.start()
            victim.join()
            assert victim.exitcode in (0, -signal.SIGKILL)
            kills += victim.exitcode != 0
            with transaction(engine) as session:
                left = sum(row.state is not DeliveryState.SENT for row in letters(session))
    with transaction(engine) as session:
        rows = letters(session)
    assert kills >= 20
    assert {row.key for row in rows} == set(assassin.accepted)
    assert len(rows) == LETTERS
    assert len(assassin.accepted) - LETTERS <= kills
