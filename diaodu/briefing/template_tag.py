"""The tags of a template as its readers see them: found paragraph by paragraph, with what is wrong in their writing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from diaodu.briefing.template_fault import TemplateFault
from diaodu.briefing.template_package import parsed
from diaodu.language import _

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AROUND = 12
"""Characters of neighbouring text on each side."""
TAG = re.compile(r"\{\{(?P<value>.*?)\}\}|\{%(?P<statement>.*?)%\}", re.DOTALL)
_MARK = re.compile(r"\{\{|\}\}|\{%|%\}")
_WIDE_BRACES = re.compile(r"｛\s*｛|｝\s*｝|｛\s*[%％]|[%％]\s*｝|\{\s*％|％\s*\}|\{\s*｛|｛\s*\{|\}\s*｝|｝\s*\}")
_WIDE_INSIDE = re.compile(r"[（）．，：｜＝\u3000]")
_LONELY = re.compile(r"(?<!\{)\{\s*([\w.]+)\s*\}(?!\})")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: where it stands, its text, and where in the text its look changes."""

    place: str
    text: str
    seams: frozenset[int] = frozenset()

    def near(self, start: int, end: int) -> str:
        return self.text[max(0, start - AROUND) : end + AROUND].replace("\n", "↵").replace("\t", "→")


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands between braces: a value, or a statement without its tr or p."""

    line: Line
    start: int
    end: int
    text: str
    is_value: bool
    unit: str = ""  # tr: the row; p: the paragraph that carries a statement and is printed without it

    @property
    def near(self) -> str:
        return self.line.near(self.start, self.end)

    def fault(self, wrong: str, right: str) -> TemplateFault:
        return TemplateFault(self.line.place, self.near, wrong, right)


def lines(name: str, content: bytes) -> list[Line]:
    """Every paragraph of a part that says something."""
    part = _("页眉") if "header" in name else _("页脚") if "footer" in name else _("正文")
    found = [_line(part, n, p) for n, p in enumerate(parsed(content).iter(f"{W}p"), 1)]
    return [line for line in found if line.text.strip()]


def _line(part: str, number: int, paragraph: etree._Element) -> Line:
    text, seams, look = "", set(), None
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        now = etree.tostring(properties) if properties is not None else b""
        if look is not None and now != look:
            seams.add(len(text))
        look = now
        for piece in run:
            text += {f"{W}t": piece.text or "", f"{W}br": "\n", f"{W}tab": "\t"}.get(str(piece.tag), "")
    return Line(_("{part}第{n}段").format(part=part, n=number), text, frozenset(seams))


def tags(line: Line) -> list[Tag]:
    """The whole tags of a line, from left to right."""
    found = []
    for match in TAG.finditer(line.text):
        value, statement = match.group("value"), match.group("statement")
        unit = re.match(r"(tr|tc|p|r)\s", statement or value or "")
        text = (statement if value is None else value)[unit.end() if unit else 0 :]
        found.append(
            Tag(line, match.start(), match.end(), text.strip(" -+"), value is not None, unit[1] if unit else "")
        )
    return found


def faults(line: Line) -> Iterator[TemplateFault]:
    """What is wrong with how tags are written, whatever they mean."""
    for match in _WIDE_BRACES.finditer(line.text):
        near = line.near(match.start(), match.end())
        yield TemplateFault(line.place, near, _("用了全角的花括号或百分号"), _("请改成半角的 {{ }} 或 {% %}"))
    for match in _LONELY.finditer(line.text):
        near = line.near(match.start(), match.end())
        yield TemplateFault(line.place, near, _("只有一层花括号"), _("字段要写成 {{ %s }}") % match[1])
    yield from _unclosed(line)
    for tag in tags(line):
        inside = line.text[tag.start : tag.end]
        if "\n" in inside or "\t" in inside:
            yield tag.fault(_("标签中间有换行或制表符"), _("请删掉，让一个标签写在一行里"))
        if tag.text and _WIDE_INSIDE.search(tag.text):
            yield tag.fault(_("标签里有全角标点或空格"), _("请改成半角"))
        if any(tag.start < seam < tag.end for seam in line.seams):
            wrong, right = _("标签被格式切成几段"), _("请选中整个标签，统一字体和字号，否则只按第一段的格式印")
            yield TemplateFault(line.place, tag.near, wrong, right, grave=False)


def _unclosed(line: Line) -> Iterator[TemplateFault]:
    """Opening marks without closing ones, and the other way round."""
    closing = {"{{": "}}", "{%": "%}"}
    begun: re.Match[str] | None = None
    for mark in _MARK.finditer(line.text):
        if mark[0] in closing:
            if begun is not None:
                yield _mark_fault(line, begun, closing[begun[0]])
            begun = mark
        elif begun is not None and mark[0] == closing[begun[0]]:
            begun = None
        elif begun is None:
            near = line.near(mark.start(), mark.end())
            yield TemplateFault(line.place, near, _("多了一个 %s") % mark[0], _("请删掉，或补上前半个标签"))
    if begun is not None:
        yield _mark_fault(line, begun, closing[begun[0]])


def _mark_fault(line: Line, begun: re.Match[str], closing: str) -> TemplateFault:
    near = line.near(begun.start(), begun.end() + AROUND)
    return TemplateFault(line.place, near, _("标签没有写完"), _("同一段里应有 %s") % closing)
