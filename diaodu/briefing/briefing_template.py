"""The office's own Word template of a briefing, from `templates/briefings/` of its workspace, if it has one."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from diaodu.briefing import template_confined
from diaodu.briefing.briefing_field import CORRECTION, told
from diaodu.briefing.document import Document, Table
from diaodu.briefing.exhibit import EXHIBITS
from diaodu.briefing.kind import Kind
from diaodu.briefing.template_draft import TABLE_OF
from diaodu.briefing.template_fault import TemplateFault, TemplateRefused
from diaodu.briefing.template_package import DOCUMENT, unpacked
from diaodu.language import _

WORDS = "briefing"
Told = tuple[Document, Mapping[str, Sequence[str]]]
"""A document with the texts of its passages."""


def own(home: Path, code: str) -> Path:
    """Where the office's own template of this kind lies, if it has one; a theme has its kind's."""
    return home / "templates" / "briefings" / f"{code.partition(':')[0]}.docx"


def filled(home: Path, kind: Kind, editions: Sequence[Told]) -> list[bytes | None]:
    """A Word file by the office's own template for each edition of a kind; raises TemplateRefused.

    None for a correction, whose table of changes no template has: it is printed in the standard layout.
    """
    path = own(home, kind.code)
    facts = [None if _is_correction(document) else told(document, passages) for document, passages in editions]
    made = iter(template_confined.filled(path.read_bytes(), [one for one in facts if one is not None], WORDS))
    return [None if one is None else next(made) for one in facts]


def left_out(kind: Kind, data: bytes) -> list[TemplateFault]:
    """Advice on what the kind has and a template does not print."""
    try:
        parts = unpacked(data)
    except TemplateRefused:
        return []
    said = parts[DOCUMENT].decode(errors="replace")
    missing = [TABLE_OF[code] for code in kind.attachments if code in TABLE_OF and TABLE_OF[code] not in said]
    faults = [
        _advice(_("没有用到 %s，印出的 Word 里不会有这张表") % name, _("要印的，请加上这张表")) for name in missing
    ]
    unprinted = "、".join(EXHIBITS[code].name for code in kind.attachments if code not in TABLE_OF)
    if unprinted:
        faults.append(_advice(_("模板印不了%s") % unprinted, _("图表在 PDF 和网页里，或用随系统提供的样式")))
    return faults


def _advice(wrong: str, right: str) -> TemplateFault:
    return TemplateFault(_("全文"), "", wrong, right, grave=False)


def _is_correction(document: Document) -> bool:
    return any(isinstance(block, Table) and block.caption == CORRECTION for block in document.blocks)
