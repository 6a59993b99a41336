"""更正的校验: a new value held against its definition and the unit's own history, exactly as a number at entry."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.doubt import worded
from diaodu.actions.terms import terms_on
from diaodu.rules.correction import Held
from diaodu.rules.validation import Known, Objection, Terms, continues, doubts, errors
from diaodu.storage.report import revisions
from models.target import Target


@dataclass(frozen=True, slots=True)
class NewValue:
    """What is to stand in the place of a confirmed number; `justification` is the comment on a doubt (核实说明)."""

    target_id: int
    as_of: date
    value: int
    evidence: str | None
    justification: str | None


@dataclass(frozen=True, slots=True)
class Judged:
    """What is wrong with a value, and what is doubtful."""

    errors: list[Objection]
    doubts: list[Objection]
    held: Held

    @property
    def words(self) -> tuple[str, ...]:
        """Everything, in words: what is wrong, else what is doubtful."""
        return tuple(worded(one) for one in self.errors or self.doubts)


def judge(session: Session, scheme_id: int, new: NewValue, at: datetime) -> Judged:
    """By what is known at a moment of the definition, the target and the days around."""
    indicator_id = session.get_one(Target, new.target_id).indicator_id
    terms = terms_on(session, scheme_id, indicator_id, new.target_id, new.as_of, at)
    before, after = _neighbours(session, new, terms, at)
    wrong = errors(new.value, bool((new.evidence or "").strip()), terms)
    doubtful = doubts(new.value, terms, before, after)
    return Judged(wrong, doubtful, Held(bool(wrong), bool(doubtful), bool((new.justification or "").strip())))


def _neighbours(session: Session, new: NewValue, terms: Terms, at: datetime) -> tuple[Known | None, Known | None]:
    """The nearest earlier and later number in force, where they belong to one count with the new one."""
    newest_last = {one.as_of: one.value for one in reversed(revisions(session, new.target_id, at))}
    known = [Known(day, value) for day, value in sorted(newest_last.items()) if value is not None]
    before = next((one for one in reversed(known) if one.as_of < new.as_of), None)
    after = next((one for one in known if one.as_of > new.as_of), None)
    return _of_one_count(terms, before, new.as_of), _of_one_count(terms, after, new.as_of)


def _of_one_count(terms: Terms, other: Known | None, day: date) -> Known | None:
    return other if other is not None and continues(terms, other.as_of, day) else None
