"""总体情况: how much was asked, reported and reached, and what 序时 means here."""

from diaodu.briefing.salience import SPOKEN_OF, undelivered
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show
from diaodu.rules.indicator import Kind
from diaodu.rules.measures import MEASURES
from diaodu.rules.trajectory import Trajectory

ALL_ALIKE = {
    "awaited": "目前均在报送期内，尚无进展可供研判。",
    "not_reported": "目标任务均逾期未报送，没有进展可供研判。",
    "no_target": "目标任务均未设目标，不作研判。",
    "not_started": "目标任务均未到开始时间，尚不研判。",
}
"""What is said where every task is in the same state and none is reported."""

DEFINITIONS = {
    Trajectory.MONTHS: "按月均衡推进的，为已过整月数占计划月数的比例",
    Trajectory.DAYS: "按日均衡推进的，为已过天数占计划天数的比例",
    Trajectory.STEP: "分节点推进的，为最近到期节点的计划累计值",
    Trajectory.INTERPOLATED: "节点之间匀速推进的，为相邻节点计划累计值之间按日内插的值",
    Trajectory.FLAT: "全期同标的，为目标值本身",
}


def overview(facts: Fact) -> list[Said]:
    """The paragraphs of the section."""
    first = _scope(facts) + _reporting(facts) + _progress(facts["counts"])
    return [p for p in (first, _definition(facts), *_totals(facts)) if p.text]


def _scope(facts: Fact) -> Said:
    counts = facts["counts"]
    several = facts["indicators_count"].value > 1
    return say(
        "截至{day}，{scheme}共调度{indicators}目标任务{targets}项，涉及责任单位{units}家。",
        day=show(facts["as_of"], "day"),
        scheme=show(facts["scheme"]),
        indicators=say("指标{n}项、", n=show(facts["indicators_count"], "count")) if several else NOTHING,
        targets=show(counts["targets"], "count"),
        units=show(facts["units_count"], "count"),
    )


def _reporting(facts: Fact) -> Said:
    counts = facts["counts"]
    if counts["reported"].value == counts["targets"].value:
        return say("目标任务进展已全部报送。")
    named = [
        say(phrase, n=show(counts[name], "count"))
        for name, phrase in (
            ("not_reported", "逾期未报送{n}项"),
            ("awaited", "尚在报送期内{n}项"),
            ("no_target", "未设目标{n}项"),
            ("not_started", "尚未到开始时间{n}项"),
        )
        if counts[name]
    ]
    units_owe = bool(named)
    if undelivered(facts):
        named.append(say("其余由数据源提供、尚未供数"))
    rest = joined(named, "、")
    if not counts["reported"]:
        if not units_owe:
            return say("数据由数据源提供，尚未供数，没有进展可供研判。")
        for name, phrase in ALL_ALIKE.items():
            if counts[name].value == counts["targets"].value:
                return say(phrase)
        return say("尚无进展可供研判：{rest}。", rest=rest)
    return say(
        "已报送{n}项，占{share}；{rest}。",
        n=show(counts["reported"], "count"),
        share=show(counts["reported_share"], "percent", 1),
        rest=rest,
    )


def _progress(counts: Fact) -> Said:
    if not counts["compared"]:
        return NOTHING
    compared, several = show(counts["compared"], "count"), counts["compared"].value > 1
    if not counts["behind"]:
        said = say("已报送并可比较的{n}项{all}达到序时进度", n=compared, all=say("全部") if several else NOTHING)
    elif not counts["on_schedule"]:
        said = say("已报送并可比较的{n}项{all}未达到序时进度", n=compared, all=say("均") if several else NOTHING)
    else:
        said = say(
            "达到序时进度{on}项，占{on_share}；未达到序时进度{behind}项，占{behind_share}",
            on=show(counts["on_schedule"], "count"),
            on_share=show(counts["on_schedule_share"], "percent", 1),
            behind=show(counts["behind"], "count"),
            behind_share=show(counts["behind_share"], "percent", 1),
        )
    if counts["completed"]:
        said += say("；已完成全部目标{n}项", n=show(counts["completed"], "count"))
        share = counts.get("completed_share")
        said += say("，占{share}", share=show(share, "percent", 1)) if share else NOTHING
    return said + say("。")


