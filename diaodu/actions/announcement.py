"""布置: a calendar that a plan announces, held against itself and the minimum lead time before it binds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from diaodu.actions.intake import Intake
from diaodu.actions.revision import History, newest
from diaodu.language import _
from diaodu.rules.cadence import Cadence
from diaodu.rules.collection import Rhythm, ShortNotice, rounds
from diaodu.rules.lead_time import Lead, LeadReason, lead
from diaodu.rules.workday import Workdays
from diaodu.sources.fault import Fault
from diaodu.sources.table import Row
from diaodu.storage.collection import windows
from diaodu.storage.holiday import workdays
from diaodu.storage.period import opened
from diaodu.storage.plan import Version

Values = Mapping[str, Any]


def contradictions(row: Row, says: Values, starts: date, ends: date) -> list[Fault]:
    """What is wrong with what a calendar says, taken together."""
    faults = []
    if says["every"] != 1 and says["cadence"] is not Cadence.DAYS:
        faults.append(row.fault("every", _("只有报送周期为“按天数”才填间隔天数")))
    if says["windows"] is None and says["cadence"] is Cadence.CUSTOM:
        faults.append(row.fault("windows", _("报送周期为“自定义”时要列出窗口，如 2026-03-01..2026-03-20")))
    if says["windows"] is not None and says["cadence"] is not Cadence.CUSTOM:
        faults.append(row.fault("windows", _("只有报送周期为“自定义”才列窗口")))
    listed = windows(says["windows"] or "")
    if listed and not starts <= listed[0].starts <= listed[-1].ends <= ends:
        right = _("窗口应在方案的起止之间：{starts} 到 {ends}")
        faults.append(row.fault("windows", right.format(starts=starts, ends=ends)))
    return faults


def announce(
    intake: Intake, row: Row, history: History, version: Version, scheme: Values, collection_id: int | None = None
) -> None:
    """Refuse a version of a calendar, or remark on it, where it gives units less time than the scheme promises.

    `scheme` is what the scheme says last. Rounds that are open have been announced; they stay as they are.
    """
    if scheme["minimum_lead"] is None or not _is_active(version):
        return
    calendar = workdays(intake.session)
    is_open = {as_of for number, as_of in opened(intake.session, intake.scheme_id) if number == collection_id}
    coming = [
        one
        for one in rounds(_rhythm(version, scheme), calendar)
        if one.as_of not in is_open and one.unit_due >= version.effective_from
    ]
    known = _known(history, version, scheme, calendar)
    found = lead(coming, known, intake.today, scheme["minimum_lead"], calendar)
    if found.reason is LeadReason.SHORT:
        refused = scheme["short_notice"] is ShortNotice.REFUSE
        (intake.faults if refused else intake.hints).append(_short(intake, row, found, scheme["minimum_lead"]))


def _known(history: History, version: Version, scheme: Values, calendar: Workdays) -> dict[date, date]:
    """The unit's deadlines as they were known before, by as-of day."""
    before = newest([known for known in history.known if known.effective_from <= version.effective_from])
    if before is None or not _is_active(before):
        return {}
    return {one.as_of: one.unit_due for one in rounds(_rhythm(before, scheme), calendar)}


def _is_active(version: Version) -> bool:
    return bool(version.values.get("active", True))


def _rhythm(version: Version, scheme: Values) -> Rhythm:
    """The calendar of a collection, or of the scheme itself."""
    says = {**scheme, **version.values}
    return Rhythm(
        says["cadence"],
        says["starts"],
        says["ends"],
        says["report_due"],
        says["rest_day"],
        says["opens"],
        says["every"],
        windows(says["windows"] or ""),
    )


def _short(intake: Intake, row: Row, found: Lead, minimum: int) -> Fault:
    assert found.first is not None
    right = _(
        "截至 {as_of} 的一期 {due} 就要交，距 {today} {ahead} 个工作日，方案规定至少 {minimum} 个；请推迟时限或生效日"
    )
    return row.fault(
        "report_due",
        right.format(
            as_of=found.first.as_of, due=found.first.unit_due, today=intake.today, ahead=found.ahead, minimum=minimum
        ),
    )
