"""Which scheme is spoken of, and what it says as of a day."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from diaodu.storage.in_force import version_in_force
from models.scheme import Scheme
from models.scheme_version import SchemeVersion


class UnknownScheme(LookupError):
    """No scheme bears this code, or none was named and there is not exactly one; `known` lists the codes there are."""

    def __init__(self, code: str | None, known: list[str]) -> None:
        super().__init__(code)
        self.known = known


def schemes(session: Session) -> list[Scheme]:
    """All schemes, in the order they were made."""
    return list(session.exec(select(Scheme).order_by(col(Scheme.id))))


def scheme_id(session: Session, code: str | None) -> int:
    """The id of the scheme with this code; without a code, of the only one there is."""
    found = {scheme.code: scheme.id for scheme in schemes(session)}
    chosen = next(iter(found.values())) if code is None and len(found) == 1 else found.get(code or "")
    if chosen is None:
        raise UnknownScheme(code, list(found))
    return chosen


def scheme_in_force(session: Session, scheme_id: int, as_of: date, known_at: datetime) -> SchemeVersion:
    """What the scheme says as of a day; raises SchemeNotInForce before its first version is in force or known."""
    version = version_in_force(session, SchemeVersion, scheme_id, as_of, known_at)
    if version is None:
        raise SchemeNotInForce(scheme_id, as_of, known_at)
    return version


class SchemeNotInForce(LookupError):
    """The scheme had no version in force as of the day, as far as was known."""
