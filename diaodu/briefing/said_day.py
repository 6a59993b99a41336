"""Days as a text writes them, whole or in part, in Chinese or English: which of them the facts do not know."""

import re
from collections.abc import Collection
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SAID = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<from>\d{1,2})月?[—–\-至到])?(?P<month>\d{1,2})月(?:份|末|底)?(?:(?P<day>\d{1,2})日)?"
    r"|(?P<only_year>\d{4})年"
    rf"|(?:(?P<day_en>\d{{1,2}}) )?(?P<month_en>{'|'.join(MONTHS)})(?: (?P<year_en>\d{{4}}))?"
)


def said_days(text: str, known: Collection[date]) -> tuple[str, list[str]]:
    """The text without its days, and the days that none of those known answers for."""
    strange = [m[0] for m in SAID.finditer(text) if not all(_is_known(part, known) for part in _parts(m))]
    return SAID.sub("〇", text), strange


def _parts(said: re.Match[str]) -> list[tuple[int | None, int | None, int | None]]:
    """Year, month and day as far as they are said; a span of months is its two ends."""
    if said["only_year"]:
        return [(int(said["only_year"]), None, None)]
    year, day = said["year"] or said["year_en"], said["day"] or said["day_en"]
    month = int(said["month"]) if said["month"] else MONTHS.index(said["month_en"]) + 1
    whole = (int(year) if year else None, month, int(day) if day else None)
    return [(whole[0], int(said["from"]), None), whole] if said["from"] else [whole]


def _is_known(part: tuple[int | None, int | None, int | None], known: Collection[date]) -> bool:
    year, month, day = part
    return any(
        (year is None or year == one.year) and (month is None or month == one.month) and (day is None or day == one.day)
        for one in known
    )
