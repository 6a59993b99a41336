"""An issued briefing as files: where they lie, how they are written, and whether they are still what was issued."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from diaodu.briefing.compose import compose
from diaodu.briefing.fonts import Fonts
from diaodu.briefing.kind_folder import shipped
from diaodu.briefing.writers import write_all

FOLDER = "briefings"
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """One file of a briefing: its format, its path in the workspace, its bytes and their SHA-256."""

    format: str
    path: str
    content: bytes
    digest: str


def printed(facts: str, serial: int, scheme: str, kind: str, as_of: date, fonts: Fonts) -> tuple[Printed, ...]:
    """The briefing told by stored facts, in every format; the same facts and fonts give the same bytes."""
    document = compose(facts, serial, shipped(kind)).document
    stem = f"{FOLDER}/{_UNSAFE.sub('_', scheme)}/{kind}/{as_of.isoformat()}-第{serial}期"
    return tuple(
        Printed(name, f"{stem}.{name}", content, hashlib.sha256(content).hexdigest())
        for name, content in write_all(document, fonts).items()
    )


def place(file: Printed, root: Path) -> Path:
    """Write the file under `root`, whole or not at all."""
    target = root / file.path
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    unfinished.write_bytes(file.content)
    unfinished.replace(target)
    return target
