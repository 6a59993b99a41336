"""A work contact: who reports, reviews, leads, or runs the loop. No private data."""

from sqlmodel import Field, SQLModel

from diaodu.rules.access import Role
from models.column import choice


class Person(SQLModel, table=True):
    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    scheme_id: int = Field(foreign_key="scheme.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    """None for people of the office itself."""
    name: str
    role: Role = Field(sa_column=choice(Role))
    mail: str | None = None
    phone: str | None = None
    webhook: str | None = None
    """An address of the web, or the name of a group robot of the settings."""
    wecom: str | None = None
    """User id in the office's WeCom (企业微信账号)."""
    active: bool = True
