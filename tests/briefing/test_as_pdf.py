"""The PDF has the page of GB/T 9704-2012, measured on the ink of its characters."""

import ctypes
from dataclasses import replace

import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw
from typst import TypstError

from diaodu.briefing import as_pdf, fonts
from diaodu.briefing.document import Chart, Document, Margins, row
from tests.briefing.pages import MM, glyphs, pdf_text, red_rule, rows, rules
from tests.briefing.samples import BRIEFING, CHART, LAYERED, LONG, LYING, NOTICE, WIDE_TABLE, saying

PDF = as_pdf.write(BRIEFING)
NOTICE_PDF = as_pdf.write(NOTICE)
PLAIN = as_pdf.write(saying(LONG.text))
LYING_PDF = as_pdf.write(LYING)


def test_pages_are_a4() -> None:
    file = pdfium.PdfDocument(PDF)
    assert {tuple(round(side * 25.4 / 72) for side in file[n].get_size()) for n in range(len(file))} == {(210, 297)}


def test_a_full_page_has_22_lines_of_28_characters() -> None:
    page = glyphs(PLAIN)[1]
    lines = rows([glyph for glyph in page if glyph.bottom < 262])
    assert [len(line) for line in lines] == [28] * 22


def test_full_lines_fill_the_text_area_from_edge_to_edge() -> None:
    page = [glyph for glyph in glyphs(PLAIN)[1] if glyph.bottom < 262]
    assert 28 <= min(glyph.left for glyph in page) < 29.5
    assert max(glyph.right for glyph in page) == pytest.approx(184, abs=1)
    assert 37 <= min(glyph.top for glyph in page) < 38.5
    assert 255 < max(glyph.bottom for glyph in page) <= 262


def test_the_head_of_a_numbered_document_starts_35_mm_below_the_text_area() -> None:
    head = [glyph for glyph in glyphs(NOTICE_PDF)[0] if glyph.text in "示范考核工作领导小组办公室文件"][:15]
    assert min(glyph.top for glyph in head) == pytest.approx(37 + 35, abs=1)


def test_the_red_line_is_156_mm_wide_and_4_mm_below_the_number() -> None:
    left, right, height = red_rule(NOTICE_PDF)
    assert (left, right) == (pytest.approx(28, abs=0.5), pytest.approx(184, abs=0.5))
    number = [glyph for glyph in glyphs(NOTICE_PDF)[0] if glyph.text in "〔〕号"]
    assert height - max(glyph.bottom for glyph in number) == pytest.approx(4, abs=0.7)


def test_a_briefing_has_its_line_below_issuer_and_day() -> None:
    left, right, height = red_rule(PDF)
    assert right - left == pytest.approx(156, abs=0.5)
    issuer = next(glyph for glyph in glyphs(PDF)[0] if glyph.text == "室")
    assert 0 < height - issuer.bottom < 4


@pytest.mark.parametrize(("page", "side"), [(0, "right"), (1, "left"), (2, "right")])
def test_page_numbers_stand_7_mm_below_on_the_outer_side(page: int, side: str) -> None:
    foot = [glyph for glyph in glyphs(PLAIN if page < 2 else PDF)[page] if glyph.top > 262]
    assert "".join(glyph.text for glyph in foot) == f"—{page + 1}—"
    dash = foot[0]
    assert (dash.top + dash.bottom) / 2 == pytest.approx(262 + 7, abs=0.5)
    one_character_in = 14 * 25.4 / 72
    if side == "right":
        assert 184 - foot[-1].right == pytest.approx(one_character_in, abs=1)
    else:
        assert foot[0].left - 28 == pytest.approx(one_character_in, abs=1)


def test_the_closing_record_ends_where_the_text_area_of_the_last_page_ends() -> None:
    first, middle, last = rules(LYING_PDF, len(glyphs(LYING_PDF)) - 1)
    assert last.height == pytest.approx(262, abs=0.5)
    assert [rule.thick for rule in (first, middle, last)] == [0.35, 0.25, 0.35]
    assert all(
        (rule.left, rule.right) == (pytest.approx(28, abs=0.5), pytest.approx(184, abs=0.5)) for rule in (first, last)
    )
    assert {round(side * MM) for side in pdfium.PdfDocument(LYING_PDF)[-1 + len(glyphs(LYING_PDF))].get_size()} == {
        210,
        297,
    }


