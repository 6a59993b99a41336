"""What requests, acts of review and refusals are called when people read of them."""

from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.rules.request import RequestAct, RequestState, Timeliness
from diaodu.rules.review import Refusal

STATES = {
    RequestState.AWAITED: _("待报"),
    RequestState.SUBMITTED: _("已报"),
    RequestState.APPROVED: _("单位已审"),
    RequestState.CHECKED: _("牵头单位已核"),
    RequestState.CONFIRMED: _("考核办已定"),
    RequestState.RETURNED: _("已退回"),
    RequestState.MISSING: _("缺报"),
    RequestState.SPARED: _("免报"),
    RequestState.WITHDRAWN: _("已撤销"),
}

ACTS = {
    RequestAct.ASK: _("布置"),
    RequestAct.SPARE: _("免报"),
    RequestAct.SUBMIT: _("报送"),
    RequestAct.APPROVE: _("单位审核"),
    RequestAct.CHECK: _("牵头核对"),
    RequestAct.CONFIRM: _("审定"),
    RequestAct.RETURN: _("退回"),
    RequestAct.CLOSE: _("到期关闭"),
    RequestAct.WITHDRAW: _("撤销"),
    RequestAct.CORRECT: _("更正"),
}

ROLES = {
    Role.OFFICE: _("考核办"),
    Role.LEAD: _("牵头单位"),
    Role.REPORTER: _("单位填报人"),
    Role.REVIEWER: _("单位审核人"),
    Role.LEADER: _("领导"),
    Role.AUDITOR: _("审计"),
    Role.ADMIN: _("管理员"),
}

TIMELINESS = {Timeliness.ON_TIME: _("按时"), Timeliness.LATE: _("迟报"), Timeliness.MISSING: _("未报")}

REFUSALS = {
    Refusal.NO_NAME: _("请写明经办人。"),
    Refusal.NOT_YOUR_PART: _("{act}不由{role}办理。"),
    Refusal.OTHER_UNIT: _("{act}只办本单位的数据。"),
    Refusal.NOT_THE_LEAD: _("只有该指标的牵头单位可以这样办。"),
    Refusal.LOCKED: _("已审定；请申请更正。"),
    Refusal.NOT_FROM_HERE: _("现为“{state}”，不能{act}。"),
    Refusal.PASSED_ON: _("现为“{state}”，已进入下一环节，由后一环节退回。"),
    Refusal.NO_REASON: _("{act}须写明理由。"),
    Refusal.OWN_WORK: _("谁填报谁不审核：{actor}报送了这个数，不能由本人{act}。"),
    Refusal.BEFORE_LAST: _("办理时间早于上一步。"),
}
