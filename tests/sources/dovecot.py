"""A Dovecot IMAP server of our own on loopback: somebody's mailbox, with and without encryption."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.sources.unprivileged import folder, given, running, user

PROGRAM = shutil.which("dovecot") or "/usr/sbin/dovecot"
IS_TO_RUN = Path(PROGRAM).exists() or bool(os.environ.get("CI"))
"""Always in CI, elsewhere where the server is installed."""
PASSWORD = "letmein"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
log_path = {place}/log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{place}/mail/%u
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{place}/cert.pem
ssl_key = <{place}/key.pem
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class PostOffice:
    """Where letters are put, and where they are read."""

    place: Path
    plain: int
    secure: int
    count: int = 0
    owner: str = "kaohe"

    @property
    def certificate(self) -> str:
        return str(self.place / "cert.pem")

    def put(self, letter: EmailMessage) -> None:
        """Lay a letter into the owner's inbox."""
        inbox = self._inbox()
        self.count += 1
        file = inbox / "new" / f"{1_700_000_000 + self.count}.M{self.count}P1.here"
        file.write_bytes(bytes(letter))
        given(file)

    def state(self) -> list[str]:
        """Every letter's place and flags."""
        inbox = self._inbox()
        return sorted(f"{path.parent.name}/{path.name}" for part in ("new", "cur") for path in (inbox / part).iterdir())

    def empty(self) -> None:
        """Go on with another owner, who has no letters yet; the server may still be busy with the last one's."""
        self.count += 1
        self.owner = f"kaohe{self.count}"
        self._inbox()

    def _inbox(self) -> Path:
        inbox = self.place / "mail" / self.owner
        for path in (self.place / "mail", inbox, *(inbox / part for part in ("new", "cur", "tmp"))):
            if not path.exists():
                path.mkdir()
                given(path)
        return inbox


@contextmanager
def dovecot() -> Iterator[PostOffice]:
    """The running server."""
    with folder() as place:
        office = PostOffice(place, _free_port(), _free_port())
        _certify(place)
        (place / "dovecot.conf").write_text(_config(office))
        with running([PROGRAM, "-F", "-c", place / "dovecot.conf"], place, lambda: _greets(office.plain)):
            yield office


def _config(office: PostOffice) -> str:
    owner = office.place.stat()
    group = subprocess.run(["id", "-gn", user()], capture_output=True, text=True, check=True).stdout.strip()
    about = {"place": office.place, "user": user(), "group": group, "uid": owner.st_uid, "gid": owner.st_gid}
    return CONFIG.format(plain=office.plain, secure=office.secure, password=PASSWORD, **about)


def _certify(place: Path) -> None:
    """A certificate for this machine that only its own file vouches for."""
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    files = ["-keyout", place / "key.pem", "-out", place / "cert.pem"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    for name in ("key.pem", "cert.pem"):
        given(place / name)


def _greets(port: int) -> bool:
    with socket.socket() as line:
        line.settimeout(5)
        if line.connect_ex(("127.0.0.1", port)):
            return False
        return line.recv(100).startswith(b"* OK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
