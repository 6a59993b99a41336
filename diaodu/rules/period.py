"""期次: which rounds of a calendar are opened on a day, and when one is over."""

from collections.abc import Sequence
from datetime import date

from diaodu.rules.collection import Round
from diaodu.rules.workday import Workdays


def to_open(dated: Sequence[Round], as_of: date, today: date, since: date) -> list[Round]:
    """The rounds of one calendar that have begun by `today`, about days up to `as_of`; `dated` oldest first.

    The round that was running on `since`, the day from which the office collects here, and every one after it: who
    begins in mid-year does not chase the months gone by.
    """
    begun = [one for one in dated if one.as_of <= as_of and one.opens <= today]
    return [one for one in begun if one.opens <= since][-1:] + [one for one in begun if one.opens > since]


def still_to_come(dated: Sequence[Round], begun: date | None) -> list[Round]:
    """The rounds not yet due when a calendar was `begun` (None: all): nobody is asked for what was due before."""
    return [one for one in dated if begun is None or one.unit_due >= begun]


def closing_day(closes: date, due: date, last_rung: int, workdays: Workdays) -> date:
    """The working day on which what has not come is missing (缺报), and from which nobody is reminded any more.

    The one after the last leg's deadline (`closes`), and not before the ladder's last single step, `last_rung` working
    days after `due`, has had its day: an escalation that is promised is made. `due` is the unit's deadline, or the day
    the round was opened where that was later.
    """
    return workdays.after(max(closes, workdays.after(due, max(last_rung, 0))), 1)
