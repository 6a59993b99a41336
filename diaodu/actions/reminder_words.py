"""What reminders say: one sentence a round, naming everything that is owed in it and how its deadline stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from diaodu.actions.directory import Directory
from diaodu.rules import phrase
from diaodu.rules.notice import Item
from diaodu.rules.reminder import Leg
from diaodu.rules.request import RequestState
from diaodu.rules.workday import Workdays
from diaodu.storage.owing import Debt
from models.period import Period

TO_DO = {Leg.UNIT: "报送", Leg.LEAD: "核对"}
UNDONE = {Leg.UNIT: "未报送", Leg.LEAD: "待核对"}


@dataclass(frozen=True, slots=True)
class Words:
    """Everything sentences are made of. `calendar_of`: the working days of a unit."""

    names: Directory
    periods: Mapping[int, Period]
    reasons: Mapping[int, str]
    calendar_of: Callable[[int], Workdays]
    today: date

    def lines(self, debts: Sequence[Debt]) -> list[str]:
        """One sentence for every round and deadline."""
        dated = sorted(debts, key=_round)
        return [self._line(list(group)) for _, group in groupby(dated, key=_round)]

    def item(self, debt: Debt) -> Item:
        """An overdue number as a formal letter lists it."""
        name, period = self.names.indicator(debt.indicator_id), self.periods[debt.period_id]
        due = phrase.day(debt.due, self.today)
        words = f"截至{phrase.day(period.as_of, self.today)}的{name}应于{due}前报送，至今未报{self._reason(debt)}"
        return Item(warning_id=None, indicator=name, words=f"{words}，{self._time(debt)}。")

    def summary(self, debts: Sequence[Debt], of: int, remark: str) -> str:
        """What one unit owes, as those above it read of it; `remark` follows the head."""
        head = f"{self.names.unit(of)}{len(debts)}项{UNDONE[debts[0].leg]}{remark}。"
        return head + "".join(self.lines(debts))

    def _line(self, debts: list[Debt]) -> str:
        first, period = debts[0], self.periods[debts[0].period_id]
        calendar = self.names.calendar(period)
        head = f"{calendar}：" if calendar else ""
        guess = "（时限暂定）" if period.provisional else ""
        due = phrase.day(first.due, self.today)
        deadline = f"应于{due}前{TO_DO[first.leg]}{guess}，{self._time(first)}"
        day = phrase.day(period.as_of, self.today)
        return f"{head}截至{day}的数据{len(debts)}项，{deadline}：{self._named(debts)}。"

    def _named(self, debts: list[Debt]) -> str:
        if debts[0].leg is Leg.UNIT:
            return "、".join(f"{self.names.indicator(debt.indicator_id)}{self._reason(debt)}" for debt in debts)
        units: dict[int, list[str]] = {}
        for debt in debts:
            units.setdefault(debt.indicator_id, []).append(self.names.unit(debt.of_unit_id))
        return "、".join(f"{self.names.indicator(number)}（{'、'.join(of)}）" for number, of in units.items())

    def _reason(self, debt: Debt) -> str:
        if debt.state is not RequestState.RETURNED:
            return ""
        reason = self.reasons.get(debt.request_id)
        return f"（已退回：{reason}）" if reason else "（已退回）"

    def _time(self, debt: Debt) -> str:
        workdays = self.calendar_of(debt.unit_id)
        if self.today > debt.due:
            late = workdays.between(debt.due, self.today)
            return f"已逾期{late}个工作日" if late else "已逾期"
        if self.today == debt.due:
            return "今天到期"
        left = workdays.between(self.today, debt.due)
        return f"还有{left}个工作日" if left else "时限在休息日"


def _round(debt: Debt) -> tuple[date, int]:
    return debt.due, debt.period_id
