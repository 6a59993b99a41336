"""Tables and charts of a briefing: none without a table of the same figures, none that colour alone would tell."""

import json
import re
from dataclasses import replace

from diaodu.briefing import chart
from diaodu.briefing.compose import compose, stray_numbers
from diaodu.briefing.document import Attachment, Bar, Curve, Document, Table, Tone
from diaodu.briefing.kind import Kind, Theme
from diaodu.briefing.kind_document import read_kind
from diaodu.briefing.kind_folder import shipped
from diaodu.briefing.view import view
from diaodu.rules.quantity import to_micro
from diaodu.storage.background import Background
from tests.briefing import district
from tests.briefing.assessments import stored
from tests.briefing.months import end, told
from tests.briefing.samples import CHART
from tests.briefing.situations import another, units

MONTHLY = shipped("monthly")


def showing(facts: str, *exhibits: str, base: Kind = MONTHLY, theme: Theme | None = None) -> Document:
    """A briefing with these attachments; every number in it has a fact."""
    attachments = f"attachments = {json.dumps(exhibits)}"
    read = read_kind(re.sub("^attachments = .*$", attachments, base.text, flags=re.MULTILINE), "own")
    kind = replace(read, theme=theme)
    composed = compose(facts, 3, kind)
    assert stray_numbers(composed, view(facts, kind)) == []
    return composed.document


def tables(document: Document) -> list[list[list[str]]]:
    """The texts of every table's cells, its headings first."""
    return [
        [[column.heading for column in block.columns], *([cell.text for cell in row.cells] for row in block.rows)]
        for block in document.blocks
        if isinstance(block, Table)
    ]


def test_bars_of_many_indicators_have_a_table_below() -> None:
    assert tables(showing(district.facts(), "bars")) == [
        [
            ["单位", "任务", "达序时", "未达序时", "未报送", "达序时占比"],
            ["高新区", "3", "3", "0", "0", "100.0%"],
            ["双塔乡", "3", "1", "0", "2", "100.0%"],
            ["经开区", "3", "1", "2", "0", "33.3%"],
            ["城东街道", "3", "1", "2", "0", "33.3%"],
            ["河口镇", "3", "1", "2", "0", "33.3%"],
        ]
    ]


def test_bars_of_one_indicator_have_a_table_where_its_league_is_not_told() -> None:
    assert tables(showing(stored(units(100, 80, 30)), "bars")) == [
        [
            ["单位", "完成率", "研判"],
            ["甲县", "83.3%", "■绿灯"],
            ["乙县", "66.7%", "▲黄灯"],
            ["丙县", "25.0%", "●红灯"],
        ]
    ]
    assert len(tables(showing(stored(units(100, 80, 30)), "league", "bars"))) == 1


def test_bars_of_every_warning_tone_are_hatched_each_in_its_own_way() -> None:
    def hatched(tone: Tone) -> str:
        one = replace(CHART, bars=(Bar("甲县", 50.0, "50.0%", tone),))
        return "".join(chart.svg(one).split("<pattern")[1:]).replace(chart.COLOURS[tone], "")

    warned = [hatched(tone) for tone in (Tone.RED, Tone.ORANGE, Tone.YELLOW, Tone.BLUE, Tone.GREY)]
    assert all(warned)
    assert len(set(warned)) == len(warned)
    assert not hatched(Tone.GREEN)


def test_a_heat_map_says_in_words_how_every_unit_stood_in_every_period() -> None:
    headings, *rows = tables(showing(told(10), "heat_map"))[0]
    assert headings == ["单位", *(f"{month}月" for month in range(1, 11))]
    fine, hole, yellow, red = "■绿灯", "未达序时", "▲黄灯", "●红灯"
    assert {row[0]: row[1:] for row in rows} == {
        "高新区": [fine] * 10,
        "城东街道": [fine] * 2 + [hole] * 2 + [yellow] * 4 + [hole] * 2,
        "河口镇": [hole] * 4 + [yellow] * 2 + [red] * 4,
        "双塔乡": ["未报送"] * 3 + [yellow] * 7,
    }


def test_a_heat_map_of_many_months_lies_on_its_side() -> None:
    assert [b.landscape for b in showing(told(8), "heat_map").blocks if isinstance(b, Attachment)] == [True]
    assert [b.landscape for b in showing(told(7), "heat_map").blocks if isinstance(b, Attachment)] == [False]


