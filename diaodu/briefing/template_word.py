"""A Word template made ready once and filled in many times: docxtpl reads its tags, we bound them."""

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Template
from lxml import etree

from diaodu.briefing.template_fault import TemplateFault, TemplateRefused
from diaodu.briefing.template_grammar import environment, wrongs
from diaodu.briefing.template_package import TEXTS, opened, parsed
from diaodu.briefing.template_vocabulary import Vocabulary
from diaodu.briefing.word_file import EPOCH, LARGE
from diaodu.language import _

_SHADE = re.compile(
    r"(<w:tcPr[^>]*>)(<w:shd [^>]*\{\{[^>]*/>)"
    r"((?:<w:(?:cnfStyle|tcW|gridSpan|hMerge|vMerge)\b[^>]*/>|<w:tcBorders>.*?</w:tcBorders>)*)",
    re.DOTALL,
)
"""docxtpl puts a cell's tint first; the schema wants it after width, span and borders."""


class Form:
    """A template in which only the listed constructs occur; raises TemplateRefused where others do."""

    def __init__(self, data: bytes, words: Vocabulary) -> None:
        self._parts = opened(data)
        reader, compiler = DocxTemplate(io.BytesIO()), environment()
        self._texts: dict[str, Template] = {}
        for name, content in self._parts.items():
            if TEXTS.fullmatch(name):
                text = reader.patch_xml(etree.tostring(parsed(content), encoding="unicode"))
                text = _SHADE.sub(r"\1\3\2", text)
                faults = [TemplateFault(name, "", wrong, right) for wrong, right in wrongs(text, {}, words)]
                if faults:
                    raise TemplateRefused(faults)
                self._texts[name] = compiler.from_string(text)

    def filled(self, facts: Mapping[str, Any]) -> bytes:
        """The Word file for one document; the same facts give the same bytes."""
        made = {name: _declared(text.render(facts)) for name, text in self._texts.items()}
        return packed(self._parts | made)


def _declared(text: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text.encode()


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The package: no clock in it, nothing left to a compressor's version."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as target:
        for name in sorted(parts, key=lambda n: (n != "[Content_Types].xml", n)):
            packing = zipfile.ZIP_DEFLATED if len(parts[name]) > LARGE else zipfile.ZIP_STORED
            target.writestr(zipfile.ZipInfo(name, EPOCH), parts[name], compress_type=packing)
    return out.getvalue()


def broken(data: bytes) -> list[TemplateFault]:
    """What keeps a filled-in file from being opened: parts that are no longer XML, tags left standing."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in filter(TEXTS.fullmatch, package.namelist()):
            content = package.read(name)
            try:
                text = "".join(parsed(content).itertext())
            except etree.XMLSyntaxError:
                right = _("for 与 endfor、if 与 endif 应各占一行表格（{%tr %}）或各占一段（{%p %}）")
                return [TemplateFault(_("试印"), name, _("填好后文件打不开"), right)]
            if left := re.search(r"\{\{|\{%", text):
                near = text[left.start() : left.start() + 30]
                return [TemplateFault(_("试印"), near, _("还有标签没有填"), _("请检查这一处的写法"))]
    return []
