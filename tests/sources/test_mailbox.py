"""A mailbox as a source, against a real IMAP server."""

import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import Session

from diaodu.actions.import_report import import_found
from diaodu.sources import registry
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.place import Place
from models.source import Source
from tests.plan import SmallPlan
from tests.sources.contract import LATER, Given, check_contract, reports
from tests.sources.dovecot import IS_TO_RUN, PASSWORD, PostOffice, dovecot

TODAY = date(2023, 11, 20)
KNOWN = {"wang@east.cn": "east", "office@kaohe.cn": None}
HEADING = "指标,单位,截至日,累计完成\n"
EAST = HEADING + "investment,east,2023-11-30,111.5\n"


def letter(sender: str, *files: tuple[str, bytes | str], subject: str = "填报") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "kaohe@example.cn", subject
    message["Date"] = "Wed, 15 Nov 2023 08:00:00 +0800"
    message.set_content("见附件")
    for name, content in files:
        data = content.encode() if isinstance(content, str) else content
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


@dataclass
class Mailbox:
    """Somebody's mailbox, given its rows by the contract as the newest letter."""

    office: PostOffice
    scheme: str = "imap"
    kind: str = "mailbox"
    port: int | None = None

    @property
    def place(self) -> Place:
        port = self.port or (self.office.secure if self.scheme == "imaps" else self.office.plain)
        options = {"secret": "mail", "ca_file": self.office.certificate}
        secret = {"mail": PASSWORD}.__getitem__
        return Place(f"{self.scheme}://{self.office.owner}@127.0.0.1:{port}/INBOX", options, None, TODAY, secret, KNOWN)

    def give(self, rows: Sequence[Given]) -> None:
        self.office.empty()
        text = HEADING + "".join(",".join(row) + "\n" for row in rows)
        self.office.put(letter("office@kaohe.cn", ("填报.csv", text)))

    def go_away(self) -> None:
        self.port = 9

    def read(self, **options: Any) -> Found:
        place = self.place
        return registry.read(self.kind, replace(place, options={**place.options, **options}))


@pytest.fixture(scope="module")
def server() -> Iterator[PostOffice]:
    with dovecot() as office:
        yield office


@pytest.fixture
def box(server: PostOffice) -> Mailbox:
    server.empty()
    return Mailbox(server)


def sound(found: Found) -> list[str]:
    return [file.name for file in found.files if not file.faults]


