"""The Word file has the page of GB/T 9704-2012, names fonts only, and keeps the schema's order."""

import io
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from diaodu.briefing import as_word
from diaodu.briefing.document import Margins
from diaodu.briefing.word_order import PLACES, put_in_order
from tests.briefing.pages import parts
from tests.briefing.samples import BRIEFING, LYING, NOTICE, TABLE, saying

CONTENT = as_word.write(BRIEFING)
PARTS = parts(CONTENT)
BODY = etree.fromstring(PARTS["word/document.xml"])[0]
STYLES = etree.fromstring(PARTS["word/styles.xml"])
TWENTIETHS_PER_MM = 1440 / 25.4

OTHER_ORDERS = {
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom mirrorMargins defaultTabStop autoHyphenation evenAndOddHeaders "
    "characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "styles": "docDefaults latentStyles style",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "p": "pPr r",
    "r": "rPr",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "body": "p tbl sectPr",
}
"""From wml.xsd of ECMA-376, beside the orders the writer sorts by."""
LOOSE = {qn("w:body"): {qn("w:p"), qn("w:tbl")}}


def _places() -> dict[str, dict[str, int]]:
    others = {qn(f"w:{tag}"): {qn(f"w:{n}"): i for i, n in enumerate(s.split())} for tag, s in OTHER_ORDERS.items()}
    return others | PLACES


def out_of_order(root: etree._Element) -> Iterator[str]:
    """Elements whose children stand in another order than the schema's."""
    places = _places()
    for element in root.iter(*places):
        order = places[element.tag]
        free = LOOSE.get(element.tag, set())
        found = [order.get(c.tag, len(order)) for c in element if isinstance(c.tag, str) and c.tag not in free]
        if found != sorted(found):
            yield f"{element.tag}: {[c.tag for c in element]}"


def _value(element: etree._Element, name: str) -> str:
    return str(element.get(qn(f"w:{name}")))


def _millimetres(element: etree._Element, name: str) -> float:
    return int(_value(element, name)) / TWENTIETHS_PER_MM


def _style(identifier: str) -> etree._Element:
    return next(s for s in STYLES.iter(qn("w:style")) if _value(s, "styleId") == identifier)


@pytest.mark.parametrize("name", [n for n in PARTS if n.startswith("word/") and n.endswith(".xml")])
def test_every_part_keeps_the_order_of_the_schema(name: str) -> None:
    assert list(out_of_order(etree.fromstring(PARTS[name]))) == []


def test_a_part_out_of_order_is_found_and_put_right() -> None:
    word = docx.Document(io.BytesIO(CONTENT))
    wrong = parse_xml(f'<w:p {nsdecls("w")}><w:pPr><w:jc w:val="both"/><w:keepNext/></w:pPr></w:p>')
    word.element.body.insert(0, wrong)
    assert list(out_of_order(word.element))
    put_in_order(word)
    assert not list(out_of_order(word.element))


def test_the_page_is_a4_with_the_standards_margins() -> None:
    section = BODY[-1]
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    assert (round(_millimetres(size, "w")), round(_millimetres(size, "h"))) == (210, 297)
    found = {side: round(_millimetres(margins, side), 1) for side in ("top", "bottom", "left", "right")}
    assert found == {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}


def test_28_characters_and_22_lines_fill_the_text_area() -> None:
    defaults = STYLES.find(qn("w:docDefaults"))
    spacing = defaults.find(".//" + qn("w:pPr")).find(qn("w:spacing"))
    assert (_value(spacing, "line"), _value(spacing, "lineRule")) == ("579", "exact")
    run = defaults.find(".//" + qn("w:rPr"))
    size = int(_value(run.find(qn("w:sz")), "val")) / 2
    character = size + int(_value(run.find(qn("w:spacing")), "val")) / 20
    assert (size, character) == (16, 15.75)
    margins, page = BODY[-1].find(qn("w:pgMar")), BODY[-1].find(qn("w:pgSz"))
    width = int(_value(page, "w")) - int(_value(margins, "left")) - int(_value(margins, "right"))
    height = int(_value(page, "h")) - int(_value(margins, "top")) - int(_value(margins, "bottom"))
    assert width // (character * 20) == 28
    assert height // int(_value(spacing, "line")) == 22
    assert BODY[-1].find(qn("w:docGrid")) is None


