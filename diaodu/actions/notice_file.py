"""The Word files of notices, written after their rows from the words frozen there: the same bytes whenever."""

import hashlib
import re
from pathlib import Path

from sqlalchemy import Engine

from diaodu.actions.notice_document import document
from diaodu.briefing import as_word
from diaodu.briefing.issue import Printed, place
from diaodu.rules.notice import from_json
from diaodu.storage import notice as store
from diaodu.storage.scheme import schemes
from diaodu.storage.session import transaction
from models.notice import Notice

FOLDER = "notices"
_UNSAFE = re.compile(r"[^\w.〔〕-]+")
LONGEST = 40
"""Characters of a name in a path; a file name holds 255 bytes."""


def write_missing(engine: Engine, home: Path) -> list[str]:
    """Write the file of every notice that lacks one; paths in the workspace. Killed halfway it loses nothing."""
    with transaction(engine) as session:
        codes = {scheme.id: scheme.code for scheme in schemes(session)}
        waiting = store.unwritten(session)
    return [_write(engine, home, notice, codes[notice.scheme_id]) for notice in waiting]


def _write(engine: Engine, home: Path, notice: Notice, scheme: str) -> str:
    body = from_json(notice.body)
    content = as_word.write(document(body))
    path = f"{FOLDER}/{_safe(scheme)}/{_safe(notice.number)}_{_safe(body.unit)}.docx"
    place(Printed("docx", path, content, hashlib.sha256(content).hexdigest()), home)
    with transaction(engine) as session:
        store.mark_written(session, notice, path)
    return path


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name)[:LONGEST].strip(".") or "_"
