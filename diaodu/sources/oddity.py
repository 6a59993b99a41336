"""Cells that show a person something else than they hold, found in an .xlsx before its values are believed.

The workbook reader returns a blank for a formula whose result was never saved and for #DIV/0!, and 0.85 for a cell
that shows 85%. A blank target means "no target", so none of the three may pass for what it looks like.
"""

import posixpath
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from diaodu.sources.sheet import Odd, Oddity

_SUSPECT = re.compile(rb"""<(?:\w+:)?f[\s>/]|\bt\s*=\s*["']e["']|\bhidden\s*=\s*["'](?:1|true)["']""")
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PERCENT_FORMATS = {"9", "10"}


@dataclass(frozen=True, slots=True)
class Found:
    """What is odd about one sheet: cells by (row, column) from 0, and hidden rows as the spreadsheet counts them."""

    cells: dict[tuple[int, int], Odd] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)


def oddities(archive: ZipFile) -> dict[str, Found]:
    """By sheet name, what is odd about it; raises ValueError for XML that is none."""
    try:
        percent = _percent_styles(archive)
        return {name: _odd_cells(archive.read(part), percent) for name, part in _parts(archive).items()}
    except (ElementTree.ParseError, expat.ExpatError) as broken:
        raise ValueError(str(broken)) from None


def _parts(archive: ZipFile) -> dict[str, str]:
    """The file behind each sheet name."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    targets = {e.get("Id"): e.get("Target", "") for e in _root(archive, "xl/_rels/workbook.xml.rels")}
    parts = {}
    for element in _root(archive, "xl/workbook.xml").iter():
        if _local(element.tag) == "sheet":
            key = next((v for k, v in element.attrib.items() if _local(k) == "id"), None)
            path = posixpath.normpath(posixpath.join("/xl", targets.get(key, ""))).lstrip("/")
            if path in names:
                parts[element.get("name", "")] = path
    return parts


def _percent_styles(archive: ZipFile) -> frozenset[str]:
    """Numbers of the cell styles that multiply by a hundred for show."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    formats = set(_PERCENT_FORMATS)
    styles: list[str] = []
    for element in _root(archive, "xl/styles.xml").iter():
        tag = _local(element.tag)
        if tag == "numFmt" and "%" in element.get("formatCode", ""):
            formats.add(element.get("numFmtId", ""))
        elif tag == "cellXfs":
            styles = [xf.get("numFmtId", "0") for xf in element]
    return frozenset(str(i) for i, number_format in enumerate(styles) if number_format in formats)


def _root(archive: ZipFile, part: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(part))  # noqa: S314  (in the limited process; expat caps entities)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _odd_cells(xml: bytes, percent: frozenset[str]) -> Found:
    """Read a sheet's XML a second time, only when something in it is suspect."""
    styled = percent and any(b's="%s"' % s.encode() in xml for s in percent)
    if not styled and not _SUSPECT.search(xml):
        return Found()
    scan = _Scan(percent)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    parser.Parse(xml, True)
    return scan.found


class _Scan:
    """Follows rows, cells, formulas and values through a sheet's XML."""

    def __init__(self, percent: frozenset[str]) -> None:
        self.percent = percent
        self.found = Found()
        self.row = self.column = -1
        self.cell: dict[str, str] = {}
        self.formula = self.in_value = False
        self.value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self.row = int(attributes["r"]) - 1 if attributes.get("r", "").isdigit() else self.row + 1
                self.column = -1
                if attributes.get("hidden") in {"1", "true"}:
                    self.found.hidden_rows.append(self.row + 1)
            case "c":
                address = _ADDRESS.fullmatch(attributes.get("r", ""))
                self.column = _number(address[1]) if address else self.column + 1
                self.row = int(address[2]) - 1 if address else self.row
                self.cell, self.formula, self.value = attributes, False, ""
            case "f":
                self.formula = True
            case "v":
                self.in_value = True

    def text(self, data: str) -> None:
        if self.in_value:
            self.value += data

    def end(self, tag: str) -> None:
        match _local(tag):
            case "v":
                self.in_value = False
            case "c":
                odd = self._judge(self.cell.get("t", "n"), self.value.strip())
                if odd is not None:
                    self.found.cells[self.row, self.column] = odd

    def _judge(self, kind: str, value: str) -> Odd | None:
        """An empty text is a result (`t="str"`); an empty number is a result never saved."""
        if kind == "e":
            return Odd(Oddity.ERROR, value)
        if self.formula and not value and kind != "str":
            return Odd(Oddity.FORMULA, "")
        if value and kind == "n" and self.cell.get("s") in self.percent:
            return Odd(Oddity.PERCENT, value)
        return None


def _number(letters: str) -> int:
    number = 0
    for character in letters:
        number = number * 26 + ord(character) - ord("A") + 1
    return number - 1
