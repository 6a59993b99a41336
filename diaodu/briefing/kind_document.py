"""A kind as an office writes it, in TOML: read with all its faults at once, each with its line (简报种类文件)."""

import re
from typing import Any

from diaodu.briefing.document import Margins
from diaodu.briefing.english.passage import ENGLISH
from diaodu.briefing.exhibit import EXHIBITS
from diaodu.briefing.kind import Form, Kind, Language, Number, Part, Section, Theme
from diaodu.briefing.kind_gap import THEME, UNIT, gaps, wrongs
from diaodu.briefing.passage_name import PASSAGES
from diaodu.rules.distribution import Edition
from diaodu.rules.series import style_of
from diaodu.rules.toml_place import places
from diaodu.rules.toml_table import Table, TomlFault, TomlFaults, parsed

MOST_CHARACTERS = 50_000
MOST_SECTIONS = 10
_KEYS = (
    "name", "form", "edition", "language", "masthead", "series", "number", "title", "addressee", "lead", "section",
    "attachments", "copies", "margins", "theme", "takes_theme",
)  # fmt: skip
_SECTION_KEYS, _PART_KEYS, _THEME_KEYS = (
    ("heading", "passages", "tables", "parts"),
    ("heading", "passages", "tables"),
    ("name", "indicators", "categories"),
)
CODE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_NUMBER = re.compile(r"(?P<prefix>[^0-9〔第]*)(?P<example>[〔第].*)")
_EXAMPLES = "第12期、第5号、第十七期、〔2026〕5号，前面可写机关代字，如 某考办〔2026〕5号"


def read_kind(text: str, code: str) -> Kind:
    """The kind a document describes; `code` is the name it goes by. Raises TomlFaults."""
    if len(text) > MOST_CHARACTERS:
        raise TomlFaults([TomlFault(1, None, f"超过{MOST_CHARACTERS}个字", "一个种类通常不到一百行")])
    head = Table((), parsed(text, 'name = "调度简报"'), places(text))
    if not CODE.fullmatch(code):
        head.fault("name", f"文件名是“{code}”", "文件名小写字母开头，只用小写字母、数字、-和_，不超过32个")
    kind = _Reader(head).kind(code, text)
    if head.faults:
        raise TomlFaults(head.faults)
    return kind


