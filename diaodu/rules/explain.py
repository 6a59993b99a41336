"""One sentence that a unit's head can read: what was reached, against what, and what that means (研判说明)."""

from diaodu.rules import phrase
from diaodu.rules.achievement import achievement
from diaodu.rules.lateness import overdue_days
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import WITH_LEVEL, Reason
from diaodu.rules.workday import Workdays

_JUDGED = WITH_LEVEL | {Reason.NO_LEVEL_MATCHED, Reason.NO_POLICY}
KEPT = {
    Reason.HELD: "尚未达到解除条件，仍",
    Reason.DWELLING: "尚未满最短期数，仍",
    Reason.PASSING: "由更重的等级好转，先",
}


def explain(
    standing: Standing, level_name: str | None, reason: Reason, workdays: Workdays, dimension: str | None = None
) -> str:
    """The verdict in words; `level_name` None where there is no level; `dimension`: name of the one that decided."""
    if reason in _JUDGED:
        side = f"{dimension}方面" if dimension else ""
        parts = [
            *achievement(standing),
            *_overdue(standing),
            f"{KEPT.get(reason, side)}{_verdict(level_name, reason)}",
        ]
    elif reason is Reason.NOT_REPORTED:
        parts = [_not_reported(standing, workdays), *(_last_known(standing) or ["此前没有数据"])]
    elif reason is Reason.SOURCE_DOWN:
        parts = [_not_supplied(standing), *(_last_known(standing) or ["此前没有数据"])]
    elif reason is Reason.AWAITED:
        parts = [_awaited(standing, workdays), *_last_known(standing)]
    elif reason is Reason.NO_TARGET:
        parts = [f"{standing.indicator_name}未下达目标任务，不评价进度", *_last_known(standing)]
    else:
        begins = phrase.day(standing.start, standing.as_of)
        parts = [f"{standing.indicator_name}自{begins}起计算进度，目前尚未开始", *_last_known(standing)]
    return "，".join(parts) + "。"


def _verdict(level_name: str | None, reason: Reason) -> str:
    if reason is Reason.NO_POLICY:
        return "目前没有施行的预警规则"
    return "现行预警规则未设相应等级" if level_name is None else phrase.level(level_name)


def _overdue(standing: Standing) -> list[str]:
    """The earliest milestone that was due and is not met."""
    days = overdue_days(standing)
    if days is None or days <= 0 or standing.first_unmet_due is None:
        return []
    due = phrase.day(standing.first_unmet_due, standing.as_of)
    return [f"“{standing.first_unmet_name or '节点'}”应于{due}完成，已逾期{days}天"]


def _not_reported(standing: Standing, workdays: Workdays) -> str:
    owed = phrase.day(standing.required_as_of or standing.as_of, standing.as_of)
    return f"截至{owed}未报送{standing.indicator_name}{_deadline(standing, workdays, '应于', '报送')}"


def _not_supplied(standing: Standing) -> str:
    owed = phrase.day(standing.required_as_of or standing.as_of, standing.as_of)
    return f"截至{owed}的{standing.indicator_name}由数据源“{standing.supplied_by}”提供，尚未供数，非单位责任"


def _awaited(standing: Standing, workdays: Workdays) -> str:
    if standing.required_as_of is None:
        return f"{standing.indicator_name}尚无数据，未到报送时限"
    owed = phrase.day(standing.required_as_of, standing.as_of)
    return f"截至{owed}的{standing.indicator_name}待报送{_deadline(standing, workdays)}"


def _deadline(standing: Standing, workdays: Workdays, before: str = "", after: str = "") -> str:
    """The working day a report is owed by; a guess where the year's holidays are not announced."""
    if standing.report_due is None:
        return ""
    guess = "，时限暂定" if workdays.is_provisional(standing.report_due) else ""
    return f"（{before}{phrase.day(standing.report_due, standing.as_of)}前{after}{guess}）"


def _last_known(standing: Standing) -> list[str]:
    if standing.actual is None or standing.reported_as_of is None:
        return []
    since = phrase.day(standing.reported_as_of, standing.as_of)
    return [f"最近一次数据为{since}的{phrase.amount(standing, standing.actual)}"]
