"""Messages in parts, and addresses that take only so many: what was accepted never leaves again."""

import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session, select

from diaodu.rules.routing import DeliveryReason, DeliveryState, Recipient
from diaodu.storage.session import transaction
from models.handover import Handover
from notifications.channel import Channel, Manners, Rate
from notifications.message import Accepted, Answer, Message, Refused
from notifications.outbox import LEASE, Drained, Outbox
from notifications.splitting import numbered
from tests.notifications.post import Clock, Post, letters

BUSY = Refused("45009", "api freq out of limit", permanent=False, wait=timedelta(minutes=1))
GONE = Refused("93000", "invalid webhook url", permanent=True)


@dataclass
class Robot:
    """Takes parts of eight characters, so many a minute, and gives the answers of its script, the last one for ever."""

    most: int = 99
    answers: list[Answer] = field(default_factory=lambda: [Accepted()])
    sent: list[Message] = field(default_factory=list)

    @property
    def manners(self) -> Manners:
        return Manners(rates=(Rate(self.most, timedelta(minutes=1)),))

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.webhook

    def parts(self, message: Message) -> list[Message]:
        return numbered(message, len, 8)

    def send(self, part: Message) -> Answer:
        self.sent.append(part)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def posted(engine: Engine, count: int = 1, address: str = "西区群", text: str = "西区欠进度请加快") -> None:
    with transaction(engine) as session:
        post = Post(session)
        person = post.person(webhook=address)
        for number in range(count):
            post.letter(f"a{number}", "robot", person, address)
        for row in letters(session):
            row.text = text


def outbox(engine: Engine, robot: Channel, clock: Clock, holder: str = "me") -> Outbox:
    return Outbox(engine, {"robot": robot}, Path(), holder, clock)


def handed_over(session: Session) -> list[tuple[int, bool]]:
    rows = session.exec(select(Handover).order_by(Handover.id))  # type: ignore[arg-type]
    return [(row.part, row.accepted_at is not None) for row in rows]


def test_every_part_leaves_once_and_is_written_down(engine: Engine) -> None:
    posted(engine, text="甲乙丙丁戊己庚辛壬")
    robot = Robot()
    assert outbox(engine, robot, Clock()).drain() == Drained(sent=1)
    assert [part.text for part in robot.sent] == ["(1/3)甲乙丙", "(2/3)丁戊己", "(3/3)庚辛壬"]
    with transaction(engine) as session:
        assert handed_over(session) == [(1, True), (2, True), (3, True)]


def test_after_a_failure_only_the_parts_that_were_not_accepted_leave_again(engine: Engine) -> None:
    posted(engine, text="甲乙丙丁戊己庚辛壬")
    clock, robot = Clock(), Robot(answers=[Accepted(), BUSY, Accepted()])
    sender = outbox(engine, robot, clock)
    assert sender.drain() == Drained(put_off=1)
    clock.turn(minutes=1)
    assert sender.drain() == Drained(sent=1)
    assert [part.text[:5] for part in robot.sent] == ["(1/3)", "(2/3)", "(2/3)", "(3/3)"]
    assert robot.sent[1].key == robot.sent[2].key
    with transaction(engine) as session:
        assert handed_over(session) == [(1, True), (2, False), (2, True), (3, True)]


def test_when_the_last_part_is_refused_for_good_the_whole_message_takes_another_way(engine: Engine) -> None:
    posted(engine, text="甲乙丙丁戊己庚辛壬")
    robot, other = Robot(answers=[Accepted(), Accepted(), GONE]), Robot()
    assert Outbox(engine, {"robot": robot, "other": other}, Path(), "me", Clock()).drain() == Drained(sent=1, failed=1)
    assert [part.text for part in other.sent] == ["(1/3)甲乙丙", "(2/3)丁戊己", "(3/3)庚辛壬"]
    with transaction(engine) as session:
        assert [(r.state, r.reason) for r in letters(session)] == [
            (DeliveryState.FAILED, DeliveryReason.FELL_BACK),
            (DeliveryState.SENT, None),
        ]