@pytest.mark.parametrize(
    ("style", "font", "half_points"),
    [
        ("Masthead", "方正小标宋简体", "88"),
        ("Title", "方正小标宋简体", "44"),
        ("Heading1", "黑体", None),
        ("Heading2", "楷体_GB2312", None),
        ("Footer", "宋体", "28"),
        ("Closing", None, "28"),
    ],
)
def test_styles_name_the_fonts_of_the_standard(style: str, font: str | None, half_points: str | None) -> None:
    run = _style(style).find(qn("w:rPr"))
    fonts, size = run.find(qn("w:rFonts")), run.find(qn("w:sz"))
    assert (None if fonts is None else _value(fonts, "eastAsia")) == font
    assert (None if size is None else _value(size, "val")) == half_points


def test_text_is_fangsong_in_chinese() -> None:
    run = STYLES.find(qn("w:docDefaults")).find(".//" + qn("w:rPr"))
    assert _value(run.find(qn("w:rFonts")), "eastAsia") == "仿宋_GB2312"
    assert _value(run.find(qn("w:lang")), "eastAsia") == _value(run.find(qn("w:lang")), "val") == "zh-CN"
    assert b'w:name="\xe4\xbb\xbf\xe5\xae\x8b_GB2312"><w:altName' in PARTS["word/fontTable.xml"]


def test_no_font_is_embedded_and_no_theme_overrides_names() -> None:
    assert not [name for name in PARTS if "embed" in name.lower() or name.endswith((".odttf", "theme1.xml"))]
    assert b"Theme=" not in PARTS["word/styles.xml"]


def test_a_red_line_as_wide_as_the_text_stands_below_the_head() -> None:
    for style in ("Imprint", "DocumentNumber"):
        line = _style(style).find(qn("w:pPr")).find(qn("w:pBdr")).find(qn("w:bottom"))
        assert (_value(line, "color"), _value(line, "val")) == ("FF0000", "single")
        indent = _style(style).find(qn("w:pPr")).find(qn("w:ind"))
        assert indent is None


def test_page_numbers_alternate_between_the_outer_sides() -> None:
    assert b"<w:evenAndOddHeaders/>" in PARTS["word/settings.xml"]
    kinds = {_value(r, "type") for r in BODY[-1].iter(qn("w:footerReference"))}
    assert kinds == {"default", "even"}
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = etree.fromstring(PARTS[name])
        assert _value(footer.find(".//" + qn("w:jc")), "val") == side
        assert _value(footer.find(".//" + qn("w:ind")), side) == "280"
        assert "".join(footer.itertext()).split() == ["—", "PAGE", "1", "—"]


def test_headings_are_real_headings() -> None:
    levels = {s: _value(_style(s).find(".//" + qn("w:outlineLvl")), "val") for s in ("Heading1", "Heading2")}
    assert levels == {"Heading1": "0", "Heading2": "1"}
    used = {_value(p, "val") for p in BODY.iter(qn("w:pStyle"))}
    assert {"Masthead", "SerialNumber", "Imprint", "Title", "Text", "Heading1", "Heading2", "AttachmentLabel"} <= used


def test_a_table_repeats_its_header_and_splits_no_row() -> None:
    table = next(BODY.iter(qn("w:tbl")))
    rows = list(table.iter(qn("w:tr")))
    assert [r.find(".//" + qn("w:tblHeader")) is not None for r in rows] == [True] + [False] * (len(rows) - 1)
    assert all(r.find(".//" + qn("w:cantSplit")) is not None for r in rows)
    widths = [int(_value(c, "w")) for c in table.find(qn("w:tblGrid"))]
    assert sum(widths) == pytest.approx(156 * TWENTIETHS_PER_MM, abs=4)
    assert {int(_value(c, "w")) for c in rows[1].iter(qn("w:tcW"))} == set(widths)


