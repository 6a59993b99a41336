"""Somebody else's JSON, with every digit of its numbers."""

import json
from decimal import Decimal
from typing import Any

from diaodu.language import _

LONGEST_WHOLE = 30


class NotJson(ValueError):
    """The text is not JSON; the message says what it looks like instead."""


def read_json(data: bytes) -> Any:
    """Fractions as Decimal; raises NotJson. Numbers without bounds, and what is no number, stay text."""
    try:
        return json.loads(data, parse_float=_exact, parse_int=_whole, parse_constant=str)
    except (ValueError, RecursionError):
        start = " ".join(data[:60].decode("utf-8", "replace").split())
        raise NotJson(_("应为 JSON；开头是“{start}”").format(start=start)) from None


def _exact(written: str) -> Decimal | str:
    return Decimal(written) if len(written) <= LONGEST_WHOLE else written


def _whole(written: str) -> int | str:
    return int(written) if len(written) <= LONGEST_WHOLE else written
