"""Workbooks made for tests: an old one, and one with a part of its archive rewritten."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import xlwt

ROWS = [["指标", "单位", "截至日", "累计完成"], ["invest", "东区", "2023-10-31", "105.5"]]


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one of its parts changed."""
    source = zipfile.ZipFile(io.BytesIO(data))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return out.getvalue()


def old_workbook() -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("填报")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for place, heading in enumerate(ROWS[0]):
        sheet.write(0, place, heading)
    sheet.write(1, 0, "invest")
    sheet.write(1, 1, "东区")
    sheet.write(1, 2, datetime(2023, 10, 31), day)  # noqa: DTZ001  (spreadsheets know no zones)
    sheet.write(1, 3, 105.5)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
