"""One step of a request's life: what was done, by whom, when and why. Never changed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from diaodu.rules.access import Role
from diaodu.rules.request import RequestAct, RequestState
from models.column import choice, long_text


class RequestEvent(SQLModel, table=True):
    __tablename__ = "request_event"

    id: int | None = Field(default=None, primary_key=True)
    request_id: int = Field(foreign_key="request.id", index=True)
    act: RequestAct = Field(sa_column=choice(RequestAct))
    to_state: RequestState = Field(sa_column=choice(RequestState, name="to_state"))
    report_id: int | None = Field(default=None, foreign_key="report.id")
    """The revision spoken of."""
    actor: str
    role: Role | None = Field(default=None, sa_column=choice(Role, nullable=True))
    """None: the system, or an import by the office."""
    reason: str | None = Field(default=None, sa_column=long_text(nullable=True))
    recorded_at: datetime
