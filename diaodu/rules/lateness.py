"""How late, or how near, one target's dates and reports are, on calendar and working days (时限)."""

from datetime import date
from fractions import Fraction

from diaodu.rules.standing import Standing
from diaodu.rules.trajectory import ONE_DAY, is_month_end
from diaodu.rules.verdict import State, state_of
from diaodu.rules.workday import Workdays


def overdue_days(standing: Standing) -> int | None:
    """Days since the earliest unmet milestone was due; 0 on the due day itself."""
    due = standing.first_unmet_due
    return None if due is None else (standing.as_of - due).days


def overdue_workdays(standing: Standing, workdays: Workdays) -> int | None:
    due = standing.first_unmet_due
    return None if due is None else workdays.between(due, standing.as_of)


def months_since_due(standing: Standing) -> int | None:
    """Whole calendar months since then: a task due on 31 January is one month late on 28 February."""
    due, as_of = standing.first_unmet_due, standing.as_of
    if due is None:
        return None
    begun = (as_of.year - due.year) * 12 + as_of.month - due.month
    return begun - (as_of.day < due.day and not is_month_end(as_of))


def next_date(standing: Standing) -> date | None:
    """The next milestone's due day, or the target's own when no milestone is left; None once that has passed."""
    if standing.next_due is not None:
        return standing.next_due
    return standing.due if standing.as_of <= standing.due else None


def days_to_due(standing: Standing) -> int | None:
    day = next_date(standing)
    return None if day is None else (day - standing.as_of).days


def workdays_to_due(standing: Standing, workdays: Workdays) -> int | None:
    day = next_date(standing)
    return None if day is None else workdays.between(standing.as_of, day)


def elapsed_share(standing: Standing) -> Fraction | None:
    """Share of the days between the last date (milestone, or the eve of the start) and the next one that are over."""
    ends = next_date(standing)
    begins = standing.start - ONE_DAY if standing.past_due is None else standing.past_due
    if ends is None or ends <= begins:
        return None
    return max(Fraction(0), Fraction((standing.as_of - begins).days, (ends - begins).days))


def report_overdue_workdays(standing: Standing, workdays: Workdays) -> int | None:
    """Working days the period's report is overdue by the day of knowledge; only for a report that is overdue."""
    if standing.report_due is None or state_of(standing) is not State.NOT_REPORTED:
        return None
    return workdays.between(standing.report_due, standing.known_on)


def stale_days(standing: Standing) -> int | None:
    since = standing.changed_on
    return None if since is None else (standing.as_of - since).days
