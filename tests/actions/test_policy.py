"""Rules come into force as revisions: nothing is overwritten, and the audit knows who did it."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import Session, select

from diaodu.actions.policy import apply_policy, preset_policies, presets
from diaodu.rules.policy import PolicyFaults
from diaodu.storage.audit import verify
from diaodu.storage.policy import policies, policy_in_force
from models.audit import Audit
from tests.plan import STARTS, SmallPlan

NOW = datetime(2023, 3, 1, 2, tzinfo=UTC)
LATER = datetime(2023, 9, 1, 2, tzinfo=UTC)
YINCHUAN = presets()["yinchuan"]


def test_rules_are_kept_exactly_as_written(session: Session) -> None:
    plan = SmallPlan(session)
    version = apply_policy(session, plan.scheme_id, "local", YINCHUAN, STARTS, "张三", NOW)
    assert version is not None
    assert (version.code, version.revision, version.document) == ("local", 1, YINCHUAN)
    assert (version.effective_from, version.recorded_at, version.recorded_by) == (STARTS, NOW, "张三")


def test_the_same_rules_twice_change_nothing(session: Session) -> None:
    plan = SmallPlan(session)
    for now in (NOW, LATER):
        apply_policy(session, plan.scheme_id, "local", YINCHUAN, STARTS, "张三", now)
    assert apply_policy(session, plan.scheme_id, "local", YINCHUAN, STARTS, "张三", LATER) is None
    assert len(policies(session, plan.scheme_id, LATER)) == 1
    assert len(session.exec(select(Audit)).all()) == 1


@pytest.mark.parametrize(
    ("code", "text", "since"),
    [
        ("other", YINCHUAN, STARTS),
        ("local", YINCHUAN + "\n", STARTS),
        ("local", YINCHUAN, date(2023, 7, 1)),
    ],
)
def test_another_name_text_or_day_is_a_new_revision(session: Session, code: str, text: str, since: date) -> None:
    plan = SmallPlan(session)
    apply_policy(session, plan.scheme_id, "local", YINCHUAN, STARTS, "张三", NOW)
    version = apply_policy(session, plan.scheme_id, code, text, since, "李四", LATER)
    assert version is not None
    assert version.revision == 2
    then = policy_in_force(session, plan.scheme_id, date(2023, 12, 31), NOW)
    assert then is not None
    assert then.revision == 1


def test_going_back_to_earlier_rules_is_a_revision_too(session: Session) -> None:
    plan = SmallPlan(session)
    texts = [YINCHUAN, presets()["wuhan"], YINCHUAN]
    for text in texts:
        apply_policy(session, plan.scheme_id, "local", text, STARTS, "张三", NOW)
    assert [version.document for version in reversed(policies(session, plan.scheme_id, NOW))] == texts


def test_rules_of_the_past_can_be_entered_later(session: Session) -> None:
    plan = SmallPlan(session)
    apply_policy(session, plan.scheme_id, "local", YINCHUAN, STARTS, "张三", LATER, recorded_at=NOW)
    assert policy_in_force(session, plan.scheme_id, STARTS, NOW) is not None
    assert session.exec(select(Audit.at)).one() == LATER


def test_faulty_rules_leave_no_trace(session: Session) -> None:
    plan = SmallPlan(session)
    with pytest.raises(PolicyFaults):
        apply_policy(session, plan.scheme_id, "local", 'name = "空"', STARTS, "张三", NOW)
    assert policies(session, plan.scheme_id, LATER) == []
    assert session.exec(select(Audit)).all() == []


def test_the_audit_tells_who_put_which_rules_into_force(session: Session) -> None:
    plan = SmallPlan(session)
    apply_policy(session, plan.scheme_id, "local", YINCHUAN, STARTS, "张三", NOW)
    row = session.exec(select(Audit)).one()
    assert (row.actor, row.action, row.subject) == ("张三", "policy.apply", "policy local")
    assert "银川 红黄绿灯" in row.detail
    assert verify(session) is None


def test_every_preset_can_be_listed() -> None:
    assert [policy.code for policy in preset_policies()] == list(presets())
