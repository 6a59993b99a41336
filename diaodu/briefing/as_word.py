"""A document as a Word file in the official layout: names of fonts only, real styles, headers that repeat."""

import io
from collections.abc import Callable
from typing import Any

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from diaodu.briefing import chart, page, word_closing, word_file, word_section, word_table
from diaodu.briefing.document import (
    Attachment,
    AttachmentList,
    Block,
    ClosingRecord,
    Document,
    Level,
    Masthead,
    Paragraph,
    Picture,
    Signature,
    Table,
    Title,
    runs,
)
from diaodu.briefing.fonts import DEFAULT, Fonts

STYLES = {
    Level.FIRST: "Heading1",
    Level.SECOND: "Heading2",
    Level.THIRD: "Heading3",
    Level.FOURTH: "Heading4",
    Level.BODY: "Text",
    Level.FLUSH: "Normal",
}
HEAD_SPACE = 35 * page.POINTS_PER_MM
"""From the top of the text area to the top of the red characters of a numbered document (7.2.4)."""
SHORT = 4 * 28
"""Characters of a last paragraph that goes along when its signature moves to the next page."""


def write(document: Document, fonts: Fonts = DEFAULT) -> bytes:
    """The bytes of the .docx; the same document gives the same bytes."""
    word = word_file.open_template(document)
    word_section.begin(word, document.margins)
    _masthead(word, document.masthead)
    for number, run in enumerate(runs(document)):
        if number:
            word_section.turn(word, document.margins, landscape=run.landscape)
        _run(word, run.blocks, fonts)
    return word_file.saved(word)


def _run(word: WordFile, blocks: tuple[Block, ...], fonts: Fonts) -> None:
    for block, after in zip(blocks, (*blocks[1:], None), strict=True):
        if isinstance(block, Picture):
            _chart(word, block, fonts)
        else:
            WRITERS[type(block)](word, block)
        if isinstance(after, Signature) and _goes_along(block):
            word.paragraphs[-1].paragraph_format.keep_with_next = True


def _goes_along(block: Block) -> bool:
    return isinstance(block, AttachmentList) or (isinstance(block, Paragraph) and len(block.text) <= SHORT)


def _paragraph(word: WordFile, text: str, style: str, before: float = 0) -> WordParagraph:
    """A paragraph in the style of that id, `before` lines of space above it."""
    paragraph = word.add_paragraph(text)
    if style != "Normal":
        paragraph._p.style = style
    if before:
        paragraph.paragraph_format.space_before = Pt(before * page.LINE)
    return paragraph


def _masthead(word: WordFile, head: Masthead) -> None:
    name = _paragraph(word, head.name, "Masthead")
    size = page.masthead_size(head.name)
    name.runs[0].font.size = Pt(size)
    if head.left is None and head.right is None:
        # An exact line puts the baseline at four fifths of its height; characters rise 0.86 of their size above it.
        name.paragraph_format.line_spacing = Pt(1.25 * size)
        name.paragraph_format.space_before = Pt(HEAD_SPACE - 0.14 * size)
        _paragraph(word, head.number, "DocumentNumber")
    else:
        _paragraph(word, head.number, "SerialNumber")
        _paragraph(word, f"{head.left or ''}\t{head.right or ''}", "Imprint")


def _title(word: WordFile, block: Title) -> None:
    for number, line in enumerate(block.lines):
        _paragraph(word, line, "Title", before=0 if number else 2)
    word.paragraphs[-1].paragraph_format.space_after = Pt(page.LINE)


def _text(word: WordFile, block: Paragraph) -> None:
    _paragraph(word, block.text, STYLES[block.level])


def _table(word: WordFile, block: Table) -> None:
    if block.caption:
        _paragraph(word, block.caption, "TableCaption")
    if block.note:
        _paragraph(word, block.note, "TableNote")
    _append(word, word_table.table(block, word_section.text_width(word)))
    _paragraph(word, "", "Anchor")


def _chart(word: WordFile, block: Picture, fonts: Fonts) -> None:
    image = chart.png(chart.svg(block), fonts)
    run = _paragraph(word, "", "Picture").add_run()
    inline = run.add_picture(io.BytesIO(image), width=Mm(page.WIDTH_MM))._inline
    inline.docPr.set("descr", block.alt)
    _paragraph(word, block.caption, "PictureCaption")


def _attachment_list(word: WordFile, block: AttachmentList) -> None:
    for number, name in enumerate(block.names):
        lead = "附件：" if number == 0 else "\u3000\u3000\u3000"
        digit = f"{number + 1}. " if len(block.names) > 1 else ""
        line = _paragraph(word, f"{lead}{digit}{name}", "AttachmentNote", before=0 if number else 1)
        line.paragraph_format.keep_with_next = number + 1 < len(block.names) or None


def _signature(word: WordFile, block: Signature) -> None:
    issuer = _paragraph(word, block.issuer, "Signature", before=2)
    issuer.paragraph_format.right_indent = Pt(page.signature_indent(block.issuer, block.day) * page.CHARACTER)
    _paragraph(word, block.day, "SignatureDay")


def _attachment(word: WordFile, block: Attachment) -> None:
    _paragraph(word, block.label, "AttachmentLabel")
    _paragraph(word, block.title, "AttachmentTitle")


def _closing(word: WordFile, block: ClosingRecord) -> None:
    word_closing.closing(word, block)


def _append(word: WordFile, element: Any) -> None:
    """Put an element at the end of the body, before the section's properties."""
    body = word.element.body
    body.insert(len(body) - (1 if body[-1].tag == qn("w:sectPr") else 0), element)


WRITERS: dict[type[Block], Callable[[WordFile, Any], None]] = {
    Title: _title,
    Paragraph: _text,
    Table: _table,
    AttachmentList: _attachment_list,
    Signature: _signature,
    Attachment: _attachment,
    ClosingRecord: _closing,
}
