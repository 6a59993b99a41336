"""The language of commands and messages: Chinese as written in the code, English from the catalogue on request."""

import gettext
import os
from pathlib import Path

CATALOGUES = Path(__file__).parent / "locale"
_english = gettext.translation("diaodu", CATALOGUES, languages=["en"], fallback=True)


def is_english() -> bool:
    """Whether DIAODU_LANG asks for English."""
    return os.environ.get("DIAODU_LANG", "zh").lower().startswith("en")


def _(chinese: str) -> str:
    """`chinese` in the language asked for; a text without a translation stays Chinese."""
    return _english.gettext(chinese) if is_english() else chinese
