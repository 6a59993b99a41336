"""Numbers that came with a unit (1.2亿元), brought to the measure unit that their indicator has on that day."""

from fractions import Fraction

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.rules.measure_unit import in_measure_unit
from diaodu.rules.quantity import NotAQuantity, plain, to_micro
from diaodu.sources.number import Measured
from diaodu.sources.table import UNREADABLE, Row
from diaodu.storage.indicator import indicator_ids
from models.definition import Definition


def measured(intake: Intake, indicators: Names) -> None:
    """Put an exact quantity where a number with a unit stood; what cannot be converted is a fault."""
    rows = [row for row in intake.file.rows("reports") if isinstance(row.values.get("value"), Measured)]
    if not rows:
        return
    ids, histories = indicator_ids(intake.session, intake.scheme_id), intake.histories(Definition)
    for row in rows:
        unit = _measure_unit(row, indicators, ids, histories)
        said = row.values["value"]
        row.values["value"] = UNREADABLE
        if unit is not None:
            _convert(intake, row, said, unit)


def _measure_unit(row: Row, indicators: Names, ids: dict[str, int], histories: dict[int, History]) -> str | None:
    """The unit in force on the row's day, or the first one there was; None where it is not known what the row is about.

    That is a fault of its own, and told elsewhere.
    """
    word, as_of = row.get("indicator"), row.get("as_of")
    history = histories.get(ids.get(indicators.find(word) or "", 0)) if word else None
    if history is None or as_of is None:
        return None
    version = history.in_force(as_of) or min((*history.known, *history.added), key=lambda v: v.effective_from)
    return str(version.values["measure_unit"])


def _convert(intake: Intake, row: Row, said: Measured, unit: str) -> None:
    number = in_measure_unit(Fraction(said.number), said.unit, unit)
    if number is None:
        right = _("计量单位是“{unit}”，不能由“{written}”换算；请填以“{unit}”计的数字，不带单位")
        intake.faults.append(row.fault("value", right.format(unit=unit, written=said.unit)))
        return
    try:
        row.values["value"] = _micro(number)
    except NotAQuantity:
        right = _("换算成“{unit}”后不是能存的数：最多 6 位小数，小于一万亿；请直接填以“{unit}”计的数字")
        intake.faults.append(row.fault("value", right.format(unit=unit)))


def _micro(number: Fraction) -> int:
    """Raises NotAQuantity where millionths are not enough."""
    micro = number * 1_000_000
    if micro.denominator != 1:
        raise NotAQuantity("decimals")
    return to_micro(plain(int(micro)))
