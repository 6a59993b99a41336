"""What is said when a number is asked for outside the calendar, and when it is not."""

from dataclasses import dataclass
from datetime import date

from diaodu.actions.directory import Directory
from diaodu.language import _
from diaodu.rules.asking import AskRefusal, Limits, Number, Wish
from diaodu.rules.quantity import plain
from diaodu.rules.request import RequestState

REFUSALS = {
    AskRefusal.NO_REASON: _("未写理由"),
    AskRefusal.DUE_PASSED: _("时限已过"),
    AskRefusal.DUE_TOO_EARLY: _("时限早于截至日，那一天还没有数"),
    AskRefusal.NO_TARGET: _("该单位没有这项目标"),
    AskRefusal.KNOWN: _("已有该日数据"),
    AskRefusal.SUPPLIED: _("由数据源供数"),
    AskRefusal.OWED: _("已经布置"),
    AskRefusal.SHORT_NOTICE: _("提前量不足"),
    AskRefusal.OVER_CAP: _("超过每周上限"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """Says why a number is not asked for, with where it is to be found instead."""

    names: Directory
    limits: Limits
    units: dict[int, str]
    """Measure units by indicator id."""
    rounds: dict[int, str]
    """Rounds by id, as people call them."""

    def words(self, number: Number, reasons: tuple[AskRefusal, ...]) -> str:
        return "；".join(self._one(number, reason) for reason in reasons)

    def _one(self, number: Number, reason: AskRefusal) -> str:
        head = REFUSALS[reason]
        if reason is AskRefusal.KNOWN and number.known:
            value = plain(number.known.value) + self.units.get(number.indicator_id, "")
            said = _("{head}：{value}，来自{origin}，{since}入库")
            return said.format(head=head, value=value, origin=number.known.origin, since=number.known.since)
        if reason is AskRefusal.SUPPLIED:
            return _("{head}：{source}").format(head=head, source=number.source)
        if reason is AskRefusal.OWED and number.owed:
            said = (
                _("{head}：{round}，应于{due}前报送，缺报")
                if _is_missing(number)
                else _("{head}：{round}，应于{due}前报送")
            )
            return said.format(head=head, round=self.rounds[number.owed.period_id], due=number.owed.due)
        if reason is AskRefusal.SHORT_NOTICE:
            return short(number.lead, self.limits)
        if reason is AskRefusal.OVER_CAP:
            return _("{head}：每周最多{most}项").format(head=head, most=self.limits.most_requests)
        return head


def _is_missing(number: Number) -> bool:
    return number.owed is not None and number.owed.state is RequestState.MISSING


def short(lead: int, limits: Limits) -> str:
    """How much notice there is, and how much there should be."""
    said = _("提前量不足：距时限{lead}个工作日，至少应提前{least}个工作日")
    return said.format(lead=lead, least=limits.minimum_lead)


def general(reason: AskRefusal, wish: Wish) -> str:
    """Why nothing at all can be asked for like this."""
    days = {
        AskRefusal.DUE_PASSED: _("{head}：时限 {due} 早于今天 {today}"),
        AskRefusal.DUE_TOO_EARLY: _("{head}：时限 {due}，截至日 {as_of}"),
    }
    said = days.get(reason, "{head}")
    return said.format(head=REFUSALS[reason], due=wish.due, today=wish.today, as_of=wish.as_of)


def day_of(day: date) -> str:
    """A day as lines of a message say it."""
    return f"{day.year}年{day.month}月{day.day}日"
