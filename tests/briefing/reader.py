"""A reader with the plain numbers and a pocket calculator: works out anew what a text claims."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Any

from diaodu.briefing.wording import Said
from tests.briefing.generated import Raw

DIGITS = re.compile(r"\d+(?:\.\d+)?")
MONTH = "January February March April May June July August September October November December"
PRECISE = Context(prec=60)


def rounded(value: Fraction, decimals: int) -> str:
    """Half up, by another way than the house's own."""
    exact = PRECISE.divide(Decimal(value.numerator), Decimal(value.denominator))
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, PRECISE):f}"
    return text.lstrip("-") if not text.strip("-0.") else text


def printed(value: Any, form: str, decimals: int) -> str:
    """A stored fact as a text in this form should show it."""
    if form in ("count", "text"):
        return str(value)
    if form == "distance":
        return str(abs(value))
    if form.startswith("amount") or form == "planned":
        shown = Fraction(value) / 1_000_000
        return rounded(abs(shown) if form.endswith("_off") else shown, decimals)
    if form == "percent":
        return rounded(Fraction(value) * 100, decimals) + "%"
    if form.startswith("points"):
        return rounded(abs(Fraction(value)) if form.endswith("_off") else Fraction(value), decimals)
    day = date.fromisoformat(value)
    english = f"{day.day} {MONTH.split()[day.month - 1]} {day.year}"
    shown_as = {
        "day": f"{day.year}年{day.month}月{day.day}日",
        "day_of_year": f"{day.month}月{day.day}日",
        "month": str(day.month),
        "day_en": english,
    }
    return shown_as[form]


def unproved(said: Said, facts: Any) -> list[str]:
    """Numbers of a text without a fact, or printed otherwise than the fact reads."""
    known: list[str] = []
    for source in said.sources:
        value = facts
        for step in source.path:
            value = value[step]
        if printed(value, source.form, source.decimals) != source.text:
            return [f"{source.text} is not {printed(value, source.form, source.decimals)}"]
        known += DIGITS.findall(source.text)
    return [number for number in DIGITS.findall(said.text) if number not in known]


def is_behind(raw: Raw) -> bool:
    return raw.planned is not None and raw.target > 0 and raw.actual < raw.planned


def against_schedule(raw: Raw) -> str:
    """What must be said of a reported entry: how far off the schedule, in Chinese."""
    assert raw.planned is not None
    gap = (raw.actual - raw.planned) * 100 / raw.target
    if gap == 0:
        return "与序时进度持平"
    off = rounded(abs(gap), 1)
    side = "低于" if gap < 0 else "高于"
    return f"略{side}序时进度" if off == "0.0" else f"{side}序时进度{off}个百分点"


def against_schedule_in_english(raw: Raw) -> str:
    said = against_schedule(raw)
    side = "behind schedule" if "低于" in said else "ahead of schedule"
    if "持平" in said:
        return "exactly on schedule"
    return f"slightly {side}" if "略" in said else f"{DIGITS.findall(said)[0]} percentage points {side}"


def moved(raw: Raw) -> str:
    """What must be said of how its completion changed."""
    assert raw.was is not None
    by = (Fraction(raw.actual, raw.target) - raw.was) * 100
    off = rounded(abs(by), 1)
    way = "下降" if by < 0 else "提高"
    return f"略有{way}" if off == "0.0" else f"{way}{off}个百分点"