class _Reader:
    """Reads one document; every table's faults are gathered in the head's."""

    def __init__(self, head: Table) -> None:
        self.head = head
        self.edition = Edition.FULL

    def kind(self, code: str, text: str) -> Kind:
        head = self.head
        head.only(_KEYS)
        self.edition = Edition(head.optional_choice("edition", tuple(Edition)) or Edition.FULL)
        theme, takes_theme = self._theme(), head.yes("takes_theme")
        if theme and takes_theme:
            head.fault("takes_theme", "写了 [theme] 又写了 takes_theme", "主题写在这里，或在编写时选定，二者取一")
        kind = Kind(
            code=code,
            name=head.text("name"),
            form=Form(head.choice("form", tuple(Form)) or Form.BRIEFING),
            edition=self.edition,
            language=Language(head.optional_choice("language", tuple(Language)) or Language.CHINESE),
            masthead=self._line(head, "masthead") if head.has("masthead") else "{简报名称}",
            series=head.optional_text("series") or code,
            number=self._number(),
            title=self._title(),
            addressee=self._line(head, "addressee") if head.has("addressee") else "",
            lead=self._line(head, "lead") if head.has("lead") else "",
            sections=self._sections(),
            attachments=self._exhibits(head, "attachments"),
            copies=self._line(head, "copies") if head.has("copies") else "",
            margins=Margins(head.optional_choice("margins", tuple(Margins)) or Margins.STRICT),
            theme=theme,
            takes_theme=takes_theme,
            text=text,
        )
        self._gaps_that_stay_empty(kind)
        return kind

    def _number(self) -> Number:
        example = self.head.text("number")
        found = _NUMBER.fullmatch(example)
        style = style_of(found["example"]) if found else None
        if found and style:
            return Number(found["prefix"].strip(), style)
        if example:
            self.head.fault("number", f"编号写成了“{example}”", f"举一个例子：{_EXAMPLES}")
        return Number("", style_of("第1期"))  # type: ignore[arg-type]

    def _title(self) -> tuple[str, ...]:
        lines = self.head.texts("title")
        if not lines and "title" not in self.head.faulty:
            self.head.fault("title", "缺少 title", 'title = ["关于{方案}", "{期间}进展情况的通报"]，一行一段')
        for line in lines:
            self._check(self.head, "title", line)
        return lines

    def _theme(self) -> Theme | None:
        table = self.head.below("theme")
        if table is None:
            if self.head.has("theme"):
                self.head.fault(
                    "theme", "theme 不是一张表", "以一行 [theme] 开头，下面写 name 和 indicators 或 categories"
                )
            return None
        table.only(_THEME_KEYS)
        theme = Theme(table.text("name"), table.texts("indicators"), table.texts("categories"))
        if not theme.indicators and not theme.categories and not table.faulty:
            table.fault("indicators", "没有写哪些指标", '写 indicators = ["…"]，或 categories = ["…"]')
        self._check(table, "name", theme.name)
        return theme

    def _sections(self) -> tuple[Section, ...]:
        tables = self._tables(self.head, "section", "每部分以一行 [[section]] 开头，下面写 heading 和 passages")
        if len(tables) > MOST_SECTIONS:
            self.head.fault("section", f"有{len(tables)}个部分", f"最多{MOST_SECTIONS}个")
        return tuple(self._section(table) for table in tables)

    def _section(self, table: Table) -> Section:
        table.only(_SECTION_KEYS)
        heading = self._line(table, "heading")
        if table.has("parts") == table.has("passages"):
            table.fault(
                "passages",
                "passages 和 parts 要写一样",
                'passages = ["overview"]；分小标题的写 parts = [{ heading = "…", passages = ["…"] }]',
            )
            return Section(heading, ())
        if table.has("passages"):
            return Section(heading, (Part("", self._passages(table), self._exhibits(table, "tables")),))
        parts = self._tables(table, "parts", 'parts = [{ heading = "…", passages = ["…"] }]')
        return Section(heading, tuple(self._part(part) for part in parts))

    def _part(self, table: Table) -> Part:
        table.only(_PART_KEYS)
        return Part(self._line(table, "heading"), self._passages(table), self._exhibits(table, "tables"))

    def _passages(self, table: Table) -> tuple[str, ...]:
        known = tuple(code for code, passage in PASSAGES.items() if passage.edition in (Edition.FULL, self.edition))
        if self.head.entries.get("language") == Language.ENGLISH:
            known = tuple(code for code in known if code in ENGLISH)
        found = table.texts("passages", known)
        if not found and "passages" not in table.faulty:
            table.fault("passages", "没有写段落", f"可写：{'、'.join(known)}")
        return found

    def _exhibits(self, table: Table, key: str) -> tuple[str, ...]:
        return table.texts(key, tuple(c for c, e in EXHIBITS.items() if e.edition in (Edition.FULL, self.edition)))

    def _tables(self, table: Table, key: str, right: str) -> list[Table]:
        value: Any = table.entries.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            table.fault(key, f"{key} 不是一组表" if table.has(key) else f"缺少 {key}", right)
            return []
        return [Table((*table.at, key, n), each, table.where, table.faults) for n, each in enumerate(value)]

    def _line(self, table: Table, key: str) -> str:
        text = table.text(key)
        self._check(table, key, text)
        return text

    def _check(self, table: Table, key: str, text: str) -> None:
        for found, right in wrongs(text):
            table.fault(key, f"“{text[:30]}”{found}", right)

    def _gaps_that_stay_empty(self, kind: Kind) -> None:
        has_theme = kind.theme is not None or kind.takes_theme
        for key, texts in (
            ("masthead", (kind.masthead,)),
            ("title", kind.title),
            ("addressee", (kind.addressee,)),
            ("lead", (kind.lead,)),
            ("copies", (kind.copies,)),
        ):
            used = set().union(*map(gaps, texts))
            if THEME in used and not has_theme:
                self.head.fault(key, f"用了{{{THEME}}}，而这个种类没有主题", "写上 [theme]，或 takes_theme = true")
            if UNIT in used and kind.edition is not Edition.UNIT:
                self.head.fault(key, f"用了{{{UNIT}}}，而这个种类不是给一个单位的", '写上 edition = "unit"')
