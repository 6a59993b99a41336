"""A warning listed in a notice."""

from sqlmodel import Field, SQLModel


class NoticeItem(SQLModel, table=True):
    __tablename__ = "notice_item"

    notice_id: int = Field(foreign_key="notice.id", primary_key=True)
    warning_id: int = Field(foreign_key="warning.id", primary_key=True)
    verdict_id: int | None = Field(default=None, foreign_key="verdict.id")
    """The judgement it rests on, which knows its policy and its data; None for notices of the first release."""
