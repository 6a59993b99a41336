"""A Word template as a package: opened with bounds, and refused when it holds more than text, tables and pictures."""

import io
import re
import zipfile
from collections.abc import Mapping

from lxml import etree

from diaodu.briefing.template_fault import TemplateFault, TemplateRefused
from diaodu.language import _

MOST_BYTES = 5_000_000
MOST_UNPACKED = 40_000_000
MOST_PARTS = 300
DOCUMENT = "word/document.xml"
TEXTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
"""Parts in which fields are filled in."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAFE = re.compile(r"[\w\[\]() .+-]+(/[\w\[\]() .+-]+)*")
_FIELD_CODES = frozenset({"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES"})
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def opened(data: bytes) -> dict[str, bytes]:
    """The parts by name; raises TemplateRefused with everything that must not be there."""
    parts = unpacked(data)
    faults = forbidden(parts)
    if faults:
        raise TemplateRefused(faults)
    return parts


def forbidden(parts: Mapping[str, bytes]) -> list[TemplateFault]:
    """Everything in the package that must not be there."""
    return list(dict.fromkeys(fault for name, content in sorted(parts.items()) for fault in _faults(name, content)))


def is_readable(content: bytes) -> bool:
    """Whether a part can be read as XML without declarations of its own."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return False
    try:
        parsed(content)
    except etree.XMLSyntaxError:
        return False
    return True


def parsed(content: bytes) -> etree._Element:
    """An XML part; nothing outside it is read."""
    return etree.fromstring(content, _PARSER)


def _refused(wrong: str, right: str, place: str = "") -> TemplateRefused:
    return TemplateRefused([TemplateFault(place or _("文件"), "", wrong, right)])


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts by name, whatever is in them; raises TemplateRefused where there is no Word file of a usual size."""
    right = _("请在 WPS 或 Word 里另存为不带密码的 .docx")
    if len(data) > MOST_BYTES:
        raise _refused(_("超过 5 兆字节"), _("请压缩或删去图片"))
    if data.startswith(_OLE):
        raise _refused(_("是旧格式 .doc，或设了密码"), right)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            if len(infos) > MOST_PARTS or sum(i.file_size for i in infos) > MOST_UNPACKED:
                raise _refused(_("解开后过大"), _("请另存为新文件，只留模板的文字和表格"))
            parts = {i.filename: package.read(i) for i in infos if not i.is_dir()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as wrong:
        raise _refused(_("不是 Word 文件，或已损坏"), right) from wrong
    if len(parts) != len([i for i in infos if not i.is_dir()]) or any(
        not _SAFE.fullmatch(n) or ".." in n for n in parts
    ):
        raise _refused(_("里面有重名或异常的路径"), right)
    if DOCUMENT not in parts or "[Content_Types].xml" not in parts:
        raise _refused(_("不是 Word 文件，或已损坏"), right)
    return parts


def _faults(name: str, content: bytes) -> list[TemplateFault]:
    lowered, right = name.lower(), _("请在 WPS 或 Word 里删去，再另存为 .docx")
    if "vba" in lowered or "macro" in lowered:
        return [TemplateFault(_("文件"), name, _("带有宏"), right)]
    if "embeddings/" in lowered or "activex" in lowered or "/afchunk" in lowered or lowered.endswith((".bin", ".exe")):
        return [TemplateFault(_("文件"), name, _("嵌有对象"), right)]
    if not lowered.endswith((".xml", ".rels")):
        return []
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return [TemplateFault(_("文件"), name, _("含有文档类型或实体声明"), right)]
    try:
        root = parsed(content)
    except etree.XMLSyntaxError:
        return [TemplateFault(_("文件"), name, _("这一部分已损坏"), right)]
    return _inside(name, root, right)


def _inside(name: str, root: etree._Element, right: str) -> list[TemplateFault]:
    faults = []
    if name == "[Content_Types].xml" and any("macroEnabled" in (e.get("ContentType") or "") for e in root.iter()):
        faults.append(TemplateFault(_("文件"), name, _("带有宏"), right))
    for element in root.iter():
        if element.get("TargetMode", "").lower() == "external":
            faults.append(TemplateFault(_("文件"), element.get("Target", "")[:60], _("链接到文件之外"), right))
        if element.tag in {f"{_W}object", f"{_W}altChunk", f"{_W}control", f"{_W}subDoc"}:
            faults.append(TemplateFault(_("文件"), name, _("嵌有对象"), right))
    return faults + [
        TemplateFault(_("域"), code[:40], _("只能用页码域"), right)
        for code in _field_codes(root)
        if code.split(maxsplit=1)[0].upper() not in _FIELD_CODES
    ]


def _field_codes(root: etree._Element) -> list[str]:
    """Instructions of fields, put together again where formatting split them; nested ones count as one."""
    simple = [e.get(f"{_W}instr", "") for e in root.iter(f"{_W}fldSimple")]
    found, open_now = list(simple), ""
    for element in root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText"):
        kind = element.get(f"{_W}fldCharType")
        if kind is None:
            open_now += element.text or ""
        elif open_now.strip():
            found.append(open_now)
            open_now = ""
    return [code.strip() for code in (*found, open_now) if code.strip()]
