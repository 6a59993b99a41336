"""Exact numbers: every quantity is a whole number of millionths of its measure unit, rounded only when printed."""

from decimal import Decimal, InvalidOperation
from fractions import Fraction

MICRO = 1_000_000
DECIMALS = 6
LIMIT = 10**12
"""A quantity stays below this many measure units, so that a millionth of it fits a 64-bit column."""


class NotAQuantity(ValueError):
    """A text or number that cannot be kept exactly; `reason` is `text`, `decimals` or `size`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def to_micro(value: Decimal | int | str) -> int:
    """Millionths of `value`; raises NotAQuantity for text, more than six decimals, or 10¹² and beyond."""
    try:
        exact = Decimal(value)
    except InvalidOperation:
        raise NotAQuantity("text") from None
    if not exact.is_finite():
        raise NotAQuantity("text")
    if abs(exact) >= LIMIT:
        raise NotAQuantity("size")
    numerator, denominator = exact.as_integer_ratio()
    micro, rest = divmod(numerator * MICRO, denominator)
    if rest:
        raise NotAQuantity("decimals")
    return micro


def to_fraction(micro: int) -> Fraction:
    """The quantity behind its millionths, in measure units."""
    return Fraction(micro, MICRO)


def printed(value: Fraction, decimals: int, grouped: bool = False) -> str:
    """`value` rounded half up (away from zero) to `decimals`: the only rounding there is, done at print."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    sign = "-" if value < 0 and whole else ""
    digits = str(whole).rjust(decimals + 1, "0")
    integer, fraction = (digits[:-decimals], digits[-decimals:]) if decimals else (digits, "")
    if grouped:
        integer = f"{int(integer):,}"
    return f"{sign}{integer}.{fraction}" if fraction else f"{sign}{integer}"


def plain(micro: int) -> str:
    """A stored quantity written in full without trailing zeros, as a person would type it."""
    text = printed(to_fraction(micro), DECIMALS).rstrip("0")
    return text.removesuffix(".")
