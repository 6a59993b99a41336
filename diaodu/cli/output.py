"""Listings as a table for people, or JSON and CSV for programs."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
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
        writer.writerows({key: _joined(value) for key, value in row.items()} for row in rows)
        typer.echo(out.getvalue(), nl=False)
    else:
        _table(rows, columns, title)


def _joined(value: object) -> object:
    """Several values as one cell holds them."""
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else value


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

    console, table = Console(), Table(title=title or None)
    dates = {key for key in columns if any(isinstance(row.get(key), date) for row in rows)}
    is_wide = console.width > 10 * len(dates) + 4 * (len(columns) - len(dates)) + 3 * len(columns)
    for key, heading in columns.items():
        table.add_column(heading, overflow="fold", no_wrap=is_wide and key in dates)
    for row in rows:
        table.add_row(*(_shown(row.get(key)) for key in columns))
    console.print(table)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return "—" if value is None else str(value)
