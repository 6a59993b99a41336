"""下步要求: what is asked of whom next; only what the facts give cause for."""

from diaodu.briefing.shortfalls import milestone
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show

ORDINALS = "一二三四五六七八"


def demands(facts: Fact) -> list[Said]:
    """One after another, 一是, 二是; then the milestones that come next."""
    asked = [text for cause, text in _demands(facts) if cause]
    said = [say(asked[0])] if len(asked) == 1 else [_nth(place, text) for place, text in enumerate(asked)]
    return [part for part in (*said, coming(facts)) if part.text]


def _nth(place: int, text: str) -> Said:
    return say("{nth}是", nth=say(ORDINALS[place])) + say(text)


def coming(facts: Fact) -> Said:
    """Milestones due before the next period ends."""
    due = facts.get("coming")
    if due is None:
        return NOTHING
    more = say("等") if due["count"].value > len(due["items"].value) else NOTHING
    return say(
        "{until}前到期的节点有{n}个：{names}{more}。相关单位要提前谋划，确保按期完成。",
        until=show(due["until"], "day"),
        n=show(due["count"], "count"),
        names=joined((milestone(facts, one, "{day}到期") for one in due["items"]), "；"),
        more=more,
    )


def _demands(facts: Fact) -> tuple[tuple[bool, str], ...]:
    counts, life = facts["counts"], facts.get("obligations")
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
            "落实预警整改。收到预警的单位要在规定时限内报送整改计划和佐证，经核验后销号。"
            + ("已经逾期的，要立即办理并说明原因。" if life and life["overdue_count"] else ""),
        ),
        (
            facts.get("blockers") is not None,
            "推动难题会办。对单位反映的难题，牵头单位要会同有关单位研究，明确办理时限，办理结果下期通报。",
        ),
        (
            bool(counts["on_schedule"]),
            "巩固推进势头。达到序时进度的单位要保持力度，紧盯后续节点，确保完成全部目标任务。",
        ),
        (True, "保证数据真实。各单位对所报数据负责，随报佐证材料，报送结果逐一复核，一把尺子量到底。"),
    )
