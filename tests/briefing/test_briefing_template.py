"""The office's own Word layout of a briefing: passages and tables in their places, and nothing hostile."""

import io
import zipfile
from pathlib import Path

import pytest

from diaodu.briefing import template_confined
from diaodu.briefing.briefing_field import CORRECTION, EXAMPLE, FIELDS, LISTS, TABLES, told
from diaodu.briefing.briefing_template import filled, left_out, own
from diaodu.briefing.compose import compose, passages
from diaodu.briefing.document import Column, Document, Paragraph, Row, Table, texts
from diaodu.briefing.kind_folder import shipped, shipped_codes
from diaodu.briefing.passage_name import PASSAGES
from diaodu.briefing.template_check import check
from diaodu.briefing.template_draft import draft
from diaodu.briefing.template_fault import TemplateRefused
from diaodu.briefing.template_package import TEXTS, parsed
from diaodu.briefing.template_tag import W
from diaodu.briefing.template_vocabulary import BRIEFING, NOTICE
from tests.briefing import district
from tests.briefing.templates import DOCUMENT, changed, saying
from tests.briefing.test_template_hostile import FILES, TAGS

MONTHLY = shipped("monthly")
SOUND = draft(MONTHLY)


def _words(data: bytes) -> str:
    """Everything the file says, feet included, a paragraph a line."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [parsed(package.read(name)) for name in sorted(package.namelist()) if TEXTS.fullmatch(name)]
    return "\n".join("".join(paragraph.itertext(f"{W}t")) for part in parts for paragraph in part.iter(f"{W}p"))


def _placed(home: Path, data: bytes, code: str = "monthly") -> Path:
    own(home, code).parent.mkdir(parents=True, exist_ok=True)
    own(home, code).write_bytes(data)
    return home


def _document() -> Document:
    return compose(district.facts(), 12, MONTHLY).document


@pytest.mark.parametrize("code", shipped_codes())
def test_the_draft_of_every_kind_has_no_fault(code: str) -> None:
    assert check(draft(shipped(code)), BRIEFING) == []


def test_the_draft_filled_in_says_all_that_the_standard_layout_does(tmp_path: Path) -> None:
    """But for the pictures, and for columns a portrait page has no room for."""
    document = _document()
    (word,) = filled(_placed(tmp_path, SOUND), MONTHLY, [(document, {})])
    assert word is not None
    said = _words(word)
    for paragraph in (b.text for b in document.blocks if isinstance(b, Paragraph)):
        assert paragraph in said
    for wanted in (
        "重点目标任务调度简报",
        "第12期",
        "2023年12月5日印发",
        "●红灯",
        "待签收",
        "固定资产投资",
        "送：各责任单位。",
    ):
        assert wanted in said
    assert "{" not in said
    assert "排序图" not in said


def test_a_passage_stands_where_the_office_puts_it_in_the_words_people_gave_it(tmp_path: Path) -> None:
    written = passages(district.facts(), MONTHLY)
    edited = written | {"overview": ["本期总体平稳。"]}
    data = saying("{%p for 段 in 总体情况 %}", "总：{{ 段 }}", "{%p endfor %}", data=SOUND)
    (word,) = filled(_placed(tmp_path, data), MONTHLY, [(_document(), edited)])
    assert word is not None
    assert _words(word).startswith("总：本期总体平稳。")


def test_a_table_has_a_row_for_each_of_its_tables_rows() -> None:
    rows = told(_document(), {})
    league, warned = rows["完成情况表"], rows["预警督办情况表"]
    assert len(league) == len(district.INDICATORS) * len(district.UNITS)
    assert (league[0]["指标"], league[0]["单位"], league[0]["完成率"]) == ("固定资产投资", "高新区", "91.7%")
    assert (warned[0]["等级"], warned[0]["底色"], warned[0]["状态"]) == ("●红灯", "F8D7DA", "待签收")
    assert rows["任务完成情况表"] == []
    assert set(rows) == {*(f.name for f in FIELDS), *LISTS}


def test_every_sheet_of_a_kind_is_filled_in_together(tmp_path: Path) -> None:
    kind = shipped("unit")
    sheets = [(compose(district.facts(), 12, kind, unit=unit).document, {}) for unit, *_ in district.UNITS]
    made = filled(_placed(tmp_path, draft(kind), "unit"), kind, sheets)
    assert len(made) == len(district.UNITS)
    assert [name in _words(word or b"") for word, (_, name, _) in zip(made, district.UNITS, strict=True)] == [True] * 5


def test_a_correction_keeps_the_standard_layout_whose_table_of_changes_no_template_has(tmp_path: Path) -> None:
    changes = Table(CORRECTION, (Column("单位"),), (Row(()),))
    correction = Document(EXAMPLE.subject, "", EXAMPLE.day, EXAMPLE.masthead, (*EXAMPLE.blocks, changes))
    first, second = filled(_placed(tmp_path, SOUND), MONTHLY, [(correction, {}), (EXAMPLE, {})])
    assert first is None
    assert second is not None


def test_the_same_facts_give_the_same_bytes(tmp_path: Path) -> None:
    home = _placed(tmp_path, SOUND)
    assert filled(home, MONTHLY, [(EXAMPLE, {})]) == filled(home, MONTHLY, [(EXAMPLE, {})])


FAULTS = (
    ("{{ 标题名 }}", "没有“标题名”这个字段", "标题"),
    ("{{ 行.单位 }}", "“行.单位”写在循环外面", "for 行 in 完成情况表"),
    ("{% for 行 in 完成情况表 %}{{ 行.天气 }}{% endfor %}", "没有“行.天气”这个字段", "可用的有"),
    ("{% for 段 in 总体 %}{% endfor %}", "不允许的循环", "for 事项 in 正文"),
    ("{{ 段.文字 }}", "“段.文字”写在循环外面", "for 段 in 正文"),
    ("{{ 事项表 }}", "没有“事项表”这个字段", ""),
    ("｛｛ 标题 ｝｝", "全角的花括号", "半角"),
    ("{{ 标题 ", "标签没有写完", "}}"),
)


@pytest.mark.parametrize(("written", "wrong", "right"), FAULTS)
def test_a_fault_is_told_with_what_is_right(written: str, wrong: str, right: str) -> None:
    found = [f for f in check(saying(written, data=SOUND), BRIEFING) if wrong in f.wrong and right in f.right]
    assert found
    assert found[0].place == "正文第1段"


def test_what_no_briefing_may_lack_is_asked_for() -> None:
    without = changed(DOCUMENT, lambda t: t.replace("{{ 编号 }}", "").replace("in 正文", "in 标题行"), SOUND)
    told_of = {f.wrong for f in check(without, BRIEFING)}
    assert {"缺少必需的字段 编号", "没有正文，也没有任何段落"} <= told_of


def test_a_table_of_the_kind_that_the_template_leaves_out_is_pointed_out() -> None:
    assert [f.wrong for f in left_out(MONTHLY, SOUND)] == ["模板印不了排序图、历期情况表"]
    without = changed(DOCUMENT, lambda t: t.replace("预警督办情况表", "完成情况表"), SOUND)
    assert "没有用到 预警督办情况表，印出的 Word 里不会有这张表" in [f.wrong for f in left_out(MONTHLY, without)]
    assert left_out(MONTHLY, b"") == []


@pytest.mark.parametrize("name", TAGS)
def test_a_hostile_tag_is_refused_in_a_briefing_too(name: str) -> None:
    tag = TAGS[name].replace("事项表", "完成情况表").replace("单位", "标题")
    assert [fault for fault in check(saying(tag, data=SOUND), BRIEFING) if fault.grave]


@pytest.mark.parametrize("name", ["link outside", "picture elsewhere", "ole", "macros", "entity", "path"])
def test_a_hostile_file_is_refused_in_a_briefing_too(name: str) -> None:
    assert [fault for fault in check(FILES[name](), BRIEFING) if fault.grave]


def test_a_hostile_template_put_there_by_hand_prints_nothing(tmp_path: Path) -> None:
    home = _placed(tmp_path, saying(TAGS["globals"], data=SOUND))
    with pytest.raises(TemplateRefused, match="不允许的写法"):
        filled(home, MONTHLY, [(EXAMPLE, {})])


def test_a_template_that_would_print_for_ever_is_stopped_by_its_bounds(tmp_path: Path) -> None:
    loops = "{% for 甲 in 正文 %}{% for 乙 in 正文 %}" + "长" * 5000 + "{% endfor %}{% endfor %}"
    facts = told(EXAMPLE, {})
    with pytest.raises(TemplateRefused, match="限定的内存和时间"):
        template_confined.filled(saying(loops, data=SOUND), [facts | {"正文": facts["正文"] * 2000}], "briefing")


def test_values_are_text_whatever_they_look_like(tmp_path: Path) -> None:
    hostile = Document(EXAMPLE.subject, "</w:t>{{ 标题 }}\x0b", EXAMPLE.day, EXAMPLE.masthead, EXAMPLE.blocks)
    (word,) = filled(_placed(tmp_path, SOUND), MONTHLY, [(hostile, {})])
    assert word is not None
    with zipfile.ZipFile(io.BytesIO(word)) as package:
        assert "&lt;/w:t&gt;{{ 标题 }}" in package.read(DOCUMENT).decode()


def test_a_field_of_notices_is_none_of_briefings() -> None:
    assert not BRIEFING.lists.keys() & NOTICE.lists.keys()
    assert {"要求", "联系人"} <= NOTICE.names - BRIEFING.names


def test_no_two_things_of_a_briefing_share_a_name() -> None:
    names = [*(f.name for f in FIELDS), "正文", "标题行", "附件名", *(p.name for p in PASSAGES.values()), *TABLES]
    assert len(names) == len(set(names)) == len(BRIEFING.known)
    assert all(text not in names for text in texts(EXAMPLE)[:3])
