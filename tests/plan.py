"""Plans for tests of any room, written straight into the tables: a builder, and one small plan to begin with.

Amounts are in measure units (`"35.9"`), days and moments are the builder's defaults unless given.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from diaodu.rules.access import Role
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.indicator import Direction, Kind, RollUp
from diaodu.rules.quantity import to_micro
from diaodu.rules.ranking import TiePolicy
from diaodu.rules.request import RequestState
from diaodu.rules.trajectory import Trajectory
from models.collection import Collection
from models.collection_version import CollectionVersion
from models.definition import Definition
from models.group import Group
from models.indicator import Indicator
from models.milestone import Milestone
from models.period import Period
from models.person import Person
from models.report import Report
from models.request import Request
from models.scheme import Scheme
from models.scheme_version import SchemeVersion
from models.target import Target
from models.target_version import TargetVersion
from models.unit import Unit
from models.unit_version import UnitVersion

Amount = Decimal | int | str
STARTS, ENDS = date(2023, 1, 1), date(2023, 12, 31)
RECORDED = datetime(2023, 1, 5, 1, tzinfo=UTC)


class Plan:
    """Adds rows to one scheme; every method returns the id of what it added. Keywords override columns."""

    def __init__(self, session: Session, code: str = "2023", recorded_at: datetime = RECORDED, **columns: Any) -> None:
        self.session = session
        self.recorded_at = recorded_at
        self.scheme_id = self._add(Scheme(code=code))
        self.groups: dict[str, int] = {}
        defaults: dict[str, Any] = {
            "name": "高质量发展考核",
            "starts": STARTS,
            "ends": ENDS,
            "cadence": Cadence.MONTHLY,
            "report_due": "5 workdays",
            "rest_day": RestDay.AFTER,
            "ranking_measure": "completion",
            "tie": TiePolicy.COMPETITION,
            "issuer": "某区考核工作领导小组办公室",
            "masthead": "考核工作简报",
            "number_prefix": "某考办",
        }
        self._add(SchemeVersion(scheme_id=self.scheme_id, **self._dated(defaults | columns)))

    def collection(self, code: str, **columns: Any) -> int:
        """A calendar of its own; give it to indicators as `collection_id`."""
        collection_id = self._add(Collection(scheme_id=self.scheme_id, code=code))
        defaults: dict[str, Any] = {
            "name": code,
            "cadence": Cadence.WEEKLY,
            "report_due": "2 workdays",
            "rest_day": RestDay.AFTER,
        }
        self._add(CollectionVersion(collection_id=collection_id, **self._dated(defaults | columns)))
        return collection_id

    def period(self, as_of: date, unit_due: date, collection_id: int | None = None, **columns: Any) -> int:
        """An open round of collection, without any request."""
        defaults: dict[str, Any] = {
            "opens": as_of + timedelta(days=1),
            "provisional": False,
            "opened_at": datetime(as_of.year, as_of.month, as_of.day, 17, tzinfo=UTC),
        }
        period = {"scheme_id": self.scheme_id, "collection_id": collection_id, "as_of": as_of, "unit_due": unit_due}
        return self._add(Period(**(defaults | period | columns)))

    def request(self, period_id: int, target_id: int, due: date, **columns: Any) -> int:
        """What a period asks of a target's unit; awaited unless columns say otherwise."""
        target = self.session.get_one(Target, target_id)
        asked_at = datetime(due.year, due.month, due.day, tzinfo=UTC) - timedelta(days=5)
        defaults: dict[str, Any] = {"fields": 1, "state": RequestState.AWAITED, "asked_at": asked_at}
        request = {"period_id": period_id, "target_id": target_id, "unit_id": target.unit_id, "due": due}
        return self._add(Request(**(defaults | request | columns)))

    def person(self, name: str, unit_id: int | None = None, role: Role = Role.REPORTER, **columns: Any) -> int:
        """A work contact; without a unit one of the office's own."""
        return self._add(Person(scheme_id=self.scheme_id, unit_id=unit_id, name=name, role=role, **columns))

    def group(self, name: str) -> int:
        """The group of this name, made when it is new."""
        if name not in self.groups:
            self.groups[name] = self._add(Group(scheme_id=self.scheme_id, name=name))
        return self.groups[name]

    def unit(self, code: str, group: str | None = None, **columns: Any) -> int:
        unit_id = self._add(Unit(scheme_id=self.scheme_id, code=code))
        self.rename_unit(unit_id, columns.pop("name", code), group, **({"position": unit_id} | columns))
        return unit_id

    def rename_unit(self, unit_id: int, name: str, group: str | None = None, **columns: Any) -> int:
        """A further version of a unit."""
        group_id = None if group is None else self.group(group)
        defaults = {"name": name, "group_id": group_id, "ranked": True, "parent_id": None, "position": unit_id}
        return self._add(UnitVersion(unit_id=unit_id, **self._dated(defaults | columns)))

    def indicator(self, code: str, **columns: Any) -> int:
        indicator_id = self._add(Indicator(scheme_id=self.scheme_id, code=code))
        self.define(indicator_id, **({"name": code} | columns))
        return indicator_id

    def define(self, indicator_id: int, **columns: Any) -> int:
        """A further version of an indicator's definition."""
        defaults = {
            "name": "指标",
            "kind": Kind.CUMULATIVE,
            "direction": Direction.HIGHER,
            "roll_up": RollUp.SUM,
            "measure_unit": "亿元",
            "decimals": 1,
            "position": indicator_id,
        }
        return self._add(Definition(indicator_id=indicator_id, **self._dated(defaults | columns)))

    def target(self, indicator_id: int, unit_id: int, value: Amount | None, **columns: Any) -> int:
        target_id = self._add(Target(indicator_id=indicator_id, unit_id=unit_id))
        self.retarget(target_id, value, **columns)
        return target_id

    def retarget(self, target_id: int, value: Amount | None, **columns: Any) -> int:
        """A further version of a target."""
        defaults = {"baseline": 0, "trajectory": Trajectory.MONTHS, "start": STARTS, "due": ENDS, "upper": None}
        columns = defaults | columns
        amounts = {"value": _micro(value), "baseline": _micro(columns["baseline"]), "upper": _micro(columns["upper"])}
        return self._add(TargetVersion(target_id=target_id, **self._dated(columns | amounts)))

    def milestones(
        self,
        target_id: int,
        steps: Sequence[tuple[date, Amount]],
        revision: int = 1,
        recorded_at: datetime | None = None,
    ) -> None:
        """One revision of a target's milestones: (due, planned cumulative value)."""
        for position, (due, planned) in enumerate(steps, 1):
            self._add(
                Milestone(
                    target_id=target_id,
                    revision=revision,
                    position=position,
                    name=f"节点{position}",
                    due=due,
                    planned=to_micro(planned),
                    recorded_at=recorded_at or self.recorded_at,
                )
            )

    def report(
        self, target_id: int, as_of: date, value: Amount | None, recorded_at: datetime | None = None, **columns: Any
    ) -> int:
        defaults = {"origin": "test", "recorded_by": "test"}
        moment = recorded_at or datetime(as_of.year, as_of.month, as_of.day, 12, tzinfo=UTC)
        return self._add(
            Report(target_id=target_id, as_of=as_of, value=_micro(value), recorded_at=moment, **(defaults | columns))
        )

    def _dated(self, columns: dict[str, Any]) -> dict[str, Any]:
        return {"effective_from": STARTS, "recorded_at": self.recorded_at} | columns

    def _add(self, row: Any) -> int:
        self.session.add(row)
        self.session.flush()
        return int(row.id)


