"""Whoever asks for English gets it: every text has a translation, and the compiled catalogue is the written one."""

import re
import string
import subprocess
import sys
from pathlib import Path

from tests import catalogue


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_has_a_translation() -> None:
    translated = {m.id for m in catalogue.written() if m.id and m.string and not m.fuzzy}
    assert sorted(set(catalogue.in_the_code()) - translated) == []


def test_nothing_is_translated_that_nobody_says() -> None:
    assert sorted({str(m.id) for m in catalogue.written() if m.id} - set(catalogue.in_the_code())) == []


def test_a_translation_fills_in_the_same_values() -> None:
    differ = [m.id for m in catalogue.written() if m.id and _fields(str(m.id)) != _fields(str(m.string))]
    assert differ == []


def test_a_translation_is_english() -> None:
    """Chinese stays only as an example of what to type, or as the name of a sheet."""
    assert [m.id for m in catalogue.written() if m.id and not re.search(r"[A-Za-z]|\}", str(m.string))] == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    written, compiled = (
        {m.id: m.string for m in found if m.id} for found in (catalogue.written(), catalogue.compiled())
    )
    assert written == compiled


def test_the_command_line_speaks_the_language_asked_for() -> None:
    def spoken(language: str) -> str:
        program = [str(Path(sys.executable).with_name("diaodu")), "--help"]
        env = {"DIAODU_LANG": language, "PYTHONUTF8": "1"}
        return subprocess.run(program, env=env, capture_output=True, text=True, check=True).stdout

    assert re.search(r"[一-鿿]", spoken("zh"))
    assert not re.search(r"[一-鿿]", spoken("en"))
