"""The order the schema of Word files asks for (ECMA-376, wml.xsd): Word refuses files that lack it."""

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "pBdr": "top left bottom right between bar",
}
PLACES = {qn(f"w:{tag}"): {qn(f"w:{n}"): i for i, n in enumerate(names.split())} for tag, names in ORDER.items()}


def put_in_order(word: WordFile) -> None:
    """Sort the children of every property element of the body into schema order."""
    for element in word.element.iter(*PLACES):
        _sort(element, PLACES[str(element.tag)])


def _sort(element: BaseOxmlElement, places: dict[str, int]) -> None:
    children = list(element)
    ordered = sorted(children, key=lambda child: places.get(str(child.tag), len(places)))
    if children != ordered:
        element[:] = ordered
