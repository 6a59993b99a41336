"""When and where a planned interview or visit is to be: the newest holds."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class MeetingSetting(SQLModel, table=True):
    __tablename__ = "meeting_setting"

    id: int | None = Field(default=None, primary_key=True)
    planned_meeting_id: int = Field(foreign_key="planned_meeting.id", index=True)
    meets_at: datetime
    place: str
    set_by: str
    recorded_at: datetime
