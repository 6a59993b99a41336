"""Random walks through the lives of warnings: no state without an event, never two open."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from diaodu.rules.act import NEEDS_REASON, RESTARTS_CLOCK, refusal
from diaodu.rules.obligation import Held, Obligation, Step, decide
from diaodu.rules.warning import HAS_PLAN, OVER, TRANSITIONS, Act, Cause, WarningState
from diaodu.rules.workday import Workdays
from tests.rules.lamps import LEVELS, OCT, POLICY, SILENT, fully, judged

S, C, A = WarningState, Cause, Act
MOVES = [c for c in C if list(C).index(c) < list(C).index(C.BY_PERSON)]
"""Causes upon which the clock and the data move a warning."""
WORKDAYS = Workdays({OCT + timedelta(days): False for days in range(1, 5)} | {OCT + timedelta(11): True})
"""A holiday of four days in the week after October, and a make-up working day."""


class Life(RuleBasedStateMachine):
    """Clock, data and people in any order, on one target: an office's records kept by the two functions alone."""

    def __init__(self) -> None:
        super().__init__()
        self.today = OCT
        self.reported = OCT
        self.warnings: list[list[Obligation]] = []  # each a list of its states, one an event
        self.authors: set[str] = set()

    @property
    def clock(self) -> date:
        """On a rest day it still shows the working day before."""
        return WORKDAYS.on_or_before(self.today)

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
        step = decide(before, verdict, POLICY, self.clock)
        self.apply(step, verdict.severity)
        # the same again changes nothing
        assert decide(self.latest, verdict, POLICY, self.clock).state is None
        assert (step.state is not None) == (step.cause in MOVES)
        if step.cause in (C.LADDER, C.UNACKNOWLEDGED):  # terms run out on working days alone, and only once over
            assert before is not None
            due = before.rectify_by if before.state is S.PLANNED else before.reply_due
            assert due is not None or before.held is not None
            assert due is None or WORKDAYS.between(due, self.clock) > 0
        assert not step.tells or step.state is S.ISSUED
        if step.state is S.CLOSED:
            assert code in ("green", "star")
        if verdict.severity is None and before is not None and step.state is not None:
            assert step.cause in (C.LADDER, C.UNACKNOWLEDGED)

    def apply(self, step: Step, severity: int | None) -> None:
        """Keep the books: that a signature lapsed takes back nothing that was decided on these data."""
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
            WORKDAYS.after(self.today, 5) if step.tells or step.restarts else due,
            rectify_by=before.rectify_by if before is not None and not opens and step.state in HAS_PLAN else None,
            held=held,
            seen_severity=severity if step.cause is C.UNACKNOWLEDGED else None,
            seen_report=self.reported if step.cause is C.UNACKNOWLEDGED else None,
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
        asked = fully(act, actor, until=self.today + timedelta(10))
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
            reply_due=WORKDAYS.after(self.today, 5) if act in RESTARTS_CLOCK else before.reply_due,
            rectify_by=asked.until if act is A.PLAN else before.rectify_by,
            seen_severity=worst,
            seen_report=self.reported,
        )
        if to is None and held is not None:
            after = replace(after, level=held.level, severity=held.severity, floor=held.floor)
        if act is A.CHANGE_LEVEL:
            after = replace(after, level="blue", severity=1, floor=min(before.floor, 1))
        if after.state not in HAS_PLAN:
            after = replace(after, rectify_by=None)
        if act in (A.PLAN, A.EVIDENCE):
            self.authors.add(actor)
        if act in (A.VERIFY, A.CLOSE):
            assert actor not in self.authors
        if act is A.HAND_OVER:  # nobody gains time, or another place, by it
            assert (after.state, after.reply_due) == (before.state, before.reply_due)
        self.warnings[-1].append(after)

    @invariant()
    def only_the_last_is_open(self) -> None:
        assert all(life[-1].state in OVER for life in self.warnings[:-1])

    @invariant()
    def nothing_follows_an_end(self) -> None:
        assert all(step.state not in OVER for life in self.warnings for step in life[:-1])

    @invariant()
    def terms_end_on_working_days(self) -> None:
        dues = [step.reply_due for life in self.warnings for step in life if step.reply_due is not None]
        assert all(WORKDAYS.is_workday(due) for due in dues)

    @invariant()
    def the_height_climbed_is_kept(self) -> None:
        assert all(step.severity >= step.floor for life in self.warnings for step in life)


Life.TestCase.settings = settings(
    max_examples=300, stateful_step_count=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
TestLife = Life.TestCase
