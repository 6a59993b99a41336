"""A condition means what SQL says it means, exactly; whatever else is written is refused with its place."""

import operator
import sqlite3
from datetime import date, timedelta
from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diaodu.rules.condition import Condition, ConditionFault
from diaodu.rules.frame import exact_at, with_measures
from diaodu.rules.measures import MEASURES, RANKS
from diaodu.rules.quantity import LIMIT
from diaodu.rules.ranking import TiePolicy, with_ranks
from diaodu.rules.standing import Standing
from tests.rules.standings import WORKDAYS, frame_of, schemes, standing

FAULTS = (
    # text, line, column, part of what was found, part of what would be right
    ("", 1, 1, "条件是空的", "gap_pp < -10"),
    ("-- only a remark", 1, 1, "条件是空的", "gap_pp < -10"),
    ("gap_p < 3", 1, 1, "没有“gap_p”这个测度", "应是 gap_pp"),
    ("GAP_PP < 3", 1, 1, "没有“GAP_PP”这个测度", "应是 gap_pp"),
    ("与序时差距 < 3", 1, 1, "没有“与序时差距”这个测度", "应是 gap_pp"),
    ("gap_pp < 3 AND\n  opinion = 1", 2, 3, "没有“opinion”这个测度", "可用的测度有：actual"),
    ("gap_pp <", 1, 8, "“<”前后缺少内容", ""),
    ("gap_pp < 3 AND", 1, 12, "“AND”前后缺少内容", ""),
    ("gap_pp\n<\n (", 3, 2, "“(”前后缺少内容", ""),
    ("(gap_pp < 3", 1, 11, "括号没有配对", "补上右括号"),
    ("gap_pp < 3)", 1, 11, "“)”出现在这里", ""),
    ("gap_pp < 10 百分点", 1, 13, "“百分点”出现在这里", ""),
    ("ratio < 80%", 1, 11, "百分号", "0.8"),
    ("gap_pp ＜ 3", 1, 8, "全角", "半角"),
    ("gap_pp ≤ 3", 1, 8, "特殊符号", "<="),
    ("gap_pp < 3; gap_pp > 5", 1, 11, "分号", "AND、OR"),
    ("gap_pp = 'red'", 1, 10, "文字“red”", "写成数"),
    ("gap_pp < 'abc", 1, 10, "引号没有配对", "不用引号"),
    ("gap_pp < 1e3", 1, 10, "“1e3”", "0.001"),
    ("gap_pp < 1000000000000", 1, 10, "过大", "小于一万亿"),
    ("gap_pp", 1, 1, "一个数，不是一个判断", ""),
    ("gap_pp < 3 AND ratio", 1, 16, "一个数，不是一个判断", ""),
    ("1 < 2", 1, 1, "没有任何测度", ""),
    ("-30 < gap_pp < -10", 1, 2, "不能再比较", "BETWEEN"),
    ("(gap_pp < 3) + 1 > 1", 1, 2, "不能再比较或运算", ""),
    ("NOT gap_pp > 1 IS NULL", 1, 14, "不能再比较", ""),
    ("gap_pp > NULL", 1, 1, "NULL", "IS NULL"),
    ("gap_pp IS TRUE", 1, 1, "IS 的用法", "IS NOT NULL"),
    ("gap_pp + 1 IS NULL", 1, 1, "IS 的用法", "IS NOT NULL"),
    ("gap_pp IN ()", 1, 1, "IN 后面没有数", "IN (1, 2, 3)"),
    ("gap_pp IN (SELECT 1)", 1, 1, "子查询", ""),
    ("gap_pp > (SELECT 1)", 1, 18, "子查询", ""),
    ("SELECT 1", 1, 8, "子查询", ""),
    ("abs(gap_pp) > 3", 1, 1, "函数", ""),
    ("gap_pp > load_extension(1)", 1, 10, "函数", ""),
    ("exists(SELECT 1)", 1, 15, "函数", ""),
    ("CASE WHEN gap_pp > 1 THEN 2 END > 1", 1, 11, "CASE", ""),
    ("sum(gap_pp) OVER () > 1", 1, 1, "OVER", ""),
    ("unit.gap_pp > 1", 1, 1, "“unit.gap_pp”", ""),
    ("gap_pp BETWEEN SYMMETRIC 1 AND 3", 1, 1, "BETWEEN", ""),
    ("gap_pp % 3 > 1", 1, 1, "“gap_pp % 3”", ""),
    ("gap_pp::int > 1", 1, 1, "函数", ""),
    ("gap_pp > :limit", 1, 1, ":limit", ""),
    ("TRUE", 1, 1, "TRUE", ""),
    ("DROP TABLE report", 1, 12, "DROP TABLE report", ""),
    ("gap_pp IS DISTINCT FROM 1", 1, 1, "DISTINCT", ""),
    ("(" * 100 + "gap_pp > 1" + ")" * 100, 1, 1, "过深", "60层"),
    ("(" * 400 + "gap_pp > 1" + ")" * 400, 1, 1, "过深", "60层"),
    ("NOT " * 100 + "gap_pp > 1", 1, 1, "过深", "60层"),
    ("gap_pp > 1 OR " * 200 + "gap_pp > 1", 1, 1, "2810个字符", "2000个字符"),
)


