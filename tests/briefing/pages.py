"""Reading back what was written: characters of PDF pages in millimetres, and the texts of all three formats."""

import ctypes
import io
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser

import docx
import pypdfium2 as pdfium
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdfium2 import raw

MM = 25.4 / 72
PAGE_HEIGHT = 297.0


@dataclass(frozen=True)
class Glyph:
    """One character's ink: its edges in millimetres from the page's top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def glyphs(pdf: bytes) -> list[list[Glyph]]:
    """The characters with ink of every page, in the order of the text."""
    file = pdfium.PdfDocument(pdf)
    return [_glyphs(file[number]) for number in range(len(file))]


def _glyphs(page: pdfium.PdfPage) -> list[Glyph]:
    text, tall = page.get_textpage(), page.get_size()[1] * MM
    found = []
    for number in range(text.count_chars()):
        left, bottom, right, top = (edge * MM for edge in text.get_charbox(number))
        character = text.get_text_range(number, 1)
        if character.strip():
            found.append(Glyph(character, left, tall - top, right, tall - bottom))
    return found


def rows(page: list[Glyph], apart: float = 4.0) -> list[str]:
    """The page's lines of text from top to bottom: a new one begins where the ink's middle lies lower than before."""
    lines: list[tuple[float, str]] = []
    for glyph in page:
        middle = (glyph.top + glyph.bottom) / 2
        if lines and abs(middle - lines[-1][0]) < apart:
            lines[-1] = (lines[-1][0], lines[-1][1] + glyph.text)
        else:
            lines.append((middle, glyph.text))
    return [text for _, text in lines]


@dataclass(frozen=True)
class Rule:
    """A straight horizontal black line: its ends, its height from the top and its thickness, in millimetres."""

    left: float
    right: float
    height: float
    thick: float


def rules(pdf: bytes, number: int) -> list[Rule]:
    """The lines of a page from top to bottom, each once."""
    page = pdfium.PdfDocument(pdf)[number]
    tall = page.get_size()[1] * MM
    found = set()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=5):
        left, bottom, right, top = (edge * MM for edge in item.get_bounds())
        thick = _stroke(item)
        if _colour(item) == (0, 0, 0) and top - bottom <= 3 * thick + 0.01 and right - left > 10:
            found.add(
                (round(tall - (top + bottom) / 2, 1), round(left + thick, 1), round(right - thick, 1), round(thick, 2))
            )
    return [Rule(left, right, height, thick) for height, left, right, thick in sorted(found)]


def red_rule(pdf: bytes) -> tuple[float, float, float]:
    """Left edge, right edge and height of the red line on the first page, in millimetres."""
    for item in pdfium.PdfDocument(pdf)[0].get_objects():
        if item.type == raw.FPDF_PAGEOBJ_PATH and _colour(item) == (255, 0, 0):
            left, bottom, right, top = (edge * MM for edge in item.get_bounds())
            width = _stroke(item)  # which pdfium adds on every side
            return left + width, right - width, PAGE_HEIGHT - (top + bottom) / 2
    raise AssertionError("no red line")


def _colour(item: pdfium.PdfObject) -> tuple[int, ...]:
    colours = [ctypes.c_uint() for _ in range(4)]
    assert raw.FPDFPageObj_GetStrokeColor(item.raw, *colours)
    return tuple(colour.value for colour in colours[:3])


def _stroke(item: pdfium.PdfObject) -> float:
    width = ctypes.c_float()
    assert raw.FPDFPageObj_GetStrokeWidth(item.raw, width)
    return float(width.value) * MM


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def docx_texts(content: bytes) -> list[str]:
    """Paragraphs and table cells of a Word file, in order."""
    word = docx.Document(io.BytesIO(content))
    found = []
    for element in word.element.body:
        if element.tag == qn("w:p"):
            found.append(Paragraph(element, word).text)
            boxed = [line for box in element.iter(qn("w:txbxContent")) for line in box]
            found.extend("".join(text.text for text in line.iter(qn("w:t"))) for line in boxed)
        elif element.tag == qn("w:tbl"):
            found.extend(cell.text for row in Table(element, word).rows for cell in row.cells)
    return [text for text in map(_bare, found) if text]


class _Texts(HTMLParser):
    SILENT = frozenset({"style", "title", "svg"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.depth and _bare(data):
            self.found.append(_bare(data))


def html_texts(content: bytes) -> list[str]:
    """What an HTML file shows, its drawings left out."""
    reader = _Texts()
    reader.feed(content.decode())
    return reader.found


def pdf_text(content: bytes) -> str:
    """The text of the pages' bodies, without page numbers and spaces."""
    body = [glyph.text for page in glyphs(content) for glyph in page if glyph.bottom < PAGE_HEIGHT - 34]
    return _bare("".join(body))


def _bare(text: str) -> str:
    return "".join(text.split())