@pytest.mark.parametrize("below_text", [1, 2, 3], ids="page {}".format)
def test_the_number_of_a_page_that_lies_keeps_its_place_on_the_sheet(below_text: int) -> None:
    """Turned upright again: 7 mm below the text, one character in from the outer side."""
    sheet = glyphs(LYING_PDF)[below_text]
    number = [glyph for glyph in sheet if glyph.right < 33]
    assert "".join(glyph.text for glyph in number) == f"—{below_text + 1}—"
    assert (number[0].left + number[0].right) / 2 == pytest.approx(35 - 7, abs=0.5)
    ends = max(glyph.bottom for glyph in number), min(glyph.top for glyph in number)
    one_character_in = 14 * MM
    if below_text % 2 == 0:
        assert 210 - 26 - ends[0] == pytest.approx(one_character_in, abs=1)
    else:
        assert ends[1] - 28 == pytest.approx(one_character_in, abs=1)


def test_a_wide_table_lies_on_its_side_and_repeats_its_header() -> None:
    sheets = [page for page in glyphs(LYING_PDF) if any(glyph.text == "列" for glyph in page)]
    assert len(sheets) == 3
    for sheet in sheets:
        text = [glyph for glyph in sheet if glyph.left > 33]
        assert min(glyph.left for glyph in text) > 35
        assert max(glyph.right for glyph in text) < 260
        assert min(glyph.top for glyph in text) > 28
        assert max(glyph.bottom for glyph in text) < 184
        assert "第1列第2列" in "".join(glyph.text for glyph in sheet)


def test_no_row_is_split_between_pages() -> None:
    tall = replace(
        WIDE_TABLE, columns=WIDE_TABLE.columns[:2], rows=tuple(row("\n".join("甲乙丙丁"), str(n)) for n in range(40))
    )
    for page in glyphs(as_pdf.write(replace(LYING, blocks=(*LYING.blocks[:2], tall)))):
        text = "".join(glyph.text for glyph in page)
        assert text.count("甲") == text.count("乙") == text.count("丙") == text.count("丁")


def test_the_margins_of_office_software_hold_the_same_lines() -> None:
    page = glyphs(as_pdf.write(replace(saying(LONG.text), margins=Margins.OFFICE)))[1]
    text = [glyph for glyph in page if glyph.bottom < 264.5]
    assert [len(line) for line in rows(text)] == [28] * 22
    assert min(glyph.top for glyph in text) == pytest.approx(34.58 + 0.7, abs=0.8)
    assert (page[-1].top + page[-1].bottom) / 2 == pytest.approx(297 - 32.58 + 7, abs=0.5)


def test_each_layer_has_its_face() -> None:
    families = {}
    file = pdfium.PdfDocument(as_pdf.write(LAYERED))
    text = file[0].get_textpage()
    for number in range(text.count_chars()):
        families[text.get_text_range(number, 1)] = _face(text, number)
    song, hei, kai = families["文"], families["黑"], families["楷"]
    assert families["三"] == families["四"] == song
    assert len({song, hei, kai}) == 3


def _face(text: pdfium.PdfTextPage, number: int) -> tuple[str, int]:
    """Name and weight of the font of one character."""
    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text.raw, number, name, len(name), ctypes.byref(flags))
    return name.value.decode(), raw.FPDFText_GetFontWeight(text.raw, number)


def test_the_table_repeats_its_header_on_every_page_it_covers() -> None:
    with_rows = [page for page in glyphs(PDF) if any(g.text == "灯" for g in page)]
    assert len(with_rows) > 1
    assert all("序号单位完成率研判" in "".join(g.text for g in page) for page in with_rows)


def test_it_says_what_the_document_says() -> None:
    assert "一、总体情况（一）进度" in pdf_text(PDF)
    assert "附件：1.完成情况表2.预警清单" in pdf_text(PDF)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert as_pdf.write(BRIEFING) == PDF


def test_it_is_tagged_chinese_archive_pdf() -> None:
    for mark in (b"/MarkInfo", b"/StructTreeRoot", b"(zh-CN)", b"pdfaid:part", b"pdfuaid:part"):
        assert mark in PDF


def test_a_chart_without_words_for_it_is_refused() -> None:
    silent = Chart(CHART.caption, CHART.bars, None, "", "%", alt="")
    document = Document("t", "a", BRIEFING.day, BRIEFING.masthead, (*BRIEFING.blocks[:2], silent))
    with pytest.raises(TypstError, match="alt"):
        as_pdf.write(document)


def test_markup_in_data_is_printed_not_obeyed() -> None:
    hostile = '#read("/etc/passwd") $x$ *b* <l> @r \\ `c` "q" //'
    assert "".join(hostile.split()) in pdf_text(as_pdf.write(saying(hostile)))


def test_only_our_own_fonts_are_used() -> None:
    families = fonts.families(fonts.DEFAULT)
    assert families.title == ("Diaodu Song", "Noto Sans CJK SC")
    assert families.kai == ("Diaodu Kai", "Noto Sans CJK SC")
