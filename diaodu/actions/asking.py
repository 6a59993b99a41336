"""临时布置: a number asked for outside the calendar, unless it is known, supplied or owed; one message a unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from diaodu.actions.asking_words import Why, general, short
from diaodu.actions.directory import Directory, directory
from diaodu.actions.issuing import ladder_of
from diaodu.actions.notice import Issuer
from diaodu.actions.reminding import calendars
from diaodu.actions.survey import Wanted, grounds, survey
from diaodu.actions.telling import tell_unit
from diaodu.clock import OFFICE_ZONE, office_day
from diaodu.rules.access import Role
from diaodu.rules.asking import AskRefusal, Decision, Limits, Number, Wish, decide
from diaodu.rules.burden import monday, span
from diaodu.rules.reminder import Leg, ReminderOutcome, planned
from diaodu.storage import reminder
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
    """One number: asked for, or not for `reasons`; `words` say why not, or what is to be said besides."""

    indicator: str
    unit: str
    number: Number
    reasons: tuple[AskRefusal, ...]
    words: str

    @property
    def asked(self) -> bool:
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything decided. `general` are reasons that stop it all; `due` is the deadline, `period_id` the round made."""

    due: date
    general: tuple[str, ...]
    answers: tuple[Answer, ...]
    period_id: int | None = None


def ask(session: Session, issuer: Issuer, actor: str, wanted: Wanted) -> Asked:
    """Ask for what may be asked for, in a round of its own, and say of everything else why not.

    Raises Unknown and NotALadder.
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
    def answer(number: Number, reasons: tuple[AskRefusal, ...], words: str) -> Answer:
        return Answer(names.indicator(number.indicator_id), names.unit(number.unit_id), number, reasons, words)

    granted = [
        answer(number, (), short(number.lead, why.limits) if number in decision.hurried else "")
        for number in decision.granted
    ]
    refused = [answer(one.number, one.reasons, why.words(one.number, one.reasons)) for one in decision.refused]
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
    fresh = [Fresh(n.target_id or 0, n.unit_id, n.due, n.fields, reason=wish.reason) for n in decision.granted]
    create(session, period.id, fresh, Mark(actor, issuer.at, Role.OFFICE))
    _tell(session, issuer, names, period.id, decision.granted, wish)
    detail = {
        "as_of": wish.as_of.isoformat(),
        "due": wish.due.isoformat(),
        "reason": wish.reason,
        "numbers": len(fresh),
        "refused": len(decision.refused),
    }
    record(session, actor, "request.ask", f"period {period.id}", detail, issuer.at)
    return period


def _tell(
    session: Session, issuer: Issuer, names: Directory, period_id: int, granted: Sequence[Number], wish: Wish
) -> None:
    """One message a unit, which stands for the steps of the ladder that would come on the same day."""
    facts = {"as_of": wish.as_of, "due": wish.due, "reason": wish.reason, "calendar": NAME}
    calendar_of = calendars(session, issuer.scheme_id, issuer.workdays)
    by_unit: dict[int, list[str]] = {}
    for number in granted:
        by_unit.setdefault(number.unit_id, []).append(names.indicator(number.indicator_id))
    steps: list[dict[str, Any]] = []
    for unit_id, indicators in by_unit.items():
        about = tell_unit(session, issuer, names, unit_id, "notices/asking", {**facts, "indicators": indicators})
        come = planned(ladder_of(issuer.scheme), wish.due, wish.today, wish.today, calendar_of(unit_id))
        row = {"period_id": period_id, "leg": Leg.UNIT, "unit_id": unit_id, "told_unit_id": unit_id, "message": about}
        row |= {"outcome": ReminderOutcome.MERGED, "owed": len(indicators), "notice_id": None, "recorded_at": issuer.at}
        steps += [row | {"to_role": s.rung.to, "offset": s.offset, "planned_on": s.planned_on} for s in come]
    reminder.add(session, steps)
