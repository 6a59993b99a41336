"""A file of an issued briefing, with the hash it was issued under."""

from sqlmodel import Field, SQLModel


class BriefingFile(SQLModel, table=True):
    __tablename__ = "briefing_file"

    briefing_id: int = Field(foreign_key="briefing.id", primary_key=True)
    edition: str = Field(default="full", primary_key=True, max_length=80)
    """full, leader or unit:<code>."""
    format: str = Field(primary_key=True, max_length=8)
    """docx, pdf or html."""
    path: str
    """Relative to the workspace."""
    digest: str = Field(max_length=64)
