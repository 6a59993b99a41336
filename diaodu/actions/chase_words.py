"""How the chase list is read: how late, what comes next, and whom to ring."""

from collections.abc import Sequence

from diaodu.actions.chase_list import Chased
from diaodu.language import _
from diaodu.rules.access import Role
from diaodu.rules.reminder import Leg
from models.person import Person

LEGS = {Leg.UNIT: _("单位报送"), Leg.LEAD: _("牵头核对")}
AUDIENCES = {Role.REPORTER: _("本单位"), Role.REVIEWER: _("审核人"), Role.LEADER: _("领导")}
ABOVE = _("上级领导")


def lateness(one: Chased) -> str:
    """已逾期3个工作日, 今天到期, 还有2个工作日."""
    if one.late > 0:
        return _("逾期{n}个工作日").format(n=one.late)
    return _("还有{n}个工作日").format(n=-one.late) if one.late < 0 else _("时限已到")


def next_named(one: Chased) -> str:
    """On which day who is told next; 现在 when the step has come and nobody took it yet."""
    if one.step is None:
        return _("无，等待关闭")
    rung = one.step.rung
    who = ABOVE if rung.above else AUDIENCES[rung.to]
    if one.is_due:
        return _("现在：提醒{who}").format(who=who)
    return _("{day} 提醒{who}").format(day=one.step.planned_on, who=who)


def contact(people: Sequence[Person]) -> str | None:
    """Name and how to reach them, everybody whose work it is."""
    return "；".join(" ".join(filter(None, (p.name, p.phone or p.mail))) for p in people) or None
