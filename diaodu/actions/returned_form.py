"""A form that comes back is held against what it says of itself: whose, of what day, and what it asked for then."""

from datetime import date

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.language import _
from diaodu.rules.request import OWED, RequestState
from diaodu.sources.fault import Fault
from diaodu.sources.form_mark import FormMark
from diaodu.sources.table import Row
from diaodu.storage.indicator import indicator_ids
from diaodu.storage.request import requests_for
from diaodu.storage.target import target_ids
from models.definition import Definition
from models.request import Request

SAYING = ("value", "note", "blocker", "evidence", "justification")


def returned(intake: Intake, indicators: Names, units: Names) -> None:
    """Note what does not fit the form's mark; files that are no form of ours have none."""
    mark = intake.file.mark
    if mark is None:
        return
    if mark.scheme != intake.outcome.scheme:
        right = _("这是考核方案 {other} 的填报表，本方案是 {own}；请核对，或指定 --scheme {other}")
        _note(intake.faults, intake, right.format(other=mark.scheme, own=intake.outcome.scheme))
        return
    check = _Check(intake, mark)
    for row in intake.file.rows("reports"):
        check.row(row, indicators, units)
    check.whole()


class _Check:
    """One form against the plan as it is now."""

    def __init__(self, intake: Intake, mark: FormMark) -> None:
        self.intake, self.mark = intake, mark
        self.asked = dict(mark.items)
        self.targets = target_ids(intake.session, intake.scheme_id)
        self.codes = {number: code for (code, unit), number in self.targets.items() if unit == mark.unit}
        self.requests = requests_for(intake.session, intake.scheme_id, {mark.as_of}, set(self.codes))
        self.units_of_measure = self._measure_units(mark.as_of)
        self.seen: set[str] = set()

    def _measure_units(self, as_of: date) -> dict[str, str]:
        histories = self.intake.histories(Definition)
        found = {}
        for code, number in indicator_ids(self.intake.session, self.intake.scheme_id).items():
            version = histories[number].in_force(as_of) if number in histories else None
            if version is not None:
                found[code] = str(version.values["measure_unit"])
        return found

    def row(self, row: Row, indicators: Names, units: Names) -> None:
        """A row must be of the form's unit and day, and mean what it meant when the form was made."""
        unit, as_of, word = row.get("unit"), row.get("as_of"), row.get("indicator")
        code = indicators.find(word) if word else None
        self.seen.add(code or "")
        if unit and units.find(unit) not in (None, self.mark.unit):
            self._wrong(row, "unit", _("这是 {unit} 的填报表；请改回").format(unit=self.mark.unit))
        elif as_of and as_of != self.mark.as_of:
            self._wrong(row, "as_of", _("这是 {day} 的填报表；请改回").format(day=self.mark.as_of))
        elif code and any(row.values.get(key) is not None for key in SAYING):
            self._still_asked(row, code)

    def _still_asked(self, row: Row, code: str) -> None:
        now, then = self.units_of_measure.get(code), self.asked.get(code)
        if then is not None and now is not None and then != now:
            right = _("填报表生成后计量单位由“{then}”改为“{now}”；请重新领取填报表").format(then=then, now=now)
            self._wrong(row, "value", right)
        elif self._withdrawn(code):
            self._wrong(row, "indicator", _("填报表生成后这项任务已撤销，不再填报；请清空这一行"))

    def _withdrawn(self, code: str) -> bool:
        requests = self._requests(code)
        return bool(requests) and all(request.state is RequestState.WITHDRAWN for request in requests)

    def _requests(self, code: str) -> list[Request]:
        return self.requests.get((self.targets.get((code, self.mark.unit), 0), self.mark.as_of), [])

    def whole(self) -> None:
        """Rows taken out count as not filled in, and what was asked since is still owed: both are told, and taken."""
        gone = [code for code in self.asked if code not in self.seen]
        if gone:
            right = _("表中少了 {n} 行，视为未填：{codes}").format(n=len(gone), codes="、".join(gone[:6]))
            _note(self.intake.hints, self.intake, right)
        owed = [
            code
            for code in self.codes.values()
            if code not in self.asked and code not in self.seen and any(r.state in OWED for r in self._requests(code))
        ]
        if owed:
            right = _("填报表生成后又布置了 {n} 项，另请补报：{codes}").format(n=len(owed), codes="、".join(owed[:6]))
            _note(self.intake.hints, self.intake, right)

    def _wrong(self, row: Row, key: str, right: str) -> None:
        self.intake.faults.append(row.fault(key, right))


def _note(where: list[Fault], intake: Intake, right: str) -> None:
    table = intake.file.tables.get("reports")
    if table is not None and table.rows:
        where.append(table.rows[0].sheet.fault(right))
    else:
        where.append(Fault("、".join(intake.file.files), "", None, None, "", right))
