"""What `diaodu correction` shows: corrections with names, and what an approved one moved."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

    from models.correction import Correction

COLUMNS = {
    "id": _("编号"),
    "as_of": _("截至日"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "old": _("原数"),
    "value": _("更正为"),
    "state_name": _("状态"),
    "requested_by": _("申请人"),
    "decided_by": _("批准人"),
    "reason": _("理由"),
}
CHANGES = {
    "as_of": _("截至日"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "actual": _("数值"),
    "level": _("研判"),
    "rank": _("位次"),
}
UNITS = {"as_of": _("截至日"), "unit_name": _("单位"), "level": _("研判"), "explanation": _("说明")}
WARNINGS = {
    "warning_id": _("预警"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "cause_name": _("变动"),
    "level": _("等级"),
}
UNTOUCHED = {"kind_name": _("种类"), "number": _("文号"), "as_of": _("截至日"), "day": _("印发")}


def rows(session: "Session", scheme_id: int, at: datetime) -> list[dict[str, Any]]:
    """Every correction as known at a moment, the newest first."""
    from diaodu.actions.directory import directory
    from diaodu.clock import office_day
    from diaodu.storage.correction import corrections

    names = directory(session, scheme_id, office_day(at), at)
    return [_row(session, names, one, at) for one in corrections(session, scheme_id) if one.requested_at <= at]


def _row(session: "Session", names: Any, one: "Correction", at: datetime) -> dict[str, Any]:
    from diaodu.actions.correction_words import STATES
    from diaodu.rules.correction import CorrectionState
    from diaodu.rules.quantity import plain
    from models.report import Report
    from models.target import Target

    target, replaced = session.get_one(Target, one.target_id), session.get_one(Report, one.replaces_id)
    is_decided = one.decided_at is not None and one.decided_at <= at
    state = CorrectionState(one.state) if is_decided else CorrectionState.REQUESTED
    decided = ("decided_by", "decided_at", "decision", "report_id")
    return {
        "id": one.id,
        "as_of": one.as_of,
        "unit": names.codes[target.unit_id],
        "unit_name": names.unit(target.unit_id),
        "indicator_name": names.indicator(target.indicator_id),
        "old": None if replaced.value is None else plain(replaced.value),
        "value": plain(one.value),
        "state": state,
        "state_name": STATES[state],
        "reason": one.reason,
        "evidence": one.evidence,
        "requested_by": one.requested_by,
        "requested_at": one.requested_at,
        **{name: getattr(one, name) if is_decided else None for name in decided},
        "effects": json.loads(one.effects) if one.effects and is_decided else None,
    }


def changes(effects: dict[str, Any]) -> list[dict[str, Any]]:
    """What moved, before → after; what did not is said once."""
    return [
        change
        | {
            "actual": _arrow(_number(change["before"]["actual"]), _number(change["after"]["actual"])),
            "level": _arrow(_level(change["before"]), _level(change["after"])),
            "rank": _arrow(change["before"]["rank"], change["after"]["rank"]),
        }
        for change in effects["changes"]
    ]


def units(effects: dict[str, Any]) -> list[dict[str, Any]]:
    """Units whose judgement as a whole moved; effects from before units were judged have none."""
    return [change | {"level": _arrow(change["before"], change["after"])} for change in effects.get("units", [])]


def warnings(effects: dict[str, Any]) -> list[dict[str, Any]]:
    """Warnings that the next run moves."""
    from diaodu.actions.wording import CAUSES
    from diaodu.rules.warning import Cause

    return [move | {"cause_name": CAUSES[Cause(move["cause"])]} for move in effects["warnings"]]


def untouched(effects: dict[str, Any]) -> list[dict[str, Any]]:
    """What was issued with the old number, and stays."""
    from diaodu.clock import office_day
    from diaodu.rules.notice import TITLES
    from diaodu.rules.routing import NoticeKind

    kinds = {kind.value: title for kind, title in TITLES.items()} | {"briefing": _("简报")}
    assert set(kinds) > set(NoticeKind)
    return [
        one | {"kind_name": kinds[one["kind"]], "day": office_day(datetime.fromisoformat(one["issued_at"]))}
        for one in effects["untouched"]
    ]


def _arrow(before: object, after: object) -> str:
    was, now = ("—" if value is None else str(value) for value in (before, after))
    return was if was == now else f"{was} → {now}"


def _number(micro: int | None) -> str | None:
    from diaodu.rules.quantity import plain

    return None if micro is None else plain(micro)


def _level(judged: dict[str, Any]) -> str:
    from diaodu.actions.correction_words import REASONS
    from diaodu.rules.verdict import Reason

    return judged["level_name"] or REASONS[Reason(judged["reason"])]
