"""Pages of a Word file: upright with the margins asked for, or lying on their left side for a wide table (8 横排表).

A page that lies is bound where it was bound upright, so its margins turn with it: left goes to the top, top to the
right. Its number keeps its place on the sheet, turned by a quarter (footers 3 and 4 of the template).
"""

from copy import deepcopy
from dataclasses import dataclass

from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from docx.oxml.section import CT_SectPr
from docx.parts.hdrftr import FooterPart
from docx.section import Section
from docx.shared import Mm

from diaodu.briefing import page
from diaodu.briefing.document import Margins

FOOTERS = {False: ("rId4", "rId5"), True: ("rId6", "rId7")}
"""The template's footers of odd and of even pages, for pages that stand and that lie."""
NUMBER_BELOW = Mm(1428 / 1440 * 25.4 - page.MARGINS[Margins.STRICT][1])
"""From the foot of the text area up to the footer's own distance: puts the dash 7 mm below the text (7.5)."""

NUMBER_WIDE, DASH_LEFT = Mm(8), Mm(0.8)
"""The width of the turned number's table, and how far left of its middle the dash is drawn."""


@dataclass(frozen=True, slots=True)
class _Edges:
    top: float
    right: float
    bottom: float
    left: float


def begin(word: WordFile, margins: Margins) -> None:
    """Give the file's only section the margins asked for."""
    _shape(word.sections[-1], margins, landscape=False)


def turn(word: WordFile, margins: Margins, *, landscape: bool) -> None:
    """End the section behind the last paragraph and go on with pages of another shape."""
    last = word.element.body[-1]
    assert isinstance(last, CT_SectPr)
    word.paragraphs[-1]._p.get_or_add_pPr().append(deepcopy(last))
    _shape(word.sections[-1], margins, landscape=landscape)
    if landscape:
        _place_number(word, margins)


def _place_number(word: WordFile, margins: Margins) -> None:
    """Put the turned number's table where its dash stands 7 mm beside the text."""
    from_left = page.MARGINS[margins][1] - 7 - NUMBER_WIDE.mm / 2 + DASH_LEFT.mm
    for identifier in FOOTERS[True]:
        footer = word.part.rels[identifier].target_part
        assert isinstance(footer, FooterPart)
        place = footer.element.find(".//" + qn("w:tblpPr"))
        place.set(qn("w:tblpX"), str(Mm(from_left).twips))


def text_width(word: WordFile) -> float:
    """Millimetres between the margins of the pages being written."""
    section = word.sections[-1]
    wide, left, right = section.page_width, section.left_margin, section.right_margin
    assert wide is not None
    assert left is not None
    assert right is not None
    return (wide - left - right) / Mm(1)


def _shape(section: Section, margins: Margins, *, landscape: bool) -> None:
    above, below = page.MARGINS[margins]
    edges = _Edges(above, page.RIGHT_MM, below, page.LEFT_MM)
    if landscape:
        edges = _Edges(edges.left, edges.top, edges.right, edges.bottom)
    size = (page.PAPER_MM[1], page.PAPER_MM[0]) if landscape else page.PAPER_MM
    section.orientation = WD_ORIENTATION.LANDSCAPE if landscape else WD_ORIENTATION.PORTRAIT
    section.page_width, section.page_height = Mm(size[0]), Mm(size[1])
    section.top_margin, section.right_margin = Mm(edges.top), Mm(edges.right)
    section.bottom_margin, section.left_margin = Mm(edges.bottom), Mm(edges.left)
    section.footer_distance = Mm(edges.bottom / 2) if landscape else Mm(below + NUMBER_BELOW / Mm(1))
    for reference, identifier in zip(section._sectPr.findall(qn("w:footerReference")), FOOTERS[landscape], strict=True):
        reference.set(qn("r:id"), identifier)
