"""静默时段: when a message that rings waits for the next working morning."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from diaodu.rules.workday import Workdays

WRITTEN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)")


class NotQuietHours(ValueError):
    """A text that names no quiet hours; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `start` to `end`, which is not quiet any more, usually over midnight; rest days are quiet altogether."""

    start: time
    end: time


def read_quiet_hours(text: str) -> QuietHours | None:
    """The hours of "20:00-08:00"; blank is none. Raises NotQuietHours."""
    if not text.strip():
        return None
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        raise NotQuietHours(f"静默时段应写成 20:00-08:00，读到：{text}")
    return QuietHours(time(int(match[1]), int(match[2])), time(int(match[3]), int(match[4])))


def quiet_until(moment: datetime, hours: QuietHours, workdays: Workdays) -> datetime | None:
    """The working morning that a message of this moment (on the office's clock) waits for; None when it may ring."""
    day, at = moment.date(), moment.time()
    over_midnight = hours.start > hours.end
    evening, morning = over_midnight and at >= hours.start, at < hours.end and (over_midnight or at >= hours.start)
    if workdays.is_workday(day) and not evening:
        return datetime.combine(day, hours.end, moment.tzinfo) if morning else None
    return datetime.combine(workdays.on_or_after(day + timedelta(days=1)), hours.end, moment.tzinfo)
