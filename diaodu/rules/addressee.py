"""To whom a level's notice goes: places, and whose people in which role fill them (送达对象)."""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.access import Role


class Addressee(StrEnum):
    """A place that gets a notice."""

    REPORTER = "reporter"  # 填报人
    REVIEWER = "reviewer"  # 审核人
    LEADER = "leader"  # 单位领导
    LEAD = "lead"  # 牵头单位
    LEAD_LEADER = "lead_leader"  # 牵头单位领导
    PARENT = "parent"  # 上级单位领导
    OFFICE = "office"  # 考核办


class Side(StrEnum):
    """Whose people they are."""

    OWN = "own"  # 本单位
    LEAD = "lead"  # 牵头单位: the one that leads the indicator
    PARENT = "parent"  # 上级单位
    OFFICE = "office"  # 考核办


@dataclass(frozen=True, slots=True)
class Place:
    """Any of these roles, of the people on this side; `name` is what the office calls it."""

    name: str
    side: Side
    roles: frozenset[Role]


PLACES: dict[Addressee, Place] = {
    Addressee.REPORTER: Place("填报人", Side.OWN, frozenset({Role.REPORTER})),
    Addressee.REVIEWER: Place("审核人", Side.OWN, frozenset({Role.REVIEWER})),
    Addressee.LEADER: Place("领导", Side.OWN, frozenset({Role.LEADER})),
    Addressee.LEAD: Place("牵头单位", Side.LEAD, frozenset({Role.LEAD, Role.REPORTER})),
    Addressee.LEAD_LEADER: Place("牵头单位领导", Side.LEAD, frozenset({Role.LEADER})),
    Addressee.PARENT: Place("上级单位领导", Side.PARENT, frozenset({Role.LEADER})),
    Addressee.OFFICE: Place("考核办", Side.OFFICE, frozenset({Role.OFFICE})),
}