@pytest.mark.parametrize(("text", "line", "column", "found", "right"), FAULTS, ids=[f[0][:40] for f in FAULTS])
def test_what_is_not_a_condition_is_refused_with_its_place(
    text: str, line: int, column: int, found: str, right: str
) -> None:
    with pytest.raises(ConditionFault) as refused:
        Condition.parse(text)
    fault = refused.value
    assert (fault.line, fault.column) == (line, column), str(fault)
    assert found in fault.found
    assert right in fault.right
    assert fault.right


@given(st.text(max_size=40) | st.text("gap_ratio <>=()+-*/.,;'\"\n0123456789ANDORNOTINIS%", max_size=40))
def test_no_text_whatever_breaks_the_reading(text: str) -> None:
    try:
        line, measures = 1, Condition.parse(text).measures
    except ConditionFault as fault:
        line, measures = fault.line, frozenset()
    assert 1 <= line <= len(text.splitlines()) + 1
    assert measures <= MEASURES.keys()


def test_a_condition_knows_its_measures() -> None:
    assert Condition.parse("gap_pp < -10 OR (ratio < 0.8 AND NOT rank IN (1, 2))").measures == {
        "gap_pp",
        "ratio",
        "rank",
    }


WHOLE = ("rank", "milestones_due", "overdue_days", "stale_days")
VALUES = (None, -2, -1, 0, 1, 2, 4)

literals = st.sampled_from(["0.0", "0.5", "1.0", "2.0", "-1.0", "-.5", "4."])
columns = st.sampled_from(WHOLE)
divisors = columns | st.sampled_from(["0.5", "2.0", "-4.0", "0.0"])
numbers = st.recursive(
    literals | columns,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | st.tuples(inner, divisors).map(lambda t: f"{t[0]} / {t[1]}")
        | inner.map(lambda t: f"- ({t})")
    ),
    max_leaves=4,
)
comparisons = (
    st.tuples(numbers, st.sampled_from(["<", "<=", ">", ">=", "=", "<>", "!=", "=="]), numbers).map(" ".join)
    | st.tuples(numbers, st.sampled_from(["", "NOT "]), numbers, numbers).map(
        lambda t: f"{t[0]} {t[1]}BETWEEN {t[2]} AND {t[3]}"
    )
    | st.tuples(numbers, st.sampled_from(["", "NOT "]), st.lists(numbers, min_size=1, max_size=3)).map(
        lambda t: f"{t[0]} {t[1]}IN ({', '.join(t[2])})"
    )
    | st.tuples(columns, st.sampled_from(["IS NULL", "IS NOT NULL"])).map(" ".join)
)
conditions = st.recursive(
    comparisons,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(" ".join)
        | inner.map(lambda t: f"NOT {t}")
        | inner.map(lambda t: f"({t})")
    ),
    max_leaves=5,
).filter(lambda text: any(name in text for name in WHOLE))


@given(conditions, st.lists(st.tuples(*[st.sampled_from(VALUES)] * 4), min_size=1, max_size=8))
def test_a_condition_selects_the_rows_that_sqlite_selects(text: str, rows: list[tuple[int | None, ...]]) -> None:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(WHOLE, pl.Int64), orient="row")
    with sqlite3.connect(":memory:") as database:
        database.execute(f"CREATE TABLE t (n, {', '.join(f'{name} REAL' for name in WHOLE)})")
        database.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows)])
        selected = {n for (n,) in database.execute(f"SELECT n FROM t WHERE {text}")}
    database.close()
    holds = Condition.parse(text).holds(frame, WORKDAYS)
    assert set(holds.arg_true()) == selected
    assert holds.null_count() == 0


SYMBOLS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


def _decimal(value: Fraction) -> str:
    """`value` cut to twelve decimals: as near as a policy can be written to it."""
    cut = int(abs(value) * 10**12)
    return f"{'-' if value < 0 else ''}{cut // 10**12}.{cut % 10**12:012}"


