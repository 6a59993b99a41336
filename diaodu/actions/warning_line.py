"""One warning that waits, in one sentence: which, what for, until when, and how late that is."""

from dataclasses import dataclass
from datetime import date

from diaodu.actions.directory import Directory
from diaodu.actions.wording import LEGS
from diaodu.rules import phrase
from diaodu.rules.level import Level, Policy
from diaodu.rules.notice import WHOLE_UNIT
from diaodu.rules.obligation import level_of
from diaodu.rules.warning_leg import Waiting
from diaodu.rules.workday import Workdays
from diaodu.storage.warning_waiting import Open


@dataclass(frozen=True, slots=True)
class Lines:
    """What sentences about waiting warnings are made of."""

    names: Directory
    policy: Policy | None
    workdays: Workdays
    today: date

    def line(self, of: Open, waits: Waiting) -> str:
        """“预警5，西区重点项目投资（黄灯）：应于11月9日前签收，已逾期1个工作日。”"""
        level = self._level(of)
        name = level.name if level else of.warning.level
        guess = "（时限暂定）" if self.workdays.is_provisional(waits.due) else ""
        owner = f"，责任人{of.warning.owner}" if of.warning.owner else ""
        about = f"{self.names.unit(of.unit_id)}{self._matter(of)}（{name}{owner}）"
        due = phrase.day(waits.due, self.today)
        return f"预警{of.warning.id}，{about}：应于{due}前{LEGS[waits.leg]}{guess}，{self._time(waits.due)}。"

    def _level(self, of: Open) -> Level | None:
        if self.policy is None:
            return None
        policy = self.policy if of.warning.unit_id is None else self.policy.for_units
        return level_of(policy, of.warning.level)

    def _matter(self, of: Open) -> str:
        return WHOLE_UNIT if of.indicator_id is None else self.names.indicator(of.indicator_id)

    def _time(self, due: date) -> str:
        if self.today > due:
            late = self.workdays.between(due, self.today)
            return f"已逾期{late}个工作日" if late else "已逾期"
        if self.today == due:
            return "今天到期"
        return f"还有{self.workdays.between(self.today, due)}个工作日"
