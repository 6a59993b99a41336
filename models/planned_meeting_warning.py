"""A warning that an interview or a visit is to be about."""

from sqlmodel import Field, SQLModel


class PlannedMeetingWarning(SQLModel, table=True):
    __tablename__ = "planned_meeting_warning"

    planned_meeting_id: int = Field(foreign_key="planned_meeting.id", primary_key=True)
    warning_id: int = Field(foreign_key="warning.id", primary_key=True, index=True)
