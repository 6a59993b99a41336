"""Drawing charts without a browser: ECharts in an embedded JavaScript engine makes SVG, Typst turns it into PNG."""

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import typst
from py_mini_racer import MiniRacer

from diaodu.briefing.document import Bar, Chart, Curve, Picture, Point, Tone
from diaodu.briefing.fonts import DEFAULT, Fonts, loaded
from diaodu.briefing.page import width_in_characters

LIBRARY = Path(__file__).parent / "echarts" / "echarts-6.1.0.min.js"
FAMILY = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC',sans-serif"
WIDTH = 680
FONT_SIZE = 13
BAR_HEIGHT = 20
FRAME_HEIGHT = 68
CURVE_HEIGHT = 300
COLOURS = {
    Tone.RED: "#B3261E",
    Tone.ORANGE: "#C25A00",
    Tone.YELLOW: "#B58900",
    Tone.BLUE: "#2F6DB5",
    Tone.GREEN: "#2E7D32",
    Tone.GREY: "#8A8A8A",
}
PLAIN = "#4A6FA5"
TEXT = {"fontFamily": FAMILY, "fontSize": FONT_SIZE, "color": "#222222"}
DECALS: dict[Tone | None, dict[str, Any]] = {
    Tone.RED: {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 0.7854},
    Tone.ORANGE: {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": -0.7854},
    Tone.YELLOW: {"symbol": "circle", "dashArrayX": [[8, 8], [0, 8, 8, 0]], "dashArrayY": [6, 0], "symbolSize": 0.7},
    Tone.BLUE: {"symbol": "rect", "dashArrayX": [1, 0], "dashArrayY": [2, 5], "rotation": 1.5708},
    Tone.GREY: {"symbol": "circle", "dashArrayX": [[4, 4], [0, 4, 4, 0]], "dashArrayY": [4, 0], "symbolSize": 0.5},
}
"""Hatching that tells the tones apart on a black-and-white print; green, where all is well, stays plain."""
PAGE = b"""#set page(width: 156mm, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 156mm)"""
ENGINE = "var window=this, self=this; function setTimeout(){return 0} function clearTimeout(){}"
DRAW = """(function (option, width, height) {
  var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
  chart.setOption(option);
  return chart.renderToSVGString();
})(%s, %d, %d)"""


@lru_cache(maxsize=8)  # the three formats of one document draw the same
def svg(picture: Picture) -> str:
    """The picture as SVG, 680 units wide. A new engine for each: ECharts numbers its parts on and on."""
    engine = MiniRacer()
    try:
        engine.eval(ENGINE)
        engine.eval(_library())
        if isinstance(picture, Curve):
            wanted, height = curve_option(picture), CURVE_HEIGHT
        else:
            wanted, height = option(picture), FRAME_HEIGHT + BAR_HEIGHT * len(picture.bars)
        drawn = str(engine.eval(DRAW % (json.dumps(wanted, ensure_ascii=False), WIDTH, height)))
    finally:
        engine.close()
    return drawn


def png(drawn: str, fonts: Fonts = DEFAULT) -> bytes:
    """An SVG of `svg` as PNG, 156 mm wide at 200 dots per inch."""
    image = typst.compile(
        PAGE,
        font_paths=loaded(fonts),
        format="png",
        ppi=200,
        sys_inputs={"svg": drawn},
    )
    assert isinstance(image, bytes)
    return image


def option(chart: Chart) -> dict[str, Any]:
    """What ECharts is asked to draw; the same JSON serves a page in a browser."""
    room = FONT_SIZE * max((width_in_characters(bar.label) for bar in chart.bars), default=0)
    series: dict[str, Any] = {
        "type": "bar",
        "silent": True,
        "barCategoryGap": "24%",
        "data": [_bar(bar) for bar in chart.bars],
        "label": {"show": True, "position": "right", "textBorderColor": "#FFFFFF", "textBorderWidth": 4, **TEXT},
    }
    for entry in series["data"]:
        entry["label"] = {"formatter": entry.pop("print")}
    if chart.mark is not None:
        series["markLine"] = {
            "symbol": "none",
            "silent": True,
            "lineStyle": {"type": "dashed", "color": "#222222", "width": 1.5},
            "label": {"formatter": chart.mark_label, "position": "start", **TEXT},
            "data": [{"xAxis": chart.mark}],
        }
    return {
        "animation": False,
        "backgroundColor": "#FFFFFF",
        "grid": {"left": 8, "right": 16 + room, "top": 26, "bottom": 20, "containLabel": True},
        "xAxis": {
            "type": "value",
            "axisLabel": {**TEXT, "formatter": "{value}" + chart.unit},
            "splitLine": {"lineStyle": {"color": "#DDDDDD"}},
        },
        "yAxis": {
            "type": "category",
            "inverse": True,
            "data": [bar.name for bar in chart.bars],
            "axisTick": {"show": False},
            "axisLabel": {**TEXT, "interval": 0, "width": 190, "overflow": "truncate"},
        },
        "series": [series],
    }


def curve_option(curve: Curve) -> dict[str, Any]:
    """Done as a line with filled marks and figures, 序时 dashed with hollow ones: told apart without a colour."""
    line: dict[str, Any] = {"type": "line", "silent": True, "symbolSize": 8}
    done = line | {
        "name": curve.name,
        "symbol": "circle",
        "z": 3,
        "lineStyle": {"color": PLAIN, "width": 2.5},
        "itemStyle": {"color": PLAIN},
        "data": [{"value": p.value, "label": _away(p)} for p in curve.points],
        "label": {"show": True, "textBorderColor": "#FFFFFF", "textBorderWidth": 3, **TEXT},
    }
    planned = line | {
        "name": curve.plan_name,
        "symbol": "emptyDiamond",
        "lineStyle": {"type": "dashed", "color": "#222222", "width": 1.5},
        "itemStyle": {"color": "#222222"},
        "data": [p.planned for p in curve.points],
    }
    return {
        "animation": False,
        "backgroundColor": "#FFFFFF",
        "legend": {"top": 0, "itemWidth": 40, "textStyle": TEXT, "data": [curve.name, curve.plan_name]},
        "grid": {"left": 8, "right": 24, "top": 36, "bottom": 8, "containLabel": True},
        "xAxis": {
            "type": "category",
            "data": [p.name for p in curve.points],
            "axisTick": {"alignWithLabel": True},
            "axisLabel": {**TEXT, "interval": 0},
        },
        "yAxis": {
            "type": "value",
            "axisLabel": {**TEXT, "formatter": "{value}" + curve.unit},
            "splitLine": {"lineStyle": {"color": "#DDDDDD"}},
        },
        "series": [done, planned],
    }


def _away(point: Point) -> dict[str, str]:
    """The figure on the side where the other line is not."""
    ahead = point.planned is None or point.value >= point.planned
    return {"formatter": point.label, "position": "top" if ahead else "bottom"}


def _bar(bar: Bar) -> dict[str, Any]:
    style: dict[str, Any] = {"color": COLOURS[bar.tone] if bar.tone else PLAIN}
    if bar.tone in DECALS:
        style["decal"] = {"color": "rgba(255,255,255,0.75)", **DECALS[bar.tone]}
    return {"value": bar.value, "print": bar.label, "itemStyle": style}


@cache
def _library() -> str:
    return LIBRARY.read_text(encoding="utf-8")
