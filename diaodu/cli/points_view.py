"""What `diaodu warning points` shows: a row a unit, or a row for every deduction and every point given back."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

TOTALS = {"unit_name": _("单位"), "deductions": _("扣分笔数"), "points": _("扣分")}
EACH = {
    "at": _("时间"),
    "unit_name": _("单位"),
    "indicator_name": _("指标"),
    "warning_id": _("预警"),
    "level_name": _("等级"),
    "points": _("扣分"),
    "reason_name": _("原因"),
}


def each(session: "Session", scheme_id: int, at: datetime, unit: str | None) -> list[dict[str, Any]]:
    """Every deduction, of one unit by code or name where it is given; points as exact decimals."""
    from diaodu.actions.directory import directory
    from diaodu.actions.warning_open import level_names
    from diaodu.actions.wording import DEDUCTIONS
    from diaodu.clock import OFFICE_ZONE, office_day
    from diaodu.rules.notice import WHOLE_UNIT
    from diaodu.rules.quantity import plain
    from diaodu.storage.deduction import deductions

    names, levels = directory(session, scheme_id, office_day(at), at), level_names(session, scheme_id, at)
    listed = [
        {
            "at": f"{charged.deduction.recorded_at.astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
            "unit": names.codes[charged.deduction.unit_id],
            "unit_name": names.unit(charged.deduction.unit_id),
            "indicator_name": names.indicator(charged.target.indicator_id) if charged.target else WHOLE_UNIT,
            "warning_id": charged.warning.id,
            "level": (level := charged.deduction.level),
            "level_name": levels.get((charged.warning.rule, charged.target is None, level), level),
            "points": plain(charged.deduction.points),
            "reason": charged.deduction.reason,
            "reason_name": DEDUCTIONS[charged.deduction.reason],
        }
        for charged in deductions(session, scheme_id, at)
    ]
    return [row for row in listed if unit in (None, row["unit"], row["unit_name"])]


def totals(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sum of each unit, the most first."""
    from diaodu.rules.quantity import plain, to_micro

    sums: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        sums.setdefault((row["unit"], row["unit_name"]), []).append(to_micro(row["points"]))
    found = sorted(sums.items(), key=lambda item: -sum(item[1]))
    return [
        {"unit": unit, "unit_name": name, "deductions": sum(p > 0 for p in points), "points": plain(sum(points))}
        for (unit, name), points in found
    ]
