"""The published calendar for anybody's own: an iCalendar file that can be subscribed to (RFC 5545)."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from diaodu.actions.year_calendar_words import PROVISIONAL, TURNS, task, title, warning
from diaodu.rules.year_calendar import Mark, YearCalendar

REFRESH = timedelta(hours=12)


def ics_file(calendar: YearCalendar, known_at: datetime) -> bytes:
    """Every opening and deadline as a day of its own; the same bytes for the same knowledge.

    A round keeps its identifiers when its dates move, so that calendars that subscribe move their entries.
    """
    made = Calendar()
    made.add("prodid", "-//diaodu//calendar//ZH")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title(calendar))
    made.add("x-wr-timezone", "Asia/Shanghai")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    guess = warning(calendar)
    for mark in calendar.marks():
        made.add_component(_event(calendar, mark, known_at, guess if mark.provisional else None))
    return bytes(made.to_ical())


def _event(calendar: YearCalendar, mark: Mark, known_at: datetime, guess: str | None) -> Event:
    event = Event()
    event.add("uid", _uid(calendar, mark))
    event.add("dtstamp", known_at.replace(microsecond=0))
    event.add("dtstart", mark.day)
    event.add("dtend", mark.day + timedelta(days=1))
    event.add("summary", task(mark, mark.day.year) + (f"（{PROVISIONAL}）" if guess else ""))
    said = [f"{calendar.scheme}，{calendar.issuer}", f"时限规则：{mark.strand.expression}", guess]
    event.add("description", "\n".join(filter(None, said)))
    event.add("categories", [TURNS[mark.turn]])
    event.add("status", "TENTATIVE" if guess else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _uid(calendar: YearCalendar, mark: Mark) -> str:
    """The same whatever the dates, the scheme's names and the moment."""
    whose = [calendar.code, mark.strand.code or "scheme", *([calendar.unit[0]] if calendar.unit else [])]
    return f"{mark.as_of.isoformat()}.{mark.turn}.{'.'.join(whose)}@diaodu"
