"""Files that are no workbook, or would do harm: each is refused in bounded time and memory."""

import io
import zipfile

from openpyxl import Workbook

from tests.plan_file import SOUND, Spoil, book, book_of, bytes_of, cell, raw


def _bomb() -> bytes:
    """Half a gigabyte of nothing in half a megabyte."""
    source = zipfile.ZipFile(io.BytesIO(bytes_of(book_of(SOUND))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        with target.open("xl/worksheets/sheet9.xml", "w") as part:
            for _ in range(500):
                part.write(b" " * 1_000_000)
    return out.getvalue()


def _wide(made: Workbook) -> None:
    made["填报"].cell(1, 250, "更多")


def _far(made: Workbook) -> None:
    made["填报"]["XFD1048576"] = 1


def _archive(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr(name, "x")
    return out.getvalue()


def _truncated() -> bytes:
    data = bytes_of(book_of(SOUND))
    return data[: len(data) // 2]


def _lying_bomb() -> bytes:
    """A sheet of half a gigabyte in an archive whose directory calls it a thousand bytes."""
    source = zipfile.ZipFile(io.BytesIO(bytes_of(book_of(SOUND))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist()[::-1]:
            data = source.read(name)
            if name != "xl/worksheets/sheet1.xml":
                target.writestr(name, data)
        with target.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>')
            for row in range(1, 501):
                part.write(b'<row r="%d">' % row + b'<c t="inlineStr"><is><t>a</t></is></c>' * 25_000 + b"</row>")
            part.write(b"</sheetData></worksheet>")
    lying = bytearray(out.getvalue())
    directory = lying.rfind(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    return bytes(lying)


def _encrypted() -> bytes:
    """A container that holds an encrypted package, as Excel writes it for a password."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") * 100


CASES: tuple[tuple[str, Spoil, tuple[str, ...]], ...] = (
    (
        "a web page saved as a workbook",
        raw("plan.xls", "<html><table><tr><td>指标</td></tr></table></html>".encode()),
        ("plan.xls：这是网页或 XML，只是名叫表格；请用 Excel 或 WPS 打开并另存为 .xlsx",),
    ),
    (
        "a workbook cut off",
        raw("plan.xlsx", _truncated),
        ("plan.xlsx：文件已损坏或不是工作簿；请用 Excel 或 WPS 打开并另存为 .xlsx",),
    ),
    (
        "an archive that is no workbook",
        raw("plan.xlsx", _archive("a.txt")),
        ("plan.xlsx：不是 Excel 工作簿；请另存为 .xlsx",),
    ),
    (
        "an archive that explodes",
        raw("plan.xlsx", _bomb),
        ("plan.xlsx：解压后过大（上限 100 兆字节、压缩比 100 倍）；请删去多余内容或分成几个文件",),
    ),
    (
        "an archive that lies about its size",
        raw("plan.xlsx", _lying_bomb),
        ("plan.xlsx：太大或已损坏，无法在限定的内存和时间内读完；请只保留数据，另存为 .xlsx",),
    ),
    ("a workbook with a password", raw("plan.xls", _encrypted), ("plan.xls：工作簿有密码；请去掉密码后再导入",)),
    (
        "a picture",
        raw("plan.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        ("plan.xlsx：应为工作簿（.xlsx、.xls、.et）或 .csv 文件",),
    ),
    ("a sheet too wide", book(_wide), ("plan.xlsx：工作表“填报”过大：最多 20 万行、200 列",)),
    (
        "a cell at the far end of the sheet",
        book(_far),
        ("plan.xlsx：太大或已损坏，无法在限定的内存和时间内读完；请只保留数据，另存为 .xlsx",),
    ),
    ("a file that is not there", lambda path: path / "nothing.xlsx", ("{folder}/nothing.xlsx：没有这个文件或文件夹",)),
    ("a folder without a table", lambda path: path, ("{folder}：文件夹里没有 CSV 文件",)),
    (
        "another scheme than the one named",
        cell("scheme", 2, "值", "2024"),
        ("plan/scheme.csv · 第 2 行 · 编码：读到“2024”，与指定的方案 2023 不一致",),
    ),
)
