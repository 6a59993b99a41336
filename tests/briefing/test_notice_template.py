"""The shipped Word templates: made from their source, in schema order, in the standard's form, with every fact."""

import io
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from diaodu.briefing.notice_field import FIELDS, ITEM_FIELDS, facts
from diaodu.briefing.notice_template import filled, own, shipped
from diaodu.briefing.template_fault import TemplateRefused
from diaodu.briefing.word_table import FILLS, Tone
from diaodu.rules.notice import TITLES, WHOLE_UNIT, from_json, to_json
from diaodu.rules.routing import NoticeKind
from tests.briefing.notices import NOTICES, RED, YELLOW, notice
from tests.briefing.pages import docx_texts, parts
from tests.briefing.templates import saying
from tests.briefing.test_as_word import out_of_order
from tests.notice_templates import LETTERS, built

MM = 1440 / 25.4
K = NoticeKind
FORMS = frozenset(K) - LETTERS
ROWS = {
    K.WARNING: (
        "被预警单位",
        "序时要求",
        "实际完成",
        "差距",
        "依据条款",
        "整改要求与时限",
        "反馈联系人",
        "签发人",
        "回执",
    ),
    K.SUPERVISION: (
        "责任单位",
        "责任人",
        "交办依据",
        "目前进展与差距",
        "工作要求",
        "时限要求",
        "领导批示",
        "承办情况",
        "审核意见",
        "办结销号",
    ),
}
SLIP = ("签收人及时间", "原因分析", "整改措施", "预计完成日")


def about(*indicators: str) -> str:
    """What a letter on these items says it is about."""
    items = tuple(replace(YELLOW, indicator=each) for each in indicators)
    said = facts(replace(NOTICES[K.INTERVIEW], items=items))["所涉事项"]
    return str(said)


def test_a_unit_as_a_whole_is_no_task_of_the_list() -> None:
    assert about("投资", "工业") == "下列2项任务"
    assert about(WHOLE_UNIT) == "整体进度"
    assert about(WHOLE_UNIT, "投资") == "整体进度及下列1项任务"


def word(kind: NoticeKind, home: Path = Path("nowhere")) -> bytes:
    return filled(home, kind, [NOTICES[kind]])[0]


def value(element: etree._Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}")))


@pytest.mark.parametrize("kind", list(K))
def test_the_file_shipped_is_what_its_source_makes(kind: NoticeKind) -> None:
    """Otherwise: python -m tests.notice_templates."""
    assert shipped(kind) == built(kind)


@pytest.mark.parametrize("kind", list(K))
def test_a_notice_says_all_its_facts(kind: NoticeKind) -> None:
    said, body = "\n".join(docx_texts(word(kind))), NOTICES[kind]
    head = "".join(etree.fromstring(part).xpath("string()") for n, part in parts(word(kind)).items() if "header" in n)
    for fact in (body.number, body.issuer, body.unit, body.demand, body.contact, TITLES[kind], "2026年11月9日"):
        assert fact in said + head, fact
    for item in body.items:
        assert item.words in said
    assert "{{" not in said + head
    assert "{%" not in said + head


@pytest.mark.parametrize("kind", ROWS)
def test_a_form_has_every_row_of_its_kind(kind: NoticeKind) -> None:
    said = docx_texts(word(kind))
    for row in ROWS[kind]:
        assert row in said


@pytest.mark.parametrize("kind", list(K))
def test_every_notice_ends_with_a_slip_to_send_back(kind: NoticeKind) -> None:
    said = docx_texts(word(kind))
    slip = said[said.index(f"{TITLES[kind]}回执") :]
    for row in SLIP if kind is not K.CHASE else ("签收人及时间", "未按时报送的原因", "预计补报日"):
        assert row in slip
    assert NOTICES[kind].number in slip


@pytest.mark.parametrize("kind", list(K))
def test_word_opens_it_without_repair(kind: NoticeKind) -> None:
    for name, content in parts(word(kind)).items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert list(out_of_order(etree.fromstring(content))) == [], name
    assert docx.Document(io.BytesIO(word(kind))).sections


