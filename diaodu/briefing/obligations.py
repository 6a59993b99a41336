"""预警督办情况 and 下步要求: what the rules say, what stands open, and what is asked of whom."""

from diaodu.briefing.highlights import are_few, listed
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show

ORDINALS = "一二三四五"


def levels(facts: Fact) -> list[Said]:
    """Levels by the policy in force, then the warnings that stand open."""
    whole = facts["whole_units"] if facts.value.get("whole_units") else None
    told = (_levels(facts), *_named(facts), _warnings(facts), *(_whole_units(whole) if whole else ()))
    return [said for said in told if said.text]


def _levels(facts: Fact) -> Said:
    if facts["policy"].value is None:
        return say("本期没有施行中的预警规则，未作等级研判。")
    reached = [level for level in facts["levels"] if level["targets"]]
    found = (say("{level}{n}项", level=show(level["name"]), n=show(level["targets"], "count")) for level in reached)
    said = say("按照《{policy}》研判，", policy=show(facts["policy"]))
    said += say("{found}。", found=joined(found, "、")) if reached else say("没有任务列入各等级。")
    if facts["without_level"]:
        said += say("另有{n}项已报送但不在规则所列情形之内，未定等级。", n=show(facts["without_level"], "count"))
    return said


def _named(facts: Fact) -> list[Said]:
    """Who holds each warning level that may be told: by target, or by unit where the indicators are many."""
    names = _holders if are_few(facts) else _units
    return [
        say("{level}：{names}。", level=show(level["name"]), names=listed(names(facts, level)))
        for level in facts["levels"]
        if level["severity"].value > 0 and level["targets"] and not level.value.get("withheld")
    ]


def _units(_facts: Fact, level: Fact) -> list[Said]:
    return [say("{name}（{n}项）", name=show(h["name"]), n=show(h["targets"], "count")) for h in level["holders"]]


def _holders(facts: Fact, level: Fact) -> list[Said]:
    several = facts["indicators_count"].value > 1
    return [
        show(entry["name"]) + (say("（{indicator}）", indicator=show(indicator["name"])) if several else NOTHING)
        for indicator in facts["indicators"]
        for entry in indicator["entries"]
        if entry["level"].value == level["code"].value
        and (entry["ranked"] or not any(e["ranked"] for e in indicator["entries"]))
    ]


def _whole_units(whole: Fact) -> list[Said]:
    """单位整体：黄牌2家（甲、乙），另有1家数据未齐、暂不研判。单位预警2家，本期新发1家。"""
    reached = [
        say(
            "{level}{n}家（{names}）",
            level=show(level["name"]),
            n=show(level["count"], "count"),
            names=listed([show(unit) for unit in level["units"]]),
        )
        for level in whole["levels"]
        if level["count"]
    ]
    waiting = say("{n}家数据未齐、暂不研判", n=show(whole["waiting"], "count")) if whole["waiting"] else NOTHING
    warnings = whole["warnings"]
    judged = joined([*reached, waiting], "、")
    said = say("按单位整体研判，{judged}。", judged=judged) if judged.text else NOTHING
    moved = _moved(warnings, "家")
    owed = say("未销号的单位预警{n}家", n=show(warnings["open"], "count")) + (
        say("，本期{moved}", moved=moved) if moved.text else NOTHING
    )
    proposed = say("；另有{n}家待审核", n=show(warnings["proposed"], "count")) if warnings["proposed"] else NOTHING
    told = bool(warnings["open"] or moved.text or warnings["proposed"])
    return [said + (owed + proposed + say("。") if told else NOTHING)]


def _moved(warnings: Fact, counter: str) -> Said:
    """新发1件、销号2件."""
    named = (("opened", "新发"), ("worsened", "升级"), ("eased", "降级"), ("closed", "销号"))
    return joined(
        (say(f"{word}{{n}}{counter}", n=show(warnings[name], "count")) for name, word in named if warnings[name]), "、"
    )


def _warnings(facts: Fact) -> Said:
    warnings = facts["warnings"]
    moved = _moved(warnings, "件")
    proposed = say("另有{n}件待审核。", n=show(warnings["proposed"], "count")) if warnings["proposed"] else NOTHING
    if not warnings["open"] and not moved.text:
        return say("目前没有未销号的预警。") + proposed
    day = show(facts["as_of"], "day")
    said = say("截至{day}，未销号预警{n}件", day=day, n=show(warnings["open"], "count"))
    return said + (say("；本期{moved}。", moved=moved) if moved.text else say("，本期没有变化。")) + proposed


def demands(facts: Fact) -> list[Said]:
    """What is asked next; only what the facts give cause for."""
    asked = [text for cause, text in _demands(facts) if cause]
    if len(asked) == 1:
        return [say(asked[0])]
    return [say("{nth}是", nth=say(ORDINALS[i])) + say(text) for i, text in enumerate(asked)]


def _demands(facts: Fact) -> tuple[tuple[bool, str], ...]:
    counts = facts["counts"]
    return (
        (
            bool(counts["behind"]),
            "加快补齐差距。未达到序时进度的单位要逐项查找原因，倒排工期，明确责任人和完成时限，下期报送时说明整改进展。",
        ),
        (
            bool(facts["units_not_reported"]),
            "严格按期报送。逾期未报送的单位要立即补报并说明原因，凡无法证明完成情况的，以核实结果为准。",
        ),
        (
            bool(facts["warnings"]["open"]),
            "落实预警整改。收到预警的单位要在规定时限内报送整改计划和佐证，经核验后销号。",
        ),
        (
            bool(counts["on_schedule"]),
            "巩固推进势头。达到序时进度的单位要保持力度，紧盯后续节点，确保完成全部目标任务。",
        ),
        (True, "保证数据真实。各单位对所报数据负责，随报佐证材料，报送结果逐一复核，一把尺子量到底。"),
    )
