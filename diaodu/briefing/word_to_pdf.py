"""Word files as LibreOffice prints them: the PDF of a notice whose template is the office's own (Word 转 PDF)."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from xml.sax.saxutils import escape

from diaodu.briefing.fonts import WANTED, Families, Fonts, families

SECONDS = 60
"""To begin with; and so many more for each file."""
SECONDS_EACH = 5
_HEAD = "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'>"
_SYSTEM = "<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"


class NotConverted(Exception):
    """There is no LibreOffice here, or it could not print every file."""


def converted(words: Sequence[bytes], fonts: Fonts) -> list[bytes]:
    """A PDF of each Word file, in the same order, printed by one LibreOffice alone in a folder that is gone afterwards.

    Where a font that the file names is not there, the one that stands in for it elsewhere does so here. Raises
    NotConverted.
    """
    office = shutil.which("soffice")
    if office is None:
        raise NotConverted
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "fonts.conf").write_text(_font_settings(folder, fonts), encoding="utf-8")
        names = [f"{n}.docx" for n in range(len(words))]
        for name, content in zip(names, words, strict=True):
            (folder / name).write_bytes(content)
        _print(office, folder, names)
        try:
            return [(folder / name).with_suffix(".pdf").read_bytes() for name in names]
        except FileNotFoundError:
            raise NotConverted from None


def _print(office: str, folder: Path, names: Sequence[str]) -> None:
    profile = f"-env:UserInstallation=file://{folder}/profile"
    try:
        subprocess.run(  # noqa: S603  (LibreOffice of this machine, on files of our own naming)
            [office, profile, "--headless", "--convert-to", "pdf", *names],
            cwd=folder,
            env=os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf"), "HOME": str(folder)},
            check=True,
            capture_output=True,
            timeout=SECONDS + SECONDS_EACH * len(names),
        )
    except (subprocess.SubprocessError, OSError):
        raise NotConverted from None


def _font_settings(folder: Path, fonts: Fonts) -> str:
    """The fonts of the machine and of the workspace, and which of them stand in for those that are not there."""
    at_hand = families(fonts)
    aliases = "".join(
        f"<alias binding='same'><family>{escape(name)}</family>"
        f"<accept><family>{escape(getattr(at_hand, hand.name)[0])}</family></accept></alias>"
        for hand in fields(Families)
        for name in getattr(WANTED, hand.name)
        if name != getattr(at_hand, hand.name)[0]
    )
    places = "".join(f"<dir>{escape(str(place))}</dir>" for place in fonts.folders)
    return f"{_HEAD}<fontconfig>{_SYSTEM}{places}<cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>"
