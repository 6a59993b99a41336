"""Units as wholes: their verdicts are kept, answered for at any moment, and what moves or reads them knows them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from diaodu.actions.assess import assess
from diaodu.actions.explaining import NoSuchTarget
from diaodu.actions.meeting import NotRecorded, Talk, record
from diaodu.actions.policy_trial import tried
from diaodu.actions.unit_effects import unit_changes, unit_warnings
from diaodu.actions.unit_explaining import NoUnitLevels, UnitExplained, unit_explained
from diaodu.actions.warning_life import life
from diaodu.cli.warning_view import rows
from diaodu.rules.meeting import MeetingKind
from diaodu.rules.policy import read_policy
from diaodu.rules.unit_verdict import judge_units
from diaodu.rules.warning import Cause
from diaodu.storage import warning as warnings
from diaodu.storage.briefing import warning_tally
from diaodu.storage.correction import notices_resting_on
from diaodu.storage.session import transaction
from diaodu.storage.unit_verdict import latest_units, past_units, save_units, standing_of
from tests.stories.policies import CARDS, LAMPS
from tests.stories.stage import Stage
from tests.stories.story import read

OCT = date(2023, 10, 31)
ISSUED = datetime(2023, 11, 8, 2, tzinfo=UTC)
CORRECTED = datetime(2023, 11, 10, 2, tzinfo=UTC)
STORY = """# A card that a correction takes back
11-08 | also measured are 税收 就业 |
11-08 | the policy becomes cards from 10-01 |
11-08 | 甲 reports 70 of all |
11-08 | 乙 reports 101 of all |
11-08 | check |
11-10 | 甲 reports 101 of 税收 for 10-31 |
11-10 | check for 10-31 |
"""


@pytest.fixture
def stage(engine: Engine, tmp_path: Path) -> Stage:
    stage = Stage(engine, tmp_path, "甲乙")
    for line in read(STORY)[0].lines:
        stage.play(line)
    return stage


@pytest.fixture
def explain(stage: Stage) -> Callable[..., UnitExplained]:
    def explained(unit: str, at: datetime) -> UnitExplained:
        with transaction(stage.engine) as session:
            session.expire_on_commit = False
            return unit_explained(session, stage.plan.scheme_id, unit, OCT, at)

    return explained


def test_what_was_kept_is_judged_again_and_kept_once(stage: Stage) -> None:
    policy = read_policy(CARDS, "lamps")
    with transaction(stage.engine) as session:
        scheme_id, unit = stage.plan.scheme_id, stage.units["甲"]
        for at, code in ((ISSUED, "yellow_card"), (CORRECTED, "no_card")):
            kept = latest_units(session, scheme_id, OCT, at)[unit]
            (again,) = judge_units([standing_of(kept)], policy)
            assert again.level is not None
            assert (kept.level, kept.explanation) == (code, again.explanation)
            assert again.level.code == code
            assert [item.name for item in standing_of(kept).items] == ["投资", "税收", "就业"]
        found = assess(session, scheme_id, OCT, CORRECTED)
        assert save_units(session, found.units, None, OCT, CORRECTED, found.policy_version_id) == 0
        past = past_units(session, scheme_id, date(2023, 11, 30), ISSUED)
        assert past.select("unit_id", "period", "level").rows() == [
            (unit, OCT, "yellow_card"),
            (stage.units["乙"], OCT, "no_card"),
        ]


def test_a_past_moment_knows_what_was_known_then(stage: Stage) -> None:
    with transaction(stage.engine) as session:
        levels = [
            [one.level.code for one in assess(session, stage.plan.scheme_id, OCT, at).units if one.level]
            for at in (ISSUED, CORRECTED)
        ]
        assert levels == [["yellow_card", "no_card"], ["no_card", "no_card"]]
        listed = [rows(session, stage.plan.scheme_id, at, None, every=False) for at in (ISSUED, CORRECTED)]
        of_units = [
            [(row["indicator_name"], row["level_name"]) for row in each if row["scope"] == "unit"] for each in listed
        ]
        assert of_units == [[("单位整体", "黄牌")], []]
        (number,) = [row["id"] for row in listed[0] if row["indicator"] is None]
        steps = [(step["cause"], step["level_name"]) for step in life(session, stage.plan.scheme_id, number, CORRECTED)]
        assert steps == [(Cause.OPENED, "黄牌"), (Cause.RECOVERED, "黄牌")]


def test_the_reasons_are_laid_open(explain: Callable[..., UnitExplained]) -> None:
    then, now = explain("甲", ISSUED), explain("甲", CORRECTED)
    assert [(each.level.code, each.holds) for each in then.tried] == [("yellow_card", True), ("no_card", False)]
    assert then.cause is Cause.OPENED  # against the warning as it stands now: closed
    assert (now.cause, now.warning is not None) == (Cause.FINE, True)
    never = explain("乙", CORRECTED)
    assert (never.cause, never.warning, len(never.verdict.supposed)) == (Cause.FINE, None, 1)
    with pytest.raises(NoSuchTarget) as unknown:
        explain("丙", CORRECTED)
    assert unknown.value.known == ["甲", "乙"]


def test_without_levels_for_units_there_is_nothing_to_explain(engine: Engine, tmp_path: Path) -> None:
    stage = Stage(engine, tmp_path, "甲")
    with transaction(engine) as session, pytest.raises(NoUnitLevels):
        unit_explained(session, stage.plan.scheme_id, "甲", OCT, ISSUED)


def test_rules_on_trial_are_tried_on_units_too(stage: Stage) -> None:
    stricter = read_policy(
        CARDS.replace("items_warned >= 3", "items_warned >= 2").replace("items_warned < 3", "items_warned < 2"), "x"
    )
    with transaction(stage.engine) as session:
        trial = tried(session, stage.plan.scheme_id, stricter, OCT, CORRECTED)
        assert dict(trial.unit_counts) == {"红牌": 0, "黄牌": 1, "不亮牌": 1}
        assert [(unit, was, now) for unit, was, now, _ in trial.moved_units] == [("甲", "不亮牌", "黄牌")]
        lamps = tried(session, stage.plan.scheme_id, read_policy(LAMPS, "x"), OCT, ISSUED)
        assert [(unit, was, now) for unit, was, now, _ in lamps.moved_units] == [
            ("甲", "黄牌", None),
            ("乙", "不亮牌", None),
        ]


def test_what_a_correction_moves_of_units_is_listed_and_tallied_apart_from_targets(stage: Stage) -> None:
    with transaction(stage.engine) as session:
        before, after = (assess(session, stage.plan.scheme_id, OCT, at) for at in (ISSUED, CORRECTED))
        (change,) = unit_changes(OCT, before.units, after.units)
        assert (change.unit, change.before, change.after) == ("甲", "黄牌", "不亮牌")
        assert "黄灯2项（投资、就业）" in change.explanation
        known = warnings.latest(session, stage.plan.scheme_id, "lamps")
        moves = list(unit_warnings(known, after.units, before.units, before.policy, date(2023, 11, 10)))
        assert [(move.unit, move.indicator, move.cause, move.level) for move in moves] == [
            ("甲", None, "opened", "黄牌")
        ]
        told = notices_resting_on(session, stage.also["甲", "税收"], OCT, 70_000_000)
        assert [notice.kind for notice in told] == ["warning"]
        about = (session, stage.plan.scheme_id, OCT)
        assert warning_tally(*about, ISSUED, ISSUED, of_units=True).open == 1
        assert warning_tally(*about, ISSUED, ISSUED).open == 3
        now = warning_tally(*about, CORRECTED, CORRECTED, of_units=True)
        assert (now.open, now.opened, now.closed) == (0, 1, 1)


def test_a_talk_may_be_about_a_units_own_warning(stage: Stage) -> None:
    with transaction(stage.engine) as session:
        scheme_id, at = stage.plan.scheme_id, datetime(2023, 11, 13, 2, tzinfo=UTC)
        (number,) = [
            row["id"] for row in rows(session, scheme_id, ISSUED, None, every=True) if row["indicator"] is None
        ]
        talk = Talk(MeetingKind.INTERVIEW, "甲", date(2023, 11, 13), "分管副区长", "王某", "限期整改", number, ())
        assert record(session, scheme_id, talk, "李某", at).warning_id == number
        with pytest.raises(NotRecorded, match="不是这个单位的"):
            record(session, scheme_id, replace(talk, unit="乙"), "李某", at)
