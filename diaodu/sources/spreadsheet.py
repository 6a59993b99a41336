"""A workbook or CSV file that somebody dropped or sent, as reports or with all that is wrong with it."""

from collections.abc import Sequence
from pathlib import PurePath

from diaodu.language import _
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.plan import PlanFile, reports_of
from diaodu.sources.reading import digest_of, read_files

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv"})

MOST_AT_ONCE = 200_000_000
"""Bytes of files held at a time."""


def is_spreadsheet(name: str) -> bool:
    """Whether a file is meant to be read, by its name; not a hidden file, nor the lock file of an open workbook."""
    return PurePath(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$"))


def handed_in(name: str, data: bytes, sender: str | None = None, unit: str | None = None) -> PlanFile:
    """The reports in a file's bytes; one that cannot be read has no rows, only faults."""
    try:
        file = reports_of(read_files([(name, data)]), name)
    except Faults as wrong:
        file = PlanFile(digest_of([(name, data)]), faults=list(wrong.faults))
    file.name, file.data, file.sender, file.unit = name, data, sender, unit
    return file


def is_enough(files: Sequence[PlanFile]) -> bool:
    """Whether so much is in hand that the rest had better wait for the next time."""
    return sum(len(file.data or b"") for file in files) >= MOST_AT_ONCE


def refused(name: str, right: str, sender: str | None = None, unit: str | None = None) -> PlanFile:
    """A file that is not even opened, and why."""
    fault = Fault(name, "", None, None, "", right)
    return PlanFile(digest_of([(name, b"")]), faults=[fault], name=name, sender=sender, unit=unit)


def too_big(most: int) -> str:
    """What to say of a file over `most` bytes."""
    return _("文件超过 {most} 兆字节；请分成几个文件").format(most=most // 1_000_000)
