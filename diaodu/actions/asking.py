"""临时布置: a number asked for outside the calendar, unless it is known, supplied or owed; one message a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from diaodu.actions.asking_words import Why, general, short
from diaodu.actions.directory import Directory, directory
from diaodu.actions.notice import Issuer
from diaodu.actions.survey import Wanted, grounds, survey
from diaodu.actions.telling import tell_unit
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.access import Role
from diaodu.rules.asking import Decision, Limits, Number, Wish, decide
from diaodu.rules.burden import monday, span
from diaodu.storage.audit import record
from diaodu.storage.burden import requests
from diaodu.storage.occasion import NAME, occasion
from diaodu.storage.plan import lock
from diaodu.storage.request import Fresh, Mark, create
from models.period import Period

USUAL_LEAD = 3
"""Working days until the deadline where neither the wish nor the scheme says how many."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One number: asked for, or not; `words` say why not, or what is to be said besides."""

    indicator: str
    unit: str
    number: Number
    asked: bool
    words: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything decided. `general` are reasons that stop it all; `due` is the deadline, `period_id` the round made."""

    due: date
    general: tuple[str, ...]
    answers: tuple[Answer, ...]
    period_id: int | None = None


def ask(session: Session, issuer: Issuer, actor: str, wanted: Wanted) -> Asked:
    """Ask for what may be asked for, in a round of its own, and say of everything else why not.

    Raises Unknown.
    """
    lock(session, issuer.scheme_id)
    today, scheme = office_day(issuer.at), issuer.scheme
    names = directory(session, issuer.scheme_id, wanted.as_of, issuer.at)
    due = wanted.due or issuer.workdays.after(max(today, wanted.as_of), scheme.minimum_lead or USUAL_LEAD)
    wish = Wish(wanted.as_of, due, wanted.reason, today)
    limits = Limits(scheme.minimum_lead, scheme.short_notice, scheme.most_requests)
    week = requests(session, issuer.scheme_id, *span(monday(today), OFFICE_ZONE))
    numbers = survey(session, issuer, names, wanted, wish)
    decision = decide(wish, numbers, limits, {unit_id: count.requests for unit_id, count in week.items()})
    why = grounds(session, issuer, names, limits, wanted.as_of)
    answers = _answers(names, decision, why)
    period = _carry_out(session, issuer, actor, wish, decision, names) if decision.granted else None
    stopped = tuple(general(reason, wish) for reason in decision.general)
    return Asked(due, stopped, answers, None if period is None else period.id)


def _answers(names: Directory, decision: Decision, why: Why) -> tuple[Answer, ...]:
    def answer(number: Number, asked: bool, words: str) -> Answer:
        return Answer(names.indicator(number.indicator_id), names.unit(number.unit_id), number, asked, words)

    granted = [
        answer(number, True, short(number.lead, why.limits) if number in decision.hurried else "")
        for number in decision.granted
    ]
    refused = [answer(one.number, False, why.words(one.number, one.reasons)) for one in decision.refused]
    return (*granted, *refused)


def _carry_out(
    session: Session, issuer: Issuer, actor: str, wish: Wish, decision: Decision, names: Directory
) -> Period:
    made = Period(
        scheme_id=issuer.scheme_id,
        as_of=wish.as_of,
        opens=wish.today,
        unit_due=wish.due,
        provisional=issuer.workdays.is_provisional(wish.due),
        opened_at=issuer.at,
    )
    period = occasion(session, made)
    assert period.id is not None
    fresh = [Fresh(n.target_id or 0, n.unit_id, n.due, n.fields) for n in decision.granted]
    create(session, period.id, fresh, Mark(actor, issuer.at, Role.OFFICE, wish.reason))
    by_unit: dict[int, list[str]] = {}
    for number in decision.granted:
        by_unit.setdefault(number.unit_id, []).append(names.indicator(number.indicator_id))
    _tell(session, issuer, names, by_unit, wish)
    detail = {
        "as_of": wish.as_of.isoformat(),
        "due": wish.due.isoformat(),
        "reason": wish.reason,
        "numbers": len(fresh),
        "refused": len(decision.refused),
    }
    record(session, actor, "request.ask", f"period {period.id}", detail, issuer.at)
    return period


def _tell(session: Session, issuer: Issuer, names: Directory, by_unit: Mapping[int, list[str]], wish: Wish) -> None:
    facts = {"as_of": wish.as_of, "due": wish.due, "reason": wish.reason, "calendar": NAME}
    for unit_id, indicators in by_unit.items():
        tell_unit(session, issuer, names, unit_id, "notices/asking", {**facts, "indicators": indicators})
