"""What a briefing's states, steps and refusals are called when people read of them."""

from diaodu.language import _
from diaodu.rules.briefing import BriefingAct, BriefingRefusal, BriefingState, Circulation
from diaodu.rules.distribution import Edition, Withheld

STATES = {
    BriefingState.DRAFTED: _("草稿"),
    BriefingState.REVIEWED: _("已审核"),
    BriefingState.ISSUED: _("已印发"),
    BriefingState.WITHDRAWN: _("已撤回"),
    BriefingState.DISCARDED: _("已作废"),
}
ACTS = {
    BriefingAct.DRAFT: _("拟稿"),
    BriefingAct.EDIT: _("修改"),
    BriefingAct.REVIEW: _("审核"),
    BriefingAct.RETURN: _("退回"),
    BriefingAct.ISSUE: _("签发"),
    BriefingAct.RELEASE: _("自动印发"),
    BriefingAct.CORRECT: _("更正"),
    BriefingAct.WITHDRAW: _("撤回"),
    BriefingAct.DISCARD: _("作废"),
}
CIRCULATIONS = {Circulation.UNITS: _("发各责任单位"), Circulation.INTERNAL: _("内部")}
EDITIONS = {Edition.FULL: _("全本"), Edition.LEADER: _("领导专页"), Edition.UNIT: _("单位反馈")}
WITHHELD = {
    Withheld.NOT_LISTED: _("不在分发名单"),
    Withheld.INACTIVE: _("联系人已停用"),
    Withheld.WITHDRAWN: _("简报已撤回"),
    Withheld.INTERNAL: _("不发单位"),
    Withheld.OTHER_UNIT: _("不是本单位的"),
    Withheld.NO_UNIT: _("不属于任何单位"),
}
_REFUSALS = {
    BriefingRefusal.NOT_FROM_HERE: _("简报现为“{state}”，不能这样办。"),
    BriefingRefusal.NO_NAME: _("请写明经办人。"),
    BriefingRefusal.NO_REASON: _("请写明理由。"),
    BriefingRefusal.OWN_DRAFT: _("拟稿和修改的人不能审核、签发自己的稿子：{actor}。"),
    BriefingRefusal.BEFORE_LAST: _("时间早于上一步（{last}）。"),
    BriefingRefusal.NO_PARAGRAPH: _("没有第 {number} 段；正文共 {count} 段。"),
    BriefingRefusal.NO_TEXT: _("请写明这一段改成什么。"),
    BriefingRefusal.SAME_TEXT: _("这一段没有变化。"),
    BriefingRefusal.STRAY_NUMBER: _("修改过的段落里有没有依据的数字：\n{faults}"),
    BriefingRefusal.PERSONAL: _("印发的简报不写个人信息，请去掉：{found}。"),
    BriefingRefusal.NOTHING_CHANGED: _("数据没有变化，没有可更正的内容。"),
    BriefingRefusal.OPEN_DRAFT: _("这一天已有待办的草稿，编号 {id}；请先印发或作废。"),
}


class NotTaken(Exception):
    """A step on a briefing is not taken, and why, in words for the person who wanted it."""


def refused(why: BriefingRefusal, **said: object) -> NotTaken:
    """The refusal in words."""
    state = said.get("state")
    told = said | {"state": STATES[state]} if isinstance(state, BriefingState) else said
    return NotTaken(_REFUSALS[why].format(**told))
