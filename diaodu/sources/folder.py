"""A drop folder as a source: every workbook and CSV file put there, oldest first; what is still being written waits.

A file counts as written when it has been quiet for a while and does not change while it is read.
"""

import io
import os
import zipfile
from pathlib import Path
from threading import Event

from diaodu import clock
from diaodu.language import _
from diaodu.sources.cell import Wrong
from diaodu.sources.fault import SourceDown
from diaodu.sources.kind import Found, Kind
from diaodu.sources.option import Option, checked, whole_between
from diaodu.sources.place import Left, Place
from diaodu.sources.reading import MOST_BYTES, digest_of
from diaodu.sources.spreadsheet import handed_in, is_enough, is_spreadsheet, refused, too_big
from diaodu.sources.workbook import ZIP

PATIENCE = 600
"""Seconds after which a workbook whose end is missing is damaged, not unfinished."""
OPTIONS = (Option("quiet", _("文件多少秒没有变化才算写完；默认 1"), whole_between(0, 60), default=1),)


def read(place: Place) -> Found:
    """The reports of each file, to be taken one after the other; a later file corrects an earlier one.

    Raises SourceDown when the folder cannot be opened.
    """
    quiet = checked(OPTIONS, place.options, place.location)["quiet"]
    found = Found()
    for path, about in _calm(_dropped(place.location), quiet):
        if is_enough(found.files):
            found.left.append(Left(path.name, _("这次已经读得够多，留到下一次再读")))
        else:
            _take(path, about, place.taken, found)
    return found


def _dropped(location: str) -> list[tuple[Path, os.stat_result]]:
    folder = Path(location)
    try:
        files = [path for path in folder.iterdir() if is_spreadsheet(path.name) and path.is_file()]
        return sorted(((path, path.stat()) for path in files), key=lambda file: (file[1].st_mtime_ns, file[0].name))
    except FileNotFoundError:
        raise SourceDown(_("没有这个文件夹：") + location) from None
    except OSError as wrong:
        raise SourceDown(f"{location}：{wrong.strerror}") from None


def _calm(files: list[tuple[Path, os.stat_result]], quiet: int) -> list[tuple[Path, os.stat_result]]:
    """The same files, after so long a wait that the youngest could show whether somebody is at it."""
    youngest = max((about.st_mtime for _path, about in files), default=0.0)
    age = clock.now().timestamp() - youngest
    if files and 0 <= age < quiet:
        Event().wait(quiet - age)
    return files


def _take(path: Path, before: os.stat_result, taken: frozenset[str], found: Found) -> None:
    if before.st_size > MOST_BYTES:
        found.files.append(refused(path.name, too_big(MOST_BYTES)))
        return
    try:
        with path.open("rb") as file:
            data = file.read(before.st_size + 1)
            after = os.fstat(file.fileno())
    except FileNotFoundError:
        return  # somebody took it away
    except OSError as wrong:
        found.files.append(refused(path.name, _("文件读不出来；请检查权限：{why}").format(why=wrong.strerror)))
        return
    if _mark(before) != _mark(after) or len(data) != before.st_size or _is_cut_off(data, after):
        found.left.append(Left(path.name, _("还在写入，留到下一次再读")))
    elif digest_of([(path.name, data)]) in taken:
        found.known.append(path.name)
    else:
        found.files.append(handed_in(path.name, data))


def _mark(about: os.stat_result) -> tuple[int, int, int]:
    return about.st_ino, about.st_size, about.st_mtime_ns


def _is_cut_off(data: bytes, about: os.stat_result) -> bool:
    """A young workbook without its end: its writer, or a slow copy, is not done."""
    age = clock.now().timestamp() - about.st_mtime
    return data.startswith(ZIP) and age < PATIENCE and not zipfile.is_zipfile(io.BytesIO(data))


def _located(said: str) -> str:
    if not said.strip() or "://" in said:
        raise Wrong(_("应为文件夹的路径"))
    return str(Path(said).absolute())


KIND = Kind(read, _("文件夹：投放工作簿或 CSV 文件的地方"), _located, OPTIONS)
