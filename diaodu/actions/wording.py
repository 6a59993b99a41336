"""What warnings, acts and causes are called when people read of them."""

from diaodu.language import _
from diaodu.rules.deduction import DeductionReason
from diaodu.rules.exemption import Exemption
from diaodu.rules.extension import ExtensionState
from diaodu.rules.judgement import JudgementKind
from diaodu.rules.meeting import MeetingKind
from diaodu.rules.rescheduling import Shift
from diaodu.rules.routing import DeliveryReason, DeliveryState
from diaodu.rules.trajectory import Trajectory
from diaodu.rules.warning import Act, Cause, WarningState
from diaodu.rules.warning_leg import WarningLeg

STATES = {
    WarningState.PROPOSED: _("待审核"),
    WarningState.ISSUED: _("已发出"),
    WarningState.ACKNOWLEDGED: _("已签收"),
    WarningState.PLANNED: _("已报整改计划"),
    WarningState.EVIDENCED: _("已报整改佐证"),
    WarningState.VERIFIED: _("已核验"),
    WarningState.CLOSED: _("已销号"),
    WarningState.RETURNED: _("已退回"),
    WarningState.EXEMPTED: _("已豁免"),
    WarningState.WITHDRAWN: _("已撤回"),
}

ACTS = {
    Act.ISSUE: _("审核发出"),
    Act.CHANGE_LEVEL: _("改级发出"),
    Act.POSTPONE: _("暂缓"),
    Act.DECLINE: _("不予升级"),
    Act.ACKNOWLEDGE: _("签收"),
    Act.PLAN: _("报送整改计划"),
    Act.EVIDENCE: _("报送整改佐证"),
    Act.APPLY: _("申请消警"),
    Act.VERIFY: _("核验通过"),
    Act.RETURN: _("退回"),
    Act.CLOSE: _("销号"),
    Act.EXEMPT: _("豁免"),
    Act.WITHDRAW: _("撤回"),
    Act.HAND_OVER: _("移交"),
}

EXEMPTIONS = {
    Exemption.FORCE_MAJEURE: _("不可抗力"),
    Exemption.EXTENSION: _("延期"),
    Exemption.OTHER: _("其他"),
}

CAUSES = {
    Cause.OPENED: _("新发"),
    Cause.WORSENED: _("升级"),
    Cause.EASED: _("降级"),
    Cause.LADDER: _("到期未回复升级"),
    Cause.RECOVERED: _("恢复销号"),
    Cause.EXEMPTION_OVER: _("豁免到期"),
    Cause.UNACKNOWLEDGED: _("签收失效"),
    Cause.RESCHEDULED: _("工作日调整，时限改期"),
    Cause.BY_PERSON: _("人工办理"),
    Cause.UNCHANGED: _("等级未变"),
    Cause.FINE: _("无需预警"),
    Cause.DATA_LATE: _("数据未报，暂不研判"),
    Cause.AWAITED: _("数据待报"),
    Cause.SOURCE_DOWN: _("数据源未供数"),
    Cause.NOTHING_TO_JUDGE: _("不适用或未开始"),
    Cause.NO_LEVEL: _("规则未设等级"),
    Cause.UNANSWERED: _("通知书逾期未回复，不予降级"),
    Cause.AWAITS_RELEASE: _("数据已好转，待人工销号"),
    Cause.AWAITS_PERIODS: _("数据已好转，期数未满"),
    Cause.EXEMPT: _("豁免期内"),
    Cause.SETTLED: _("已有人工决定"),
    Cause.SUPERSEDED: _("已有更晚的研判"),
    Cause.SHOWN_ONLY: _("只列示不考核"),
}

EXTENSIONS = {
    ExtensionState.REQUESTED: _("待批"),
    ExtensionState.APPROVED: _("已批准"),
    ExtensionState.REFUSED: _("未批准"),
}

LEGS = {
    WarningLeg.REVIEW: _("审核"),
    WarningLeg.SIGN: _("签收"),
    WarningLeg.PLAN: _("报送整改计划"),
    WarningLeg.EVIDENCE: _("报送整改佐证"),
    WarningLeg.VERIFY: _("核验销号"),
}

TRAJECTORIES = {
    Trajectory.MONTHS: _("按月均衡"),
    Trajectory.DAYS: _("按日均衡"),
    Trajectory.STEP: _("节点阶梯"),
    Trajectory.INTERPOLATED: _("节点内插"),
    Trajectory.FLAT: _("全期同标"),
}

MEETINGS = {MeetingKind.INTERVIEW: _("约谈"), MeetingKind.VISIT: _("走访")}

DEDUCTIONS = {
    DeductionReason.ISSUED: _("发出扣分"),
    DeductionReason.RAISED: _("升级补扣"),
    DeductionReason.WITHDRAWN: _("撤回返还"),
}

JUDGEMENTS = {JudgementKind.JUDGEMENT: _("人工研判"), JudgementKind.FLAG: _("外部情形")}

DELIVERIES = {
    DeliveryState.PENDING: _("待发送"),
    DeliveryState.CLAIMED: _("发送中"),
    DeliveryState.SENT: _("已送达"),
    DeliveryState.FAILED: _("未送达"),
}

DELIVERY_REASONS = {
    DeliveryReason.RETRY: _("对方暂时收不了，稍后再试"),
    DeliveryReason.RATE: _("发得太密，按频率限制等待"),
    DeliveryReason.QUIET_HOURS: _("静默时段，下一工作日早上再发"),
    DeliveryReason.DIGEST: _("并入汇总"),
    DeliveryReason.FELL_BACK: _("已改走其他渠道"),
    DeliveryReason.NOBODY: _("无处可达，需要人工处理"),
}

SHIFTS = {
    Shift.LATER: "顺延",
    Shift.EARLIER: "提前",
    Shift.TODAY: "提前至当天",
    Shift.CONFIRMED: "日期不变，不再暂定",
}
"""What became of a deadline, as people read it."""
