"""What `diaodu request` shows: listings of requests, and of one request's steps and numbers."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from diaodu.storage.request_list import Listed

COLUMNS = {
    "id": _("编号"),
    "as_of": _("截至日"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "state_name": _("状态"),
    "value": _("数值"),
    "due": _("时限"),
    "timeliness_name": _("及时性"),
}
LIFE = {
    "at": _("时间"),
    "actor": _("经办"),
    "role_name": _("角色"),
    "act_name": _("办理"),
    "state_name": _("状态"),
    "skipped_names": _("未经环节"),
    "reason": _("理由"),
}
NUMBERS = {
    "value": _("数值"),
    "source": _("数据源"),
    "origin": _("出处"),
    "recorded_by": _("入库人"),
    "at": _("入库时间"),
    "note": _("进展"),
}


def rows(session: "Session", scheme_id: int, at: datetime, as_of: date | None, number: int | None = None) -> list[Any]:
    """Requests as known at a moment, and how each kept its deadline on its unit's own calendar."""
    from dataclasses import fields

    from diaodu.actions.reminding import calendars
    from diaodu.actions.request_words import STATES, TIMELINESS
    from diaodu.clock import office_day
    from diaodu.rules.quantity import plain
    from diaodu.rules.request import timeliness
    from diaodu.storage.holiday import workdays
    from diaodu.storage.request_list import Listed, requests

    names = [field.name for field in fields(Listed)]
    today = office_day(at)
    calendar_of = calendars(session, scheme_id, workdays(session))

    def row(one: "Listed") -> dict[str, Any]:
        came = None if one.submitted_at is None else office_day(one.submitted_at)
        kept = timeliness(one.due, came, calendar_of(one.unit_id)) if _is_decided(one, today) else None
        return {name: getattr(one, name) for name in names} | {
            "value": None if one.value is None else plain(one.value),
            "state_name": STATES[one.state],
            "timeliness": kept and kept.timeliness,
            "workdays_late": kept and kept.workdays_late,
            "timeliness_name": kept
            and TIMELINESS[kept.timeliness]
            + (_("{n}个工作日").format(n=kept.workdays_late) if kept.workdays_late else ""),
        }

    return [row(one) for one in requests(session, scheme_id, at, today, as_of, number)]


def _is_decided(one: "Listed", today: date) -> bool:
    """Whether the deadline has been kept or missed: a number has come, or it is owed and the day is over."""
    from diaodu.rules.request import OWED, RequestState

    owed = one.state in OWED | {RequestState.MISSING}
    return one.submitted_at is not None or (owed and today > one.due)


def life(session: "Session", number: int, at: datetime, has_lead: bool) -> list[dict[str, Any]]:
    """Every step of a request as known at a moment, with the steps that were gone past."""
    from diaodu.actions.request_words import ACTS, ROLES, STATES
    from diaodu.clock import OFFICE_ZONE
    from diaodu.rules.request import RequestAct, RequestState
    from diaodu.rules.review import skipped
    from diaodu.storage.request import events_of

    steps: list[dict[str, Any]] = []
    before: RequestState | None = None
    for event in events_of(session, number):
        if event.recorded_at > at:
            continue
        act, state = RequestAct(event.act), RequestState(event.to_state)
        past = skipped(before, act, has_lead) if before is not None else ()
        steps.append(
            {
                "at": f"{event.recorded_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
                "actor": event.actor,
                "role": event.role,
                "role_name": None if event.role is None else ROLES[event.role],
                "act": act,
                "act_name": ACTS[act],
                "state": state,
                "state_name": STATES[state],
                "skipped": list(past),
                "skipped_names": "、".join(ACTS[step] for step in past) or None,
                "reason": event.reason,
                "report_id": event.report_id,
            }
        )
        before = state
    return steps


def numbers(session: "Session", scheme_id: int, number: int, at: datetime) -> list[dict[str, Any]]:
    """Every revision of the number asked for, the newest first, with where each came from."""
    from diaodu.clock import OFFICE_ZONE
    from diaodu.rules.quantity import plain
    from diaodu.storage.report import revisions
    from diaodu.storage.review import find
    from diaodu.storage.source import sources

    found = find(session, scheme_id, [number])[number]
    names = {source.id: source.name for source in sources(session, scheme_id)}
    return [
        {
            "report_id": report.id,
            "value": None if report.value is None else plain(report.value),
            "source": names.get(report.source_id),
            "origin": report.origin,
            "recorded_by": report.recorded_by,
            "at": f"{report.recorded_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
            "note": report.note,
            "blocker": report.blocker,
            "evidence": report.evidence,
            "justification": report.justification,
        }
        for report in revisions(session, found.request.target_id, at)
        if report.as_of == found.as_of
    ]
