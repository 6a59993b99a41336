"""Long texts in numbered parts: within a provider's limit as it measures it, and never inside a character."""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from notifications.message import Message

Size = Callable[[str], int]
"""How a provider measures a text; of two texts together it is at most the sum."""
ENDS = ("\n", "。；！？.;!?", "，、,： ")
"""Where a text is cut rather, the best place first."""
JOINER = "\u200d"
MOST_DIGITS = 6


MayCut = Callable[[str, int], bool]
"""Whether a text may be cut before its so-manieth character."""


def between_characters(text: str, cut: int) -> bool:
    """Whether the cut parts no accent, variant or joined sign from what it belongs to."""
    before, after = text[cut - 1], text[cut]
    belongs = unicodedata.combining(after) or unicodedata.category(after) in {"Mn", "Me"}
    return not (belongs or JOINER in (before, after) or (before == "\r" and after == "\n"))


def utf8(text: str) -> int:
    """Bytes in UTF-8."""
    return len(text.encode())


def in_json(text: str) -> int:
    """Bytes inside a JSON string, escapes included."""
    return len(json.dumps(text, ensure_ascii=False).encode()) - 2


def in_sms(text: str) -> int:
    """Characters as telephones count them: those beyond the first plane are two."""
    return len(text.encode("utf-16-le")) // 2


def numbered(
    message: Message,
    size: Size,
    most: int,
    most_alone: int | None = None,
    may_cut: MayCut = between_characters,
    mark_ends: str = "",
) -> list[Message]:
    """The message in parts of at most `most` with their mark (1/3); whole where it fits into `most_alone`.

    `mark_ends` stands between mark and text.
    """
    text = message.text
    if size(text) <= (most if most_alone is None else most_alone):
        return [message]
    for digits in range(1, MOST_DIGITS):
        room = most - size(f"({'9' * digits}/{'9' * digits}){mark_ends}")
        pieces = split(text, size, room, may_cut)
        if len(str(len(pieces))) <= digits:
            break
    marks = [f"({number}/{len(pieces)}){mark_ends}" for number in range(1, len(pieces) + 1)]
    return [
        replace(message, key=f"{message.key}/{number}", text=mark + piece)
        for number, (mark, piece) in enumerate(zip(marks, pieces, strict=True), 1)
    ]


def split(text: str, size: Size, most: int, may_cut: MayCut = between_characters) -> list[str]:
    """The text in pieces of at most `most` that put together are the text; ValueError where no character fits."""
    pieces = []
    while size(text) > most:
        cut = _cut(text, size, most, may_cut)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text]


def _cut(text: str, size: Size, most: int, may_cut: MayCut) -> int:
    """Where the first piece ends: as far as it may go, but rather after a line or sentence of its second half."""
    furthest = _furthest(text, size, most)
    for ends in ENDS:
        found = max(text.rfind(end, furthest // 2, furthest) for end in ends) + 1
        if found > 0 and may_cut(text, found):
            return found
    cut = furthest
    while cut > 1 and not may_cut(text, cut):
        cut -= 1
    return cut if may_cut(text, cut) else furthest


def _furthest(text: str, size: Size, most: int) -> int:
    """The most code points from the beginning whose size is at most `most`."""
    low, high = 0, min(len(text), most)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if size(text[:middle]) <= most else (low, middle - 1)
    if low == 0:
        raise ValueError(f"no character of the text fits into {most}")
    return low
