"""A drop folder as a source: every workbook and CSV file people put there, oldest first."""

from pathlib import Path

from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.place import Place
from diaodu.sources.plan import PlanFile, read_reports

SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".csv"})


def read(place: Place) -> list[PlanFile]:
    """The reports of each file, to be taken one after the other; a later file corrects an earlier one.

    Raises SourceDown when the folder cannot be opened, and the Faults of all its files when any has some.
    """
    folder = Path(place.location)
    try:
        dropped = [(path.stat().st_mtime_ns, path.name, path) for path in folder.iterdir() if _is_report(path)]
    except OSError as wrong:
        raise SourceDown(f"{place.location}: {wrong.strerror}") from None
    files, faults = [], []
    for _age, _name, path in sorted(dropped):
        try:
            files.append(read_reports(path))
        except Faults as wrong:
            faults += wrong.faults
    faults += [fault for file in files for fault in file.faults]
    if faults:
        raise Faults(faults)
    return files


def _is_report(path: Path) -> bool:
    """Not a hidden file, nor the lock file of a workbook somebody has open."""
    return path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~$")) and path.is_file()
