"""The Word file as an office program lays it out: exactly 28 characters and 22 lines, one page number a page.

Runs wherever LibreOffice is, and always in CI. It stands in for Word and WPS, which no test here can open.
"""

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from diaodu.briefing import as_word
from diaodu.briefing.document import Margins
from diaodu.briefing.fonts import DEFAULT, EMBEDDED
from diaodu.briefing.notice_template import filled, own, pdfs
from diaodu.briefing.word_to_pdf import NotConverted, converted
from diaodu.rules.routing import NoticeKind
from tests.briefing.notices import NOTICES
from tests.briefing.pages import glyphs, rows, rules
from tests.briefing.samples import BRIEFING, LONG, LYING, saying
from tests.briefing.templates import saying as own_words
from tests.notice_templates import LETTERS

ALIAS = """<match target="pattern"><test name="family"><string>{wanted}</string></test>
<edit name="family" mode="assign" binding="strong"><string>{given}</string></edit></match>"""
STAND_INS = {"仿宋_GB2312": "Diaodu Song", "宋体": "Diaodu Song", "楷体_GB2312": "Diaodu Kai", "黑体": "Diaodu Song"}
OFFICE = shutil.which("soffice")


def laid_out(content: bytes, folder: Path) -> bytes:
    """The file as LibreOffice prints it, our fonts standing in for those it names."""
    (folder / "file.docx").write_bytes(content)
    aliases = "".join(
        ALIAS.format(wanted=w, given=g) for w, g in {**STAND_INS, "方正小标宋简体": "Diaodu Song"}.items()
    )
    (folder / "fonts.conf").write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{EMBEDDED}</dir>"
        f"<cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>"
    )
    assert OFFICE, "LibreOffice is needed in CI"
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "file.docx"],
        cwd=folder,
        env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "file.pdf").read_bytes()


if OFFICE or os.environ.get("CI"):

    def test_a_full_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
        page = glyphs(laid_out(as_word.write(saying(LONG.text)), tmp_path))[1]
        lines = rows([glyph for glyph in page if glyph.bottom < 263])
        assert [len(line) for line in lines] == [28] * 22

    def test_every_page_bears_its_number_on_the_outer_side(tmp_path: Path) -> None:
        pages = glyphs(laid_out(as_word.write(BRIEFING), tmp_path))
        for number, page in enumerate(pages, 1):
            foot = [glyph for glyph in page if glyph.top > 263]
            assert "".join(glyph.text for glyph in foot) == f"—{number}—"
            middle = (foot[0].top + foot[0].bottom) / 2
            assert abs(middle - 269) < 1
            assert (foot[0].left > 105) == (number % 2 == 1)

    def test_a_page_that_lies_bears_its_number_where_the_sheet_does_and_the_record_ends_at_the_foot(
        tmp_path: Path,
    ) -> None:
        content = laid_out(as_word.write(LYING), tmp_path)
        pages = glyphs(content)
        assert len(pages) == 5
        for number, page in enumerate(pages[1:4], 2):
            turned = [glyph for glyph in page if glyph.right < 33]
            assert "".join(glyph.text for glyph in turned) == f"—{number}—"
            assert (turned[0].left + turned[0].right) / 2 == pytest.approx(28, abs=0.5)
            assert (turned[0].top > 105) == (number % 2 == 1)
        first, middle, last = rules(content, 4)
        assert last.height == pytest.approx(262, abs=0.5)
        assert (last.left, last.right) == (pytest.approx(28, abs=0.5), pytest.approx(184, abs=0.5))
        assert first.thick == last.thick > middle.thick

    def test_the_margins_of_office_software_hold_the_same_lines(tmp_path: Path) -> None:
        page = glyphs(laid_out(as_word.write(replace(saying(LONG.text), margins=Margins.OFFICE)), tmp_path))[1]
        assert [len(line) for line in rows([glyph for glyph in page if glyph.bottom < 265])] == [28] * 22

    @pytest.mark.parametrize("kind", list(NoticeKind))
    def test_a_notice_is_one_page_and_its_slip_another(kind: NoticeKind, tmp_path: Path) -> None:
        first, second = glyphs(laid_out(filled(tmp_path, kind, [NOTICES[kind]])[0], tmp_path))
        assert "".join(g.text for g in second).startswith("附件")
        foot = "".join(g.text for g in first if g.top > 263)
        assert foot == ("" if kind in LETTERS else "—1—")
        if kind in LETTERS:
            head = first[: len("某区考核办公室")]
            assert "".join(g.text for g in head) == "某区考核办公室"
            assert min(g.top for g in head) == pytest.approx(30, abs=1.5)
            assert (head[0].left + head[-1].right) / 2 == pytest.approx(105, abs=1)

    def test_the_pdf_of_an_offices_own_template_is_what_its_word_file_says(tmp_path: Path) -> None:
        kind, bodies = NoticeKind.WARNING, [NOTICES[NoticeKind.WARNING]] * 2
        own(tmp_path, kind).parent.mkdir(parents=True)
        own(tmp_path, kind).write_bytes(own_words("本办自拟"))
        pdf = pdfs(tmp_path, kind, bodies, filled(tmp_path, kind, bodies), DEFAULT)
        for n in range(len(bodies)):
            said = "".join(glyph.text for page in glyphs(pdf(n)) for glyph in page)
            assert "本办自拟" in said
            assert NOTICES[kind].number in said
            assert "标准格式" not in said


def test_a_word_file_that_nothing_can_print_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "soffice"
    broken.write_text("#!/bin/sh\nexit 0\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotConverted):
        converted([b"x"], DEFAULT)