def _definition(facts: Fact) -> Said:
    ways = [say(DEFINITIONS[Trajectory(way.value)]) for way in facts["trajectories"]]
    if not ways:
        return NOTHING
    said = say("本通报所称序时进度，{ways}；达到序时进度，是指完成情况不低于序时进度，下同。", ways=joined(ways, "；"))
    expected = facts["indicators"][0]["expected"] if facts["indicators_count"].value == 1 else None
    if expected and expected.value == "0/1":
        said += say("按此计算，本期尚无应完成的进度。")
    elif expected:
        said += say("按此计算，本期序时进度为{share}。", share=show(expected, "percent", 1))
    return said + say("百分比均按未经四舍五入的数据计算。")


def _totals(facts: Fact) -> list[Said]:
    """A sentence for each reported row that is shown but not ranked: totals, 市本级."""
    indicators = list(facts["indicators"])
    if len(indicators) > SPOKEN_OF:
        return []
    lead = len(indicators) > 1
    return [
        (say("{name}：", name=show(indicator["name"])) if lead else NOTHING) + joined(sentences, "")
        for indicator in indicators
        if (sentences := [_total(facts, indicator, e) for e in indicator["entries"] if _is_spoken_of(e)])
    ]


def _is_spoken_of(entry: Fact) -> bool:
    return not entry["ranked"] and entry["actual"].value is not None


def _total(facts: Fact, indicator: Fact, entry: Fact) -> Said:
    decimals = indicator["decimals"].value
    unit = show(indicator["measure_unit"])
    growth = indicator["kind"].value == Kind.GROWTH.value
    if entry["target"].value is None:
        actual = show(entry["actual"], "amount", decimals) + unit
        return say("{name}实际{actual}，未设目标。", name=show(entry["name"]), actual=actual)
    said = say(
        "{name}目标{target}{unit}，{done}{actual}{unit}",
        name=show(entry["name"]),
        target=show(entry["target"], "amount", decimals),
        done=say("实际") if growth else say("累计完成"),
        actual=show(entry["actual"], "amount", decimals),
        unit=unit,
    )
    if entry["completion"]:
        said += say("，完成率{share}", share=show(entry["completion"], "percent", 1))
    return said + _ruled(facts, entry) + standing(entry) + _movement(facts, entry) + say("。")


def _ruled(facts: Fact, entry: Fact) -> Said:
    """The share that units are ranked by, where it is another than the completion: "，节点完成率78.5%"."""
    measure = MEASURES[facts["ranking_measure"].value]
    if measure.name == "completion" or measure.unit != "share" or entry["value"].value is None:
        return NOTHING
    return say("，{measure}{share}", measure=say(measure.chinese), share=show(entry["value"], "percent", 1))


def standing(entry: Fact) -> Said:
    """ "，低于序时进度1.6个百分点", or its opposite; what rounds to nothing is said in words."""
    if entry["gap_pp"].value is None:
        return NOTHING
    gap = show(entry["gap_pp"], "points_off", 1)
    behind = entry["gap_pp"].value.startswith("-")
    if entry["gap_pp"].value == "0/1":
        return say("，与序时进度持平")
    if gap.text == "0.0":
        return say("，略低于序时进度") if behind else say("，略高于序时进度")
    return say("，低于序时进度{gap}个百分点" if behind else "，高于序时进度{gap}个百分点", gap=gap)


def _movement(facts: Fact, entry: Fact) -> Said:
    moved = entry["movement"]
    if moved.value is None or facts["previous_as_of"].value is None:
        return NOTHING
    since = show(facts["previous_as_of"], "day_of_year")
    if moved.value == "0/1":
        return say("，与{since}持平", since=since)
    down = moved.value.startswith("-")
    phrase = "，较{since}下降{points}个百分点" if down else "，较{since}提高{points}个百分点"
    return say(phrase, since=since, points=show(moved, "points_off", 1))
