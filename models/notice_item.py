"""A warning listed in a notice."""

from sqlmodel import Field, SQLModel


class NoticeItem(SQLModel, table=True):
    __tablename__ = "notice_item"

    notice_id: int = Field(foreign_key="notice.id", primary_key=True)
    warning_id: int = Field(foreign_key="warning.id", primary_key=True)
