"""Who may act on a number: by place, by name, by words and by date."""

from datetime import UTC, datetime, timedelta

import pytest

from diaodu.rules.access import Actor, Role
from diaodu.rules.request import RequestAct, RequestState
from diaodu.rules.review import Asked, Case, Refusal, refusal, skipped

A, S, R = RequestAct, RequestState, Refusal
AT = datetime(2023, 12, 5, 1, tzinfo=UTC)
CASE = Case(S.SUBMITTED, unit="east", lead="finance", author="王某", last_at=AT)
REVIEWER = Actor("赵某", Role.REVIEWER, "east")
LEAD = Actor("钱某", Role.LEAD, "finance")
OFFICE = Actor("李某", Role.OFFICE)


@pytest.mark.parametrize(
    ("act", "actor", "reason", "why"),
    [
        (A.APPROVE, REVIEWER, None, None),
        (A.APPROVE, Actor("  ", Role.REVIEWER, "east"), None, R.NO_NAME),
        (A.APPROVE, Actor("赵某", Role.REVIEWER, "west"), None, R.OTHER_UNIT),
        (A.APPROVE, Actor("赵某", Role.REVIEWER), None, R.OTHER_UNIT),
        (A.APPROVE, Actor("王某", Role.REVIEWER, "east"), None, R.OWN_WORK),
        (A.APPROVE, Actor(" 王某 ", Role.REVIEWER, "east"), None, R.OWN_WORK),
        (A.CHECK, LEAD, None, None),
        (A.CHECK, Actor("钱某", Role.LEAD, "east"), None, R.NOT_THE_LEAD),
        (A.CHECK, Actor("王某", Role.LEAD, "finance"), None, R.OWN_WORK),
        (A.CONFIRM, OFFICE, None, None),
        (A.CONFIRM, Actor("王某", Role.OFFICE), None, R.OWN_WORK),
        (A.RETURN, OFFICE, "与统计局不符", None),
        (A.RETURN, OFFICE, " ", R.NO_REASON),
        (A.RETURN, OFFICE, None, R.NO_REASON),
        (A.RETURN, Actor("王某", Role.REVIEWER, "east"), "自己发现有误", None),
        (A.RETURN, Actor("钱某", Role.LEAD, "east"), "口径不符", R.NOT_THE_LEAD),
    ],
)
def test_place_name_and_words(act: RequestAct, actor: Actor, reason: str | None, why: Refusal | None) -> None:
    assert refusal(CASE, Asked(act, actor, AT, reason)) is why


def test_an_indicator_without_a_lead_unit_is_checked_by_nobody() -> None:
    assert refusal(Case(S.SUBMITTED, "east"), Asked(A.CHECK, Actor("钱某", Role.LEAD), AT)) is R.NOT_THE_LEAD


def test_nothing_is_dated_before_what_it_follows() -> None:
    assert refusal(CASE, Asked(A.CONFIRM, OFFICE, AT - timedelta(seconds=1))) is R.BEFORE_LAST
    assert refusal(CASE, Asked(A.CONFIRM, OFFICE, AT)) is None


@pytest.mark.parametrize(
    ("state", "act", "has_lead", "past"),
    [
        (S.SUBMITTED, A.CONFIRM, True, (A.APPROVE, A.CHECK)),
        (S.SUBMITTED, A.CONFIRM, False, (A.APPROVE,)),
        (S.SUBMITTED, A.CHECK, True, (A.APPROVE,)),
        (S.SUBMITTED, A.APPROVE, True, ()),
        (S.APPROVED, A.CONFIRM, True, (A.CHECK,)),
        (S.APPROVED, A.CONFIRM, False, ()),
        (S.CHECKED, A.CONFIRM, True, ()),
        (S.SUBMITTED, A.RETURN, True, ()),
        (S.CONFIRMED, A.CORRECT, True, ()),
    ],
)
def test_steps_gone_past_are_named(
    state: RequestState, act: RequestAct, has_lead: bool, past: tuple[RequestAct, ...]
) -> None:
    assert skipped(state, act, has_lead) == past
