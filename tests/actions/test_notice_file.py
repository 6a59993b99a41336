"""Files of notices: both formats, named apart, and what cannot be printed is held back with the reason."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from diaodu.actions.notice_file import FEW, again, stem, write_missing
from diaodu.briefing.notice_template import own
from diaodu.rules.notice import from_json, to_json
from diaodu.rules.routing import NoticeKind
from diaodu.storage.session import transaction
from flows.warn import drain
from models.notice import Notice
from notifications.outbox import Drained
from tests.briefing.pages import docx_texts, glyphs
from tests.briefing.templates import saying
from tests.small_office import IN_NOVEMBER, Office


def warned(engine: Engine, home: Path) -> Office:
    with transaction(engine) as session:
        office = Office(session, home)
        office.warn()
    return office


def test_word_and_pdf_lie_side_by_side_and_the_word_files_hash_is_kept(engine: Engine, tmp_path: Path) -> None:
    office = warned(engine, tmp_path)
    (file,) = write_missing(engine, tmp_path).files
    word = tmp_path / file
    assert word.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    with transaction(engine) as session:
        office.session = session
        (notice,) = office.notices()
        assert notice.digest == hashlib.sha256(word.read_bytes()).hexdigest()
        assert [f.content for f in again(notice, "2023", tmp_path)] == [
            word.read_bytes(),
            word.with_suffix(".pdf").read_bytes(),
        ]
    assert write_missing(engine, tmp_path).files == []


def test_an_office_that_edits_its_template_sends_that_and_a_pdf_of_other_words_says_so(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, NoticeKind.WARNING).parent.mkdir(parents=True)
    own(tmp_path, NoticeKind.WARNING).write_bytes(saying("本办自拟"))
    warned(engine, tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))  # where no LibreOffice is
    (file,) = write_missing(engine, tmp_path).files
    assert "本办自拟" in docx_texts((tmp_path / file).read_bytes())
    assert "本件按系统标准格式排印，文字以Word文书为准。" in printed(tmp_path / file)


def printed(word: Path) -> str:
    """All that the PDF beside a Word file says."""
    return "".join(glyph.text for page in glyphs(word.with_suffix(".pdf").read_bytes()) for glyph in page)


def test_a_broken_template_holds_its_notices_and_their_messages_until_it_is_put_right(
    engine: Engine, tmp_path: Path
) -> None:
    path = own(tmp_path, NoticeKind.WARNING)
    path.parent.mkdir(parents=True)
    path.write_bytes(saying("{{ 单位名 }}"))
    office = warned(engine, tmp_path)
    sent = drain(engine, office.settings, lambda: IN_NOVEMBER)
    ((number, why),) = sent.held
    assert (sent.files, sent.messages, number) == ([], Drained(sent=1), "某考办预警〔2023〕1号")  # the office is told
    assert "templates/notices/warning.docx" in why
    assert "单位名" in why
    path.unlink()
    assert drain(engine, office.settings, lambda: IN_NOVEMBER).messages == Drained(sent=1)


def test_a_name_no_font_can_print_is_not_printed_as_a_box(engine: Engine, tmp_path: Path) -> None:
    office = warned(engine, tmp_path)
    with transaction(engine) as session:
        office.session = session
        (notice,) = office.notices()
        body = from_json(notice.body)
        notice.body = to_json(body).replace("西区", "\U000e0041区")
        session.add(notice)
    written = write_missing(engine, tmp_path)
    assert written.files == []
    assert "U+E0041" in written.held[0][1]


def test_numbers_without_a_year_do_not_overwrite_those_of_another_year(engine: Engine, tmp_path: Path) -> None:
    office = warned(engine, tmp_path)
    with transaction(engine) as session:
        office.session = session
        (notice,) = office.notices()
        assert stem(notice, "a/b") == "notices/a_b/某考办预警〔2023〕1号_西区"
        notice.number = "某考办督办第十七期"
        assert stem(notice, "2023") == "notices/2023/2023-某考办督办第十七期_西区"
        session.rollback()


def test_many_are_printed_side_by_side_with_the_bytes_each_has_alone(engine: Engine, tmp_path: Path) -> None:
    warned(engine, tmp_path)
    with transaction(engine) as session:
        first = session.exec(select(Notice)).one()
        for serial in range(2, FEW + 4):
            number = f"某考办预警〔2023〕{serial}号"
            body = replace(from_json(first.body), serial=serial, number=number)
            values = first.model_dump(exclude={"id"}) | {"serial": serial, "number": number, "body": to_json(body)}
            session.add(Notice(**values))
    written = write_missing(engine, tmp_path)
    with transaction(engine) as session:
        notices = list(session.exec(select(Notice).order_by(col(Notice.serial))))
        assert written.files == [notice.file for notice in notices]
        for notice in notices:
            for file in again(notice, "2023", tmp_path):
                assert (tmp_path / file.path).read_bytes() == file.content
