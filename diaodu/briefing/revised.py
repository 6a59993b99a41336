"""A composed briefing with the paragraphs that people wrote anew (修改), each found by what it was composed as."""

from collections.abc import Mapping
from dataclasses import replace

from diaodu.briefing.document import Document, Level, Paragraph


class LostParagraph(LookupError):
    """An edited paragraph is no longer what the composer writes; it is not printed in another's place."""


def paragraphs(document: Document) -> list[str]:
    """The texts that a person may write anew, in reading order: they are counted from 1."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and block.level is Level.BODY]


def revised(document: Document, edits: Mapping[str, str]) -> Document:
    """The document with its edited paragraphs, by what was composed; raises LostParagraph."""
    lost = [original for original in edits if original not in paragraphs(document)]
    if lost:
        raise LostParagraph(lost[0])
    blocks = tuple(
        replace(block, text=edits.get(block.text, block.text)) if isinstance(block, Paragraph) else block
        for block in document.blocks
    )
    return replace(document, blocks=blocks)
