"""Somebody's HTTP interface as a source: JSON, page after page, mapped to reports by JMESPath."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import jmespath

from diaodu.language import _
from diaodu.sources.answer import CODES, FIELDS, Answer, Part, cell
from diaodu.sources.cell import Wrong
from diaodu.sources.fault import Fault, Faults, SourceDown
from diaodu.sources.json_text import NotJson, read_json
from diaodu.sources.kind import Found, Kind
from diaodu.sources.option import Option, checked, one_of, path, secret_name, whole_between, words
from diaodu.sources.place import Place
from diaodu.sources.web_client import WebClient

PAGING = ("none", "link", "page", "cursor")
OPTIONS = (
    Option("items", _("数据列表在答复中的路径（JMESPath）；默认整个答复就是列表"), path, default="@"),
    Option("indicator", _("每条数据中指标编码的路径；固定值写成 '编码'"), path, required=True),
    Option("unit", _("每条数据中单位编码的路径；固定值写成 '编码'"), path, required=True),
    Option("value", _("每条数据中数值的路径"), path, required=True),
    Option("as_of", _("每条数据中截至日的路径；不写为本期截至日"), path),
    Option("note", _("每条数据中进展文字的路径"), path),
    *CODES,
    Option("secret", _("密钥的名称；密钥本身不入库"), secret_name),
    Option("auth_header", _("放密钥的请求头；默认 Authorization"), words, default="Authorization"),
    Option("auth_prefix", _("密钥前的文字；默认 Bearer，不要则写 none"), words, default="Bearer"),
    Option("paging", _("翻页方式：none、link、page、cursor；默认 none"), one_of(*PAGING), default="none"),
    Option("next", _("link：下一页网址的路径，不写用 Link 响应头；cursor：下一页标记的路径"), path),
    Option("page_parameter", _("page、cursor 翻页所用的参数名；默认 page、cursor"), words),
    Option("first_page", _("page 翻页的第一页；默认 1"), whole_between(0, 1), default=1),
    Option("pages", _("最多读多少页；默认 100"), whole_between(1, 10_000), default=100),
    Option("megabytes", _("最多读多少兆字节；默认 20"), whole_between(1, 500), default=20),
    Option("seconds", _("全部读完最多用多少秒；默认 60"), whole_between(1, 600), default=60),
    Option("attempts", _("对方繁忙或出错时最多试几次；默认 4"), whole_between(1, 10), default=4),
    Option("ca_file", _("对方证书的签发者（PEM 文件）；默认用系统的"), words),
)  # fmt: skip


def read(place: Place) -> Found:
    """Every page's items as one file. Raises SourceDown, and Faults when an answer is not what was agreed."""
    options = checked(OPTIONS, place.options, place.location)
    theirs = {key: options[key] for key in FIELDS if options[key]}
    answer = Answer(place.location, theirs, options, place.as_of)
    secret = place.secret(options["secret"]) if options["secret"] else None
    with WebClient(options, secret) as client:
        file = answer.read(_Pages(client, options).parts(_address(place.location, place.as_of)))
    return Found([file], passed=answer.passed)


@dataclass(slots=True)
class _Pages:
    """Page after page, until there is no further one; never more than was allowed."""

    client: WebClient
    options: dict[str, Any]

    def parts(self, address: str) -> Iterator[Part]:
        first = httpx.URL(address)
        url, before = self._first(first), None
        for number in range(1, self.options["pages"] + 1):
            response = self.client.get(url)
            if response.data == before:
                raise SourceDown(_("{url}：翻页后内容没有变化；请检查翻页参数").format(url=str(url)))
            before = response.data
            whole = _parsed(url, response.data)
            items = self._items(url, whole)
            yield Part(str(url), f"第 {number} 页", [self._record(item) for item in items])
            following = self._next(first, url, whole, response.links, len(items), number)
            if following is None:
                return
            url = following
        raise SourceDown(
            _("{url}：超过 {n} 页还没有读完，一页也没有取").format(url=str(first), n=self.options["pages"])
        )

    def _first(self, url: httpx.URL) -> httpx.URL:
        if self.options["paging"] != "page":
            return url
        return url.copy_set_param(self._parameter(), self.options["first_page"])

    def _next(
        self, first: httpx.URL, url: httpx.URL, whole: Any, links: dict[str, str], items: int, number: int
    ) -> httpx.URL | None:
        match self.options["paging"]:
            case "page":
                following = self.options["first_page"] + number
                return first.copy_set_param(self._parameter(), following) if items else None
            case "cursor":
                cursor = self._said(whole)
                return first.copy_set_param(self._parameter(), cursor) if cursor else None
            case "link":
                link = self._said(whole) if self.options["next"] else links.get("next")
                return url.join(link) if link else None
        return None

    def _said(self, whole: Any) -> str | None:
        found = jmespath.search(self.options["next"] or "next", whole)
        return None if found is None or found is False else str(found)

    def _parameter(self) -> str:
        return str(self.options["page_parameter"] or self.options["paging"])

    def _items(self, url: httpx.URL, whole: Any) -> list[Any]:
        found = _search(self.options["items"], whole)
        if isinstance(found, list):
            return found
        right = _("“{path}”处应为列表").format(path=self.options["items"])
        raise Faults([Fault(str(url), "", None, "items", str(cell(found) or ""), right)])

    def _record(self, item: Any) -> list[Any]:
        return [cell(_search(self.options[key], item)) if self.options[key] else None for key in FIELDS]


def _search(expression: str, within: Any) -> Any:
    try:
        return jmespath.search(expression, within)
    except jmespath.exceptions.JMESPathError as wrong:
        return f"{type(wrong).__name__}: {wrong}"


def _parsed(url: httpx.URL, data: bytes) -> Any:
    try:
        return read_json(data)
    except NotJson as wrong:
        raise Faults([Fault(str(url), "", None, None, "", str(wrong))]) from None


def _address(location: str, as_of: date | None) -> str:
    """The address with the day filled in."""
    if "{" not in location:
        return location
    if as_of is None:
        raise SourceDown(_("{url}：地址里有截至日，而没有指明哪一天").format(url=location))
    return location.format(as_of=as_of)


def _located(said: str) -> str:
    try:
        url = httpx.URL(said.strip().format(as_of=date(2000, 1, 1)))
    except (httpx.InvalidURL, ValueError, LookupError, AttributeError):
        raise Wrong(_("应为网址，截至日写成 {{as_of}} 或 {{as_of:%Y%m%d}}").format()) from None
    if url.scheme not in {"http", "https"} or not url.host:
        raise Wrong(_("应为 http:// 或 https:// 开头的网址"))
    if url.userinfo:
        raise Wrong(_("网址里不写用户名和密码；请用 --secret 指明密钥的名称"))
    return said.strip()


KIND = Kind(read, _("网址：返回 JSON 的 HTTP 接口"), _located, OPTIONS, asks_day=True)
