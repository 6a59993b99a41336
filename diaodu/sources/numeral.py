"""一百二十 as 120: understood only to tell people what to write instead."""

from decimal import Decimal

DIGITS = {word: number for number, words in enumerate(("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒",
                                                       "八捌", "九玖")) for word in words}  # fmt: skip
STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LONGEST = 20


def numeral(written: str) -> Decimal | None:
    """The number that these words are; None where they are none."""
    whole, point, rest = written.partition("点")
    if not whole or len(written) > LONGEST or (point and not rest) or any(word not in DIGITS for word in rest):
        return None
    number = _whole(whole)
    if number is None:
        return None
    return Decimal(f"{number}.{''.join(str(DIGITS[word]) for word in rest) or 0}").normalize()


def _whole(written: str) -> int | None:
    """Words of value: each digit waits for its step, each group of steps for its 万 or 亿."""
    if len(written) > 1 and all(word in DIGITS for word in written):
        return int("".join(str(DIGITS[word]) for word in written))
    total = group = digit = 0
    for place, word in enumerate(written):
        if word in DIGITS:
            digit = DIGITS[word]
        elif word in STEPS:
            group, digit = group + (digit or (1 if place == 0 else 0)) * STEPS[word], 0
        elif word == "万" and place:
            total, group, digit = total + (group + digit) * 10_000, 0, 0
        elif word == "亿" and place:
            total, group, digit = (total + group + digit) * 100_000_000, 0, 0
        else:
            return None
    return total + group + digit
