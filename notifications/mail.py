"""Mail by SMTP: text and HTML, the notice attached, and the server's code understood (4xx later, 5xx never)."""

import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.channel import Letters
from notifications.message import Accepted, Answer, Message, Refused

TIMEOUT = 30.0
"""Seconds a server may stay silent."""
OFFICE = "vnd.openxmlformats-officedocument"
KINDS = {".docx": f"{OFFICE}.wordprocessingml.document", ".xlsx": f"{OFFICE}.spreadsheetml.sheet"}
"""What kind of application file an attachment is, by its name; others are just bytes."""


@dataclass(frozen=True, slots=True)
class Mail(Letters):
    """One connection a message: a server that hangs up spoils one message, not the next."""

    host: str
    port: int
    sender: str
    user: str | None = None
    password: str | None = None
    tls: ssl.SSLContext | None = None  # before anything is said
    implicit: bool = False  # from the first byte on, where otherwise STARTTLS
    timeout: float = TIMEOUT

    @classmethod
    def from_settings(cls, settings: Settings) -> "Mail | None":
        if settings.mail_host is None:
            return None
        tls = None if settings.mail_tls == "none" else ssl.create_default_context()
        user, password, implicit = settings.mail_user, settings.mail_password, settings.mail_tls == "implicit"
        return cls(settings.mail_host, settings.mail_port, settings.mail_from, user, password, tls, implicit)

    def reach(self, recipient: Recipient) -> str | None:
        return recipient.mail

    def send(self, message: Message) -> Answer:
        try:
            self._hand_over(compose(message, self.sender))
        except OSError as failure:  # smtplib's own are of this kind; so is a bad certificate, which is a ValueError too
            return _understood(failure)
        except ValueError as wrong:  # a line break in an address, a password that is not ASCII
            return Refused("unwritable", str(wrong), permanent=True)
        return Accepted()

    def _connection(self) -> smtplib.SMTP:
        name = _domain(self.sender)  # said to the server; smtplib would ask the DNS for one
        if self.implicit:
            return smtplib.SMTP_SSL(self.host, self.port, name, timeout=self.timeout, context=self.tls)
        return smtplib.SMTP(self.host, self.port, name, self.timeout)

    def _hand_over(self, letter: EmailMessage) -> None:
        with closing(self._connection()) as server:
            if self.tls is not None and not self.implicit:
                server.starttls(context=self.tls)
            if self.user is not None:
                server.login(self.user, self.password or "")
            server.send_message(letter)
            with suppress(OSError):  # the letter is taken, however the goodbye goes
                server.quit()


def compose(message: Message, sender: str) -> EmailMessage:
    """The letter; ValueError when it cannot be one.

    Its Message-ID comes from the key, so that a repeated letter is known as the same.
    """
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = message.address
    if [a.addr_spec.count("@") for a in letter["To"].addresses] != [1]:
        raise ValueError(f"not one address: {message.address!r}")
    letter["Subject"] = message.subject
    letter["Date"] = format_datetime(message.at)
    letter["Message-ID"] = f"<{sha256(message.key.encode()).hexdigest()[:40]}@{_domain(sender)}>"
    letter["X-Diaodu-Key"] = message.key
    letter.set_content(message.text)
    letter.add_alternative(message.html, subtype="html")
    if message.attachment is not None:
        content, name = message.attachment.read_bytes(), message.attachment.name
        kind = KINDS.get(message.attachment.suffix, "octet-stream")
        letter.add_attachment(content, maintype="application", subtype=kind, filename=name)
    return letter


def _domain(sender: str) -> str:
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _understood(failure: OSError) -> Refused:
    match failure:
        case smtplib.SMTPRecipientsRefused(recipients=refused):
            return _reply(*next(iter(refused.values())))
        case smtplib.SMTPResponseException(smtp_code=code, smtp_error=said):
            return _reply(code, said)
        case smtplib.SMTPNotSupportedError() | ssl.SSLCertVerificationError():
            return Refused(type(failure).__name__, str(failure), permanent=True)
        case _:
            return Refused(type(failure).__name__, str(failure), permanent=False)


def _reply(code: int, said: bytes | str) -> Refused:
    detail = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Refused(str(code), detail, permanent=500 <= code < 600)
