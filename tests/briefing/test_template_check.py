"""检查模板: every fault at once, in Chinese, with the neighbouring words and what would be right."""

import pytest

from diaodu.briefing.notice_template import shipped
from diaodu.briefing.template_check import check
from diaodu.briefing.template_vocabulary import NOTICE
from diaodu.rules.routing import NoticeKind
from tests.briefing.templates import DOCUMENT, SOUND, changed, coded, paragraph, run, saying

BOLD = "<w:rPr><w:b/></w:rPr>"
FAULTS = (
    ("兹通知{{ 单位名称 }}知悉", "兹通知{{ 单位名称 }}知悉", "没有“单位名称”这个字段", "是不是 单位"),
    ("{{ 联系 }}", "{{ 联系 }}", "没有“联系”这个字段", "联系人"),
    ("{{ 天气 }}", "{{ 天气 }}", "没有“天气”这个字段", "可用的有："),
    ("{% for 事项 in 事项表 %}{{ 事项.名 }}{% endfor %}", "{{ 事项.名 }}", "没有“事项.名”这个字段", "可用的有："),
    ("{{ 事项.指标 }}", "{{ 事项.指标 }}", "“事项.指标”写在循环外面", "for 事项 in 事项表"),
    ("请｛｛ 单位 ｝｝办理", "请｛｛ 单位 ｝｝办理", "全角的花括号", "半角"),
    ("｛% if 单位 %｝", "｛% if 单位 %｝", "全角的花括号", "半角"),
    ("{{ 单位 ", "{{ 单位 ", "标签没有写完", "}}"),
    ("{% if 单位 }}", "{% if 单位 }}", "标签没有写完", "%}"),
    ("单位 }}", "单位 }}", "多了一个 }}", "前半个"),
    ("收文：{ 单位 }", "收文：{ 单位 }", "只有一层花括号", "{{ 单位 }}"),
    ("{{ 事项，指标 }}", "{{ 事项，指标 }}", "全角标点", "半角"),
    ("{{ 单位\u3000}}", "{{ 单位\u3000}}", "全角标点或空格", "半角"),
    ("{{ }}", "{{ }}", "写法有误", "字段说明"),
    ("{% if 单位 %}甲", "{% if 单位 %}甲", "if 没有结束", "endif"),
    ("{% for 项 in 事项表 %}{{ 项.指标 }}", "{% for 项 in 事项表 %}", "for 没有结束", "endfor"),
    ("甲{% endif %}", "甲{% endif %}", "这里不该有 endif", "if"),
    ("{% for 项 in 单位 %}{% endfor %}", "{% for 项 in 单位 %}", "不允许的循环", "事项表"),
    ("{%tc for 项 in 事项表 %}", "{%tc for", "不支持 {%tc %}", "{%tr %}"),
    ("{{ 单位|upper }}", "{{ 单位|upper }}", "不能用过滤器 upper", "default"),
    ("{{ 单位 is string }}", "{{ 单位 is string }}", "不能用 is string", "字段名"),
    ("{% set 甲 = 1 %}", "{% set 甲 = 1 %}", "不允许的写法：set", "for、if"),
)


def test_the_sound_template_has_no_fault() -> None:
    assert check(SOUND, NOTICE) == []


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_shipped_template_has_no_fault(kind: NoticeKind) -> None:
    assert check(shipped(kind), NOTICE) == []


@pytest.mark.parametrize(("written", "near", "wrong", "right"), FAULTS)
def test_a_fault_is_told_with_its_place_and_what_is_right(written: str, near: str, wrong: str, right: str) -> None:
    found = [f for f in check(saying(written), NOTICE) if wrong in f.wrong]
    assert found, check(saying(written), NOTICE)
    assert found[0].grave
    assert near in found[0].near
    assert found[0].place == "正文第1段"
    assert right in found[0].right


def test_all_faults_are_told_at_once() -> None:
    told = check(saying(*(written for written, *_ in FAULTS[:10])), NOTICE)
    for _written, _near, wrong, _right in FAULTS[:10]:
        assert [f for f in told if wrong in f.wrong], wrong


def test_forbidden_contents_do_not_hide_other_faults() -> None:
    told = {f.wrong for f in check(saying(coded("DDEAUTO cmd"), "{{ 单位名称 }}"), NOTICE)}
    assert {"只能用页码域", "没有“单位名称”这个字段"} <= told


def test_a_tag_cut_by_formatting_is_pointed_out_and_works() -> None:
    (told,) = check(saying(paragraph(run("{{ 单"), run("位 }}", BOLD))), NOTICE)
    assert (told.grave, told.near) == (False, "{{ 单位 }}")
    assert "切成几段" in told.wrong


def test_a_tag_cut_by_a_line_break_is_a_fault() -> None:
    told = check(saying(paragraph(run("{{ 单"), "<w:r><w:br/></w:r>", run("位 }}"))), NOTICE)
    assert [f.near for f in told if "换行" in f.wrong] == ["{{ 单↵位 }}"]


def test_required_fields_must_be_there() -> None:
    without = changed(DOCUMENT, lambda text: text.replace("{{ 要求 }}", "").replace("事项表", "依据表"))
    told = {f.wrong for f in check(without, NOTICE)}
    assert {"缺少必需的字段 要求", "缺少必需的字段 事项表"} <= told


def test_the_head_is_checked_too() -> None:
    unknown = check(changed("word/header1.xml", lambda text: text.replace("{{ 文号 }}", "{{ 字号 }}")), NOTICE)
    assert [(f.place, f.wrong) for f in unknown] == [("页眉第2段", "没有“字号”这个字段")]


def test_a_loop_over_rows_that_stands_outside_a_table_is_found() -> None:
    assert check(saying("{%tr for 项 in 事项表 %}", "{{ 项.指标 }}", "{%tr endfor %}"), NOTICE)


@pytest.mark.parametrize("data", [b"", b"PK", b"hello", SOUND[:200], SOUND[:-40]])
def test_what_is_no_word_file_is_said_to_be_none(data: bytes) -> None:
    (told,) = check(data, NOTICE)
    assert told.grave
    assert "不是 Word 文件" in told.wrong
