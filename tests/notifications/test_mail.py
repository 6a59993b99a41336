"""Mail, against a real SMTP server."""

import datetime as dt
import ipaddress
import socket
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from diaodu.rules.access import Role
from diaodu.rules.routing import Recipient
from diaodu.settings import Settings
from notifications.mail import Mail, compose
from notifications.message import Accepted, Refused
from tests.notifications.provider import NOON, PostOffice, message, smtp

SENDER = "考核办 <kaohe@example.cn>"


def test_a_letter_arrives_as_text_and_html_with_the_notice_attached(tmp_path: Path) -> None:
    notice = tmp_path / "某考办预警〔2023〕5号.docx"
    notice.write_bytes(b"PK\x03\x04word")
    office = PostOffice()
    with smtp(office) as (host, port):
        answer = Mail(host, port, SENDER).send(message("xi@example.cn", attachment=notice))
    assert answer == Accepted()
    (letter,) = office.letters
    assert letter["Subject"] == "关于重点项目投资的预警"
    assert letter["From"].addresses[0].display_name == "考核办"
    assert letter["To"].addresses[0].addr_spec == "xi@example.cn"
    assert letter["Date"].datetime == NOON
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None
    assert text.get_content().strip() == "西区低于序时20.8个百分点。"
    assert html is not None
    assert html.get_content().strip() == "<p>西区</p>"
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == notice.name
    assert attached.get_content() == b"PK\x03\x04word"


def test_a_letter_sent_again_is_known_by_its_message_id() -> None:
    first, again = (compose(message("xi@example.cn"), SENDER) for _ in range(2))
    other = compose(message("xi@example.cn", key="k/mail/2"), SENDER)
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]
    assert first["Message-ID"].endswith("@example.cn>")


@pytest.mark.parametrize(
    ("at_rcpt", "at_data", "code", "permanent"),
    [
        ("550 no such user", "250 OK", "550", True),
        ("553 bad mailbox name", "250 OK", "553", True),
        ("450 mailbox busy", "250 OK", "450", False),
        ("250 OK", "554 refused as spam", "554", True),
        ("250 OK", "451 try again later", "451", False),
        ("250 OK", "452 no space", "452", False),
    ],
)
def test_the_servers_code_decides_whether_to_try_again(at_rcpt: str, at_data: str, code: str, permanent: bool) -> None:
    office = PostOffice(at_rcpt, at_data)
    with smtp(office) as (host, port):
        answer = Mail(host, port, SENDER).send(message("xi@example.cn"))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == (code, permanent)
    assert answer.detail == (at_data if at_rcpt.startswith("250") else at_rcpt)[4:]
    assert office.letters == []


def test_a_closed_port_is_tried_again_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    answer = Mail("127.0.0.1", port, SENDER).send(message("xi@example.cn"))
    assert answer == Refused("ConnectionRefusedError", "[Errno 111] Connection refused", permanent=False)


def test_a_silent_server_is_left_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        answer = Mail("127.0.0.1", silent.getsockname()[1], SENDER, timeout=0.05).send(message("xi@example.cn"))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == ("SMTPServerDisconnected", False)


@pytest.mark.parametrize(
    "address", ["xi@example.cn\r\nBcc: other@example.cn", ";", "", "xi", "a@example.cn, b@example.cn"]
)
def test_an_address_that_cannot_be_written_is_refused_for_good(address: str) -> None:
    office = PostOffice()
    with smtp(office) as (host, port):
        answer = Mail(host, port, SENDER).send(message(address))
    assert isinstance(answer, Refused)
    assert answer.permanent
    assert office.letters == []


def test_login_and_encryption_come_before_anything_is_said(tmp_path: Path) -> None:
    server_side, client_side = _certified(tmp_path)
    office = PostOffice(users={"kaohe": "secret"})
    with smtp(office, server_side) as (host, port):
        right = Mail(host, port, SENDER, "kaohe", "secret", client_side).send(message("xi@example.cn"))
        wrong = Mail(host, port, SENDER, "kaohe", "guess", client_side).send(message("xi@example.cn"))
    assert right == Accepted()
    assert office.encrypted == [True]
    assert isinstance(wrong, Refused)
    assert (wrong.code, wrong.permanent) == ("535", True)


def test_a_server_that_encrypts_from_the_first_byte_is_spoken_to_so(tmp_path: Path) -> None:
    server_side, client_side = _certified(tmp_path)
    office = PostOffice()
    with smtp(office, server_side, implicit=True) as (host, port):
        answer = Mail(host, port, SENDER, tls=client_side, implicit=True).send(message("xi@example.cn"))
        plain = Mail(host, port, SENDER, timeout=0.2).send(message("xi@example.cn"))
    assert answer == Accepted()
    assert len(office.letters) == 1
    assert isinstance(plain, Refused)


def test_an_unknown_certificate_is_not_trusted(tmp_path: Path) -> None:
    server_side, _ = _certified(tmp_path)
    office = PostOffice()
    with smtp(office, server_side) as (host, port):
        answer = Mail(host, port, SENDER, tls=ssl.create_default_context()).send(message("xi@example.cn"))
    assert isinstance(answer, Refused)
    assert (answer.code, answer.permanent) == ("SSLCertVerificationError", True)
    assert office.letters == []


def test_a_server_without_encryption_gets_no_letter() -> None:
    office = PostOffice()
    with smtp(office) as (host, port):
        answer = Mail(host, port, SENDER, tls=ssl.create_default_context()).send(message("xi@example.cn"))
    assert isinstance(answer, Refused)
    assert answer.permanent
    assert office.letters == []


def test_mail_leaves_only_where_a_server_is_set() -> None:
    assert Mail.from_settings(Settings(mail_host=None)) is None
    set_up = Mail.from_settings(Settings(mail_host="mx.example.cn", mail_port=587, mail_tls="starttls"))
    assert set_up is not None
    assert (set_up.host, set_up.port, set_up.tls is not None) == ("mx.example.cn", 587, True)
    assert set_up.reach(Recipient(1, Role.REPORTER, "west", mail="xi@example.cn")) == "xi@example.cn"
    assert set_up.reach(Recipient(1, Role.REPORTER, "west")) is None
    ways = [Mail.from_settings(Settings(mail_host="mx", mail_tls=tls)) for tls in ("none", "starttls", "implicit")]
    assert [(way.tls is not None, way.implicit) for way in ways if way] == [(False, False), (True, False), (True, True)]


def _certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for 127.0.0.1, and a client's that trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])

    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2120, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    chain = folder / "server.pem"
    plain = serialization.NoEncryption()
    chain.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(chain)
    client_side = ssl.create_default_context(cadata=certificate.public_bytes(serialization.Encoding.PEM).decode())
    return server_side, client_side
