"""One sentence that a unit's head can read: what was reached, against what, and what that means (研判说明)."""

from diaodu.rules import phrase
from diaodu.rules.achievement import achievement
from diaodu.rules.lateness import overdue_days, report_overdue_workdays
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import Reason
from diaodu.rules.workday import Workdays

_JUDGED = frozenset({Reason.LEVEL_MATCHED, Reason.NO_LEVEL_MATCHED})


def explain(standing: Standing, level_name: str | None, reason: Reason, workdays: Workdays) -> str:
    """The verdict in words; `level_name` None where there is no level."""
    if reason in _JUDGED:
        parts = [*achievement(standing), *_overdue(standing), _verdict(level_name)]
    elif reason is Reason.NOT_REPORTED:
        parts = [_not_reported(standing, workdays), *(_last_known(standing) or ["此前没有数据"])]
    elif reason is Reason.AWAITED:
        parts = [_awaited(standing), *_last_known(standing)]
    elif reason is Reason.NO_TARGET:
        parts = [f"{standing.indicator_name}未下达目标任务，不评价进度", *_last_known(standing)]
    else:
        begins = phrase.day(standing.start, standing.as_of)
        parts = [f"{standing.indicator_name}自{begins}起计算进度，目前尚未开始", *_last_known(standing)]
    return "，".join(parts) + "。"


def _verdict(level_name: str | None) -> str:
    return "现行预警规则未设相应等级" if level_name is None else phrase.level(level_name)


def _overdue(standing: Standing) -> list[str]:
    """The earliest milestone that was due and is not met."""
    days = overdue_days(standing)
    if days is None or days <= 0 or standing.first_unmet_due is None:
        return []
    due = phrase.day(standing.first_unmet_due, standing.as_of)
    return [f"“{standing.first_unmet_name or '节点'}”应于{due}完成，已逾期{days}天"]


def _not_reported(standing: Standing, workdays: Workdays) -> str:
    owed = standing.required_as_of or standing.as_of
    late = report_overdue_workdays(standing, workdays)
    words = f"截至{phrase.day(owed, standing.as_of)}未报送{standing.indicator_name}"
    if standing.report_due is None or late is None:
        return words
    overdue = f"，已逾期{late}个工作日" if late > 0 else ""
    return f"{words}（应于{phrase.day(standing.report_due, standing.as_of)}前报送{overdue}）"


def _awaited(standing: Standing) -> str:
    if standing.required_as_of is None or standing.report_due is None:
        return f"{standing.indicator_name}尚无数据，未到报送时限"
    owed, due = (phrase.day(each, standing.as_of) for each in (standing.required_as_of, standing.report_due))
    return f"截至{owed}的{standing.indicator_name}待报送（{due}前）"


def _last_known(standing: Standing) -> list[str]:
    if standing.actual is None or standing.reported_as_of is None:
        return []
    since = phrase.day(standing.reported_as_of, standing.as_of)
    return [f"最近一次数据为{since}的{phrase.amount(standing, standing.actual)}"]
