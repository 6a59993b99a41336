"""下步要求: what is asked of whom next; only what the facts give cause for."""

from collections.abc import Iterable

from diaodu.briefing.salience import TOLD, causes, first
from diaodu.briefing.shortfalls import milestone
from diaodu.briefing.wording import NOTHING, Fact, Said, joined, say, show

ORDINALS = "一二三四五六七"
CATCH_UP = "加快补齐差距。未达到序时进度的单位要逐项查找原因，倒排工期，明确责任人和完成时限，下期报送时说明整改进展。"
REPORT = "严格按期报送。逾期未报送的单位要立即补报并说明原因，凡无法证明完成情况的，以核实结果为准。"
PREPARE = "相关单位要提前谋划，确保按期完成。"
RECTIFY = "落实预警整改。收到预警的单位要在规定时限内报送整改计划和佐证，经核验后销号。"
OVERDUE = "已经逾期的，要立即办理并说明原因。"
HANDLE = "推动难题会办。对单位反映的难题，牵头单位要会同有关单位研究，明确办理时限，办理结果下期通报。"
KEEP_ON = "巩固推进势头。达到序时进度的单位要保持力度，紧盯后续节点，确保完成全部目标任务。"
WRAP_UP = "巩固完成成果。各单位要做好收尾和佐证归档，确保成果经得起检验。"
BE_TRUE = "保证数据真实。各单位对所报数据负责，随报佐证材料，报送结果逐一复核，一把尺子量到底。"


def demands(facts: Fact) -> list[Said]:
    """One after another, 一是, 二是; what stands alone has no number."""
    asked = [said for cause, said in _demands(facts) if cause]
    return asked if len(asked) == 1 else [_nth(place, said) for place, said in enumerate(asked)]


def _nth(place: int, asked: Said) -> Said:
    return say("{nth}是", nth=say(ORDINALS[place])) + asked


def coming(facts: Fact) -> Said:
    """Milestones due before the next period ends."""
    due = facts.get("coming")
    if due is None:
        return NOTHING
    more = say("等") if due["count"].value > TOLD else NOTHING
    return say(
        "{until}前到期的节点有{n}个：{names}{more}。",
        until=show(due["until"], "day"),
        n=show(due["count"], "count"),
        names=joined((milestone(facts, one, "{day}到期") for one in first(due["items"])), "；"),
        more=more,
    )


def _demands(facts: Fact) -> Iterable[tuple[bool, Said]]:
    life, counts = facts.get("obligations"), facts["counts"]
    is_overdue = bool(life and life["overdue"])
    is_through = counts["completed"].value == counts["targets"].value
    said = (
        say(CATCH_UP),
        say(REPORT),
        say("盯紧近期节点。") + coming(facts) + say(PREPARE),
        say(RECTIFY) + (say(OVERDUE) if is_overdue else NOTHING),
        say(HANDLE),
        say(WRAP_UP if is_through else KEEP_ON),
        say(BE_TRUE),
    )
    return zip(causes(facts), said, strict=True)