def test_without_a_policy_a_heat_map_says_who_kept_the_schedule() -> None:
    rows = {row[0]: row[1:] for row in tables(showing(told(3, None), "heat_map"))[0]}
    assert rows["高新区"] == ["达序时"] * 3
    assert rows["河口镇"] == ["未达序时"] * 3
    assert rows["双塔乡"] == ["未报送"] * 3


def test_there_is_no_course_before_there_are_two_periods() -> None:
    assert tables(showing(told(1), "heat_map")) == []
    assert tables(showing(told(5, knows_the_one_before=False), "heat_map")) == []


MOVED = [replace(s, previous_actual=to_micro(was)) for s, was in zip(units(100, 90, 60), (70, 80, 50), strict=True)]


def test_a_movement_table_tells_places_arrows_and_words() -> None:
    assert tables(showing(stored(MOVED), "movement")) == [
        [
            ["单位", "本期位次", "上期位次", "位次变化", "完成率变化"],
            ["甲县", "1", "2", "↑ 上升1位", "25.0"],
            ["乙县", "2", "1", "↓ 下降1位", "8.3"],
            ["丙县", "3", "3", "— 持平", "8.3"],
        ]
    ]


def test_of_several_indicators_only_who_moved_is_told() -> None:
    facts = stored([*MOVED, *another(units(100, 90, previous_actual=to_micro(80)), "粮食产量")])
    assert [row[:3] for row in tables(showing(facts, "movement"))[0]] == [
        ["指标", "单位", "本期位次"],
        ["重点项目投资", "甲县", "1"],
        ["重点项目投资", "乙县", "2"],
    ]


def test_where_nobody_moved_there_is_no_movement_table() -> None:
    assert tables(showing(told(2), "movement")) == []


def test_a_trend_shows_the_whole_against_the_schedule_and_has_its_table() -> None:
    document = showing(told(10), "trend")
    curve = next(block for block in document.blocks if isinstance(block, Curve))
    assert [point.label for point in curve.points] == [
        "5.8%", "12.5%", "18.3%", "26.7%", "34.0%", "40.2%", "46.5%", "53.8%", "60.6%", "70.0%",
    ]  # fmt: skip
    assert curve.alt.startswith("重点项目投资完成率走势图。1月5.8%，序时8.3%；2月12.5%，序时16.7%；")
    headings, *rows = tables(document)[0]
    assert headings == ["期次", "完成率", "序时进度", "与序时差距"]
    assert (rows[0], rows[-1]) == (["1月", "5.8%", "8.3%", "-2.5"], ["10月", "70.0%", "83.3%", "-13.3"])


def test_a_total_that_nobody_adds_up_has_no_trend() -> None:
    before = stored(units(60, 50))
    after = stored(units(70, 60, as_of=end(11)), beside=Background(latest=before))
    assert tables(showing(after, "heat_map")) != []
    assert tables(showing(after, "trend")) == []


def test_a_year_keeps_twelve_periods_and_each_as_it_was_told() -> None:
    kept = json.loads(told(10))["earlier"]
    assert [period["as_of"] for period in kept] == [end(month).isoformat() for month in range(1, 10)]
    again = told(10)
    for _ in range(4):
        again = stored(units(70, as_of=end(11)), beside=Background(latest=again))
    assert len(json.loads(again)["earlier"]) == 11


def test_how_units_stood_on_one_theme_was_not_kept_and_is_not_made_up() -> None:
    document = showing(told(5), "heat_map", "trend", theme=Theme("投资", indicators=("重点项目投资",)))
    assert [block.title for block in document.blocks if isinstance(block, Attachment)] == ["完成率走势图"]


def test_who_has_a_level_that_is_not_told_stays_unnamed_in_later_months() -> None:
    texts = {cell for table in tables(showing(told(10, "wuhan"), "heat_map")) for row in table for cell in row}
    assert "未达序时" in texts
    assert not any("黄牌" in text for text in texts)


def test_of_many_tasks_the_worst_level_and_how_many_have_it_is_told() -> None:
    standings = [s for s in district.standings() if s.unit in ("U1", "U2", "U4")]
    before = stored([replace(s, as_of=end(9)) for s in standings])
    assert tables(showing(stored(standings, beside=Background(latest=before)), "heat_map")) == [
        [
            ["单位", "9月", "10月"],
            ["经开区", "▲黄灯", "●红灯"],
            ["城东街道", "▲黄灯", "▲黄灯 2项"],
            ["双塔乡", "未报送", "未报送"],
        ]
    ]
