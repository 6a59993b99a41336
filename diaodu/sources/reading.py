"""From a path someone names to sheets of cells: read whole, opened by a process that may fail alone."""

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from diaodu.confined import Died, TookTooLong, ask
from diaodu.language import _
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.limited import loads
from diaodu.sources.sheet import Sheet

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Book:
    """What a path held: sheets, what could not be read, and the hash of every byte of it."""

    sheets: list[Sheet]
    faults: list[Fault]
    digest: str


def read_path(path: Path) -> Book:
    """The workbook, CSV file, or folder of CSV files at `path`; raises Faults when there is none."""
    return read_files([(name, _bytes(name, file)) for name, file in _files(path)])


def read_files(files: list[tuple[str, bytes]]) -> Book:
    """The same for bytes in hand (an upload): names are for messages, contents decide what they are."""
    sheets, faults = _limited(files)
    return Book(sheets, faults, digest_of(files))


def digest_of(files: list[tuple[str, bytes]]) -> str:
    """The hash of every byte and of the files' own names; in which folder or letter they lay makes no difference."""
    digest = sha256()
    for name, data in files:
        digest.update(f"{Path(name).name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _files(path: Path) -> list[tuple[str, Path]]:
    """Files to read with the names messages use; hidden files and the lock files of open workbooks are none."""
    if path.is_file():
        return [(path.name, path)]
    if not path.is_dir():
        raise Faults([Fault(str(path), "", None, None, "", _("没有这个文件或文件夹"))])
    inside = sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
    found = [p for p in inside if p.suffix.lower() == ".csv"]
    books = [p for p in inside if p.suffix.lower() in {".xlsx", ".xls", ".et", ".xlsm"}]
    if books:
        right = _("文件夹里只放 CSV 文件；工作簿请单独导入，或从这里移走")
        raise Faults(Fault(f"{path.name}/{p.name}", "", None, None, "", right) for p in books)
    if not found:
        raise Faults([Fault(str(path), "", None, None, "", _("文件夹里没有 CSV 文件"))])
    return [(f"{path.name}/{p.name}", p) for p in found]


def _bytes(name: str, file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Faults([Fault(name, "", None, None, "", _("文件超过 50 兆字节；请分成几个文件"))])
        return file.read_bytes()
    except OSError as wrong:
        raise Faults([Fault(name, "", None, None, wrong.strerror or "", _("文件读不出来；请检查权限"))]) from None


def _limited(files: list[tuple[str, bytes]]) -> tuple[list[Sheet], list[Fault]]:
    """What the limited process makes of them; its death is a fault of the file, never ours."""
    about = json.dumps([{"file": name, "size": len(data)} for name, data in files]).encode() + b"\n"
    payload = b"".join([about, *(data for _name, data in files)])
    try:
        return loads(ask("diaodu.sources.limited", payload))
    except TookTooLong:
        right = _("读了半分钟还没读完；请删去多余内容或分成几个文件")
    except Died:
        right = _("太大或已损坏，无法在限定的内存和时间内读完；请只保留数据，另存为 .xlsx")
    names = "、".join(name for name, _data in files)
    raise Faults([Fault(names, "", None, None, "", right)])
