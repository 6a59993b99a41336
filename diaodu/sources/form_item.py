"""One row of a unit's form: what is asked, and what stands beside it so that nobody has to look it up."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from diaodu.rules.indicator import Kind
from diaodu.rules.quantity import plain


@dataclass(frozen=True, slots=True)
class Item:
    """Quantities in millionths, `planned` (序时目标) in measure units; `steps` are the milestones of a deliverable."""

    indicator: str
    name: str
    kind: Kind
    measure_unit: str
    decimals: int
    target: int | None
    upper: int | None = None
    last: int | None = None
    planned: Fraction | None = None
    definition: str | None = None
    lowest: int | None = None
    highest: int | None = None
    evidence_required: bool = False
    steps: tuple[str, ...] = ()
    returned: str | None = None
    """Why the last number was sent back."""

    @property
    def asked(self) -> Decimal | str | None:
        """The target as it is shown; of a band both ends."""
        if self.target is None:
            return None
        if self.upper is None:
            return Decimal(plain(self.target))
        return f"{plain(self.target)}～{plain(self.upper)}"
