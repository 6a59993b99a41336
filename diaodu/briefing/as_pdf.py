"""A document as PDF by Typst: data in as JSON, nothing of the machine used but our fonts, tagged for screen readers."""

import json
import threading
from dataclasses import asdict
from datetime import UTC, datetime, time
from importlib.resources import files
from typing import Any

import typst

from diaodu.briefing import chart, page
from diaodu.briefing.document import Document, Picture, Signature, as_data, blocks_of
from diaodu.briefing.fonts import DEFAULT, Fonts, families, loaded

TEMPLATE = files("templates") / "briefings" / "official.typ"
STANDARDS: list[Any] = ["a-2a", "ua-1"]


def write(document: Document, fonts: Fonts = DEFAULT) -> bytes:
    """The bytes of the .pdf, made as if at midnight of the document's day; the same document gives the same bytes."""
    made = compiler(fonts).compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        sys_inputs={
            "document": json.dumps(_fed(document), ensure_ascii=False),
            "page": json.dumps(_paper(document, fonts), ensure_ascii=False),
        },
        pdf_standards=STANDARDS,
        timestamp=datetime.combine(document.day, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def compiler(fonts: Fonts) -> typst.Compiler:
    """One for each thread, because it serves one at a time: fonts and pages are remembered."""
    if fonts not in _mine.compilers:
        _mine.compilers[fonts] = typst.Compiler(font_paths=loaded(fonts))
    return _mine.compilers[fonts]


class _Mine(threading.local):
    """What a thread keeps for itself."""

    def __init__(self) -> None:
        self.compilers: dict[Fonts, typst.Compiler] = {}


_mine = _Mine()


def _fed(document: Document) -> dict[str, Any]:
    """The document's data with what Typst cannot know: drawn charts, and where a signature stands."""
    data = as_data(document)
    for block, values in zip(document.blocks, blocks_of(data), strict=True):
        if isinstance(block, Picture):
            values["svg"] = chart.svg(block)
        elif isinstance(block, Signature):
            values["indent"] = page.signature_indent(block.issuer, block.day)
    return data


def _paper(document: Document, fonts: Fonts) -> dict[str, Any]:
    above, below = page.MARGINS[document.margins]
    edges = {"top": above, "bottom": below, "left": page.LEFT_MM, "right": page.RIGHT_MM}
    return sizes(document.masthead.name, fonts) | {"margins": edges}


def sizes(masthead: str, fonts: Fonts) -> dict[str, Any]:
    """What a page's template has to know of measures and fonts."""
    return {
        "size": page.SIZE,
        "character": page.CHARACTER,
        "line": page.LINE,
        "masthead": page.masthead_size(masthead),
        "families": asdict(families(fonts)),
    }
