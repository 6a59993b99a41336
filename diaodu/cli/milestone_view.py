"""What `diaodu milestone` and `diaodu interview` show, and how they read an amount."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.cli.office import WrongInput
from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

MILESTONES = {
    "name": _("节点"),
    "original_due": _("原时限"),
    "due": _("现时限"),
    "original_planned": _("原计划值"),
    "planned": _("计划值"),
    "moves": _("延期次数"),
    "owner": _("责任人"),
}
EXTENSIONS = {
    "id": _("编号"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "name": _("节点"),
    "due": _("原时限"),
    "new_due": _("新时限"),
    "state_name": _("状态"),
    "requested_by": _("申请人"),
    "reason": _("理由"),
    "decided_by": _("审批人"),
    "decision": _("审批意见"),
}


def amount(text: str) -> int:
    """An exact amount, in millionths; WrongInput for what is none."""
    from diaodu.rules.quantity import NotAQuantity, to_micro

    try:
        return to_micro(text)
    except NotAQuantity:
        raise WrongInput(_("应为数字，如 1234.5") + f"：{text}") from None


def milestones(session: "Session", scheme_id: int, indicator: str, unit: str, at: datetime) -> list[dict[str, Any]]:
    """A target's milestones in force, each beside what it first said; a step added later has no original."""
    from diaodu.actions.target_meant import NotMeant, meant
    from diaodu.clock import office_day
    from diaodu.rules.quantity import plain
    from diaodu.storage.extension import moves
    from diaodu.storage.replan import revisions

    try:
        target_id = meant(session, scheme_id, office_day(at), at).target(indicator, unit)
    except NotMeant as wrong:
        raise WrongInput(str(wrong)) from None
    known, counts = revisions(session, target_id, at), moves(session, target_id, at)
    original = {step.name: step for step in known[0]} if known else {}
    return [
        {
            "name": step.name,
            "original_due": original[step.name].due if step.name in original else None,
            "due": step.due,
            "original_planned": plain(original[step.name].planned) if step.name in original else None,
            "planned": plain(step.planned),
            "moves": counts.get(step.name, 0),
            "owner": step.owner,
        }
        for step in (known[-1] if known else [])
    ]


def extensions(session: "Session", scheme_id: int, at: datetime) -> list[dict[str, Any]]:
    """Every request made by a moment, as it stood then."""
    from diaodu.actions.directory import directory
    from diaodu.actions.wording import EXTENSIONS as STATES
    from diaodu.clock import office_day
    from diaodu.rules.extension import ExtensionState
    from diaodu.rules.quantity import plain
    from diaodu.storage.extension import extensions as stored
    from models.target import Target

    names, found = directory(session, scheme_id, office_day(at), at), []
    for asked in stored(session, scheme_id, at):
        target = session.get_one(Target, asked.target_id)
        row = asked.model_dump()
        if asked.decided_at is not None and asked.decided_at > at:
            row |= {"state": ExtensionState.REQUESTED, "decided_by": None, "decided_at": None, "decision": None}
        row |= {"planned": plain(asked.planned), "new_planned": plain(asked.new_planned)}
        row |= {"unit_name": names.unit(target.unit_id), "indicator_name": names.indicator(target.indicator_id)}
        found.append(row | {"state_name": STATES[row["state"]]})
    return found