@pytest.mark.parametrize("kind", list(K))
def test_the_same_facts_give_the_same_bytes(kind: NoticeKind) -> None:
    again = from_json(to_json(NOTICES[kind]))
    assert filled(Path("nowhere"), kind, [again, again]) == [word(kind), word(kind)]


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_the_bar_is_tinted_by_the_worst_level_and_says_its_name(kind: NoticeKind) -> None:
    first = next(etree.fromstring(parts(word(kind))["word/document.xml"]).iter(qn("w:tc")))
    assert "".join(first.itertext()) == "预警等级：红灯（共2项）"
    assert value(first.find(".//" + qn("w:shd")), "fill") == FILLS[Tone.RED]


def test_each_item_has_its_own_tint() -> None:
    body = etree.fromstring(parts(word(K.WARNING))["word/document.xml"])
    fills = {
        "".join(c.itertext()): value(s, "fill")
        for c in body.iter(qn("w:tc"))
        if (s := c.find(".//" + qn("w:shd"))) is not None
    }
    assert (fills["黄灯"], fills["红灯"]) == (FILLS[Tone.YELLOW], FILLS[Tone.RED])


def test_a_clause_is_given_once() -> None:
    many = replace(NOTICES[K.WARNING], items=(YELLOW, YELLOW, RED))
    said = "\n".join(docx_texts(filled(Path("nowhere"), K.WARNING, [many])[0]))
    assert (said.count(YELLOW.clause), said.count(RED.clause)) == (1, 1)


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_a_letter_has_its_double_lines_and_no_number_on_its_first_page(kind: NoticeKind) -> None:
    """GB/T 9704-2012, 10.1: 170 mm wide, thick above thin below the head, thin above thick at the foot."""
    made = parts(word(kind))
    section = etree.fromstring(made["word/document.xml"])[0][-1]
    assert section.find(qn("w:titlePg")) is not None
    head, foot = (etree.fromstring(made[f"word/{name}.xml"]) for name in ("header1", "footer5"))
    for part, side, kind_of_line in ((head, "bottom", "thickThinSmallGap"), (foot, "top", "thinThickSmallGap")):
        line = part.find(f".//{qn('w:pBdr')}/{qn('w:' + side)}")
        assert (value(line, "val"), value(line, "color")) == (kind_of_line, "FF0000")
        indent = part.find(".//" + qn("w:ind"))
        width = 156 - (int(value(indent, "left")) + int(value(indent, "right"))) / MM
        assert width == pytest.approx(170, abs=0.1)
    assert "PAGE" not in "".join(foot.itertext())
    number = head.findall(qn("w:p"))[-1]
    assert value(number.find(".//" + qn("w:jc")), "val") == "right"


def test_a_long_list_goes_over_pages_with_its_heads_repeated() -> None:
    rows = etree.fromstring(parts(filled(Path("nowhere"), K.WARNING, [notice(K.WARNING, 60)])[0])["word/document.xml"])
    assert sum("任务" in "".join(r.itertext()) for r in rows.iter(qn("w:tr"))) >= 58
    assert all(r.find(".//" + qn("w:cantSplit")) is not None for r in rows.iter(qn("w:tr")))
    assert rows.find(".//" + qn("w:tblHeader")) is not None


def test_the_offices_own_template_comes_first(tmp_path: Path) -> None:
    path = own(tmp_path, K.REMINDER)
    path.parent.mkdir(parents=True)
    path.write_bytes(saying("本办自拟：{{ 单位 }}"))
    assert "本办自拟：西区" in docx_texts(word(K.REMINDER, tmp_path))
    assert "本办自拟：西区" not in docx_texts(word(K.WARNING, tmp_path))
    path.write_bytes(saying("{{ 单位.__class__ }}"))
    with pytest.raises(TemplateRefused):
        word(K.REMINDER, tmp_path)


def test_every_field_has_a_value_and_a_meaning() -> None:
    told = facts(NOTICES[K.WARNING])
    assert {f.name for f in FIELDS} <= set(told)
    assert {f.name for f in ITEM_FIELDS} <= set(told["事项表"][0])
    assert all(f.meaning for f in (*FIELDS, *ITEM_FIELDS))


def test_values_cannot_break_the_file() -> None:
    told = facts(replace(NOTICES[K.REMINDER], unit="西\x0b区\n<w:p/>\ufffe"))
    assert told["单位"] == "西 区 <w:p/>"
