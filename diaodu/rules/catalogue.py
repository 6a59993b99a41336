"""Every measure there is, with the Chinese name, unit and meaning that people read (测度目录)."""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.quantity import MICRO


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
    empty: str  # when it has no value, besides the states
    better: Better = Better.NEITHER
    always: bool = False  # known whatever the state; the others are empty unless the period's report is there
    whole: bool = False  # a whole number: Int64 in the frame, and beyond doubt there

    @property
    def scale(self) -> int:
        """What one unit of it is in the frame and from `exact`: quantities are kept in millionths."""
        return MICRO if self.unit == "measure unit" else 1


_NO_SHARE = "增速、区间指标，或目标值等于基数"
_NO_PLAN = "增速、区间指标，或序时目标不大于0"
_ALL_MET = "没有到期未完成的节点"
_NOT_RANKED = "不参与排名、未报送，或没有排名所依据的测度"

_CATALOGUE = (
    Measure("actual", "完成值", "measure unit", "截至日有效的填报值", "从未填报", Better.DIRECTION, True, True),
    Measure("target", "目标值", "measure unit", "截至日有效的目标", "没有目标", always=True, whole=True),
    Measure("planned", "序时目标", "measure unit", "按序时方式截至日应完成的值", "没有目标", always=True),
    Measure("completion", "完成率", "share", "(完成值−基数)÷(目标值−基数)", _NO_SHARE, Better.SHARE, always=True),
    Measure("expected", "序时进度", "share", "(序时目标−基数)÷(目标值−基数)", _NO_SHARE, always=True),
    Measure(
        "gap_pp",
        "与序时差距",
        "percentage points",
        "(完成率−序时进度)×100，正为超前、负为滞后；增速为完成值−序时目标；区间内为0，区间外为超出部分占最近界限之比的负数",
        "目标值等于基数（增速、区间除外），或区间缺上限",
        Better.MORE,
    ),
    Measure(
        "ratio", "序时完成比", "share", "完成值÷序时目标，1为达序时；逆向指标为序时目标÷完成值", _NO_PLAN, Better.MORE
    ),
    Measure("shortfall", "欠进度比例", "share", "(序时目标−完成值)÷序时目标；逆向指标反号", _NO_PLAN, Better.LESS),
    Measure(
        "period_rate",
        "当期完成率",
        "share",
        "本期增量÷本期计划增量；目标的首期从基数起算",
        "增速、区间指标，本期没有计划增量，或上期未报送",
        Better.SHARE,
    ),
    Measure(
        "milestone_rate",
        "节点完成率",
        "share",
        "(完成值−基数)÷(下一节点计划值−基数)；没有下一节点时用最近到期的节点",
        "没有节点，或节点计划值等于基数；增速、区间指标",
        Better.SHARE,
    ),
    Measure("overdue_days", "逾期天数", "days", "最早未完成节点到期以来的天数", _ALL_MET, Better.LESS, whole=True),
    Measure("overdue_workdays", "逾期工作日", "working days", "同上，按工作日", _ALL_MET, Better.LESS, whole=True),
    Measure("months_since_due", "逾期月数", "months", "同上，按整月", _ALL_MET, Better.LESS, whole=True),
    Measure(
        "days_to_due", "距到期天数", "days", "距下一节点的天数，没有时距目标时限", "时限已过", always=True, whole=True
    ),
    Measure("workdays_to_due", "距到期工作日", "working days", "同上，按工作日", "时限已过", always=True, whole=True),
    Measure(
        "elapsed_share",
        "时限已过比例",
        "share",
        "上一节点（或开始前一日）至下一节点之间已过天数的比例",
        "时限已过",
        always=True,
    ),
    Measure("milestones_due", "应完成节点数", "count", "截至日已到期的节点数", "从不", always=True, whole=True),
    Measure("milestones_met", "已完成节点数", "count", "已到期节点中完成的个数", "从不", Better.MORE, True, True),
    Measure("milestones_unmet", "未完成节点数", "count", "已到期节点中未完成的个数", "未报送", Better.LESS, whole=True),
    Measure(
        "report_overdue_workdays",
        "迟报工作日",
        "working days",
        "应报未报，从报送时限到已知时点的工作日",
        "没有逾期未报",
        always=True,
        whole=True,
    ),
    Measure("stale_days", "未更新天数", "days", "填报值未变化的天数", "从未填报", Better.LESS, always=True, whole=True),
    Measure("change", "较上期增量", "measure unit", "完成值−上期完成值", "上期未报送", Better.DIRECTION, whole=True),
    Measure(
        "growth",
        "同比增速",
        "share",
        "(完成值−上年同期值)÷上年同期值",
        "上年同期无数或不大于0；增速、比率、位次指标",
        Better.DIRECTION,
    ),
    Measure(
        "reference_gap",
        "与上级差距",
        "percentage points",
        "(完成率−上级单位完成率)×100，增速为完成值之差；正为好于上级",
        "没有上级、上级未报送，或没有完成率",
    ),
    Measure("rank", "位次", "rank", "同指标同组内的名次，1为最好", _NOT_RANKED, whole=True),
    Measure("rank_from_bottom", "倒数位次", "rank", "同组内倒数名次，1为最差", _NOT_RANKED, whole=True),
    Measure("rank_change", "位次变化", "rank", "上期位次−本期位次，正为上升", "本期或上期没有位次", whole=True),
    Measure("group_size", "参排单位数", "count", "同组内有位次的单位数", _NOT_RANKED, whole=True),
)

MEASURES = {measure.name: measure for measure in _CATALOGUE}
"""Every measure by name. Quantities ("measure unit") are millionths in the frame and from `exact`, see `scale`."""

RANKS = frozenset({"rank", "rank_from_bottom", "rank_change", "group_size"})
"""Measures of a whole group, which no single standing has."""
