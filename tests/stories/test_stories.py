"""Every story of a warning's life is played through the real flows and actions, on both databases."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.stories.outcome import faults
from tests.stories.stage import UNITS, Stage
from tests.stories.story import Story, read, stories

ALL = stories()


@pytest.mark.parametrize("story", ALL, ids=lambda story: f"{story.file}: {story.title}")
def test_the_story_is_true(story: Story, engine: Engine, tmp_path: Path) -> None:
    stage = Stage(engine, tmp_path, cast(story))
    for line in story.lines:
        stage.play(line)
        assert faults(stage, line) == []


def test_there_are_as_many_stories_as_promised_and_no_two_bear_one_title() -> None:
    assert len(ALL) >= 30
    assert len({story.title for story in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("follows", "message"),
    [
        ("甲 is red and issued", "“甲 is red and issued” is not so: yellow issued, due 2023-11-13"),
        ("甲 is yellow and issued, due 11-14; notice warning to 甲", "is not so: yellow issued, due 2023-11-13"),
        ("甲 is yellow and issued", "1 notices left, 0 are told of"),
        ("notice supervision to 甲", "“notice supervision to 甲” is not so"),
        ("because fine; notice warning to 甲", "the round's causes were"),
        ("甲 has no warning; notice warning to 甲", "is not so: yellow issued"),
    ],
)
def test_a_story_that_is_not_true_is_told_so(engine: Engine, tmp_path: Path, follows: str, message: str) -> None:
    (story,) = read(f"# A lie\n11-08 | 甲 reports 70 |\n11-08 | check | {follows}\n")
    stage = Stage(engine, tmp_path, cast(story))
    found = [fault for line in story.lines if not stage.play(line) for fault in faults(stage, line)]
    assert any(message in fault for fault in found)


@pytest.mark.parametrize("text", ["# x\n11-08 | check\n", "# x\n11-8 | check |\n"])
def test_a_line_that_cannot_be_read_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"line 2 is not|not a day"):
        read(text)


def test_a_verb_nobody_knows_is_an_error(engine: Engine, tmp_path: Path) -> None:
    (story,) = read("# x\n11-08 | 甲 sings |\n")
    with pytest.raises(ValueError, match="nothing knows how to play"):
        Stage(engine, tmp_path, "甲").play(story.lines[0])


def cast(story: Story) -> str:
    """The units a story speaks of."""
    spoken = "".join(f"{line.happens} {' '.join(line.follows)}" for line in story.lines)
    return "".join(unit for unit in UNITS if unit in spoken)