def test_the_closing_record_hangs_at_the_foot_between_rules() -> None:
    (box,) = BODY.iter(qn("w:txbxContent"))
    assert ["".join(line.itertext()) for line in box] == ["送：各责任单位。", "示范考核办公室2023年11月3日印发"]
    sizes = [int(_value(rule, "sz")) / 8 * 25.4 / 72 for rule in (*box[0].iter(qn("w:pBdr")),) for rule in rule]
    sizes += [int(_value(rule, "sz")) / 8 * 25.4 / 72 for rule in (*box[1].iter(qn("w:pBdr")),) for rule in rule]
    assert sizes == [pytest.approx(0.35, abs=0.01), pytest.approx(0.25, abs=0.02), pytest.approx(0.35, abs=0.01)]


@pytest.mark.parametrize(("margins", "above", "below"), [(Margins.STRICT, 37, 35), (Margins.OFFICE, 34.58, 32.58)])
def test_the_margins_are_those_asked_for(margins: Margins, above: float, below: float) -> None:
    section = docx.Document(io.BytesIO(as_word.write(replace(NOTICE, margins=margins)))).sections[0]
    assert section.top_margin is not None
    assert section.bottom_margin is not None
    assert section.footer_distance is not None
    assert (section.top_margin.mm, section.bottom_margin.mm) == (pytest.approx(above, 0.01), pytest.approx(below, 0.01))
    assert below - section.footer_distance.mm == pytest.approx(35 - 25.19, abs=0.1)


def test_a_lying_page_is_a_section_of_its_own_with_its_margins_turned() -> None:
    upright, lying, last = docx.Document(io.BytesIO(as_word.write(LYING))).sections
    assert [s.orientation for s in (upright, lying, last)] == [0, 1, 0]
    edges = [lying.top_margin, lying.right_margin, lying.bottom_margin, lying.left_margin]
    assert [round(edge.mm, 1) for edge in edges if edge is not None] == [28, 37, 26, 35]
    assert lying.page_width == upright.page_height == last.page_height


def test_a_picture_is_told_in_words() -> None:
    described = [e.get("descr") for e in BODY.iter() if str(e.tag).endswith("}docPr") and e.get("name") != "版记"]
    assert described == ["各单位完成率条形图。"]


def test_the_head_of_a_numbered_document_is_lowered_35_mm() -> None:
    first = docx.Document(io.BytesIO(as_word.write(NOTICE))).paragraphs[0]
    before, size = first.paragraph_format.space_before, first.runs[0].font.size
    assert before is not None
    assert size is not None
    assert before.mm + 0.14 * size.mm == pytest.approx(35, abs=0.1)


def test_a_long_head_shrinks_to_one_line() -> None:
    first = docx.Document(io.BytesIO(as_word.write(NOTICE))).paragraphs[0]
    size = first.runs[0].font.size
    assert size is not None
    assert len(first.text) * size.mm <= 156


def test_the_day_of_signing_ends_four_characters_in_and_the_issuer_is_centred_above() -> None:
    *_, issuer, day = docx.Document(io.BytesIO(as_word.write(NOTICE))).paragraphs
    assert (issuer.text, day.text) == ("示范考核办公室", "2023年11月3日")
    assert _value(_style("SignatureDay").find(".//" + qn("w:ind")), "rightChars") == "400"
    right = issuer.paragraph_format.right_indent
    assert right is not None
    assert right.pt == pytest.approx((4 + (6.5 - 7) / 2) * 15.75, abs=0.1)


def test_markup_in_data_is_text() -> None:
    hostile = "<w:p/> & \"q\" 'a' </w:t>"
    word = docx.Document(io.BytesIO(as_word.write(saying(hostile))))
    assert hostile in [p.text for p in word.paragraphs]


def test_the_same_document_gives_the_same_bytes() -> None:
    assert as_word.write(BRIEFING) == CONTENT


def test_very_large_parts_are_compressed() -> None:
    many = replace(TABLE, rows=TABLE.rows * 60)
    content = as_word.write(replace(BRIEFING, blocks=(*BRIEFING.blocks[:-2], many)))
    assert len(content) < 1_000_000 < len(parts(content)["word/document.xml"])


def test_properties_say_title_author_and_day() -> None:
    properties = docx.Document(io.BytesIO(CONTENT)).core_properties
    assert (properties.title, properties.author, properties.language) == ("关于某某的通报", "示范考核办公室", "zh-CN")
    assert properties.created is not None
    assert properties.created.date() == BRIEFING.day
