"""What `diaodu warning` shows: listings of warnings, of one warning's steps, and of its messages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

COLUMNS = {
    "id": _("编号"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "level_name": _("等级"),
    "state_name": _("状态"),
    "opened_as_of": _("始于"),
    "reply_due": _("回复时限"),
}
QUEUE = {
    "id": _("编号"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "level_name": _("拟定等级"),
    "held_name": _("原等级"),
    "decide_by": _("审核时限"),
    "postponed_until": _("暂缓至"),
    "words": _("依据"),
}
LIFE = {
    "at": _("时间"),
    "actor": _("经办"),
    "cause_name": _("缘由"),
    "state_name": _("状态"),
    "level_name": _("等级"),
    "owner": _("责任人"),
    "as_of": _("截至日"),
    "note": _("说明"),
}
POST = {
    "number": _("文号"),
    "channel": _("渠道"),
    "address": _("地址"),
    "state_name": _("送达"),
    "attempts": _("次数"),
    "error": _("原因"),
}


def rows(session: "Session", scheme_id: int, at: datetime, as_of: "date | None", every: bool) -> list[dict[str, Any]]:
    """Warnings as known at a moment, by a day (that moment's where none is given); `every`: also those over."""
    from dataclasses import asdict

    from diaodu.actions.warning_open import level_names
    from diaodu.actions.wording import STATES
    from diaodu.clock import office_day
    from diaodu.storage.warning_list import warnings

    names = level_names(session, scheme_id, at)
    return [
        asdict(w) | {"state_name": STATES[w.state], "level_name": names.get((w.rule, w.level), w.level)}
        for w in warnings(session, scheme_id, as_of or office_day(at), at, over=every)
    ]


def proposals(session: "Session", scheme_id: int, at: datetime, on: "date", postponed: bool) -> list[dict[str, Any]]:
    """What awaited the office's decision at a moment, in the order of its days; `postponed`: also what was put off."""
    from diaodu.actions import warning_open

    listed = {row["id"]: row for row in rows(session, scheme_id, at, None, every=False)}
    return [
        listed[one.open.stood.id]
        | {
            "held": one.open.stood.held_level,
            "held_name": one.open.held_name,
            "decide_by": one.open.waits.due if one.open.waits else None,
            "postponed_until": one.open.stood.postponed_until,
            "words": one.words,
        }
        for one in warning_open.proposals(session, scheme_id, at, on, postponed)
        if one.open.stood.id in listed
    ]


def life(session: "Session", scheme_id: int, number: int, at: datetime) -> list[dict[str, Any]]:
    """Every step of a warning of this scheme, as known at a moment."""
    from diaodu.actions.warning_open import level_names
    from diaodu.actions.wording import ACTS, CAUSES, STATES
    from diaodu.clock import OFFICE_ZONE
    from diaodu.storage import warning as store

    rule = store.known(session, scheme_id, [number])[number].warning.rule
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
            "level_name": names.get((rule, event.to_level), event.to_level),
            "as_of": event.as_of,
            "reply_due": event.reply_due,
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


def post(session: "Session", number: int, at: datetime) -> list[dict[str, Any]]:
    """Every message of the notices issued by a moment that told of a warning, and what became of it."""
    from diaodu.actions.wording import DELIVERIES
    from diaodu.storage.delivery import deliveries_of
    from diaodu.storage.notice import notices_of_warning

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
