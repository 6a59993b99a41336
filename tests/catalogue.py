"""The English of every Chinese text in the code: `python -m tests.catalogue` brings the catalogue into step with it.

New texts appear in `diaodu/locale/en/LC_MESSAGES/diaodu.po` with an empty translation; fill it in and run again.
"""

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

os.environ["DIAODU_LANG"] = "zh"

from diaodu.cli.app import app

ROOT = Path(__file__).parent.parent
ROOMS = ("diaodu", "flows", "notifications")
PO = ROOT / "diaodu/locale/en/LC_MESSAGES/diaodu.po"
MO = PO.with_suffix(".mo")
HEADER = "# English of what commands and messages say; kept in step by `python -m tests.catalogue`."
NOBODY_NEEDS = (b"POT-", b"PO-", b"Project-Id", b"Report-", b"Last-Tr", b"Language-Team", b"Generated-By")
"""Lines of the header that change with the day or the library, or say nothing."""


def in_the_code() -> dict[str, list[str]]:
    """Every text passed to `_`, with the files it stands in."""
    found: dict[str, list[str]] = {}
    for room in ROOMS:
        for file, _line, text, _comments, _context in extract_from_dir(
            ROOT / room, [("**.py", "python")], keywords={"_": None}
        ):
            found.setdefault(str(text), []).append(f"{room}/{file}")
    for text in _helps(get_command(app)):
        found.setdefault(text, []).append("diaodu/cli")
    return found


def _helps(command: Any) -> Iterator[str]:
    """A command says what it does in its docstring."""
    if command.help:
        yield command.help
    for below in getattr(command, "commands", {}).values():
        yield from _helps(below)


def written() -> Catalog:
    """The catalogue as people edit it."""
    with PO.open("rb") as file:
        return read_po(file, locale="en", domain="diaodu")


def compiled() -> Catalog:
    """The catalogue as the program reads it."""
    with MO.open("rb") as file:
        return read_mo(file)


def update() -> None:
    """Drop texts no longer said, add new ones without translation, and compile."""
    old = {m.id: m.string for m in written() if m.id} if PO.exists() else {}
    catalogue = Catalog(locale="en", domain="diaodu", header_comment=HEADER, fuzzy=False)
    for text, files in sorted(in_the_code().items()):
        catalogue.add(text, old.get(text, ""), locations=[(file, None) for file in sorted(set(files))])
    PO.parent.mkdir(parents=True, exist_ok=True)
    out = io.BytesIO()
    write_po(out, catalogue, omit_header=False, width=120, ignore_obsolete=True, include_lineno=False)
    kept = (line for line in out.getvalue().splitlines() if not line.lstrip(b'"').startswith(NOBODY_NEEDS))
    PO.write_bytes(b"\n".join(kept) + b"\n")
    with MO.open("wb") as file:
        write_mo(file, written())


if __name__ == "__main__":
    update()
    print("\n".join(str(m.id) for m in written() if m.id and not m.string))
