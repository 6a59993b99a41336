"""What `diaodu warning` shows: listings of warnings, of one warning's steps, and of its messages."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session

    from diaodu.rules.level import Level

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

    from diaodu.actions.wording import STATES
    from diaodu.clock import office_day
    from diaodu.rules.level import Scope
    from diaodu.rules.notice import WHOLE_UNIT
    from diaodu.storage.warning_list import warnings

    names = _level_names(session, scheme_id, at)
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
    """What now awaits the office's decision, the longest waiting first; `postponed`: also what was put off.

    `at` is now. What was put off comes back when data grow worse, or its day has come.
    """
    from diaodu.clock import office_day
    from diaodu.rules.duty import STANDARD
    from diaodu.rules.warning import WarningState
    from diaodu.rules.warning_leg import waiting
    from diaodu.storage import warning as store
    from diaodu.storage.holiday import workdays
    from diaodu.storage.subject import subject_of
    from diaodu.storage.warning_waiting import open_warnings

    listed = {row["id"]: row for row in rows(session, scheme_id, at, None, every=False)}
    levels, calendar, found = _levels(session, scheme_id, at), workdays(session), []
    names = {key: level.name for key, level in levels.items()}
    for one in open_warnings(session, scheme_id):
        w = one.warning
        if w.id is None or w.state is not WarningState.PROPOSED or w.id not in listed or one.since > at:
            continue
        if not postponed and w.postponed_until is not None and w.postponed_until > on:
            continue
        held = store.known(session, scheme_id, [w.id])[w.id].obligation.held
        seen = store.newest_verdict(session, subject_of(w))
        obliged = levels.get((w.rule, w.unit_id is not None, w.level))
        terms = obliged.duty.terms if obliged else STANDARD
        waits = waiting(w.state, office_day(one.since), None, None, w.postponed_until, calendar, terms)
        found.append(
            listed[w.id]
            | {
                "held": held.level if held else None,
                "held_name": names.get((w.rule, w.unit_id is not None, held.level), held.level) if held else None,
                "decide_by": waits.due if waits else None,
                "postponed_until": w.postponed_until,
                "words": seen.explanation if seen else None,
            }
        )
    return sorted(found, key=lambda row: (row["decide_by"], row["id"]))


def _level_names(session: "Session", scheme_id: int, at: datetime) -> dict[tuple[str, bool, str], str]:
    return {key: level.name for key, level in _levels(session, scheme_id, at).items()}


def _levels(session: "Session", scheme_id: int, at: datetime) -> "dict[tuple[str, bool, str], Level]":
    """Levels by rule, whether they are for units, and code, as the newest revision of each rule has them."""
    from diaodu.rules.policy import read_policy
    from diaodu.storage.policy import policies

    oldest_first = reversed(policies(session, scheme_id, at))
    rules = [read_policy(version.document, version.code) for version in oldest_first]
    return {
        (rule.code, for_units, level.code): level
        for rule in rules
        for for_units, levels in ((False, rule.levels), (True, rule.unit_levels))
        for level in levels
    }


def life(session: "Session", scheme_id: int, number: int, at: datetime) -> list[dict[str, Any]]:
    """Every step of a warning of this scheme, as known at a moment."""
    from diaodu.actions.wording import ACTS, CAUSES, STATES
    from diaodu.clock import OFFICE_ZONE
    from diaodu.storage import warning as store

    warning = store.known(session, scheme_id, [number])[number].warning
    names = _level_names(session, scheme_id, at)
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
