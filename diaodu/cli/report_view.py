"""What `diaodu report list` shows of each value: who said it, where it was read, and when."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from diaodu.language import _

if TYPE_CHECKING:
    from sqlmodel import Session

COLUMNS = {
    "indicator_name": _("指标"),
    "unit_name": _("单位"),
    "as_of": _("截至日"),
    "value": _("完成"),
    "source": _("数据源"),
    "origin": _("出处"),
    "recorded_by": _("经办"),
    "recorded": _("入库时间"),
    "justification": _("核实说明"),
}


def rows(session: "Session", scheme_id: int, as_of: date, known_at: datetime, every: bool) -> list[dict[str, Any]]:
    """The reports in force as of a day, or every revision up to it; quantities in measure units."""
    from decimal import Decimal

    from diaodu.clock import OFFICE_ZONE
    from diaodu.rules.quantity import plain
    from diaodu.storage.report_list import reports

    return [
        row
        | {
            "value": None if row["value"] is None else Decimal(plain(row["value"])),
            "recorded": f"{row['recorded_at'].astimezone(OFFICE_ZONE):%Y-%m-%d %H:%M}",
        }
        for row in reports(session, scheme_id, as_of, known_at, every)
    ]
