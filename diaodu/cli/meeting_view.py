"""What `diaodu interview list --due` and `diaodu visit list --due` show: what is to be held, when, where, how late."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

DUE = {
    "id": _("编号"),
    "unit_name": _("单位"),
    "hosts": _("主持人"),
    "guests": _("单位参加人"),
    "warnings": _("预警"),
    "due": _("应于"),
    "late": _("逾期工作日"),
    "meets_at": _("时间"),
    "place": _("地点"),
}


def awaiting(session: "Session", scheme_id: int, kind: str, at: datetime) -> list[dict[str, Any]]:
    """Every meeting that a level obliged to and nobody has held, the first due first."""
    from diaodu.actions.directory import directory
    from diaodu.clock import OFFICE_ZONE, office_day
    from diaodu.rules.meeting import MeetingKind
    from diaodu.storage.holiday import workdays
    from diaodu.storage.planned_meeting import awaited

    today, calendar = office_day(at), workdays(session)
    names = directory(session, scheme_id, today, at)
    listed = []
    for planned in awaited(session, scheme_id, at, MeetingKind(kind)):
        meeting, setting = planned.meeting, planned.setting
        listed.append(
            meeting.model_dump(include={"id", "hosts", "guests", "due", "planned_at"})
            | {
                "unit": names.codes[meeting.unit_id],
                "unit_name": names.unit(meeting.unit_id),
                "warnings": "、".join(map(str, planned.warning_ids)),
                "late": calendar.between(meeting.due, today) if today > meeting.due else 0,
                "meets_at": f"{setting.meets_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}" if setting else None,
                "place": setting.place if setting else None,
            }
        )
    return listed
