"""Workbooks that would like to do harm, made in little memory, and what reading one of them costs."""

import io
import json
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import xlsxwriter

from diaodu.confined import _CHILD, _ROOT
from diaodu.sources.fault import Fault
from diaodu.sources.limited import loads
from diaodu.sources.sheet import Sheet

MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD, FOOT = b"<worksheet " + MAIN + b"><sheetData>", b"</sheetData></worksheet>"
SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"


def with_part(part: str, chunks: Iterable[bytes]) -> bytes:
    """A small sound workbook in which one part is made of these chunks."""
    sound = io.BytesIO()
    with xlsxwriter.Workbook(sound, {"in_memory": True}) as made:
        made.add_worksheet("填报").write_row(0, 0, ["指标", "单位", "截至日", "累计完成"])
    source, out = zipfile.ZipFile(sound), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in source.namelist():
            if name != part:
                target.writestr(name, source.read(name))
        with target.open(part, "w") as stream:
            for chunk in chunks:
                stream.write(chunk)
    return out.getvalue()


def a_million_columns() -> bytes:
    return with_part(SHEET, [HEAD, b"<row>", *([b"<c><v>1</v></c>" * 1000] * 1000), b"</row>", FOOT])


def a_million_empty_rows() -> bytes:
    return with_part(SHEET, [HEAD, *(b'<row r="%d"/>' % n for n in range(1, 1_048_577)), FOOT])


def a_million_rows_of_nothing() -> bytes:
    rows = (b'<row r="%d"><c s="0"/><c t="str"><v></v></c></row>' % n for n in range(1, 1_000_001))
    return with_part(SHEET, [HEAD, *rows, FOOT])


def a_cell_in_the_last_corner() -> bytes:
    return with_part(SHEET, [HEAD, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', FOOT])


def laughing_entities() -> bytes:
    levels = [b'<!ENTITY a0 "hahahahahahahaha">']
    levels += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    cell = b'<row r="1"><c t="inlineStr"><is><t>&a9;</t></is></c><c><f>1</f></c></row>'
    return with_part(SHEET, [b"<?xml version='1.0'?><!DOCTYPE x [", *levels, b"]>", HEAD, cell, FOOT])


def an_entity_that_reads_a_file() -> bytes:
    kind = b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    cell = b'<row r="1"><c t="inlineStr"><is><t>&e;</t></is></c><c><f>1</f></c></row>'
    return with_part(SHEET, [kind, HEAD, cell, FOOT])


def two_million_styles() -> bytes:
    styles = [b'<xf numFmtId="%d"/>' % (n % 200) * 500 for n in range(4000)]
    return with_part(STYLES, [b"<styleSheet " + MAIN + b"><cellXfs>", *styles, b"</cellXfs></styleSheet>"])


def a_million_merged_ranges() -> bytes:
    merged = (b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(2, 1_000_002))
    end = b"</mergeCells></worksheet>"
    return with_part(SHEET, [HEAD, b"</sheetData><mergeCells>", *merged, end])


def merges_over_the_whole_sheet() -> bytes:
    merged = [b'<mergeCell ref="A1:XFD1048576"/>'] * 1000
    end = b"</mergeCells></worksheet>"
    return with_part(SHEET, [HEAD, b"</sheetData><mergeCells>", *merged, end])


def a_million_shared_strings() -> bytes:
    strings = (b"<si><t>%d</t></si>" % n for n in range(1_000_000))
    return with_part(STRINGS, [b"<sst " + MAIN + b">", *strings, b"</sst>"])


def one_endless_string() -> bytes:
    return with_part(STRINGS, [b"<sst " + MAIN + b"><si><t>", *([b"x" * 1_000_000] * 90), b"</t></si></sst>"])


def deep_nesting() -> bytes:
    return with_part(SHEET, [HEAD, b"<a>" * 2_000_000, b"<c t='e'/>", b"</a>" * 2_000_000, FOOT])


def archives_in_archives() -> bytes:
    data = b"0" * 1_000_000
    for level in range(12):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for copy in range(4):
                target.writestr(f"{level}-{copy}.zip", data)
        data = out.getvalue()
    return data


def a_hundred_thousand_parts() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for number in range(100_000):
            target.writestr(f"xl/worksheets/sheet{number}.xml", b"")
        target.writestr("xl/workbook.xml", b"<workbook/>")
    return out.getvalue()


def a_thousand_sheets() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for number in range(1000):
            made.add_worksheet(f"s{number}").write(0, 0, 1)
    return out.getvalue()


TOO_BIG = "解压后过大（上限 100 兆字节、压缩比 100 倍）；请删去多余内容或分成几个文件"
TOO_LONG = "工作表“填报”过大：最多 20 万行、200 列"
BROKEN = "文件已损坏或不是工作簿；请用 Excel 或 WPS 打开并另存为 .xlsx"
MERGED = "合并单元格过多：最多 1 万处；请取消合并，每行填全"
HARMLESS = ""
"""Read, and nothing of it costs anything."""
HOSTILE: tuple[tuple[Callable[[], bytes], str], ...] = (
    (a_million_columns, TOO_BIG),
    (a_million_empty_rows, HARMLESS),
    (a_million_rows_of_nothing, TOO_LONG),
    (a_cell_in_the_last_corner, TOO_LONG),
    (laughing_entities, BROKEN),
    (an_entity_that_reads_a_file, BROKEN),
    (two_million_styles, TOO_BIG),
    (a_million_merged_ranges, MERGED),
    (merges_over_the_whole_sheet, HARMLESS),
    (a_million_shared_strings, HARMLESS),
    (one_endless_string, TOO_BIG),
    (deep_nesting, TOO_BIG),
    (archives_in_archives, "不是 Excel 工作簿；请另存为 .xlsx"),
    (a_hundred_thousand_parts, BROKEN),
    (a_thousand_sheets, HARMLESS),
)
_TELL = "; sys.stderr.write(open('/proc/self/status').read())"
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Cost:
    """What came of one reading, and what the process that did it used."""

    sheets: list[Sheet]
    faults: list[Fault]
    peak: int
    """Bytes of memory."""
    seconds: float
    """Of the processor."""


def cost_of(name: str, data: bytes) -> Cost:
    """Read one file in the limited process, as `read_files` does, and take its measure."""
    head = json.dumps([{"file": name, "size": len(data)}]).encode() + b"\n"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-I", "-c", _CHILD + _TELL, _ROOT, "diaodu.sources.limited"]
    done = subprocess.run(command, input=head + data, capture_output=True, check=True, timeout=120)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = _PEAK.search(done.stderr.decode())
    assert peak is not None
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(*loads(done.stdout), int(peak[1]) * 1024, seconds)
