"""A year's, or a special exercise's, rules (考核方案): the identity its versions share."""

from sqlmodel import Field, SQLModel

import models.column  # noqa: F401  (the naming convention comes before the first table)


class Scheme(SQLModel, table=True):
    __tablename__ = "scheme"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=64)
