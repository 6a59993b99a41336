"""What corrections, refusals and reasons of verdicts are called when people read of them."""

from diaodu.language import _
from diaodu.rules.correction import CorrectionState, Refusal
from diaodu.rules.verdict import Reason

STATES = {
    CorrectionState.REQUESTED: _("待批"),
    CorrectionState.APPROVED: _("已批准"),
    CorrectionState.REFUSED: _("未批准"),
}

REFUSALS = {
    Refusal.NO_NAME: _("请写明经办人。"),
    Refusal.NO_REASON: _("请写明理由。"),
    Refusal.NOT_YOUR_PART: _("申请更正由本单位、牵头单位或考核办办理；批准由考核办办理。"),
    Refusal.NOT_CONFIRMED: _("这个数还没有审定，直接重新报送即可。"),
    Refusal.SAME_VALUE: _("与现有的数相同，没有可更正的。"),
    Refusal.INVALID: _("更正后的数有差错："),
    Refusal.DOUBTFUL: _("更正后的数有疑问；请核实，确属实的写明核实说明："),
    Refusal.PENDING: _("这个数已有一件更正待批。"),
    Refusal.DECIDED: _("这件更正已有决定。"),
    Refusal.OWN_REQUEST: _("谁申请谁不批准；请由考核办另一人决定。"),
    Refusal.MOVED_ON: _("申请之后这个数又变动过；请重新申请。"),
    Refusal.BEFORE_ASKED: _("决定时间早于申请时间或数据入库时间。"),
}

REASONS = {
    Reason.LEVEL_MATCHED: _("符合等级条件"),
    Reason.NO_LEVEL_MATCHED: _("无对应等级"),
    Reason.NO_POLICY: _("没有施行的规则"),
    Reason.NOT_REPORTED: _("未报送"),
    Reason.AWAITED: _("待报送"),
    Reason.SOURCE_DOWN: _("数据源未供数"),
    Reason.NO_TARGET: _("不适用"),
    Reason.NOT_STARTED: _("未开始"),
}
