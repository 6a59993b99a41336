"""What a notice says of a level that the ladder led to."""

import pytest

from diaodu.actions.matter import climbed
from tests.rules.lamps import RED


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("截至10月31日完成66.7%，亮黄灯。", "截至10月31日完成66.7%，亮黄灯；前次通知到期未办结，按red办理。"),
        ("截至10月31日完成20.0%，亮red。", "截至10月31日完成20.0%，亮red。"),
    ],
)
def test_a_level_that_the_figures_do_not_give_is_explained(words: str, told: str) -> None:
    assert climbed(words, RED) == told
