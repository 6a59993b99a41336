"""一件预警的始末: every step of a warning, and every message of its notices, as people read them."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.warning_open import level_names
from diaodu.actions.wording import ACTS, CAUSES, DELIVERIES, STATES
from diaodu.clock import OFFICE_ZONE
from diaodu.storage import warning as store
from diaodu.storage.delivery import deliveries_of
from diaodu.storage.notice import notices_of_warning


def life(session: Session, scheme_id: int, number: int, at: datetime) -> list[dict[str, Any]]:
    """Every step of a warning of this scheme, as known at a moment."""
    warning = store.known(session, scheme_id, [number])[number].warning
    names = level_names(session, scheme_id, at)
    return [
        {
            "at": f"{event.recorded_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
            "actor": event.actor,
            "cause": event.cause,
            "cause_name": ACTS[event.act] if event.act else CAUSES[event.cause],
            "from_state": event.from_state,
            "to_state": event.to_state,
            "state_name": STATES[event.to_state],
            "from_level": event.from_level,
            "to_level": event.to_level,
            "level_name": names.get((warning.rule, warning.unit_id is not None, event.to_level), event.to_level),
            "as_of": event.as_of,
            "reply_due": event.reply_due,
            "rectify_due": event.rectify_due,
            "act": event.act,
            "until": event.until,
            "owner": event.owner,
            "exemption": event.exemption,
            "approver": event.approver,
            "note": event.note,
            "verdict_id": event.verdict_id,
        }
        for event in store.life(session, number)
        if event.recorded_at <= at
    ]


def post(session: Session, number: int, at: datetime) -> list[dict[str, Any]]:
    """Every message of the notices issued by a moment that told of a warning, and what became of it."""
    notices = {notice.id: notice for notice in notices_of_warning(session, number) if notice.issued_at <= at}
    return [
        {
            "number": notices[letter.notice_id].number,
            "file": notices[letter.notice_id].file,
            "channel": letter.channel,
            "address": letter.address,
            "state": letter.state,
            "state_name": DELIVERIES[letter.state],
            "attempts": letter.attempts,
            "sent_at": letter.sent_at,
            "error_code": letter.error_code,
            "error": letter.error,
        }
        for letter in deliveries_of(session, [i for i in notices if i is not None])
    ]
