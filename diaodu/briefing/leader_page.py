"""领导专页: the period on one page — how it stands, what wants attention, and what is proposed."""

from collections.abc import Callable

from diaodu.briefing.obligations import ORDINALS
from diaodu.briefing.overview import standing
from diaodu.briefing.page import width_in_characters
from diaodu.briefing.wording import NOTHING, Fact, Said, fraction, joined, say, show

MOST = 3
"""So many are named at most; fewer where names are so long that the page would not hold them."""
ROOM = 112
"""Full-width characters of one paragraph: four lines."""


def leader_overview(facts: Fact) -> list[Said]:
    """总的看: counts and shares, levels, warnings."""
    counts = facts["counts"]
    said = say("{scheme}{n}项任务", scheme=show(facts["scheme"]), n=show(counts["targets"], "count"))
    if counts["reported"].value == counts["targets"].value:
        said += say("已全部报送")
    elif counts["reported"]:
        said += say("已报送{share}", share=show(counts["reported_share"], "percent", 1))
    else:
        said += say("尚无报送")
    if counts["compared"]:
        said += _standing(counts)
    return [said + say("。") + _levels(facts) + _warnings(facts)]


def leader_attention(facts: Fact) -> list[Said]:
    """需要关注: the largest gaps, and who is silent."""
    behind = _behind(facts)
    said = []
    if behind:
        said.append(_fitting(behind, lambda items: say("差距最大的是{items}。", items=joined(items, "、"))))
    silent = [show(unit["name"]) for unit in facts["units"] if unit["not_reported"]]
    if silent:
        count = show(facts["units_not_reported"], "count")
        said.append(
            _fitting(
                silent,
                lambda items: say(
                    "逾期未报送{n}家：{items}{more}。",
                    n=count,
                    items=joined(items, "、"),
                    more=say("等") if len(items) < len(silent) else NOTHING,
                ),
            )
        )
    return said or [say("没有落后于序时进度的任务，也没有逾期未报送的单位。")]


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


def _levels(facts: Fact) -> Said:
    warned = [level for level in facts["levels"] if level["severity"].value > 0 and level["targets"]]
    if not warned:
        return NOTHING
    items = joined((say("{name}{n}项", name=show(w["name"]), n=show(w["targets"], "count")) for w in warned), "、")
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
            gap=_without_comma(standing(entry)),
        )
        for _, indicator, entry in late
    ]


def _without_comma(said: Said) -> Said:
    return Said(said.text.removeprefix("，"), said.sources)


def _fitting(items: list[Said], sentence: Callable[[list[Said]], Said]) -> Said:
    """The sentence with as many of the items, three at most, as it has room for; with one in any case."""
    for number in range(min(MOST, len(items)), 1, -1):
        said = sentence(items[:number])
        if width_in_characters(said.text) <= ROOM:
            return said
    return sentence(items[:1])
