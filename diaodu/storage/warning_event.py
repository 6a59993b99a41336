"""The one way a warning begins and moves: by an event, which is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.rules.act import Asked
from diaodu.rules.subject import Subject
from diaodu.rules.warning import HAS_PLAN, OVER, Act, Cause, WarningState
from diaodu.storage.warning import Known, id_of
from models.lag_warning import LagWarning
from models.warning_event import WarningEvent


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event leads. A promise counts only where `HAS_PLAN` says so."""

    state: WarningState
    level: str
    severity: int
    floor: int
    reply_due: date | None
    exempt_until: date | None = None
    postponed_until: date | None = None
    rectify_by: date | None = None
    owner: str | None = None
    owner_unit_id: int | None = None
    rectify_due: date | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What an event says of itself: why, who, on which verdict, about which day, when."""

    cause: Cause
    actor: str
    verdict_id: int | None
    as_of: date
    at: datetime
    note: str | None = None
    asked: Asked | None = None
    until: date | None = None


def begin(session: Session, rule: str, openings: Sequence[tuple[Subject, Place, Mark]]) -> list[LagWarning]:
    """New warnings for (subject, where, why), each with its first event, in the same order."""
    warnings = [_warning(rule, subject, place, mark) for subject, place, mark in openings]
    session.add_all(warnings)
    session.flush()
    events = [_event(id_of(w), 1, None, o[1], o[2]) for w, o in zip(warnings, openings, strict=True)]
    session.add_all(events)
    session.flush()
    return warnings


def _warning(rule: str, subject: Subject, place: Place, mark: Mark) -> LagWarning:
    return LagWarning(
        target_id=subject.target_id,
        unit_id=subject.unit_id,
        rule=rule,
        state=place.state,
        level=place.level,
        severity=place.severity,
        floor=place.floor,
        reply_due=place.reply_due,
        rectify_due=place.rectify_due,
        opened_as_of=mark.as_of,
        opened_at=mark.at,
    )


def move(session: Session, before: Known, place: Place, mark: Mark) -> LagWarning:
    """One more event; the warning stands where it leads."""
    warning = before.warning
    session.add(_event(id_of(warning), before.last.position + 1, warning, place, mark))
    warning.state, warning.level, warning.severity = place.state, place.level, place.severity
    warning.floor, warning.reply_due, warning.exempt_until = place.floor, place.reply_due, place.exempt_until
    warning.postponed_until, warning.rectify_due = place.postponed_until, place.rectify_due
    warning.rectify_by = place.rectify_by if place.state in HAS_PLAN else None
    warning.owner, warning.owner_unit_id = place.owner, place.owner_unit_id
    warning.closed_at = mark.at if place.state in OVER else None
    session.add(warning)
    return warning


def _event(warning_id: int, position: int, before: LagWarning | None, place: Place, mark: Mark) -> WarningEvent:
    asked = mark.asked
    return WarningEvent(
        warning_id=warning_id,
        position=position,
        from_state=before.state if before else None,
        to_state=place.state,
        from_level=before.level if before else None,
        to_level=place.level,
        severity=place.severity,
        floor=place.floor,
        reply_due=place.reply_due,
        rectify_due=place.rectify_due,
        cause=mark.cause,
        act=asked.act if asked else None,
        until=mark.until,
        owner=place.owner,
        exemption=asked.exemption if asked and asked.act is Act.EXEMPT else None,
        approver=(asked.approver or "").strip() or None if asked and asked.act is Act.EXEMPT else None,
        note=mark.note,
        actor=mark.actor,
        verdict_id=mark.verdict_id,
        as_of=mark.as_of,
        recorded_at=mark.at,
    )
