"""The scheme a plan is of: found or made, and its calendar read."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from diaodu.actions.announcement import announce, contradictions
from diaodu.actions.intake import Intake
from diaodu.actions.outcome import Outcome
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.rules.briefing import Circulation
from diaodu.rules.cadence import Cadence, RestDay
from diaodu.rules.collection import ShortNotice
from diaodu.rules.level import Issue
from diaodu.rules.ranking import RANKING_MEASURES, TiePolicy
from diaodu.rules.reminder import NotALadder, read_ladder
from diaodu.sources.calendar_columns import SCHEME, USUAL_DUE
from diaodu.sources.deadline import NOBODY
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.plan import PlanFile
from diaodu.sources.table import Row
from diaodu.storage.plan import known_versions, lock
from diaodu.storage.scheme import UnknownScheme, scheme_id, schemes
from models.scheme import Scheme
from models.scheme_version import SchemeVersion

DEFAULTS: dict[str, Any] = {
    "cadence": Cadence.MONTHLY,
    "every": 1,
    "windows": None,
    "opens": None,
    "report_due": USUAL_DUE,
    "rest_day": RestDay.AFTER,
    "reminders": "T-3, T-1, T, T+1..",
    "escalations": "T+3 reviewer, T+5 leader, T+8 parent",
    "minimum_lead": None,
    "short_notice": ShortNotice.WARN,
    "most_requests": None,
    "most_messages": None,
    "ranking_measure": "completion",
    "tie": TiePolicy.ORDINAL,
    "masthead": "工作简报",
    "issue": Issue.AUTOMATIC,
    "circulation": Circulation.UNITS,
    "number_prefix": "考办",
}
LADDERS = ("reminders", "escalations")
SAID = [column.key for column in SCHEME if column.key not in {"code", "effective_from"}]


def open_intake(session: Session, file: PlanFile, named: str | None, actor: str, recorded_at: datetime) -> Intake:
    """An import into the scheme the file is of, or else the one named, or else the only one there is.

    Raises Faults when there is none: then nothing else could be checked.
    """
    row = next(iter(file.rows("scheme")), None)
    number = _named(session, file, named) if row is None else _of_the_file(session, file, row)
    lock(session, number)
    code = next(scheme.code for scheme in schemes(session) if scheme.id == number)
    latest = _history(session, number, recorded_at).latest
    values = latest.values if latest else {}
    starts, ends = ((row.get(key) if row else None) or values.get(key) for key in ("starts", "ends"))
    if starts is None or ends is None or ends <= starts:
        starts, ends = date.min, date.max
    faults = list(file.faults)
    if row is not None and named not in {None, code}:
        faults.append(row.fault("code", _("与指定的方案 {code} 不一致").format(code=named)))
    return Intake(session, file, number, starts, ends, actor, recorded_at, Outcome(code), faults)


def take_scheme(intake: Intake) -> None:
    """Take the sheet of the scheme itself."""
    for row in intake.file.rows("scheme"):
        faults = _checked(row)
        intake.faults += faults
        if faults or not row.is_sound or not all(row.values.get(key) for key in ("name", "starts", "ends", "issuer")):
            continue
        history = _history(intake.session, intake.scheme_id, intake.recorded_at)
        said = {key: row.values[key] or DEFAULTS.get(key) for key in SAID if key in row.values}
        said |= {key: "" for key in LADDERS if said.get(key) == NOBODY}
        version = intake.revise("scheme", history, row, DEFAULTS, said)
        if version is not None:
            faults = contradictions(row, version.values, version.values["starts"], version.values["ends"])
            intake.faults += faults + _ladders_checked(row, version.values)
            if not faults:
                announce(intake, row, history, version, version.values)
        intake.store(SchemeVersion, {intake.scheme_id: history})


def _history(session: Session, number: int, recorded_at: datetime) -> History:
    return History(known_versions(session, SchemeVersion, number, recorded_at).get(number, []))


def _of_the_file(session: Session, file: PlanFile, row: Row) -> int:
    code = row.get("code")
    if code is None:
        raise Faults(file.faults)
    found = {scheme.code: scheme.id for scheme in schemes(session)}.get(code)
    if found is not None:
        return found
    scheme = Scheme(code=code)
    session.add(scheme)
    session.flush()
    assert scheme.id is not None
    return scheme.id


def _named(session: Session, file: PlanFile, named: str | None) -> int:
    if not file.is_readable("scheme"):
        raise Faults(file.faults)
    try:
        return scheme_id(session, named)
    except UnknownScheme as wrong:
        known = "、".join(wrong.known) or _("无")
        right = _("没有这个考核方案，也没有“方案”表；现有方案：{known}").format(known=known)
        if named is None and wrong.known:
            right = _("不止一个考核方案，请指定一个：{known}").format(known=known)
        raise Faults([*file.faults, Fault("、".join(file.files), "", None, None, named or "", right)]) from None


def _checked(row: Row) -> list[Fault]:
    """What is wrong with the values taken together."""
    faults = []
    starts, ends, measure = (row.get(key) for key in ("starts", "ends", "ranking_measure"))
    if starts and ends and ends <= starts:
        faults.append(row.fault("ends", _("应晚于开始日 {starts}").format(starts=starts)))
    if measure is not None and measure not in RANKING_MEASURES:
        faults.append(
            row.fault("ranking_measure", _("应为测度的英文名，如 completion、gap_pp、ratio；全部见手册“测度”"))
        )
    return faults


def _ladders_checked(row: Row, scheme: Mapping[str, Any]) -> list[Fault]:
    """Both ladders are climbed together: nobody is told twice a day."""
    try:
        read_ladder(", ".join(filter(None, (scheme[key] for key in LADDERS))))
    except NotALadder as wrong:
        return [row.fault("escalations", str(wrong))]
    return []
