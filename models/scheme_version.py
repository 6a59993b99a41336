"""What a scheme said from a day on: calendar, ranking and how its documents are headed."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from diaodu.rules.briefing import Circulation
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import ShortNotice
from diaodu.rules.level import Issue
from diaodu.rules.ranking import TiePolicy
from models.column import choice, long_text


class SchemeVersion(SQLModel, table=True):
    __tablename__ = "scheme_version"

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    name: str
    starts: date
    ends: date
    cadence: Cadence = Field(sa_column=choice(Cadence))
    every: int = 1
    """For a cadence of days: every so many calendar days."""
    windows: str | None = Field(default=None, sa_column=long_text(nullable=True))
    """For a custom cadence: one `2026-03-01..2026-03-20` a line, from a window's first day to its as-of day."""
    report_due: str
    """A deadline expression, counted from a period's last day: "5 workdays"."""
    rest_day: RestDay = Field(sa_column=choice(RestDay))
    opens: str | None = None
    """A deadline expression; without one a period opens on the day after its last."""
    reminders: str = "T-3, T-1, T, T+1.."
    """The ladder (`rules.reminder`), in working days from the deadline; `..` repeats on every working day after."""
    escalations: str = "T+3 reviewer, T+5 leader, T+8 parent"
    minimum_lead: int | None = None
    """Working days a collection is announced ahead of its first deadline; None: no minimum."""
    short_notice: ShortNotice = Field(default=ShortNotice.WARN, sa_column=choice(ShortNotice))
    most_requests: int | None = None
    """Numbers one unit may be asked for in a week; None: no cap."""
    most_messages: int | None = None
    """Messages one unit may be sent in a week; None: no cap."""
    issue: Issue = Field(default=Issue.AUTOMATIC, sa_column=choice(Issue))
    """Whether briefings leave by themselves or after a person's approval."""
    circulation: Circulation = Field(default=Circulation.UNITS, sa_column=choice(Circulation))
    ranking_measure: str
    tie: TiePolicy = Field(sa_column=choice(TiePolicy))
    issuer: str
    """发文机关, as printed."""
    masthead: str
    """简报名称, as printed in red."""
    number_prefix: str
    """机关代字 of document numbers: `浙水考办` gives 浙水考办〔2023〕1号."""
    effective_from: date
    recorded_at: datetime
