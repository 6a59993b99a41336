"""Who may do what to a briefing: two pairs of eyes before it leaves, and nothing but corrections afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.briefing import OPEN, OUT, TRANSITIONS, BriefingAct, BriefingRefusal, BriefingState, Past, refusal

THEN = datetime(2026, 3, 16, 1, tzinfo=UTC)
S, A, R = BriefingState, BriefingAct, BriefingRefusal


@pytest.mark.parametrize(
    ("state", "act", "actor", "reason", "expected"),
    [
        (S.DRAFTED, A.REVIEW, "李某", "", None),
        (S.DRAFTED, A.REVIEW, "王某", "", R.OWN_DRAFT),
        (S.DRAFTED, A.REVIEW, " 王某 ", "", R.OWN_DRAFT),
        (S.DRAFTED, A.ISSUE, "李某", "", R.NOT_FROM_HERE),
        (S.REVIEWED, A.ISSUE, "李某", "", None),
        (S.REVIEWED, A.ISSUE, "王某", "", R.OWN_DRAFT),
        (S.REVIEWED, A.ISSUE, " ", "", R.NO_NAME),
        (S.REVIEWED, A.RETURN, "李某", "", R.NO_REASON),
        (S.REVIEWED, A.RETURN, "李某", "第二段数字待核", None),
        (S.REVIEWED, A.EDIT, "王某", "语气", None),
        (S.ISSUED, A.EDIT, "王某", "语气", R.NOT_FROM_HERE),
        (S.ISSUED, A.WITHDRAW, "李某", "误发", None),
        (S.ISSUED, A.WITHDRAW, "李某", "", R.NO_REASON),
        (S.ISSUED, A.CORRECT, "王某", "西区数据更正", None),
        (S.WITHDRAWN, A.CORRECT, "王某", "西区数据更正", R.NOT_FROM_HERE),
        (S.DISCARDED, A.REVIEW, "李某", "", R.NOT_FROM_HERE),
    ],
)
def test_a_step_is_taken_or_refused(
    state: BriefingState, act: BriefingAct, actor: str, reason: str, expected: BriefingRefusal | None
) -> None:
    assert refusal(Past(state, THEN, {"王某"}), act, actor, reason, THEN) is expected


def test_a_step_is_not_dated_before_the_one_before() -> None:
    past = Past(S.DRAFTED, THEN, {"王某"})
    assert refusal(past, A.REVIEW, "李某", "", THEN - timedelta(seconds=1)) is R.BEFORE_LAST


@given(st.lists(st.sampled_from(sorted(A)), max_size=8))
def test_what_is_out_stays_out_and_only_a_checked_draft_or_the_scheme_lets_it_out(acts: list[BriefingAct]) -> None:
    state, trail = S.DRAFTED, [S.DRAFTED]
    for act in acts:
        state = TRANSITIONS[state].get(act, state)
        if state in OUT and trail[-1] in OPEN:
            assert (trail[-1], act) in {(S.REVIEWED, A.ISSUE), (S.DRAFTED, A.RELEASE)}
        assert trail[-1] not in OUT or state in OUT
        trail.append(state)
