"""What an indicator meant from a day on (口径)."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from diaodu.rules.indicator import Direction, Kind, RollUp
from models.column import choice, long_text, micro


class Definition(SQLModel, table=True):
    __tablename__ = "definition"

    id: int | None = Field(default=None, primary_key=True)
    indicator_id: int = Field(foreign_key="indicator.id", index=True)
    name: str
    category: str | None = None
    definition: str | None = Field(default=None, sa_column=long_text(nullable=True))
    kind: Kind = Field(sa_column=choice(Kind))
    direction: Direction = Field(sa_column=choice(Direction))
    roll_up: RollUp = Field(sa_column=choice(RollUp))
    measure_unit: str
    decimals: int
    weight: int | None = Field(default=None, sa_column=micro(nullable=True))
    lead_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    aligned_to: str | None = None
    """The higher-level indicator this one serves (对应上级指标)."""
    collection_id: int | None = Field(default=None, foreign_key="collection.id")
    """The calendar it is collected on; None for the scheme's own."""
    lowest: int | None = Field(default=None, sa_column=micro(nullable=True))
    highest: int | None = Field(default=None, sa_column=micro(nullable=True))
    """Values outside are errors."""
    most_change: int | None = Field(default=None, sa_column=micro(nullable=True))
    """Per cent against the unit's last value above which a jump wants a justification."""
    most_excess: int | None = Field(default=None, sa_column=micro(nullable=True))
    """Percentage points over 100 % completion above which an excess wants a justification."""
    evidence_required: bool = False
    tolerance: int | None = Field(default=None, sa_column=micro(nullable=True))
    """Numbers of two sources that differ by no more than this agree; None: by nothing."""
    position: int
    effective_from: date
    recorded_at: datetime
