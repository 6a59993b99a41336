"""The sources there are. A new one is a file here, a line in this table, and a test of its contract."""

from collections.abc import Callable

from diaodu.sources import folder
from diaodu.sources.fault import SourceDown
from diaodu.sources.plan import PlanFile

Reader = Callable[[str], list[PlanFile]]
"""Reads a location completely, or raises SourceDown or Faults; never part of it."""

SOURCES: dict[str, Reader] = {
    "folder": folder.read,
}

__all__ = ["SOURCES", "Reader", "SourceDown"]
