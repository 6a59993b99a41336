"""The measures: what each number means, and its exact value for one target (测度)."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from diaodu.rules import lateness, progress
from diaodu.rules.quantity import MICRO
from diaodu.rules.standing import Standing
from diaodu.rules.verdict import State, state_of
from diaodu.rules.workday import Workdays

RELATIVE_ERROR = 1e-12
"""A float measure of `rules.frame` differs from the exact one by less than this share of it, also next to 0."""


class Better(StrEnum):
    """Which end of a measure is the good one when it ranks."""

    MORE = "more"
    LESS = "less"
    SHARE = "share"  # more of the way; under a limit (`progress.is_limit`) less of it used up
    DIRECTION = "direction"  # as the indicator's direction says; a band ranks nobody by it
    NEITHER = "neither"  # ranks nobody


@dataclass(frozen=True, slots=True)
class Measure:
    """One column policies may speak of."""

    name: str
    chinese: str
    unit: str  # "percentage points", "share", "days", "working days", "months", "count", "measure unit", "rank"
    meaning: str
    better: Better = Better.NEITHER
    always: bool = False  # known whatever the state; the others are empty unless the period's report is there
    whole: bool = False  # a whole number: Int64 in the frame, and beyond doubt there

    @property
    def scale(self) -> int:
        """What one unit of it is in the frame and from `exact`: quantities are kept in millionths."""
        return MICRO if self.unit == "measure unit" else 1


_CATALOGUE = (
    Measure("actual", "完成值", "measure unit", "截至日有效的填报值", Better.DIRECTION, always=True, whole=True),
    Measure("target", "目标值", "measure unit", "截至日有效的目标", always=True, whole=True),
    Measure("planned", "序时目标", "measure unit", "按序时方式截至日应完成的值", always=True),
    Measure("completion", "完成率", "share", "(完成值−基数)÷(目标值−基数)", Better.SHARE, always=True),
    Measure("expected", "序时进度", "share", "(序时目标−基数)÷(目标值−基数)", always=True),
    Measure("gap_pp", "与序时差距", "percentage points", "(完成率−序时进度)×100，正为超前、负为滞后", Better.MORE),
    Measure("ratio", "序时完成比", "share", "完成值÷序时目标，1为达序时；逆向指标取倒数", Better.MORE),
    Measure("shortfall", "欠进度比例", "share", "(序时目标−完成值)÷序时目标；逆向指标反向", Better.LESS),
    Measure("period_rate", "当期完成率", "share", "本期增量÷本期计划增量", Better.SHARE),
    Measure("milestone_rate", "节点完成率", "share", "(完成值−基数)÷(下一节点计划值−基数)", Better.SHARE),
    Measure("overdue_days", "逾期天数", "days", "最早未完成节点到期以来的天数", Better.LESS, whole=True),
    Measure(
        "overdue_workdays", "逾期工作日", "working days", "最早未完成节点到期以来的工作日", Better.LESS, whole=True
    ),
    Measure("months_since_due", "逾期月数", "months", "最早未完成节点到期以来的整月数", Better.LESS, whole=True),
    Measure("days_to_due", "距到期天数", "days", "距下一节点（或目标时限）的天数", always=True, whole=True),
    Measure("workdays_to_due", "距到期工作日", "working days", "距下一节点的工作日", always=True, whole=True),
    Measure("elapsed_share", "时限已过比例", "share", "上一节点至下一节点之间已过天数的比例", always=True),
    Measure("milestones_due", "应完成节点数", "count", "截至日已到期的节点数", always=True, whole=True),
    Measure("milestones_met", "已完成节点数", "count", "已到期节点中完成的个数", Better.MORE, always=True, whole=True),
    Measure("milestones_unmet", "未完成节点数", "count", "已到期节点中未完成的个数", Better.LESS, whole=True),
    Measure("report_overdue_workdays", "迟报工作日", "working days", "应报未报已逾期的工作日", always=True, whole=True),
    Measure("stale_days", "未更新天数", "days", "填报值未变化的天数", Better.LESS, always=True, whole=True),
    Measure("change", "较上期增量", "measure unit", "完成值−上期完成值", Better.DIRECTION, whole=True),
    Measure("growth", "同比增速", "share", "(完成值−上年同期值)÷上年同期值", Better.DIRECTION),
    Measure(
        "reference_gap", "与上级差距", "percentage points", "完成率与上级单位完成率之差，正为好于上级", Better.MORE
    ),
    Measure("rank", "位次", "rank", "同指标同组内的名次，1为最好", whole=True),
    Measure("rank_from_bottom", "倒数位次", "rank", "同组内倒数名次，1为最差", whole=True),
    Measure("rank_change", "位次变化", "rank", "上期位次−本期位次，正为上升", whole=True),
    Measure("group_size", "参排单位数", "count", "同组内参与排名且已报送的单位数", whole=True),
)

MEASURES = {measure.name: measure for measure in _CATALOGUE}
"""Every measure by name. Quantities ("measure unit") are millionths in the frame and from `exact`, see `scale`."""

RANKS = frozenset({"rank", "rank_from_bottom", "rank_change", "group_size"})
"""Measures of a whole group, which no single standing has."""

_PROGRESS: dict[str, Callable[[Standing], Fraction | None]] = {
    "planned": progress.planned,
    "completion": progress.completion,
    "expected": progress.expected,
    "gap_pp": progress.gap_pp,
    "ratio": progress.ratio,
    "shortfall": progress.shortfall,
    "period_rate": progress.period_rate,
    "milestone_rate": progress.milestone_rate,
    "elapsed_share": lateness.elapsed_share,
    "change": progress.change,
    "growth": progress.growth,
}

_WHOLE: dict[str, Callable[[Standing, Workdays], int | None]] = {
    "actual": lambda standing, _: standing.actual,
    "target": lambda standing, _: standing.target,
    "overdue_days": lambda standing, _: lateness.overdue_days(standing),
    "overdue_workdays": lateness.overdue_workdays,
    "months_since_due": lambda standing, _: lateness.months_since_due(standing),
    "days_to_due": lambda standing, _: lateness.days_to_due(standing),
    "workdays_to_due": lateness.workdays_to_due,
    "milestones_due": lambda standing, _: standing.milestones_due,
    "milestones_met": lambda standing, _: standing.milestones_met,
    "milestones_unmet": lambda standing, _: standing.milestones_due - standing.milestones_met,
    "report_overdue_workdays": lateness.report_overdue_workdays,
    "stale_days": lambda standing, _: lateness.stale_days(standing),
}


def exact(standing: Standing, name: str, workdays: Workdays, reference: Standing | None = None) -> Fraction | None:
    """The measure's exact value, None where it has none; every measure but `RANKS` (KeyError for any other name).

    `reference` is the standing of the parent unit's target for the same indicator; only `reference_gap` asks for it.
    """
    if not MEASURES[name].always and state_of(standing) is not State.REPORTED:
        return None
    if name == "reference_gap":
        known = reference is not None and state_of(reference) is State.REPORTED
        return progress.reference_gap(standing, reference) if reference is not None and known else None
    if name in _PROGRESS:
        return _PROGRESS[name](standing)
    value = _WHOLE[name](standing, workdays)
    return None if value is None else Fraction(value)
