"""印前检查: whether every character of a notice can be printed, before it leaves (字形预检)."""

from collections.abc import Iterable, Iterator

from diaodu.briefing import fonts
from diaodu.briefing.notice_field import facts
from diaodu.briefing.writers import MissingGlyphs
from diaodu.rules.notice import Body


def unprintable(bodies: Iterable[Body], at_hand: fonts.Fonts) -> str | None:
    """What no font at hand can print, in words; None where every character can be."""
    boxes = fonts.missing((text for body in bodies for text in texts(body)), at_hand)
    return str(MissingGlyphs(boxes)) if boxes else None


def texts(body: Body) -> Iterator[str]:
    """Every text a notice prints."""
    for value in facts(body).values():
        if isinstance(value, str):
            yield value
            continue
        for item in value:
            yield from [item] if isinstance(item, str) else item.values()
