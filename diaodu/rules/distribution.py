"""Who may be sent which edition of a briefing (分发): the office's list says who gets it, these rules who may."""

from dataclasses import dataclass
from enum import StrEnum

from diaodu.rules.access import Role
from diaodu.rules.briefing import BriefingState, Circulation

UNIT_OF = "unit:"
"""How a unit's own sheet is called: unit:<code>."""


class Edition(StrEnum):
    """What of a briefing somebody gets."""

    FULL = "full"  # 全本
    LEADER = "leader"  # 领导专页
    UNIT = "unit"  # 单位反馈: the reader's own unit, and no other


class Withheld(StrEnum):
    """Why a reader is not sent an edition."""

    NOT_LISTED = "not_listed"
    INACTIVE = "inactive"
    WITHDRAWN = "withdrawn"
    INTERNAL = "internal"  # not for units
    OTHER_UNIT = "other_unit"
    NO_UNIT = "no_unit"  # whoever belongs to none has no own sheet


@dataclass(frozen=True, slots=True)
class Reader:
    """A person as they are now; `unit` is a code, None for the office's own people and its leaders."""

    person_id: int
    role: Role
    unit: str | None
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: an edition for everybody in a role, or for one person."""

    edition: Edition
    role: Role | None
    person_id: int | None
    kind: str | None = None  # of briefing; None is every kind

    def names(self, reader: Reader, kind: str) -> bool:
        return self.kind in (None, kind) and (reader.role is self.role or reader.person_id == self.person_id)


def called(edition: Edition, unit: str | None = None) -> str:
    """What a file or a copy of an edition is called."""
    return f"{UNIT_OF}{unit}" if edition is Edition.UNIT else edition.value


def edition_of(name: str) -> tuple[Edition, str | None]:
    """The edition called so, and the unit it is about."""
    return (Edition.UNIT, name.removeprefix(UNIT_OF)) if name.startswith(UNIT_OF) else (Edition(name), None)


def withheld(
    name: str, reader: Reader, is_listed: bool, circulation: Circulation, state: BriefingState
) -> Withheld | None:
    """Why this reader may not be sent the edition called `name`; None when they may."""
    edition, about = edition_of(name)
    whole, own = edition is Edition.FULL, edition is Edition.UNIT
    outside = reader.unit is not None and not own and not (whole and circulation is Circulation.UNITS)
    reasons = {
        Withheld.WITHDRAWN: state in (BriefingState.WITHDRAWN, BriefingState.DISCARDED),
        Withheld.INACTIVE: not reader.is_active,
        Withheld.NO_UNIT: own and reader.unit is None,
        Withheld.OTHER_UNIT: own and reader.unit != about,
        Withheld.INTERNAL: outside,
        Withheld.NOT_LISTED: not is_listed,
    }
    return next((why for why, holds in reasons.items() if holds), None)
