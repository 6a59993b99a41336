"""A mailbox as a source: the spreadsheets that known people attach. Nothing in it is changed, marked or deleted."""

import ssl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email.utils import getaddresses
from imaplib import IMAP4
from typing import Any
from urllib.parse import unquote, urlsplit

from imap_tools import AND, BaseMailBox, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted, MailMessage
from imap_tools.errors import ImapToolsError

from diaodu import clock
from diaodu.language import _
from diaodu.sources.cell import Wrong
from diaodu.sources.fault import SourceDown
from diaodu.sources.kind import Found, Kind
from diaodu.sources.option import Option, checked, one_of, secret_name, whole_between, words
from diaodu.sources.place import Left, Place
from diaodu.sources.plan import PlanFile
from diaodu.sources.reading import digest_of
from diaodu.sources.spreadsheet import handed_in, is_enough, is_spreadsheet, refused, too_big

SECONDS = 20
"""How long the server may be silent."""
PORTS = {"imaps": 993, "imap": 143}
STARTTLS = one_of("starttls", "none")
OPTIONS = (
    Option("secret", _("邮箱密码（授权码）的名称；密码本身不入库"), secret_name, required=True),
    Option("encryption", _("imap:// 的加密：starttls 或 none；默认 starttls"), STARTTLS, default="starttls"),
    Option("ca_file", _("邮件服务器证书的签发者（PEM 文件）；默认用系统的"), words),
    Option("days", _("看最近多少天的邮件；默认 31"), whole_between(1, 366), default=31),
    Option("messages", _("一次最多看多少封；默认 500"), whole_between(1, 10_000), default=500),
    Option("megabytes", _("附件最大多少兆字节；默认 10"), whole_between(1, 50), default=10),
)  # fmt: skip


def read(place: Place) -> Found:
    """Every spreadsheet that known people attached lately, oldest letter first. Raises SourceDown.

    A faulty file gives way to a later sound one of the same name from the same person.
    """
    options = checked(OPTIONS, place.options, place.location)
    found = Found()
    try:
        with _opened(place, options) as box:
            for letter in _letters(box, place, options, found):
                _take(letter, place, options, found)
    except (ImapToolsError, IMAP4.error, OSError) as wrong:
        raise SourceDown(f"{place.location}：{_reason(wrong)}") from None
    return replace(found, files=list(_unmended(found.files)))


@contextmanager
def _opened(place: Place, options: dict[str, Any]) -> Iterator[BaseMailBox]:
    """The folder, opened so that nothing in it can change."""
    at = urlsplit(place.location)
    password = place.secret(options["secret"])
    box = _connected(at.scheme, at.hostname or "", at.port or PORTS[at.scheme], options)
    try:
        box.login(unquote(at.username or ""), password, initial_folder=None)
        box.folder.set(unquote(at.path.strip("/")) or "INBOX", readonly=True)
        yield box
    finally:
        box.client.shutdown()


def _connected(scheme: str, host: str, port: int, options: dict[str, Any]) -> BaseMailBox:
    if scheme == "imap" and options["encryption"] == "none":
        return MailBoxUnencrypted(host, port, timeout=SECONDS)
    trusted = ssl.create_default_context(cafile=options["ca_file"])
    encrypted = MailBox if scheme == "imaps" else MailBoxStartTls
    return encrypted(host, port, timeout=SECONDS, ssl_context=trusted)


def _letters(box: BaseMailBox, place: Place, options: dict[str, Any], found: Found) -> Iterator[MailMessage]:
    """Letters of known people that are not too big, fetched one by one; of strangers only the number is told."""
    today = place.today or clock.office_day(clock.now())
    recent = AND(date_gte=today - timedelta(days=options["days"]))
    heads = list(
        box.fetch(recent, mark_seen=False, headers_only=True, bulk=100, limit=options["messages"], reverse=True)
    )
    strangers = sum(_sender(head) not in place.senders for head in heads)
    if strangers:
        found.left.append(Left(_("不认识的发件人"), _("{n} 封，没有打开").format(n=strangers)))
    for head in sorted(heads, key=lambda letter: int(letter.uid or 0)):
        if _sender(head) not in place.senders or head.uid is None:
            continue
        if is_enough(found.files):
            found.left.append(Left(_subject(head), _("这次已经读得够多，留到下一次再读")))
            continue
        if head.size_rfc822 > options["megabytes"] * 2_000_000:  # what is attached grows by a third on its way
            found.files.append(_refused(head, place, _subject(head), options))
            continue
        yield from box.fetch(uid_list=[head.uid], mark_seen=False)


def _take(letter: MailMessage, place: Place, options: dict[str, Any], found: Found) -> None:
    for part in letter.attachments:
        name = part.filename.replace("/", "_").replace("\\", "_")
        if not is_spreadsheet(name):
            continue
        path = f"{_subject(letter)}/{name}"
        if part.size > options["megabytes"] * 1_000_000:
            found.files.append(_refused(letter, place, path, options))
        elif digest_of([(path, part.payload)]) in place.taken:
            found.known.append(path)
        else:
            sender = _sender(letter)
            found.files.append(handed_in(path, part.payload, sender, place.senders[sender]))


def _refused(letter: MailMessage, place: Place, path: str, options: dict[str, Any]) -> PlanFile:
    sender = _sender(letter)
    return refused(path, too_big(options["megabytes"] * 1_000_000), sender, place.senders[sender])


def _unmended(files: list[PlanFile]) -> Iterator[PlanFile]:
    """All but faulty files that a later sound one has replaced."""
    last_sound: dict[tuple[str | None, str], int] = defaultdict(lambda: -1)
    for number, file in enumerate(files):
        if not file.faults:
            last_sound[_title(file)] = number
    return (file for number, file in enumerate(files) if not file.faults or number > last_sound[_title(file)])


def _title(file: PlanFile) -> tuple[str | None, str]:
    return file.sender, file.name.rpartition("/")[2]


def _sender(letter: MailMessage) -> str:
    """The one address in From, in small letters; blank when there are several."""
    written = letter.obj.get_all("From", [])
    found = getaddresses(map(str, written))
    return letter.from_.strip().lower() if len(written) == 1 == len(found) else ""


def _subject(letter: MailMessage) -> str:
    """What people call a letter: who and when."""
    return f"{_sender(letter)} {letter.date.date()} 的邮件"


def _reason(error: Exception) -> str:
    if isinstance(error, MailboxLoginError):
        return _("用户名或密码不对")
    if isinstance(error, TimeoutError):
        return _("对方没有及时答复")
    return " ".join(str(error).split())[:300] or type(error).__name__


def _located(said: str) -> str:
    right = _("应为 imaps://用户@主机/文件夹，如 imaps://kaohe@mail.example.cn/INBOX；用户名里的 @ 写成 %40")
    try:
        at = urlsplit(said.strip())
        sound = at.scheme in PORTS and at.hostname and at.username and (at.port is None or at.port > 0)
    except ValueError:
        sound = False
    if not sound:
        raise Wrong(right)
    if at.password is not None:
        raise Wrong(_("位置里不写密码；请用 --secret 指明密钥的名称"))
    return said.strip()


KIND = Kind(read, _("邮箱：IMAP 收件箱的地址，只看联系人发来的附件"), _located, OPTIONS)
