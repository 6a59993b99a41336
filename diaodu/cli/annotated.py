"""The annotated copy beside a faulty file (批注件): every wrong cell coloured, with what would be right."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from diaodu.language import _

if TYPE_CHECKING:
    from diaodu.sources.fault import Fault

Annotate = Annotated[
    Path | None,
    typer.Option("--annotated", help=_("有差错时批注件写到哪里；默认在原文件旁边，名为“原名_批注.xlsx”。")),
]


def annotate(path: Path, wanted: Path | None, faults: "Sequence[Fault]") -> None:
    """Write the copy of a faulty file, never over another file, and say so."""
    from diaodu.sources.annotation import annotated
    from diaodu.sources.fault import Faults

    out = wanted or path.with_name(f"{path.stem}_批注.xlsx")
    if not path.is_file():
        return
    if out.exists():
        typer.echo(_("没有写批注件，已经有这个文件：") + str(out), err=True)
        return
    try:
        copy = annotated(path.read_bytes(), faults)
    except Faults:
        return  # what cannot be read cannot be annotated; the faults say so themselves
    out.write_bytes(copy)
    typer.echo(_("差错已逐格批注，改好可直接交回：") + str(out), err=True)
