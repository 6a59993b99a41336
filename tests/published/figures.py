"""A published table, and the same figures imported from its example and measured by us."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlmodel import Session

from diaodu.actions.assess import assess
from diaodu.actions.import_plan import import_plan
from diaodu.clock import OFFICE_ZONE
from diaodu.rules.measures import exact
from diaodu.rules.quantity import printed
from diaodu.rules.standing import Standing, of_row
from diaodu.rules.workday import Workdays
from diaodu.storage.scheme import scheme_id

EXAMPLES = Path(__file__).parents[2] / "examples"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table as published; lines beginning with # say where it is from."""
    text = Path(__file__).with_name(f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def moment(day: str) -> datetime:
    """Noon of a day, on the office's clock."""
    return datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=OFFICE_ZONE)


def imported(session: Session, *recorded: tuple[str, str]) -> int:
    """The scheme's id after importing example folders, each as recorded on a day."""
    for folder, day in recorded:
        import_plan(session, EXAMPLES / folder, None, "test", moment(day))
    return scheme_id(session, None)


@dataclass(frozen=True, slots=True)
class Measured:
    """Our row for one target: the frame's values, and exact measures."""

    row: dict[str, Any]
    standing: Standing
    workdays: Workdays

    def exact(self, measure: str) -> Fraction:
        value = exact(self.standing, measure, self.workdays)
        assert value is not None, f"{self.standing.unit} has no {measure}"
        return value

    def rate(self, measure: str, like: str) -> str:
        """A share printed as per cent with as many decimals as `like` has."""
        return printed(self.exact(measure) * 100, len(like.removesuffix("%").partition(".")[2])) + "%"


def measured(session: Session, scheme: int, as_of: str, known: str) -> dict[tuple[str, str], Measured]:
    """By indicator and unit code, every target as of a day, as known on another."""
    assessment = assess(session, scheme, date.fromisoformat(as_of), moment(known))
    return dict(_measured(assessment.frame.to_dicts(), assessment.workdays))


def _measured(rows: list[dict[str, Any]], workdays: Workdays) -> Iterator[tuple[tuple[str, str], Measured]]:
    for row in rows:
        yield (row["indicator"], row["unit"]), Measured(row, of_row(row), workdays)
