"""How an annotated copy looks on screen and paper, and what a cell of it can hold."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

LONGEST = 32_000
"""A spreadsheet's cell holds little more."""


class Looks:
    """How cells look: as they were, and where something is wrong."""

    def __init__(self, book: Workbook) -> None:
        wrong = {"bg_color": "#FFC7CE", "font_color": "#9C0006", "border_color": "#9C0006"}
        formats = {
            "text": "@",
            "number": "General",
            "day": "yyyy-mm-dd",
            "moment": "yyyy-mm-dd hh:mm",
            "share": "0.##%",
        }
        common = {"valign": "top", "text_wrap": True, "align": "left", "border": 1, "border_color": "#BFBFBF"}
        self._sound = {kind: book.add_format({"num_format": look} | common) for kind, look in formats.items()}
        self._wrong = {kind: book.add_format({"num_format": look} | common | wrong) for kind, look in formats.items()}
        self.heading: Format = book.add_format({"bold": True, "bg_color": "#D9E2EC", "border": 1})
        self.link: Format = book.add_format({"font_color": "#0563C1", "underline": 1, "valign": "top"})
        self.text: Format = self._sound["text"]
        self.line: Format = book.add_format({"num_format": "@"})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})

    def of(self, kind: str, is_wrong: bool) -> Format:
        return (self._wrong if is_wrong else self._sound)[kind]


def fit(out: Worksheet) -> None:
    """On paper no column is cut off."""
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)


def written(written: str) -> str:
    """What a workbook can hold of it."""
    return written[:LONGEST].encode("utf-8", "replace").decode()
