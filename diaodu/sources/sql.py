"""Somebody else's database as a source: one SELECT that cannot write, within so many seconds and rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from diaodu.language import _
from diaodu.sources.answer import CODES, FIELDS, Answer, Part, cell
from diaodu.sources.cell import Wrong
from diaodu.sources.database import DATABASES, Bounds, Result
from diaodu.sources.fault import Fault, Faults, SourceDown
from diaodu.sources.kind import Found, Kind
from diaodu.sources.option import Option, checked, secret_name, truth, whole_between, words
from diaodu.sources.place import Place
from diaodu.sources.single_select import proven, spelled

OPTIONS = (
    Option("query", _("一条 SELECT 语句；截至日写成 :as_of"), words, required=True),
    Option("indicator", _("指标编码所在的结果列；默认 indicator"), words, default="indicator"),
    Option("unit", _("单位编码所在的结果列；默认 unit"), words, default="unit"),
    Option("value", _("数值所在的结果列；默认 value"), words, default="value"),
    Option("as_of", _("截至日所在的结果列；默认 as_of，没有这一列则为本期截至日"), words),
    Option("note", _("进展所在的结果列；默认 note，可以没有"), words),
    *CODES,
    Option("secret", _("数据库密码的名称；密码本身不入库"), secret_name),
    Option("tls", _("是否要求加密连接并核对证书；默认否"), truth, default=False),
    Option("ca_file", _("对方证书的签发者（PEM 文件）；默认用系统的"), words),
    Option("seconds", _("最多等多少秒；默认 30"), whole_between(1, 600), default=30),
    Option("rows", _("最多取多少行；默认 20000"), whole_between(1, 200_000), default=20_000),
)  # fmt: skip
NEEDED = ("indicator", "unit", "value")
TEXT = "查询"


def read(place: Place) -> Found:
    """All rows of the answer as one file. Raises SourceDown, and Faults when the query or its columns do not fit."""
    options = checked(OPTIONS, place.options, place.location)
    url = make_url(place.location)
    name = _named(url)
    try:
        query = spelled(proven(options["query"], url.drivername), url.drivername, place.as_of)
    except Wrong as wrong:
        raise Faults([Fault(name, TEXT, None, "query", "", str(wrong))]) from None
    if options["secret"]:
        url = url.set(password=place.secret(options["secret"]))
    bounds = Bounds(options["seconds"], options["rows"], options["tls"], options["ca_file"])
    result = _asked(name, url, query, bounds)
    columns = _columns(name, options, result.columns)
    answer = Answer(name, {key: options[key] or key for key in columns}, options, place.as_of)
    records = [_record(row, columns) for row in result.rows]
    return Found([answer.read([Part(name, TEXT, records)])], passed=answer.passed)


def _asked(name: str, url: URL, query: str, bounds: Bounds) -> Result:
    result = DATABASES[url.drivername](url, query, bounds, name)
    if len(result.rows) > bounds.rows:
        raise SourceDown(_("{name}：结果超过 {n} 行，一行也没有取").format(name=name, n=bounds.rows))
    return result


def _columns(name: str, options: Mapping[str, Any], columns: Sequence[str]) -> dict[str, int]:
    """Where each field stands in a row of the result."""
    places = {column.lower(): n for n, column in reversed(list(enumerate(columns)))}
    found, faults = {}, []
    for key in FIELDS:
        column = options[key] or key
        if column.lower() in places:
            found[key] = places[column.lower()]
        elif key in NEEDED or options[key]:
            right = _("结果里没有“{column}”这一列；有：{columns}").format(column=column, columns="、".join(columns))
            faults.append(Fault(name, TEXT, None, key, "", right))
    if faults:
        raise Faults(faults)
    return found


def _record(row: Sequence[Any], columns: Mapping[str, int]) -> list[Any]:
    return [cell(row[columns[key]]) if key in columns else None for key in FIELDS]


def _named(url: URL) -> str:
    """What people call it: the database without who asks."""
    return f"{url.drivername}://{url.host or ''}{f':{url.port}' if url.port else ''}/{url.database or ''}"


def _located(said: str) -> str:
    right = _("应为 postgresql://用户@主机/库、mysql://用户@主机/库、mariadb://用户@主机/库 或 sqlite:///文件")
    try:
        url = make_url(said.strip())
    except (ArgumentError, ValueError):
        raise Wrong(right) from None
    if url.drivername not in DATABASES or not url.database or set(url.query) - {"host", "unix_socket"}:
        raise Wrong(right)
    if url.password is not None:
        raise Wrong(_("位置里不写密码；请用 --secret 指明密钥的名称"))
    return said.strip()


def _conflicts(options: Mapping[str, Any], location: str) -> Mapping[str, str]:
    """What of the query is not allowed on the database it is meant for."""
    if "query" not in options:
        return {}
    try:
        proven(options["query"], make_url(location).drivername)
    except Wrong as wrong:
        return {"query": str(wrong)}
    return {}


KIND = Kind(read, _("数据库：PostgreSQL、MySQL、MariaDB 或 SQLite 的地址，只读"), _located, OPTIONS, True, _conflicts)
