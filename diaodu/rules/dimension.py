"""One side on which targets are looked at, beside others: start-up, progress, payment, storage in time (维度)."""

from dataclasses import dataclass

import polars as pl

from diaodu.rules.indicator import Kind


@dataclass(frozen=True, slots=True)
class Dimension:
    """A target is looked at in it when all that is said here is true of the target; what is left empty is not asked."""

    code: str
    name: str
    indicators: tuple[str, ...] = ()  # codes
    categories: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    applies: str | None = None  # a condition
    others: bool = False  # all targets that no other dimension looks at

    def is_among(self) -> pl.Expr:
        """Whether a target is of its indicators, categories and kinds; `applies` is for `rules.policy` to ask."""
        asked = {"indicator": self.indicators, "category": self.categories, "kind": [kind.value for kind in self.kinds]}
        return pl.all_horizontal(
            pl.repeat(True, pl.len()),
            *(pl.col(name).is_in(list(values)).fill_null(False) for name, values in asked.items() if values),
        )
