"""The sources there are. A new one is a file here, a line in this table, and a test of its contract."""

from collections.abc import Callable

from diaodu.sources import folder
from diaodu.sources.fault import SourceDown
from diaodu.sources.place import Place
from diaodu.sources.plan import PlanFile

Reader = Callable[[Place], list[PlanFile]]
"""Everything found at a place, file by file; a file that cannot be taken bears its faults. Raises SourceDown."""

SOURCES: dict[str, Reader] = {
    "folder": folder.read,
}

__all__ = ["SOURCES", "Place", "Reader", "SourceDown"]
