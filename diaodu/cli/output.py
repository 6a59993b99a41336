"""Listings as a table for people, or JSON and CSV for programs."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

import typer

from diaodu.language import _


class Format(StrEnum):
    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[Format, typer.Option("--format", help=_("输出格式。"))]


def show(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], form: Format, title: str = "") -> None:
    """Print `rows`; `columns` maps keys to headings, and a table shows only those, JSON and CSV all keys."""
    if form is Format.JSON:
        typer.echo(_json([dict(r) for r in rows]))
    elif form is Format.CSV:
        keys = list(dict.fromkeys(k for r in rows for k in r)) or list(columns)
        out = io.StringIO()
        writer = csv.DictWriter(out, keys, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        typer.echo(out.getvalue(), nl=False)
    else:
        _table(rows, columns, title)


def _json(rows: list[dict[str, Any]]) -> str:
    """JSON in which a Decimal is a number with all its digits, which a float could not hold."""
    text = json.dumps(rows, ensure_ascii=False, indent=1, default=_marked)
    return _MARKED.sub(r"\1", text)


def _marked(value: object) -> str:
    return f"\0{value:f}\0" if isinstance(value, Decimal) else str(value)


_MARKED = re.compile(r'"\\u0000(-?[0-9.]+)\\u0000"')


def _table(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str], title: str) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None)
    for heading in columns.values():
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*("—" if row.get(k) is None else str(row[k]) for k in columns))
    Console().print(table)
