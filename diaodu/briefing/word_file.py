"""The Word file as a package: opened from the office's template of plain XML, saved to the same bytes every time."""

import io
import zipfile
from datetime import datetime, time
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import docx
from docx.document import Document as WordFile

from diaodu.briefing.document import Document
from diaodu.briefing.word_order import put_in_order

TEMPLATE = files("templates") / "briefings" / "word"
EPOCH = (1980, 1, 1, 0, 0, 0)
LARGE = 1_000_000
"""Bytes from which a part is compressed: only then may another version of zlib make other bytes of it."""


def parts_of_template() -> dict[str, bytes]:
    """The template's parts by name: page, styles and footers of an official document."""
    return {name: part.read_bytes() for name, part in _parts(TEMPLATE, "")}


def open_template(document: Document) -> WordFile:
    """An empty file with the template's page, styles and footers, and the document's properties."""
    word = docx.Document(io.BytesIO(_packed()))
    moment = datetime.combine(document.day, time())
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = (
        document.subject,
        document.author,
        document.author,
    )
    properties.created, properties.modified = moment, moment
    properties.revision = 1
    return word


def saved(word: WordFile) -> bytes:
    """The file's bytes: elements in schema order, no clock in the archive, nothing left to a compressor's version."""
    put_in_order(word)
    raw, out = io.BytesIO(), io.BytesIO()
    word.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            content = source.read(name)
            packing = zipfile.ZIP_DEFLATED if len(content) > LARGE else zipfile.ZIP_STORED
            target.writestr(zipfile.ZipInfo(name, EPOCH), content, compress_type=packing)
    return out.getvalue()


@cache
def _packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts_of_template().items():
            package.writestr(name, content)
    return out.getvalue()


def _parts(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        found.extend(_parts(entry, name + "/") if entry.is_dir() else [(name, entry)])
    return found
