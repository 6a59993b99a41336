"""What a target has reached and how that compares, each kind and direction in its own words (完成情况)."""

from fractions import Fraction

from diaodu.rules import phrase, progress
from diaodu.rules.indicator import Direction, Kind
from diaodu.rules.quantity import MICRO
from diaodu.rules.standing import Standing

_ADDED_UP = frozenset({Kind.CUMULATIVE, Kind.COUNT})


def achievement(standing: Standing) -> list[str]:
    """The parts of a sentence on a value that was reported for the day."""
    if standing.kind is Kind.DELIVERABLE:
        return _deliverables(standing)
    if standing.direction is Direction.BAND:
        return [_value(standing), _band(standing)]
    if standing.kind is Kind.RANK:
        return [_value(standing), _rank(standing)]
    if standing.kind is Kind.GROWTH:
        return [_value(standing), _growth(standing)]
    if progress.is_limit(standing):
        return [_value(standing), *_limit(standing)]
    return [_value(standing), *_next_milestone(standing), *_completion(standing)]


def _value(standing: Standing) -> str:
    """截至10月31日完成重点项目投资80.0亿元."""
    name, actual = standing.indicator_name, standing.actual or 0
    since = phrase.day(standing.reported_as_of or standing.as_of, standing.as_of)
    if standing.kind is Kind.RANK:
        return f"截至{since}{name}为第{phrase.amount(standing, actual)}"
    if standing.kind in _ADDED_UP and standing.direction is Direction.HIGHER:
        return f"截至{since}{'' if '完成' in name else '完成'}{name}{phrase.amount(standing, actual)}"
    return f"截至{since}{name}为{phrase.amount(standing, actual)}"


def _next_milestone(standing: Standing) -> list[str]:
    rate = progress.milestone_rate(standing)
    is_whole = standing.next_planned == standing.target
    if rate is None or standing.next_name is None or is_whole:
        return []
    return [f"为{phrase.milestone(standing.next_name)}的{phrase.percent(rate)}"]


def _completion(standing: Standing) -> list[str]:
    """完成年度目标的82.5%，低于序时进度0.8个百分点."""
    share, gap = progress.completion(standing), progress.gap_pp(standing)
    if share is None or gap is None:
        return [f"{phrase.goal(standing)}为{phrase.amount(standing, standing.target or 0)}，不计算完成率"]
    parts = [_share(standing, share)]
    if not phrase.is_held_to_target(standing):
        parts.append(phrase.beside(gap, "序时进度"))
    elif share < 1:
        parts.append(_missing(standing))
    return parts


def _share(standing: Standing, share: Fraction) -> str:
    whole = phrase.goal(standing)
    if standing.baseline and share < 0:
        return f"未达到{phrase.amount(standing, standing.baseline)}的基数"
    if standing.direction is Direction.LOWER:
        whole = whole.replace("目标", "压减目标", 1)
    elif standing.baseline:
        whole = f"{whole}增量"
    elif standing.kind not in _ADDED_UP:
        whole = f"{whole}（{phrase.amount(standing, standing.target or 0)}）"
    return phrase.share_of(share, whole)


def _missing(standing: Standing) -> str:
    """What the target still wants when the whole of it is due."""
    apart = Fraction((standing.target or 0) - (standing.actual or 0))
    due = "时限已到，" if standing.as_of >= standing.due else ""
    if phrase.prints_as_zero(apart / MICRO, standing.decimals):
        return f"{due}与目标仅差毫厘"
    return f"{due}尚差{phrase.difference(standing, apart)}"


def _limit(standing: Standing) -> list[str]:
    """A ceiling that is being used up, or a floor under which nothing may fall."""
    share, gap = progress.completion(standing), progress.gap_pp(standing)
    if share is None or gap is None:
        return []
    if standing.direction is Direction.HIGHER:
        return [f"底线为{phrase.amount(standing, standing.target or 0)}", phrase.beside(gap, "序时底线")]
    whole = phrase.goal(standing).replace("目标", "控制目标", 1)
    yardstick = "控制目标" if phrase.is_held_to_target(standing) else "序时控制数"
    used = f"为{whole}的{phrase.percent(share)}" if not standing.baseline else ""
    return [part for part in (used, phrase.beside(-gap, yardstick)) if part]


def _growth(standing: Standing) -> str:
    plan, gap = progress.planned(standing), progress.gap_pp(standing)
    if plan is None or gap is None:
        return "没有可比的目标"
    word = "目标" if plan == standing.target else "序时要求"
    word = f"控制{word}" if standing.direction is Direction.LOWER else word
    return phrase.beside(progress.SIGN[standing.direction] * gap, f"{word}（{phrase.amount(standing, plan)}）")


def _rank(standing: Standing) -> str:
    plan = progress.planned(standing)
    if plan is None or standing.actual is None:
        return "没有可比的目标"
    ahead = progress.SIGN[standing.direction] * (standing.actual - plan)
    met = "超过" if ahead > 0 else "达到" if ahead == 0 else "未达到"
    return f"{met}第{phrase.amount(standing, plan)}的目标"


def _band(standing: Standing) -> str:
    if standing.target is None or standing.upper is None or standing.actual is None:
        return "没有完整的目标区间"
    band = f"{phrase.amount(standing, standing.target)}至{phrase.amount(standing, standing.upper)}的目标区间"
    if standing.target <= standing.actual <= standing.upper:
        return f"在{band}之内"
    is_above = standing.actual > standing.upper
    bound = standing.upper if is_above else standing.target
    beyond = Fraction(standing.actual - bound)
    word = f"{'高' if is_above else '低'}于{band}"
    if phrase.prints_as_zero(beyond / MICRO, standing.decimals):
        return f"略{word}"
    return f"{word}，超出{phrase.difference(standing, beyond)}"


def _deliverables(standing: Standing) -> list[str]:
    since = phrase.day(standing.reported_as_of or standing.as_of, standing.as_of)
    done = f"截至{since}{standing.indicator_name}到期节点{standing.milestones_due}个，完成{standing.milestones_met}个"
    if standing.next_name is None or standing.next_due is None:
        return [done]
    return [done, f"下一节点“{standing.next_name}”应于{phrase.day(standing.next_due, standing.as_of)}完成"]
