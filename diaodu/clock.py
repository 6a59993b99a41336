"""The one place that reads the wall clock; every entry point asks once and passes the answer down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, aware, in UTC: what is stored."""
    return datetime.now(UTC)


def office_day(moment: datetime) -> date:
    """The calendar day of a moment as the office's wall shows it."""
    return moment.astimezone(OFFICE_ZONE).date()
