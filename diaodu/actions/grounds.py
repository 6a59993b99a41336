"""What a person's decision on a warning rests on: the rules and the calendar of the day it is made."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.clock import office_day
from diaodu.rules.level import Level, Policy
from diaodu.rules.obligation import level_of
from diaodu.rules.policy import read_policy
from diaodu.rules.workday import Workdays
from diaodu.storage.holiday import workdays
from diaodu.storage.policy import policies
from diaodu.storage.scheme import scheme_in_force
from models.lag_warning import LagWarning
from models.scheme_version import SchemeVersion


@dataclass(frozen=True, slots=True)
class Grounds:
    """`policies` by code, each in its newest revision."""

    scheme_id: int
    scheme: SchemeVersion
    policies: dict[str, Policy]
    workdays: Workdays
    now: datetime

    def policy(self, warning: LagWarning) -> Policy | None:
        """The newest revision of the rule that was broken, as a unit meets it where a unit is warned as a whole."""
        policy = self.policies.get(warning.rule)
        return policy.for_units if policy and warning.unit_id is not None else policy

    def level(self, warning: LagWarning, code: str) -> Level | None:
        """The level as the newest revision of the rule has it."""
        policy = self.policy(warning)
        return level_of(policy, code) if policy else None

    @property
    def today(self) -> date:
        return office_day(self.now)


def grounds_of(session: Session, scheme_id: int, now: datetime) -> Grounds:
    scheme = scheme_in_force(session, scheme_id, office_day(now), now)
    newest = {version.code: version.document for version in reversed(policies(session, scheme_id, now))}
    rules = {code: read_policy(document, code) for code, document in newest.items()}
    return Grounds(scheme_id, scheme, rules, workdays(session), now)
