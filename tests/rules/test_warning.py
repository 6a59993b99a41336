"""A warning's life: what moves it, what does not, and why; and random walks through it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from diaodu.rules.act import NEEDS_REASON, Asked, Refusal, refusal
from diaodu.rules.level import Issue, Level, Policy
from diaodu.rules.routing import NoticeKind
from diaodu.rules.verdict import Reason, State
from diaodu.rules.warning import (
    AWAITS_REPLY,
    OVER,
    TRANSITIONS,
    Act,
    Cause,
    Held,
    Judgement,
    Obligation,
    Step,
    WarningState,
    decide,
)

S, C, A = WarningState, Cause, Act
OCT, NOV = date(2023, 10, 31), date(2023, 11, 30)
TODAY, DUE = date(2023, 11, 3), date(2023, 11, 10)


def level(code: str, severity: int, issue: Issue = Issue.AUTOMATIC, unmet: str | None = None) -> Level:
    notice = NoticeKind.WARNING if severity > 0 else None
    return Level(code, code, code, severity, "gap_pp < 0", notice, issue, 5 if notice else None, unmet)


BLUE, YELLOW = level("blue", 1, unmet="yellow"), level("yellow", 2, unmet="red")
RED, GREEN, STAR = level("red", 3, Issue.AFTER_REVIEW), level("green", 0), level("star", -1)
POLICY = Policy("p", "规则", "", "gap_pp", (RED, YELLOW, BLUE, STAR, GREEN))
LEVELS = {each.code: each for each in POLICY.levels}


def judged(code: str | None, as_of: date = OCT, reported: date | None = OCT) -> Judgement:
    """A verdict with this level; a reason instead of a code is a verdict without one."""
    if code in LEVELS:
        return Judgement(as_of, State.REPORTED, Reason.LEVEL_MATCHED, code, LEVELS[code].severity, reported)
    reason = Reason(code or "no_level_matched")
    state = State.REPORTED if reason is Reason.NO_LEVEL_MATCHED else State(reason.value)
    return Judgement(as_of, state, reason, None, None, reported)


def at(state: WarningState, code: str = "yellow", **more: object) -> Obligation:
    """A warning at this state and level since October, whose notice is to be answered by 10 November."""
    base = Obligation(state, code, LEVELS[code].severity, OCT, reply_due=DUE)
    return replace(base, **more)  # type: ignore[arg-type]


SILENT = ["not_reported", "awaited", "no_target", "not_started", "no_level_matched"]
WHY_SILENT = [C.DATA_LATE, C.AWAITED, C.NOTHING_TO_JUDGE, C.NOTHING_TO_JUDGE, C.NO_LEVEL]
OPEN = [s for s in S if s not in OVER]


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        ("blue", Step(C.OPENED, S.ISSUED, BLUE, tells=True)),
        ("yellow", Step(C.OPENED, S.ISSUED, YELLOW, tells=True)),
        ("red", Step(C.OPENED, S.PROPOSED, RED)),
        ("green", Step(C.FINE)),
        ("star", Step(C.FINE)),
        *zip(SILENT, (Step(why) for why in WHY_SILENT), strict=True),
    ],
)
def test_a_target_without_warning(verdict: str, step: Step) -> None:
    assert decide(None, judged(verdict), POLICY, TODAY) == step


@pytest.mark.parametrize(
    ("before", "verdict", "step"),
    [
        # the same again says nothing, wherever the unit stands by now
        *((at(state), "yellow", Step(C.UNCHANGED)) for state in OPEN if state is not S.EXEMPTED),
        # worse: told again from wherever it stood, or put up for a person
        *((at(state, "blue"), "yellow", Step(C.WORSENED, S.ISSUED, YELLOW, tells=True)) for state in OPEN[:7]),
        *((at(state), "red", Step(C.WORSENED, S.PROPOSED, RED)) for state in OPEN[:7]),
        # milder: noted, the unit goes on where it stands
        (at(S.ISSUED), "blue", Step(C.EASED, S.ISSUED, BLUE)),
        (at(S.PLANNED, "red"), "yellow", Step(C.EASED, S.PLANNED, YELLOW)),
        (at(S.VERIFIED, "red"), "blue", Step(C.EASED, S.VERIFIED, BLUE)),
        # milder before anybody was told: a level that needs no review is told now
        (at(S.PROPOSED, "red"), "yellow", Step(C.EASED, S.ISSUED, YELLOW, tells=True)),
        # recovered
        *((at(state), "green", Step(C.RECOVERED, S.CLOSED)) for state in OPEN),
        (at(S.ISSUED), "star", Step(C.RECOVERED, S.CLOSED)),
        # nothing to go by
        *((at(S.ISSUED), verdict, Step(why)) for verdict, why in zip(SILENT, WHY_SILENT, strict=True)),
    ],
)
def test_an_open_warning(before: Obligation, verdict: str, step: Step) -> None:
    assert decide(before, judged(verdict, NOV, NOV), POLICY, TODAY) == step


@pytest.mark.parametrize(
    ("before", "verdict", "today", "step"),
    [
        # the deadline itself is still in time
        (at(S.ISSUED, "blue"), "blue", DUE, Step(C.UNCHANGED)),
        (at(S.ISSUED, "blue"), "blue", DUE + timedelta(1), Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.ACKNOWLEDGED, "blue"), "blue", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.RETURNED, "yellow"), "yellow", NOV, Step(C.LADDER, S.PROPOSED, RED, 3)),
        # answered in time, or told nothing yet
        *((at(state, "blue"), "blue", NOV, Step(C.UNCHANGED)) for state in OPEN[:7] if state not in AWAITS_REPLY),
        # the notice's clock runs on while data are late, and while the policy has a hole
        (at(S.ISSUED, "blue"), "not_reported", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.ISSUED, "blue"), "no_level_matched", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        # the top of the ladder
        (at(S.ISSUED, "red"), "red", NOV, Step(C.UNCHANGED)),
        # the worse of data and ladder leads; recovered data end both
        (at(S.ISSUED, "blue"), "red", NOV, Step(C.WORSENED, S.PROPOSED, RED)),
        (at(S.ISSUED, "blue"), "yellow", NOV, Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)),
        (at(S.ISSUED, "blue"), "green", NOV, Step(C.RECOVERED, S.CLOSED)),
        # a height climbed through an unmet notice is not eased by data
        (at(S.ISSUED, "yellow", floor=2), "blue", TODAY, Step(C.UNCHANGED)),
        (at(S.PLANNED, "red", floor=2), "blue", TODAY, Step(C.EASED, S.PLANNED, YELLOW, 2)),
        # no deadline, no ladder
        (at(S.ISSUED, "blue", reply_due=None), "blue", NOV, Step(C.UNCHANGED)),
    ],
)
def test_the_ladder(before: Obligation, verdict: str, today: date, step: Step) -> None:
    assert decide(before, judged(verdict, NOV, NOV), POLICY, today) == step


HELD = Held(S.ACKNOWLEDGED, "blue", 1, 0)


@pytest.mark.parametrize(
    ("verdict", "step"),
    [
        ("red", Step(C.UNCHANGED)),
        ("yellow", Step(C.EASED, S.ISSUED, YELLOW, tells=True)),
        ("blue", Step(C.EASED, S.ACKNOWLEDGED, BLUE)),
        ("green", Step(C.RECOVERED, S.CLOSED)),
        ("not_reported", Step(C.DATA_LATE)),
    ],
)
def test_a_rise_that_awaits_a_person(verdict: str, step: Step) -> None:
    assert decide(at(S.PROPOSED, "red", held=HELD), judged(verdict, NOV, NOV), POLICY, TODAY) == step


def test_the_deadline_runs_on_while_a_rise_awaits_a_person() -> None:
    step = decide(at(S.PROPOSED, "red", held=HELD), judged("blue", NOV, NOV), POLICY, DUE + timedelta(1))
    assert step == Step(C.LADDER, S.ISSUED, YELLOW, 2, tells=True)


@pytest.mark.parametrize(
    ("verdict", "today", "step"),
    [
        ("red", NOV, Step(C.EXEMPT)),
        ("not_reported", NOV, Step(C.EXEMPT)),
        ("green", NOV, Step(C.RECOVERED, S.CLOSED)),
        ("yellow", NOV + timedelta(1), Step(C.EXEMPTION_OVER, S.ISSUED, YELLOW, tells=True)),
        ("red", NOV + timedelta(1), Step(C.EXEMPTION_OVER, S.PROPOSED, RED)),
        ("not_reported", NOV + timedelta(1), Step(C.DATA_LATE)),
    ],
)
def test_an_exemption_holds_until_its_last_day(verdict: str, today: date, step: Step) -> None:
    assert decide(at(S.EXEMPTED, exempt_until=NOV), judged(verdict, NOV, NOV), POLICY, today) == step


@pytest.mark.parametrize("state", [S.CLOSED, S.WITHDRAWN, S.ISSUED])
def test_a_persons_decision_stands_until_newer_or_worse_data_come(state: WarningState) -> None:
    before = at(state, "blue", seen_severity=2, seen_report=OCT)
    assert decide(before, judged("yellow"), POLICY, TODAY) == Step(C.SETTLED)
    assert decide(before, judged("yellow", date(2023, 11, 7)), POLICY, TODAY) == Step(C.SETTLED)
    assert decide(before, judged("yellow", NOV, NOV), POLICY, TODAY).level == YELLOW
    assert decide(before, judged("red"), POLICY, TODAY).level == RED


@pytest.mark.parametrize("state", [S.CLOSED, S.WITHDRAWN])
def test_what_is_over_opens_anew_when_data_are_corrected(state: WarningState) -> None:
    assert decide(at(state), judged("yellow"), POLICY, TODAY) == Step(C.OPENED, S.ISSUED, YELLOW, tells=True)


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("verdict", [*LEVELS, *SILENT])
def test_an_earlier_day_never_moves_what_a_later_one_did(state: WarningState, verdict: str) -> None:
    before = at(state, exempt_until=OCT if state is S.EXEMPTED else None)
    assert decide(before, judged(verdict, date(2023, 9, 30)), POLICY, NOV) == Step(C.SUPERSEDED)


def test_a_level_without_a_document_is_on_record_only() -> None:
    quiet = replace(BLUE, notice=None, reply_workdays=None, unmet=None, issue=Issue.AFTER_REVIEW)
    policy = replace(POLICY, levels=(quiet,))
    assert decide(None, judged("blue"), policy, TODAY) == Step(C.OPENED, S.ISSUED, quiet)


def test_a_level_that_a_revision_dropped_warns_of_nothing_and_climbs_nowhere() -> None:
    policy = replace(POLICY, levels=(GREEN,))
    assert decide(at(S.ISSUED, "blue"), judged("not_reported", NOV, NOV), policy, NOV) == Step(C.DATA_LATE)


WHOLE_LIFE = [A.ISSUE, A.ACKNOWLEDGE, A.PLAN, A.EVIDENCE, A.RETURN, A.EVIDENCE, A.VERIFY, A.CLOSE]


def test_a_life_in_order() -> None:
    state = S.PROPOSED
    for act in WHOLE_LIFE:
        asked = Asked(act, "李" if act in (A.VERIFY, A.CLOSE, A.RETURN) else "王", "说明")
        assert refusal(state, asked, frozenset({"王"}), None, TODAY) is None
        after = TRANSITIONS[state][act]
        assert after is not None
        state = after
    assert state is S.CLOSED


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("act", list(A))
def test_what_the_table_does_not_name_is_refused(state: WarningState, act: Act) -> None:
    found = refusal(state, Asked(act, "李", "说明", NOV), frozenset(), HELD, TODAY)
    assert found is (None if act in TRANSITIONS[state] else Refusal.NOT_FROM_HERE)


@pytest.mark.parametrize(
    ("state", "asked", "held", "why"),
    [
        (S.ISSUED, Asked(A.ACKNOWLEDGE, "  "), None, Refusal.NO_NAME),
        (S.ISSUED, Asked(A.WITHDRAW, "李", " "), None, Refusal.NO_REASON),
        (S.ISSUED, Asked(A.EXEMPT, "李"), None, Refusal.NO_REASON),
        (S.EVIDENCED, Asked(A.VERIFY, " 王 "), None, Refusal.OWN_WORK),
        (S.VERIFIED, Asked(A.CLOSE, "王"), None, Refusal.OWN_WORK),
        (S.PROPOSED, Asked(A.DECLINE, "李", "已约谈"), None, Refusal.NOTHING_HELD),
        (S.PROPOSED, Asked(A.DECLINE, "李", "已约谈"), HELD, None),
        (S.ISSUED, Asked(A.EXEMPT, "李", "不可抗力", TODAY - timedelta(1)), None, Refusal.ENDS_TOO_EARLY),
        (S.ISSUED, Asked(A.EXEMPT, "李", "不可抗力", TODAY), None, None),
    ],
)
def test_acts_need_a_name_a_reason_and_another_pair_of_eyes(
    state: WarningState, asked: Asked, held: Held | None, why: Refusal | None
) -> None:
    assert refusal(state, asked, frozenset({"王"}), held, TODAY) is why


def test_every_state_but_the_last_two_can_be_left_and_reached() -> None:
    reached = {to for row in TRANSITIONS.values() for to in row.values()} | {S.PROPOSED}
    assert reached >= set(S)
    assert {state for state, row in TRANSITIONS.items() if not row} == OVER


class Life(RuleBasedStateMachine):
    """Clock, data and people in any order, on one target: an office's records kept by the two functions alone."""

    def __init__(self) -> None:
        super().__init__()
        self.today = OCT
        self.reported = OCT
        self.warnings: list[list[Obligation]] = []  # each a list of its states, one an event
        self.authors: set[str] = set()

    @property
    def latest(self) -> Obligation | None:
        return self.warnings[-1][-1] if self.warnings else None

    @rule(days=st.integers(1, 20))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days)

    @rule(code=st.sampled_from([*LEVELS, *SILENT]), fresh=st.booleans())
    def run(self, code: str, fresh: bool) -> None:
        if fresh:
            self.reported = self.today
        verdict = judged(code, self.today, self.reported)
        before = self.latest
        step = decide(before, verdict, POLICY, self.today)
        self.apply(step)
        # the same again changes nothing
        assert decide(self.latest, verdict, POLICY, self.today).state is None
        assert (step.state is None) == (step.cause in list(C)[7:])
        assert not step.tells or step.state is S.ISSUED
        if step.state is S.CLOSED:
            assert code in ("green", "star")
        if verdict.severity is None and before is not None and step.state is not None:
            assert step.cause is C.LADDER

    def apply(self, step: Step) -> None:
        if step.state is None:
            return
        before = self.latest
        opens = before is None or before.state in OVER
        assert opens == (step.cause is C.OPENED)
        code = step.level.code if step.level else before.level if before else ""
        held = None
        if step.state is S.PROPOSED and before is not None and not opens:
            told = before.state not in (S.PROPOSED, S.EXEMPTED)
            held = Held(before.state, before.level, before.severity, before.floor) if told else before.held
        due = before.reply_due if before is not None and not opens else None
        after = Obligation(
            step.state,
            code,
            LEVELS[code].severity,
            self.today,
            step.floor,
            self.today + timedelta(7) if step.tells else due,
            held=held,
        )
        if opens:
            self.warnings.append([after])
        else:
            self.warnings[-1].append(after)

    @precondition(lambda self: self.latest is not None)
    @rule(act=st.sampled_from(A), actor=st.sampled_from(["王", "李"]), worst=st.sampled_from([1, 2, 3]))
    def person_acts(self, act: Act, actor: str, worst: int) -> None:
        before = self.latest
        assert before is not None
        asked = Asked(act, actor, "说明", self.today + timedelta(10))
        if refusal(before.state, asked, frozenset(self.authors), before.held, self.today) is not None:
            return
        assert act in NEEDS_REASON or act not in (A.WITHDRAW, A.EXEMPT)
        to = TRANSITIONS[before.state][act]
        held = before.held
        after = replace(
            before,
            state=to or (held.state if held else S.ISSUED),
            held=None,
            exempt_until=asked.until if act is A.EXEMPT else None,
            seen_severity=worst,
            seen_report=self.reported,
        )
        if to is None and held is not None:
            after = replace(after, level=held.level, severity=held.severity, floor=held.floor)
        if act in (A.PLAN, A.EVIDENCE):
            self.authors.add(actor)
        if act in (A.VERIFY, A.CLOSE):
            assert actor not in self.authors
        self.warnings[-1].append(after)

    @invariant()
    def only_the_last_is_open(self) -> None:
        assert all(life[-1].state in OVER for life in self.warnings[:-1])

    @invariant()
    def nothing_follows_an_end(self) -> None:
        assert all(step.state not in OVER for life in self.warnings for step in life[:-1])

    @invariant()
    def the_height_climbed_is_kept(self) -> None:
        assert all(step.severity >= step.floor for life in self.warnings for step in life)


Life.TestCase.settings = settings(
    max_examples=200, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLife = Life.TestCase
