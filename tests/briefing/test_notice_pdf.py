"""Notices as PDF: the same words as in Word, the letter's head where the standard wants it."""

from pathlib import Path

import pytest

from diaodu.briefing import notice_pdf
from diaodu.briefing.notice_template import filled
from diaodu.rules.routing import NoticeKind
from tests.briefing.notices import NOTICES, notice
from tests.briefing.pages import Glyph, docx_texts, glyphs
from tests.notice_templates import LETTERS

K = NoticeKind


def ink(page: list[Glyph], text: str) -> list[Glyph]:
    """The glyphs of the first place where `text` stands."""
    start = "".join(g.text for g in page).index(text)
    return page[start : start + len(text)]


@pytest.mark.parametrize("kind", list(K))
def test_the_pdf_says_what_the_word_file_says(kind: NoticeKind) -> None:
    said = "".join(g.text for page in glyphs(notice_pdf.write(NOTICES[kind])) for g in page)
    for text in docx_texts(filled(Path("nowhere"), kind, [NOTICES[kind]])[0]):
        for line in text.splitlines():
            assert "".join(line.split()).replace("编号：", "") in said.replace("编号：", ""), line


@pytest.mark.parametrize("kind", list(K))
def test_it_has_two_pages_and_the_same_bytes_every_time(kind: NoticeKind) -> None:
    made = notice_pdf.write(NOTICES[kind])
    assert made == notice_pdf.write(NOTICES[kind])
    assert len(glyphs(made)) == 2
    assert b"pdfaid" in made


@pytest.mark.parametrize("kind", [K.WARNING, K.SUPERVISION])
@pytest.mark.parametrize("items", range(3, 7))
def test_no_page_of_a_form_bears_the_signature_alone(kind: NoticeKind, items: int) -> None:
    made = ["".join(g.text for g in page) for page in glyphs(notice_pdf.write(notice(kind, items)))]
    (signed,) = [page for page in made if "某区考核办公室2026年11月9日" in page]
    assert "签发人" in signed


@pytest.mark.parametrize("kind", sorted(LETTERS))
def test_the_head_of_a_letter_stands_30_mm_from_the_top(kind: NoticeKind) -> None:
    first, second = glyphs(notice_pdf.write(NOTICES[kind]))
    issuer, number = ink(first, "某区考核办公室"), ink(first, NOTICES[kind].number)
    assert min(g.top for g in issuer) == pytest.approx(30, abs=1)
    assert (issuer[0].left + issuer[-1].right) / 2 == pytest.approx(105, abs=1)
    assert max(g.right for g in number) == pytest.approx(184, abs=1.5)
    assert min(g.top for g in number) > max(g.bottom for g in issuer) + 4
    assert "—1—" not in "".join(g.text for g in first)
    assert "—2—" in "".join(g.text for g in second)


@pytest.mark.parametrize("kind", list(K))
def test_the_day_ends_four_characters_from_the_edge_and_the_issuer_is_centred_above(kind: NoticeKind) -> None:
    first = glyphs(notice_pdf.write(NOTICES[kind]))[0]
    backwards = "".join(g.text for g in first)
    day = first[backwards.rindex("2026年11月9日") :][: len("2026年11月9日")]
    issuer = first[backwards.rindex("某区考核办公室") :][: len("某区考核办公室")]
    assert 184 - day[-1].right == pytest.approx(4 * 5.56, abs=3)
    assert (issuer[0].left + issuer[-1].right) / 2 == pytest.approx((day[0].left + day[-1].right) / 2, abs=1)


def test_many_items_go_over_several_pages() -> None:
    pages = glyphs(notice_pdf.write(notice(K.WARNING, 60)))
    assert len(pages) > 3
    assert sum("序时要求" in "".join(g.text for g in page) for page in pages) >= 2