def test_what_is_too_fast_waits_without_counting_as_an_attempt(engine: Engine) -> None:
    posted(engine, 10)
    clock, robot = Clock(), Robot(most=4)
    sender = outbox(engine, robot, clock)
    assert sender.drain() == Drained(sent=4, held=1)  # one finds the address full, and the others wait with it
    with transaction(engine) as session:
        waiting = [row for row in letters(session) if row.state is DeliveryState.PENDING]
    assert {(row.reason, row.attempts) for row in waiting} == {(DeliveryReason.RATE, 0)}
    assert {row.not_before for row in waiting} == {clock.now + timedelta(minutes=1)}
    assert sender.drain() == Drained()
    for expected in (4, 2):
        clock.turn(minutes=1)
        assert sender.drain().sent == expected
    assert len({part.key for part in robot.sent}) == len(robot.sent) == 10


def test_a_message_of_more_parts_than_a_minute_takes_goes_on_where_it_was(engine: Engine) -> None:
    posted(engine, text="甲乙丙丁戊己庚辛壬")
    clock, robot = Clock(), Robot(most=2)
    sender = outbox(engine, robot, clock)
    assert sender.drain() == Drained(held=1)
    clock.turn(minutes=1)
    assert sender.drain() == Drained(sent=1)
    assert [part.text[:5] for part in robot.sent] == ["(1/3)", "(2/3)", "(3/3)"]


def test_another_address_does_not_wait_with_it(engine: Engine) -> None:
    posted(engine, 3, "西区群")
    with transaction(engine) as session:
        Post(session, again=True).letter("b", "robot", Recipient(1, None, "west", webhook="东区群"), "东区群")
    assert outbox(engine, Robot(most=1), Clock()).drain() == Drained(sent=2, held=1)


def test_a_provider_that_says_wait_is_left_alone_by_all_that_is_for_this_address(engine: Engine) -> None:
    posted(engine, 5)
    robot = Robot(answers=[BUSY])
    assert outbox(engine, robot, Clock()).drain() == Drained(put_off=1)
    assert len(robot.sent) == 1


def test_senders_at_once_share_the_rate_of_an_address(engine: Engine) -> None:
    posted(engine, 40)
    robot, start = Robot(most=9), threading.Barrier(4)

    def work(holder: str) -> None:
        sender = outbox(engine, robot, Clock(), holder)
        start.wait()
        sender.drain()

    threads = [threading.Thread(target=work, args=(f"sender {n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(robot.sent) == 9
    assert Counter(part.key for part in robot.sent).most_common(1)[0][1] == 1


def test_a_sender_that_died_between_two_parts_is_followed_where_it_was(engine: Engine) -> None:
    posted(engine, text="甲乙丙丁戊己庚辛壬")
    clock = Clock()

    class Mortal(Robot):
        def send(self, part: Message) -> Answer:
            if len(self.sent) == 1:
                raise KeyboardInterrupt
            return super().send(part)

    dead, robot = Mortal(), Robot()
    try:
        outbox(engine, dead, clock, "dead").drain()
    except KeyboardInterrupt:
        clock.turn(seconds=LEASE.total_seconds())
    assert outbox(engine, robot, clock, "alive").drain() == Drained(sent=1)
    assert [part.text[:5] for part in (*dead.sent, *robot.sent)] == ["(1/3)", "(2/3)", "(3/3)"]


def test_a_sender_that_lost_its_lease_between_two_parts_sends_no_more(engine: Engine) -> None:
    posted(engine, text="甲乙丙丁戊己庚辛壬")
    clock, quick = Clock(), Robot()

    class Slow(Robot):
        def send(self, part: Message) -> Answer:
            answer = super().send(part)
            clock.turn(seconds=LEASE.total_seconds())
            assert outbox(engine, quick, clock, "quick").drain() == Drained(sent=1)
            return answer

    slow = Slow()
    assert outbox(engine, slow, clock, "slow").drain() == Drained(lost=1)
    assert [part.text[:5] for part in slow.sent] == ["(1/3)"]
    with transaction(engine) as session:
        assert [row.state for row in letters(session)] == [DeliveryState.SENT]
