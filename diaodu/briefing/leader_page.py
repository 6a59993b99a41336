"""领导专页: the period on one page — how it stands, what wants attention, and what is proposed."""

from collections.abc import Iterable
from itertools import product

from diaodu.briefing.demands import ORDINALS
from diaodu.briefing.page import width_in_characters
from diaodu.briefing.wording import NOTHING, Fact, Said, fraction, joined, say, show

MOST = 3
"""So many are named at most; fewer where names are so long that the page would not hold them."""
LINE = 27
"""Full-width characters that a line of 28 holds wherever punctuation may stand."""
OVERVIEW_LINES, ATTENTION_LINES = 3, 4
"""Lines that the page has for these, besides three headings and three lines of proposals."""


def leader_overview(facts: Fact) -> list[Said]:
    """总的看: counts and shares, levels, warnings."""
    counts = facts["counts"]
    said = say("共调度任务{n}项", n=show(counts["targets"], "count"))
    if counts["reported"].value == counts["targets"].value:
        said += say("，已全部报送")
    elif counts["reported"]:
        said += say("，已报送{share}", share=show(counts["reported_share"], "percent", 1))
    else:
        said += say("，尚无进展可供研判")
    said += (_standing(counts) if counts["compared"] else NOTHING) + say("。")
    return [_fitting(OVERVIEW_LINES, (said + _levels(facts, n) + _warnings(facts) for n in range(MOST, -1, -1)))]


def leader_attention(facts: Fact) -> list[Said]:
    """需要关注: the largest gaps, and who is silent, with as many names as there is room for."""
    behind = _behind(facts)
    silent = [show(unit["name"]) for unit in facts["units"] if unit["not_reported"]]
    if not behind and not silent:
        return [say("没有落后于序时进度的任务，也没有逾期未报送的单位。")]
    ways = product(range(min(MOST, len(behind)), -1, -1), range(min(MOST, len(silent)), -1, -1))
    return [_fitting(ATTENTION_LINES, (_gaps(facts, behind[:g]) + _silent(facts, silent[:s]) for g, s in ways))]


def leader_proposal(facts: Fact) -> list[Said]:
    """建议: what only a leader can do; nothing where nothing gives cause."""
    counts, warnings = facts["counts"], facts["warnings"]
    causes = (
        (warnings["proposed"], say("审定待发预警{n}件", n=show(warnings["proposed"], "count"))),
        (counts["behind"], say("对差距最大的单位调度会商，定措施、定时限、定责任人")),
        (facts["units_not_reported"], say("对逾期未报送的单位点名督促，限期补报")),
        (warnings["open"], say("对未销号预警逐件盯办，到期核验")),
    )
    asked = [said for cause, said in causes if cause]
    if len(asked) < 2:
        return [said + say("。") for said in asked] or [say("保持力度，紧盯后续节点。")]
    return [joined((say("{nth}是", nth=say(ORDINALS[n])) + said for n, said in enumerate(asked)), "；") + say("。")]


def _standing(counts: Fact) -> Said:
    if not counts["behind"]:
        return say("，可比的全部达到序时进度")
    if not counts["on_schedule"]:
        return say("，可比的均未达到序时进度")
    return say(
        "，达到序时{on}项（{share}），未达到{behind}项",
        on=show(counts["on_schedule"], "count"),
        share=show(counts["on_schedule_share"], "percent", 1),
        behind=show(counts["behind"], "count"),
    )


def _levels(facts: Fact, most: int) -> Said:
    """The most severe levels that warn."""
    warned = [level for level in facts["levels"] if level["severity"].value > 0 and level["targets"]]
    if not warned or not most:
        return NOTHING
    worst = sorted(warned, key=lambda level: -int(level["severity"].value))[:most]
    items = joined((say("{name}{n}项", name=show(w["name"]), n=show(w["targets"], "count")) for w in worst), "、")
    return say("研判{items}。", items=items)


def _warnings(facts: Fact) -> Said:
    open_now = facts["warnings"]["open"]
    return say("未销号预警{n}件。", n=show(open_now, "count")) if open_now else NOTHING


def _behind(facts: Fact) -> list[Said]:
    """The entries furthest behind, of ranked units where there are any."""
    several = facts["indicators_count"].value > 1
    found = []
    for indicator in facts["indicators"]:
        ranked = any(entry["ranked"] for entry in indicator["entries"])
        found += [
            (fraction(entry["gap_pp"].value), indicator, entry)
            for entry in indicator["entries"]
            if entry["gap_pp"].value is not None and (entry["ranked"] or not ranked)
        ]
    late = sorted((each for each in found if each[0] < 0), key=lambda each: each[0])[:MOST]
    return [
        say(
            "{name}{indicator}（{gap}）",
            name=show(entry["name"]),
            indicator=show(indicator["name"]) if several else NOTHING,
            gap=_gap(entry),
        )
        for _, indicator, entry in late
    ]


def _gap(entry: Fact) -> Said:
    points = show(entry["gap_pp"], "points_off", 1)
    return say("略低于序时") if points.text == "0.0" else say("低于序时{points}个百分点", points=points)


def _gaps(facts: Fact, items: list[Said]) -> Said:
    if items:
        return say("差距最大的是{items}。", items=joined(items, "、"))
    behind = facts["counts"]["behind"]
    return say("未达到序时{n}项，逐项见简报。", n=show(behind, "count")) if behind else NOTHING


def _silent(facts: Fact, names: list[Said]) -> Said:
    count = facts["units_not_reported"]
    if not count:
        return NOTHING
    more = say("等") if names and len(names) < count.value else NOTHING
    listed = say("：{names}", names=joined(names, "、") + more) if names else NOTHING
    return say("逾期未报送{n}家{listed}。", n=show(count, "count"), listed=listed)


def _fitting(lines: int, ways: Iterable[Said]) -> Said:
    """The first way to say it that takes no more lines, or the last."""
    said = NOTHING
    for said in ways:
        if width_in_characters(said.text) + 2 <= lines * LINE:
            break
    return said
