"""All formats say the same, ask nobody for anything, and leave no box where a name should stand."""

import re

import pytest

from diaodu.briefing.document import Chart, Document, Picture, Table, texts
from diaodu.briefing.writers import WRITERS, MissingGlyphs, write_all
from tests.briefing.pages import docx_texts, html_texts, pdf_text
from tests.briefing.samples import BRIEFING, CURVED, NOTICE, saying


@pytest.mark.parametrize("document", [BRIEFING, CURVED, NOTICE], ids=["briefing", "curve", "notice"])
def test_word_pdf_and_html_agree(document: Document) -> None:
    files = write_all(document)
    word, html = "".join(docx_texts(files["docx"])), "".join(html_texts(files["html"]))
    assert word == html
    pages = pdf_text(files["pdf"])
    drawn = {t for block in document.blocks if isinstance(block, Picture) for t in texts_of(block)}
    notes = {block.note for block in document.blocks if isinstance(block, Table)}  # printed above, kept last
    place = 0
    for text in ("".join(t.split()) for t in texts(document) if t not in drawn):
        assert text in word
        place = pages.find(text, 0 if text in notes else place)
        assert place >= 0, text
        place += len(text)


def texts_of(chart: Picture) -> list[str]:
    """What a picture draws, but not its caption, which is text."""
    if not isinstance(chart, Chart):
        return [
            chart.name,
            chart.plan_name,
            chart.unit,
            chart.alt,
            *(t for p in chart.points for t in (p.name, p.label)),
        ]
    return [chart.mark_label, chart.unit, chart.alt, *(t for bar in chart.bars for t in (bar.name, bar.label))]


def test_html_asks_nobody_for_anything() -> None:
    page = write_all(BRIEFING)["html"].decode()
    page = page.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")
    assert not re.search(r"https?:|//|@import|<script|<link|<iframe|url\((?!#)|\son\w+=", page)
    assert "default-src 'none'" in page


def test_markup_in_data_is_text_in_html() -> None:
    page = write_all(saying('<script>alert(1)</script> & "q"'))["html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#34;q&#34;" in page


def test_a_chart_is_told_in_words_in_html() -> None:
    assert 'role="img" aria-label="完成率走势图。1月5.0%，' in write_all(CURVED)["html"].decode()
    assert 'role="img" aria-label="各单位完成率条形图。"' in write_all(BRIEFING)["html"].decode()


def test_rare_names_are_printed() -> None:
    assert set(write_all(saying("镕瑄喆昉翀暠顗㎡①〔〕𠮷"))) == set(WRITERS)


def test_what_no_font_can_print_is_listed_and_refused() -> None:
    with pytest.raises(MissingGlyphs) as refused:
        write_all(saying("负责人\U0001f600与\u0e01"))
    assert refused.value.characters == ("\u0e01", "\U0001f600")
    assert "\U0001f600" in str(refused.value)