def _micro(value: Amount | None) -> int | None:
    return None if value is None else to_micro(value)


class SmallPlan(Plan):
    """Two ranked units, a total, and two indicators: investment spread by months, projects by three milestones.

    Reports as of 31 October: the east district is ahead, the west behind and silent on projects.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.total = self.unit("total", name="合计", ranked=False)
        self.east = self.unit("east", "城区", name="东区", parent_id=self.total)
        self.west = self.unit("west", "城区", name="西区", parent_id=self.total)
        self.investment = self.indicator("investment", name="重点项目投资")
        self.projects = self.indicator("projects", name="开工项目", kind=Kind.COUNT, measure_unit="个", decimals=0)
        self.invested = {
            unit: self.target(self.investment, unit, value)
            for unit, value in ((self.total, 200), (self.east, 120), (self.west, 80))
        }
        self.started = {
            unit: self.target(self.projects, unit, 12, trajectory=Trajectory.STEP) for unit in (self.east, self.west)
        }
        for target_id in self.started.values():
            self.milestones(target_id, [(date(2023, 4, 30), 2), (date(2023, 9, 30), 8), (ENDS, 12)])
        october = date(2023, 10, 31)
        for unit, value in ((self.total, "155.5"), (self.east, "105.5"), (self.west, 50)):
            self.report(self.invested[unit], october, value)
        self.report(self.started[self.east], october, 9)
