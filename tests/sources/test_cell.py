"""What one cell says, in every way people write it."""

# ruff: noqa: DTZ001  (spreadsheets know no zones)

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import LIMIT, MICRO, plain, to_micro
from diaodu.sources import cell, day, deadline, number
from diaodu.sources.cell import Choice, Reader, Wrong
from diaodu.sources.sheet import Cell, Odd, Oddity
from diaodu.sources.wording import WORDS

NUMBERS: tuple[tuple[Cell, str], ...] = (
    ("1234.5", "1234.5"),
    ("1,234.5", "1234.5"),
    ("1，234．5", "1234.5"),
    ("１２３４", "1234"),
    (" 12 ", "12"),
    ("-0.5", "-0.5"),
    ("+3", "3"),
    ("12.", "12"),
    ("0012", "12"),
    ("999999999999.999999", "999999999999.999999"),
    (12, "12"),
    (12.5, "12.5"),
    (0.1 + 0.2, "0.3"),
    (35.9, "35.9"),
    (1e-6, "0.000001"),
    (123456789012.1235, "123456789012.1235"),
    (1e11, "100000000000"),
    ("\u200b7\ufeff", "7"),
)


@pytest.mark.parametrize(("written", "meant"), NUMBERS)
def test_a_number_is_read_exactly(written: Cell, meant: str) -> None:
    assert number.quantity(written) == to_micro(meant)


NO_NUMBERS: tuple[Cell, ...] = (
    "", "-", "—", "无", "1.2.3", "1,23", "1,2345", "12 34", "1e5", "1/3", "85%", "3万", "NaN", "inf", "0x10",
    "１，２３", True, date(2023, 1, 1), float("nan"), float("inf"), 1 / 3, "0.1234567", 1e12, "1" * 61, None,
)  # fmt: skip


@pytest.mark.parametrize("written", NO_NUMBERS)
def test_what_is_no_number_is_refused(written: Cell) -> None:
    with pytest.raises(Wrong):
        number.quantity(written)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1,234.5万", "12345000"), ("3亿元", "300000000"), ("2.5万户", "25000"), ("85%", "85"), ("1.5百万", "1500000")],
)
def test_a_number_with_its_unit_is_refused_with_what_was_meant(written: str, meant: str) -> None:
    with pytest.raises(Wrong, match=rf"应为数字，如 {meant}\D"):
        number.quantity(written)


@given(st.integers(min_value=-LIMIT * MICRO + 1, max_value=LIMIT * MICRO - 1))
def test_every_quantity_written_in_full_is_read_back(micro: int) -> None:
    assert number.quantity(plain(micro)) == micro


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=6))
def test_every_number_a_spreadsheet_holds_is_read_as_typed(typed: Decimal) -> None:
    assert number.quantity(float(typed)) == to_micro(typed)


DAYS: tuple[Cell, ...] = (
    date(2023, 11, 3), "2023-11-03", "2023-11-3", "2023/11/3", "2023.11.03", "2023年11月3日", "２０２３－１１－０３",
    " 2023 年 11 月 3 日 ", "2023-11-03 00:00:00", "2023年11月3号", "20231103", 20231103, 20231103.0,
)  # fmt: skip


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_read_however_it_is_written(written: Cell) -> None:
    assert day.day(written) == date(2023, 11, 3)


NO_DAYS: tuple[Cell, ...] = (
    "2023-11", "11-03", "3/11/2023", "2023-11/03", "2023-02-29", "2023-13-01", "0000-01-01", "20231303", "昨天",
    20231303, 20231103.5, 231103, 45233, True, datetime(2023, 11, 3, 8), Odd(Oddity.TIME, "12:00"), "2023-11-03" * 20,
    " " * 50_000,
)  # fmt: skip


@pytest.mark.parametrize("written", NO_DAYS)
def test_what_is_no_day_is_refused(written: Cell) -> None:
    with pytest.raises(Wrong):
        day.day(written)


MOMENTS: tuple[tuple[Cell, datetime], ...] = (
    ("2023-11-03 08:30", datetime(2023, 11, 3, 0, 30, tzinfo=UTC)),
    ("2023年11月3日 8:30:15", datetime(2023, 11, 3, 0, 30, 15, tzinfo=UTC)),
    ("2023-11-03T08:30:00Z", datetime(2023, 11, 3, 8, 30, tzinfo=UTC)),
    ("2023-11-03T08:30+09:00", datetime(2023, 11, 2, 23, 30, tzinfo=UTC)),
    (datetime(2023, 11, 3, 8, 30), datetime(2023, 11, 3, 0, 30, tzinfo=UTC)),
    ("2023-11-03", datetime(2023, 11, 3, 15, 59, 59, 999_999, tzinfo=UTC)),
    (date(2023, 11, 3), datetime(2023, 11, 3, 15, 59, 59, 999_999, tzinfo=UTC)),
)


@pytest.mark.parametrize(("written", "meant"), MOMENTS)
def test_a_moment_is_the_offices_unless_it_says_otherwise(written: Cell, meant: datetime) -> None:
    assert day.moment(written) == meant


MEMBERS = [member for words in WORDS.values() for member in words]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: f"{type(member).__name__}.{member}")
def test_every_choice_is_understood_by_each_of_its_words(member: StrEnum) -> None:
    read = Choice(type(member))
    for word in (*WORDS[type(member)][member], member.value, f" {member.value.upper()} "):
        assert read(word) is member


def test_every_choice_has_its_words() -> None:
    for kind, words in WORDS.items():
        assert [(type(member), member.value) for member in words] == [(kind, member.value) for member in kind]


def test_no_word_means_two_things_in_one_column() -> None:
    for kind, members in WORDS.items():
        words = [word.lower() for alike in members.values() for word in alike]
        assert len(words) == len(set(words)), kind


@pytest.mark.parametrize(("written", "meant"), [("是", True), ("YES", True), ("√", True), ("否", False), ("0", False)])
def test_yes_and_no(written: str, meant: bool) -> None:
    assert cell.yes_no(written) is meant


def test_codes_typed_as_numbers_stay_whole() -> None:
    assert (cell.code(101.0), cell.code("00101"), cell.code("  A　1 ")) == ("101", "00101", "A 1")


def test_a_wrong_choice_is_told_the_right_ones() -> None:
    with pytest.raises(Wrong, match="正向、逆向、区间"):
        Choice(Direction)("向上")
    assert Choice(Kind)("增长率") is Kind.GROWTH


CELLS = st.one_of(
    st.none(), st.text(max_size=80), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(),
    st.builds(Odd, st.sampled_from(Oddity), st.text(max_size=9)),
)  # fmt: skip


READERS = (
    cell.text, cell.code, number.quantity, day.day, day.moment, cell.yes_no, Choice(Kind), number.whole(0, 6),
    deadline.due_chain, deadline.opening, deadline.ladder, deadline.windows,
)  # fmt: skip


def outcome(read: Reader, found: Cell) -> object:
    try:
        return read(found)
    except Wrong as wrong:
        return str(wrong)


@given(CELLS)
def test_whatever_stands_in_a_cell_is_read_or_wrong(found: Cell) -> None:
    assert all(outcome(read, found) is not None for read in READERS)
    assert isinstance(cell.shown(found), str)
