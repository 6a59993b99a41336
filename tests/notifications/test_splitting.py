"""Long texts in parts: nothing lost, nothing too long, nothing cut through."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.splitting import JOINER, in_json, in_sms, numbered, split, utf8
from tests.notifications.provider import message

SIZES = {"utf8": utf8, "in_json": in_json, "in_sms": in_sms}
WORDS = st.text(st.sampled_from('西区欠进度。；，\n"\\ab 𠮷é\u0301👨\u200d👩\u200d👧️1'), max_size=400)


@pytest.mark.parametrize("size", SIZES)
@given(text=WORDS, most=st.integers(60, 200))
def test_the_parts_put_together_are_the_text_and_none_is_too_long(size: str, text: str, most: int) -> None:
    pieces = split(text, SIZES[size], most)
    assert "".join(pieces) == text
    assert all(SIZES[size](piece) <= most for piece in pieces)
    assert all(piece for piece in pieces[1:])


@pytest.mark.parametrize("size", SIZES)
@given(text=WORDS, most=st.integers(60, 200))
def test_numbered_parts_are_within_the_limit_with_their_marks(size: str, text: str, most: int) -> None:
    whole = message("x")
    parts = numbered(type(whole)("k", "x", "", text, "", whole.at), SIZES[size], most)
    assert all(SIZES[size](part.text) <= most for part in parts)
    if len(parts) == 1:
        assert parts[0].text == text
        return
    marks = [re.match(r"\((\d+)/(\d+)\)", part.text) for part in parts]
    assert [(int(m[1]), int(m[2])) for m in marks if m] == [(n, len(parts)) for n in range(1, len(parts) + 1)]
    assert "".join(part.text[len(m[0]) :] for part, m in zip(parts, marks, strict=True) if m) == text
    assert len({part.key for part in parts}) == len(parts)


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("第一行\n第二行\n", 18, ["第一行\n", "第二行\n"]),
        ("欠进度。请加快推进", 21, ["欠进度。", "请加快推进"]),
        ("一二三四五六七八", 12, ["一二三四", "五六七八"]),
        ("ab\u0301c", 2, ["a", "b", "\u0301", "c"]),  # no room for letter and accent together
        ("xab\u0301", 4, ["xa", "b\u0301"]),
        ("西𠮷", 6, ["西", "𠮷"]),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, most: int, expected: list[str]) -> None:
    assert split(text, utf8, most) == expected


def test_a_joined_sign_is_not_taken_apart() -> None:
    family = "👨\u200d👩\u200d👧"
    pieces = split(f"西区{family}" * 20, utf8, 60)
    assert not any(piece.startswith(JOINER) or piece.endswith(JOINER) for piece in pieces)


def test_a_limit_below_a_single_character_is_an_error() -> None:
    with pytest.raises(ValueError, match="no character"):
        split("西区", utf8, 2)


def test_a_short_message_of_seventy_is_one_and_of_seventy_one_is_two() -> None:
    whole = message("x")
    lengths = {
        n: len(numbered(type(whole)("k", "x", "", "西" * n, "", whole.at), in_sms, 67, 70)) for n in (67, 70, 71)
    }
    assert lengths == {67: 1, 70: 1, 71: 2}


@given(WORDS)
def test_what_json_makes_of_a_text_is_measured_as_it_is_sent(text: str) -> None:
    assert in_json(text) == len(json.dumps({"c": text}, ensure_ascii=False).encode()) - len(b'{"c": ""}')
