"""The formal letter for overdue numbers (报送提醒函): once a unit and round, never a warning, never a colour."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from diaodu.actions.matter import Matter
from diaodu.actions.notice import Issuer, issue
from diaodu.actions.reminder_words import Words
from diaodu.clock import office_day
from diaodu.rules.routing import NoticeKind
from diaodu.storage.notice import numbered
from diaodu.storage.owing import Debt


def chase(
    session: Session,
    issuer: Issuer,
    words: Words,
    overdue: Mapping[int, Sequence[Debt]],
    besides: Mapping[int, Sequence[str]],
) -> dict[int, int]:
    """Send each unit a letter on what is overdue; the letters' ids by unit. `besides`: what its message says too."""
    matters: dict[date, list[Matter]] = defaultdict(list)
    for unit_id, debts in overdue.items():
        newest = max(words.periods[debt.period_id].as_of for debt in debts)
        matters[newest] += [_matter(words, unit_id, debt) for debt in debts]
    year, ids = office_day(issuer.at).year, dict[int, int]()
    for as_of, listed in sorted(matters.items()):
        written = issue(session, replace(issuer, as_of=as_of), listed, besides)
        serials = [body.serial for body in written]
        ids |= numbered(session, issuer.scheme_id, NoticeKind.CHASE, year, serials)
    return ids


def _matter(words: Words, unit_id: int, debt: Debt) -> Matter:
    code = words.names.codes[unit_id]
    return Matter(unit_id, code, words.names.unit(unit_id), NoticeKind.CHASE, words.item(debt))
