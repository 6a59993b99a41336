"""The formats a document can take: a new one is one file and one line here."""

from collections.abc import Callable

from diaodu.briefing import as_html, as_pdf, as_word
from diaodu.briefing.document import Document, texts
from diaodu.briefing.fonts import DEFAULT, Fonts, missing

WRITERS: dict[str, Callable[[Document, Fonts], bytes]] = {
    "docx": as_word.write,
    "pdf": as_pdf.write,
    "html": as_html.write,
}


class MissingGlyphs(ValueError):
    """The document has characters no font at hand can print; it would show boxes where names should stand."""

    def __init__(self, characters: tuple[str, ...]) -> None:
        self.characters = characters
        listed = "、".join(f"{c}（U+{ord(c):04X}）" for c in characters)
        super().__init__(f"没有字体能印出这些字：{listed}；请更正，或把含这些字的字体放入工作区的 fonts/。")


def write_all(document: Document, fonts: Fonts = DEFAULT) -> dict[str, bytes]:
    """The document in every format; raises MissingGlyphs before anything is written."""
    unprintable = missing(texts(document), fonts)
    if unprintable:
        raise MissingGlyphs(unprintable)
    return {name: write(document, fonts) for name, write in WRITERS.items()}
