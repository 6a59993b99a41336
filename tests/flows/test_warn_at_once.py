"""Two runs at once warn like one, and what was decided leaves with its file, whatever dies in between."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from diaodu.rules.routing import DeliveryState, NoticeKind
from diaodu.rules.warning import Cause
from diaodu.settings import Settings
from diaodu.storage.session import transaction
from flows.warn import drain, warn
from notifications.outbox import Drained
from tests.notifications.provider import PostOffice, smtp
from tests.small_office import IN_NOVEMBER, OCT, Office


def test_two_runs_at_once_open_one_warning_and_send_one_notice(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        office = Office(session, tmp_path)
    start, causes = threading.Barrier(2), []

    def run() -> None:
        start.wait()
        with transaction(engine) as session:
            done = warn(session, office.settings, office.plan.scheme_id, OCT, IN_NOVEMBER, None)
            causes.append(done.causes[Cause.OPENED])

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(causes) == [0, 1]
    with transaction(engine) as session:
        office.session = session
        warnings, events, notices, _ = office.rows()
        assert (warnings, events, notices) == (1, 1, 1)
        assert {(n.kind, n.serial) for n in office.notices()} == {(NoticeKind.WARNING, 1)}


def test_a_run_that_fails_leaves_nothing_behind(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        office = Office(session, tmp_path)

    def fail() -> None:
        with transaction(engine) as session:
            warn(session, office.settings, office.plan.scheme_id, OCT, IN_NOVEMBER, None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction(engine) as session:
        office.session = session
        assert office.rows() == (0, 0, 0, 0)


def test_what_was_decided_leaves_with_its_file(engine: Engine, tmp_path: Path) -> None:
    post_office = PostOffice()
    with smtp(post_office) as (host, port):
        with transaction(engine) as session:
            office = Office(session, tmp_path)
            office.settings = Settings(home=tmp_path, mail_host=host, mail_port=port)
            office.person("王某", office.plan.west, mail="west@example.cn")
            office.warn()
            office.remind(IN_NOVEMBER.date() - timedelta(days=1))
            office.remind(IN_NOVEMBER.date())
        sent = drain(engine, office.settings, lambda: IN_NOVEMBER)
        assert drain(engine, office.settings, lambda: IN_NOVEMBER).messages == Drained()
    assert sent.files == [
        "notices/2023/某考办预警〔2023〕1号_西区.docx",
        "notices/2023/某考办催报〔2023〕1号_西区.docx",
    ]
    assert sent.messages == Drained(sent=4)
    lettered = [letter for letter in post_office.letters if list(letter.iter_attachments())]
    assert [letter["To"] for letter in lettered] == ["west@example.cn"] * 2
    for letter, file in zip(lettered, sent.files, strict=True):
        (attached,) = letter.iter_attachments()
        assert attached.get_filename() == Path(file).name
        assert attached.get_content() == (tmp_path / file).read_bytes()
    with transaction(engine) as session:
        office.session = session
        assert {letter.state for letter in office.letters()} == {DeliveryState.SENT}


def test_a_notice_whose_file_was_not_written_is_written_later_to_the_same_bytes(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        office = Office(session, tmp_path)
        office.settings = Settings(home=tmp_path)
        office.warn()
    files = drain(engine, office.settings, lambda: IN_NOVEMBER).files
    first = [(tmp_path / file).read_bytes() for file in files]
    with transaction(engine) as session:
        office.session = session
        for notice in office.notices():
            notice.file = None
            session.add(notice)
    assert drain(engine, office.settings, lambda: IN_NOVEMBER).files == files
    assert [(tmp_path / file).read_bytes() for file in files] == first