if IS_TO_RUN:

    @pytest.mark.parametrize("scheme", ["imap", "imaps"])
    def test_it_keeps_what_every_source_promises(box: Mailbox, session: Session, scheme: str) -> None:
        check_contract(replace(box, scheme=scheme), session)

    def test_only_known_people_are_read_and_strangers_counted(box: Mailbox) -> None:
        for sender in ("Wang <WANG@East.cn>", "x@evil.cn", "wang@east.cn <x@evil.cn>", "x@evil.cn, wang@east.cn"):
            box.office.put(letter(sender, ("填报.csv", EAST)))
        found = box.read()
        assert [(file.name, file.sender, file.unit) for file in found.files] == [
            ("wang@east.cn 2023-11-15 的邮件/填报.csv", "wang@east.cn", "east")
        ]
        assert [(left.name, left.why) for left in found.left] == [("不认识的发件人", "3 封，没有打开")]

    def test_nothing_in_the_mailbox_changes(box: Mailbox) -> None:
        box.office.put(letter("wang@east.cn", ("填报.csv", EAST)))
        before = box.office.state()
        assert box.read().files
        assert box.office.state() == before

    def test_attachments_are_taken_for_what_they_are(box: Mailbox) -> None:
        files = (("说明.docx", b"PK"), ("照片.png", b"\x89PNG"), ("a/../填报.csv", EAST), ("坏.xlsx", b"<html>"))
        box.office.put(letter("wang@east.cn", *files))
        found = box.read()
        assert sound(found) == ["wang@east.cn 2023-11-15 的邮件/a_.._填报.csv"]
        (broken,) = [file for file in found.files if file.faults]
        assert (broken.sender, broken.unit, broken.data) == ("wang@east.cn", "east", b"<html>")
        assert "网页" in broken.faults[0].right

    def test_a_value_remembers_its_letter_file_sheet_and_row(box: Mailbox) -> None:
        box.office.put(letter("wang@east.cn", ("填报.csv", EAST)))
        (row,) = box.read().files[0].rows("reports")
        assert row.origin == "wang@east.cn 2023-11-15 的邮件/填报.csv · 填报 · 第 2 行"

    def test_too_big_is_refused_and_the_rest_is_read(box: Mailbox) -> None:
        box.office.put(letter("wang@east.cn", ("大.csv", EAST + " " * 1_100_000)))
        box.office.put(letter("wang@east.cn", ("更大.csv", EAST + " " * 3_000_000)))
        box.office.put(letter("wang@east.cn", ("填报.csv", EAST)))
        found = box.read(megabytes=1)
        assert [file.name.rpartition("/")[2] for file in found.files if not file.faults] == ["填报.csv"]
        assert ["1 兆字节" in file.faults[0].right for file in found.files if file.faults] == [True, True]

    def test_a_faulty_file_gives_way_to_a_later_sound_one_of_its_name(box: Mailbox) -> None:
        wrong = EAST.replace("111.5", "许多")
        for name, text in (("填报.csv", wrong), ("填报.csv", EAST), ("别的.csv", wrong)):
            box.office.put(letter("wang@east.cn", (name, text)))
        found = box.read()
        assert [(file.name.rpartition("/")[2], bool(file.faults)) for file in found.files] == [
            ("填报.csv", False),
            ("别的.csv", True),
        ]

    def test_what_was_taken_is_not_opened_again_whoever_forwards_it(box: Mailbox) -> None:
        box.office.put(letter("wang@east.cn", ("填报.csv", EAST)))
        (file,) = box.read().files
        box.office.put(letter("office@kaohe.cn", ("填报.csv", EAST), subject="转发"))
        again = registry.read("mailbox", replace(box.place, taken=frozenset({file.digest})))
        assert (again.files, len(again.known)) == ([], 2)

    def test_a_unit_speaks_of_itself_only(box: Mailbox, session: Session) -> None:
        plan = SmallPlan(session)
        source = Source(scheme_id=plan.scheme_id, name="邮箱", kind="mailbox", location="imap://")
        session.add(source)
        session.flush()
        box.office.put(letter("wang@east.cn", ("填报.csv", EAST + "investment,西区,2023-11-30,1\n")))
        (file,) = box.read().files
        with pytest.raises(Faults, match="只能报送本单位 east"):
            import_found(session, source, file, "test", LATER)
        assert reports(session, source) == []
        box.office.put(letter("office@kaohe.cn", ("全部.csv", EAST + "investment,西区,2023-11-30,1\n")))
        import_found(session, source, box.read().files[1], "test", LATER)
        assert len(reports(session, source)) == 2

    def test_a_certificate_nobody_vouches_for_is_not_trusted(box: Mailbox) -> None:
        for scheme in ("imaps", "imap"):
            peer = replace(box, scheme=scheme)
            with pytest.raises(SourceDown, match="certificate"):
                registry.read("mailbox", replace(peer.place, options={"secret": "mail"}))

    def test_a_wrong_password_is_named_and_not_shown(box: Mailbox) -> None:
        wrong = replace(box.place, secret={"mail": "wr0ng"}.__getitem__)
        with pytest.raises(SourceDown, match="用户名或密码不对") as down:
            registry.read("mailbox", wrong)
        assert "wr0ng" not in str(down.value)

    def test_an_unencrypted_line_is_used_only_when_told_so(box: Mailbox) -> None:
        box.office.put(letter("wang@east.cn", ("填报.csv", EAST)))
        assert sound(box.read(encryption="none"))

    def test_a_folder_that_is_not_there_is_a_source_down(box: Mailbox) -> None:
        with pytest.raises(SourceDown, match=r"127\.0\.0\.1"):
            registry.read("mailbox", replace(box.place, location=box.place.location.replace("INBOX", "没有")))


def test_a_server_that_says_nothing_is_down_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("diaodu.sources.mailbox.SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as mute:  # lets callers wait in its queue
        place = Place(
            f"imap://kaohe@127.0.0.1:{mute.getsockname()[1]}", {"secret": "mail", "encryption": "none"}, None, TODAY,
            {"mail": "x"}.__getitem__,
        )  # fmt: skip
        with pytest.raises(SourceDown, match="没有及时答复"):
            registry.read("mailbox", place)
