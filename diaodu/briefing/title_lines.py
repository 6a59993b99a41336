"""标题 in lines a reader takes in at once: broken where the sense breaks, none longer than the page is wide (7.3.1).

The author's own breaks stand as long as every line fits. Otherwise the title is broken anew: after 、 and 》, before 《
and 及, between a year and what follows it; inside a word only where nothing else is left.
"""

import re
from itertools import pairwise

from diaodu.briefing.page import TITLE_SIZE, WIDTH_MM, width_in_characters

WIDEST = WIDTH_MM / 25.4 * 72 / TITLE_SIZE
"""Full-width characters of a line: 20.1."""
_SENSE = re.compile(r"(?<=[、，》）”：])(?!$)|(?<=年度|季度|月份|半年)(?=\w)|(?=《|（|暨|及其|以及)(?!^)")
_ANYWHERE = re.compile(r"(?<=[^\W\d_a-zA-Z])(?=[^\W\d_a-zA-Z])")
_COST_OF_SENSE, _COST_OF_WORD = 3.0, 60.0
"""What a break costs beside one of the author's; a line's squared distance from the mean costs as it is."""
MORE_LINES = 1
"""Lines that a title may take beyond the fewest, to spare a word."""
_ORPHAN = 4
"""Characters below which a last line looks lost."""


def balanced(lines: tuple[str, ...]) -> tuple[str, ...]:
    """The title's lines, each within the page. The text is the same: lines joined give what they gave before.

    A text that cannot be broken anywhere is left as it is.
    """
    if all(width_in_characters(line) <= WIDEST for line in lines):
        return lines
    text = "".join(lines)
    fewest = -int(-width_in_characters(text) // WIDEST)
    found = [way for count in range(fewest, fewest + MORE_LINES + 1) if (way := _cheapest(text, _places(lines), count))]
    if not found:
        return lines
    _, breaks = min(found)
    return tuple(text[begin:end] for begin, end in pairwise((0, *breaks)))


def _places(lines: tuple[str, ...]) -> dict[int, float]:
    """Where the text may be broken, and what it costs."""
    text = "".join(lines)
    costs = {found.start(): _COST_OF_WORD for found in _ANYWHERE.finditer(text)}
    costs |= {found.start(): _COST_OF_SENSE for found in _SENSE.finditer(text)}
    ends = [sum(map(len, lines[:n])) for n in range(1, len(lines))]
    return costs | dict.fromkeys(ends, 0.0)


def _cheapest(text: str, places: dict[int, float], count: int) -> tuple[float, tuple[int, ...]] | None:
    """The cheapest ends of `count` lines that all fit, with their cost; None where there are none."""
    mean = width_in_characters(text) / count
    ways: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        ends = {len(text): 0.0} if number == count else places
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for begin, (cost, breaks) in ways.items():
            for end, price in ends.items():
                width = width_in_characters(text[begin:end]) if end > begin else WIDEST + 1
                lost = _COST_OF_WORD if number == count and width < _ORPHAN else 0.0
                if width <= WIDEST:
                    way = (cost + price + lost + (width - mean) ** 2 / 4, (*breaks, end))
                    longer[end] = min(longer.get(end, way), way)
        ways = longer
    return ways.get(len(text))
