"""The PDF has the page of GB/T 9704-2012, measured on the ink of its characters."""

import pypdfium2 as pdfium
import pytest
from typst import TypstError

from diaodu.briefing import as_pdf, fonts
from diaodu.briefing.document import Chart, Document
from tests.briefing.pages import glyphs, pdf_text, red_rule, rows
from tests.briefing.samples import BRIEFING, CHART, LONG, NOTICE, saying

PDF = as_pdf.write(BRIEFING)
NOTICE_PDF = as_pdf.write(NOTICE)
PLAIN = as_pdf.write(saying(LONG.text))


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


def test_the_closing_record_stands_at_the_foot_of_the_last_page() -> None:
    last = glyphs(PDF)[-1]
    printed = [glyph for glyph in last if glyph.text == "印"]
    assert 255 < printed[-1].bottom < 262


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
