"""What the steps before a meeting are called, how they stand, and why one is not called."""

from diaodu.language import _
from diaodu.rules.conference import LONGEST_LEAD, ConferenceRefusal, Preparation, Readiness

STEPS = {
    Preparation.CLOSE: _("报送截止"),
    Preparation.CHECK: _("研判"),
    Preparation.DRAFT: _("拟稿"),
    Preparation.APPROVE: _("审核"),
    Preparation.OUT: _("印发"),
    Preparation.HOLD: _("开会"),
}
READINESS = {
    Readiness.DONE: _("已完成"),
    Readiness.AHEAD: _("未到时限"),
    Readiness.DUE: _("今日到期"),
    Readiness.LATE: _("逾期"),
    Readiness.BLOCKED: _("等上一步"),
}
_REFUSALS = {
    ConferenceRefusal.NO_NAME: _("请写明经办人。"),
    ConferenceRefusal.NO_PERSON: _("请写明拟稿人、审核人和签发人。"),
    ConferenceRefusal.SAME_PERSON: _("拟稿人不能审核、签发自己的稿子。"),
    ConferenceRefusal.NO_LEAD: _("会前印发提前量应为 1 到 {longest} 个工作日。"),
    ConferenceRefusal.REST_DAY: _("{day} 是休息日。"),
    ConferenceRefusal.TOO_SOON: _("来不及：按提前量，{close} 就该报送截止。"),
    ConferenceRefusal.BEFORE_DATA: _("截至日 {as_of} 晚于报送截止日 {close}，数据还没有。"),
    ConferenceRefusal.CALLED_OFF: _("这次调度会已取消。"),
    ConferenceRefusal.NOT_HELD: _("会议还没有开（{day}）。"),
    ConferenceRefusal.NO_REASON: _("请写明理由。"),
}


class NotCalled(Exception):
    """A meeting is not called, called off or minuted, and why, in words for the person who wanted it."""


def refused(why: ConferenceRefusal, **said: object) -> NotCalled:
    """The refusal in words."""
    return NotCalled(_REFUSALS[why].format(**{"longest": LONGEST_LEAD} | said))
