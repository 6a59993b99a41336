"""The process that opens files nobody has checked: little memory, little time, and only plain values come out of it.

It reads `[{"file": …, "size": …}, …]` on one line and then the bytes of the files from standard input, and answers with
one JSON object. Nothing here touches the database, the network or the disk.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from diaodu.confined import limit
from diaodu.language import _
from diaodu.sources.csv_folder import read_csv
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.sheet import Odd, Oddity, Sheet
from diaodu.sources.workbook import OLE, ZIP, read_workbook


def main() -> None:
    """Read what the parent sends, answer with the sheets or with what is wrong."""
    limit()
    incoming = sys.stdin.buffer
    files = [(about["file"], incoming.read(about["size"])) for about in json.loads(incoming.readline())]
    sys.stdout.buffer.write(dumps(*read(files)))


def read(files: Iterable[tuple[str, bytes]]) -> tuple[list[Sheet], list[Fault]]:
    """Sheets and faults of all files; one unreadable file does not hide the faults of the others."""
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for file, data in files:
        try:
            sheets += _read(file, data)
        except Faults as wrong:
            faults += wrong.faults
    return sheets, faults


def _read(file: str, data: bytes) -> list[Sheet]:
    if data.startswith((ZIP, OLE)):
        return read_workbook(file, data)
    if _is_markup(data):
        right = _("这是网页或 XML，只是名叫表格；请用 Excel 或 WPS 打开并另存为 .xlsx")
    elif not data.strip():
        right = _("文件是空的")
    elif file.lower().endswith((".csv", ".txt")):
        return [read_csv(file, data)]
    else:
        right = _("应为工作簿（.xlsx、.xls、.et）或 .csv 文件")
    raise Faults([Fault(file, "", None, None, "", right)])


def _is_markup(data: bytes) -> bool:
    start = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<?xml", b"mime-version"))


def dumps(sheets: list[Sheet], faults: list[Fault]) -> bytes:
    """The answer as JSON; days, moments and oddities are tagged objects."""
    answer = {"sheets": [_plain(s) for s in sheets], "faults": [asdict(f) for f in faults]}
    return json.dumps(answer, ensure_ascii=False, default=_tagged).encode("utf-8", "backslashreplace")


def loads(answer: bytes) -> tuple[list[Sheet], list[Fault]]:
    """Sheets and faults as `dumps` wrote them."""
    found = json.loads(answer, object_hook=_untagged)
    sheets = [
        Sheet(**{**s, "rows": [(n, row) for n, row in s["rows"]], "merged": [tuple(m) for m in s["merged"]]})
        for s in found["sheets"]
    ]
    return sheets, [Fault(**f) for f in found["faults"]]


def _plain(sheet: Sheet) -> dict[str, Any]:
    return {name: getattr(sheet, name) for name in Sheet.__slots__}


def _tagged(value: Any) -> dict[str, Any]:
    match value:
        case Odd():
            return {"odd": value.oddity, "text": value.text}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
    raise TypeError(type(value))


def _untagged(tagged: dict[str, Any]) -> Any:
    match tagged:
        case {"odd": oddity, "text": text}:
            return Odd(Oddity(oddity), text)
        case {"moment": moment}:
            return datetime.fromisoformat(moment)
        case {"day": day}:
            return date.fromisoformat(day)
    return tagged


if __name__ == "__main__":
    main()
