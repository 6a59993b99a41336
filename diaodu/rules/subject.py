"""Whom a verdict, and so a warning, is about: one target of a unit, or the unit as a whole (研判对象)."""

from typing import NamedTuple


class Subject(NamedTuple):
    """Exactly one of the two is set."""

    target_id: int | None = None
    unit_id: int | None = None