@given(schemes(), st.sampled_from([name for name in MEASURES if name not in RANKS]), st.sampled_from(list(SYMBOLS)))
def test_next_to_any_value_a_measure_is_compared_exactly(all_of: list[Standing], name: str, symbol: str) -> None:
    frame = with_measures(frame_of(all_of), WORKDAYS)
    exact = [exact_at(frame, row, name, WORKDAYS) for row in range(frame.height)]
    values = [None if value is None else value / MEASURES[name].scale for value in exact]
    for value in values:
        if value is not None and abs(value) < LIMIT - 1:
            text = _decimal(value)
            wanted = [v is not None and SYMBOLS[symbol](v, Fraction(text)) for v in values]
            assert Condition.parse(f"{name} {symbol} {text}").holds(frame, WORKDAYS).to_list() == wanted


@given(schemes())
def test_arithmetic_on_large_quantities_is_exact_to_the_last_millionth(all_of: list[Standing]) -> None:
    frame = with_measures(frame_of(all_of), WORKDAYS)
    for text, decides in (
        ("actual - planned >= 0", lambda actual, planned: actual >= planned),
        ("(actual - planned) / target < 0.000001", None),
        ("actual * 2 <= planned + planned", lambda actual, planned: actual <= planned),
    ):
        holds = Condition.parse(text).holds(frame, WORKDAYS)
        for row, answer in enumerate(holds):
            actual, planned, target = (exact_at(frame, row, name, WORKDAYS) for name in ("actual", "planned", "target"))
            if actual is None or planned is None or target is None:
                assert not answer
            elif decides is not None:
                assert answer == decides(actual, planned)
            else:
                assert answer == (target != 0 and (actual - planned) / target < Fraction(1, 10**6))


def test_what_is_unknown_does_not_hold_and_neither_does_its_opposite() -> None:
    frame = with_measures(frame_of([standing(actual=0, target=0), standing()]), WORKDAYS)
    for text, wanted in (
        ("ratio < 1", [False, True]),
        ("NOT ratio < 1", [False, False]),
        ("ratio IS NULL", [True, False]),
        ("ratio < 1 OR actual = 0", [True, True]),
        ("NOT (ratio < 1 AND actual = 0)", [False, True]),
        ("1 / actual > 0", [False, True]),
        ("gap_pp NOT IN (1, growth)", [False, False]),
    ):
        assert Condition.parse(text).holds(frame, WORKDAYS).to_list() == wanted, text


def test_quantities_are_compared_in_measure_units() -> None:
    frame = with_measures(frame_of([standing(actual="35.9"), standing(actual="35.900001")]), WORKDAYS)
    assert Condition.parse("actual <= 35.9").holds(frame, WORKDAYS).to_list() == [True, False]
    assert Condition.parse("planned = 100 AND target = 120").holds(frame, WORKDAYS).to_list() == [True, True]
    assert Condition.parse("change >= -39.1").holds(frame, WORKDAYS).to_list() == [True, True]


def test_ranks_can_be_spoken_of() -> None:
    all_of = [standing(unit="U1", actual=80), standing(unit="U2", actual=90), standing(unit="U3", ranked=False)]
    frame = with_ranks(with_measures(frame_of(all_of), WORKDAYS), "completion", TiePolicy.DENSE)
    holds = Condition.parse("rank_from_bottom = 1 AND group_size > 1").holds(frame, WORKDAYS)
    assert holds.to_list() == [True, False, False]


def test_the_unit_above_decides_a_reference_gap_that_floats_cannot() -> None:
    above = standing(unit="U0", target="300000000000", actual="200000000000.000001", previous_actual=None)
    below = standing(unit="U1", parent="U0", target=3, actual=2)
    frame = with_measures(frame_of([above, below]), WORKDAYS)
    assert Condition.parse("reference_gap < 0").holds(frame, WORKDAYS).to_list() == [False, True]
    assert Condition.parse("reference_gap >= 0").holds(frame, WORKDAYS).to_list() == [False, False]


@pytest.mark.parametrize(
    ("days", "thirds"),
    [(29, 0), (30, 1), (31, 1), (59, 1), (60, 2), (61, 2), (89, 2), (90, 3)],
)
def test_the_phases_of_a_window_are_exact_to_the_day(days: int, thirds: int) -> None:
    """A window of 90 days from the eve of the first: a third is over with its 30th day."""
    start = date(2023, 8, 3)
    one = standing(as_of=start + timedelta(days - 1), start=start, due=start + timedelta(89), required_as_of=None)
    frame = with_measures(frame_of([one]), WORKDAYS)
    phases = [Condition.parse(f"elapsed_share >= {n} / 3").holds(frame, WORKDAYS)[0] for n in (1, 2, 3)]
    assert phases == [thirds >= n for n in (1, 2, 3)]
