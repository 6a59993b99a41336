"""版记 in Word: ruled lines in a text box at the foot of the text area.

A floating table would be simpler, but LibreOffice leaves one where it is written; a box is kept in place by Word and
WPS too. `mc:Choice` without a fallback: who knows no text boxes of 2010 shows none.
"""

from xml.sax.saxutils import escape

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.shared import Mm, Pt

from diaodu.briefing import page
from diaodu.briefing.document import ClosingRecord

THICK, THIN = 8, 6
"""Eighths of a point: 0.35 mm above the first line and below the last, 0.25 mm between (7.4)."""
LINE_POINTS, RULES_POINTS = 24.0, 4.0
NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{rest}"'
    for prefix, rest in {
        "w": "openxmlformats.org/wordprocessingml/2006/main",
        "wp": "openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "openxmlformats.org/drawingml/2006/main",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "wps": "microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
BOX = """<w:r {namespaces}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapTopAndBottom/>
<wp:docPr id="{identifier}" name="版记"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent>{lines}</w:txbxContent></wps:txbx>
<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""
IDENTIFIER = 9000
"""Of the box among the file's drawings, which are numbered from 1."""


def closing(word: WordFile, block: ClosingRecord) -> None:
    """Hang the record on a paragraph of no height behind the text; its lower rule is the text area's lower edge."""
    last = len(block.lines) - 1
    lines = "".join(_line(*line, number == 0, number == last) for number, line in enumerate(block.lines))
    height = Pt(len(block.lines) * LINE_POINTS + RULES_POINTS)
    box = BOX.format(namespaces=NAMESPACES, width=Mm(page.WIDTH_MM), height=height, identifier=IDENTIFIER, lines=lines)
    paragraph = word.add_paragraph(style=word.styles["定位段"])
    paragraph._p.append(parse_xml(box.replace("\n", "")))


def _line(left: str, right: str, is_first: bool, is_last: bool) -> str:
    top = _rule("top", THICK) if is_first else ""
    bottom = _rule("bottom", THICK if is_last else THIN)
    ends = f"<w:tab/><w:t>{escape(right)}</w:t>" if right else ""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Closing"/><w:pBdr>{top}{bottom}</w:pBdr></w:pPr>'
        f"<w:r><w:tab/><w:t>{escape(left)}</w:t>{ends}</w:r></w:p>"
    )


def _rule(side: str, eighths: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="0" w:color="000000"/>'
