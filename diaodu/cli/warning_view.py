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
    from diaodu.rules.level import Scope
    from diaodu.rules.notice import WHOLE_UNIT
    from diaodu.storage.warning_list import warnings

    names = level_names(session, scheme_id, at)
    return [
        asdict(w)
        | {
            "scope": Scope.UNIT if w.indicator is None else Scope.ITEM,
            "indicator_name": w.indicator_name or WHOLE_UNIT,
            "state_name": STATES[w.state],
            "level_name": names.get((w.rule, w.indicator is None, w.level), w.level),
        }
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
