"""A policy tried before it is put into force: who would stand where, and who would move."""

from pathlib import Path

from sqlmodel import Session, select

from diaodu.actions.policy_trial import tried
from diaodu.rules.policy import read_policy
from models.policy_version import PolicyVersion
from tests.small_office import IN_NOVEMBER, OCT, POLICY, Office


def test_the_rules_in_force_move_nobody(session: Session, tmp_path: Path) -> None:
    office = Office(session, tmp_path)
    trial = tried(session, office.plan.scheme_id, read_policy(POLICY, "lamps"), OCT, IN_NOVEMBER)
    assert trial.moved.height == 0
    assert dict(trial.counts) == {"红灯": 0, "黄灯": 1, "绿灯": 2}
    assert trial.unmatched == 0


def test_stricter_rules_name_who_would_move(session: Session, tmp_path: Path) -> None:
    office = Office(session, tmp_path)
    stricter = read_policy(
        POLICY.replace("gap_pp < -30", "gap_pp < -20").replace("gap_pp >= -30", "gap_pp >= -20"), "x"
    )
    trial = tried(session, office.plan.scheme_id, stricter, OCT, IN_NOVEMBER)
    assert trial.moved.rows() == [("重点项目投资", "west", "西区", "黄灯", "红灯")]
    assert (trial.units_moved, trial.counts["红灯"]) == (1, 1)


def test_a_trial_puts_nothing_into_force(session: Session, tmp_path: Path) -> None:
    office = Office(session, tmp_path, policy=None)
    trial = tried(session, office.plan.scheme_id, read_policy(POLICY, "lamps"), OCT, IN_NOVEMBER)
    assert trial.units_moved == 2
    assert list(session.exec(select(PolicyVersion))) == []
