"""Passwords and keys by name: from the environment, else from `secrets.toml` in the workspace; never in a database."""

import os
import re
import stat
import tomllib
from collections.abc import Callable
from pathlib import Path

from diaodu.language import _

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")
"""What a secret may be called."""
PREFIX = "DIAODU_SECRET_"
FILE = "secrets.toml"


class UnknownSecret(LookupError):
    """No secret of this name can be had; the message says what to do."""


def secrets_of(home: Path) -> Callable[[str], str]:
    """How a workspace finds a secret by its name; raises UnknownSecret."""

    def find(name: str) -> str:
        found = os.environ.get(variable(name)) or _written(home / FILE, name)
        if not found:
            right = _("没有名为“{name}”的密钥；请设环境变量 {variable}，或写入工作区的 {file}")
            raise UnknownSecret(right.format(name=name, variable=variable(name), file=FILE))
        return found

    return find


def variable(name: str) -> str:
    """The environment variable that holds a secret."""
    return PREFIX + name.upper().replace("-", "_")


def _written(file: Path, name: str) -> str | None:
    if not file.exists():
        return None
    if os.name == "posix" and file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnknownSecret(_("别的用户也能读 {file}；请先运行：chmod 600 {file}").format(file=file))
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8")).get(name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):  # what stands in the file is not for messages
        raise UnknownSecret(_('{file} 读不出来；每行应为：名称 = "密钥"').format(file=file)) from None
    return found if isinstance(found, str) else None
