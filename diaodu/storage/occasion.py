"""临时报送: a calendar with a single round, for what is asked outside the calendars of the scheme."""

import re
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col

from diaodu.rules.cadence import Cadence, RestDay
from diaodu.storage.period import add
from models.collection import Collection
from models.collection_version import CollectionVersion
from models.period import Period

PREFIX = "ask-"
CODE = re.compile(rf"{PREFIX}[0-9]{{8}}-[0-9]+")
"""What such calendars are coded: the day spoken of, and which ask about it."""
NAME = "临时报送"


def occasion(session: Session, period: Period) -> Period:
    """The round as a row, on a calendar of its own; that is not in use, for it has no further round."""
    collection = Collection(scheme_id=period.scheme_id, code=_free_code(session, period.scheme_id, period.as_of))
    session.add(collection)
    session.flush()
    assert collection.id is not None
    days = (period.unit_due - period.as_of).days
    session.add(
        CollectionVersion(
            collection_id=collection.id,
            name=NAME,
            cadence=Cadence.CUSTOM,
            windows=f"{period.as_of}..{period.as_of}",
            report_due=f"{days} days" if days else "same day",
            rest_day=RestDay.STAYS,
            active=False,
            effective_from=min(period.as_of, period.opens),
            recorded_at=period.opened_at,
        )
    )
    period.collection_id = collection.id
    return add(session, period)


def is_occasion(code: str) -> bool:
    """Whether a calendar with this code was made for one ask, and so is no part of the plan."""
    return CODE.fullmatch(code) is not None


def _free_code(session: Session, scheme_id: int, as_of: date) -> str:
    stem = f"{PREFIX}{as_of:%Y%m%d}-"
    codes = sa.select(col(Collection.code)).where(
        col(Collection.scheme_id) == scheme_id, col(Collection.code).startswith(stem, autoescape=True)
    )
    taken = set(session.execute(codes).scalars())
    return next(code for n in range(1, len(taken) + 2) if (code := f"{stem}{n}") not in taken)
