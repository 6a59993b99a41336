"""The Word and PDF files of notices, written after their rows from the words frozen there: the same bytes whenever."""

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine

from diaodu.actions.preflight import texts
from diaodu.briefing import fonts, notice_template
from diaodu.briefing.issue import Printed, place
from diaodu.briefing.template_fault import TemplateRefused
from diaodu.briefing.writers import MissingGlyphs
from diaodu.language import _
from diaodu.rules.notice import Body, from_json
from diaodu.rules.routing import NoticeKind
from diaodu.storage import notice as store
from diaodu.storage.scheme import schemes
from diaodu.storage.session import transaction
from models.notice import Notice

FOLDER = "notices"
AT_ONCE = 50
"""Notices written between two commits."""
FEW = 8
"""So many are printed one after the other; for more it pays to begin with a printer on every processor."""
_UNSAFE = re.compile(r"[^\w.〔〕-]+")
LONGEST = 40
"""Characters of a name in a path; a file name holds 255 bytes."""


Made = list[Printed] | MissingGlyphs
"""The files of a notice, or why there are none."""


@dataclass(frozen=True, slots=True)
class Written:
    """Word files written (paths in the workspace), and notices that could not be, by number, with the reason.

    A notice that was not written keeps its messages back; the next run tries again.
    """

    files: list[str]
    held: list[tuple[str, str]]


def write_missing(engine: Engine, home: Path) -> Written:
    """Write the files of every notice that lacks them. Killed halfway it loses nothing."""
    with transaction(engine) as session:
        codes = {scheme.id or 0: scheme.code for scheme in schemes(session)}
        waiting = store.unwritten(session)
    done = Written([], [])
    with _printers(len(waiting)) as printer:
        for kind, notices in _chunks(waiting):
            _write(engine, home, kind, notices, codes, done, printer)
    order = [stem(notice, codes[notice.scheme_id]) + ".docx" for notice in waiting]
    return Written([path for path in order if path in set(done.files)], done.held)


Printer = Callable[[Callable[[int], Made], Sequence[int]], Iterable[Made]]


@contextmanager
def _printers(count: int) -> Iterator[Printer]:
    """What prints many at once, in order: Typst lets other threads work while it does."""
    if count <= FEW:
        yield map
        return
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield pool.map


def _chunks(waiting: Sequence[Notice]) -> Iterator[tuple[NoticeKind, list[Notice]]]:
    kinds: dict[NoticeKind, list[Notice]] = defaultdict(list)
    for notice in waiting:
        kinds[notice.kind].append(notice)
    for kind, notices in kinds.items():
        for start in range(0, len(notices), AT_ONCE):
            yield kind, notices[start : start + AT_ONCE]


def _write(
    engine: Engine,
    home: Path,
    kind: NoticeKind,
    notices: Sequence[Notice],
    codes: Mapping[int, str],
    done: Written,
    printer: Printer,
) -> None:
    at_hand, bodies = fonts.of_workspace(home), [from_json(notice.body) for notice in notices]
    try:
        words = notice_template.filled(home, kind, bodies)
    except TemplateRefused as refused:
        path = notice_template.own(home, kind).relative_to(home)
        done.held.extend((n.number, _("模板 {path} 用不了：{why}").format(path=path, why=refused)) for n in notices)
        return

    pdf = notice_template.pdfs(home, kind, bodies, words, at_hand)

    def made(n: int) -> Made:
        try:
            files = (words[n], pdf(n))
            return printed_files(notices[n], bodies[n], codes[notices[n].scheme_id], files, at_hand)
        except MissingGlyphs as missing:
            return missing

    finished = []
    for notice, printed in zip(notices, printer(made, range(len(notices))), strict=True):
        if isinstance(printed, MissingGlyphs):
            done.held.append((notice.number, str(printed)))
            continue
        for file in printed:
            place(file, home)
        finished.append((notice.id or 0, printed[0]))
    with transaction(engine) as session:
        for notice_id, file in finished:
            store.mark_written(session, notice_id, file.path, file.digest)
    done.files.extend(file.path for _id, file in finished)


def printed_files(
    notice: Notice, body: Body, scheme: str, made: Sequence[bytes], at_hand: fonts.Fonts
) -> list[Printed]:
    """The Word file and the PDF of one notice, as `made`; raises MissingGlyphs before a name is printed as a box."""
    unprintable = fonts.missing(texts(body), at_hand)
    if unprintable:
        raise MissingGlyphs(unprintable)
    path, formats = stem(notice, scheme), zip(("docx", "pdf"), made, strict=True)
    return [Printed(k, f"{path}.{k}", content, hashlib.sha256(content).hexdigest()) for k, content in formats]


def again(notice: Notice, scheme: str, home: Path) -> list[Printed]:
    """The files once more, from the words frozen; raises TemplateRefused and MissingGlyphs."""
    body = from_json(notice.body)
    words, at_hand = notice_template.filled(home, notice.kind, [body]), fonts.of_workspace(home)
    pdf = notice_template.pdfs(home, notice.kind, [body], words, at_hand)
    return printed_files(notice, body, scheme, [*words, pdf(0)], at_hand)


def stem(notice: Notice, scheme: str) -> str:
    """The path of a notice's files in the workspace, without their ending."""
    number = notice.number if str(notice.year) in notice.number else f"{notice.year}-{notice.number}"
    unit = from_json(notice.body).unit
    return str(PurePosixPath(FOLDER, _safe(scheme), f"{_safe(number)}_{_safe(unit)}"))


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name)[:LONGEST].strip(".") or "_"
