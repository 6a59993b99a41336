"""Taking reports in: each is a new revision, unless it says what is in force for its day already."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.actions.measuring import measured
from diaodu.actions.names import Names
from diaodu.actions.pair import Pair, paired
from diaodu.actions.past import Past
from diaodu.actions.reconcile import reconciled
from diaodu.actions.repetition import unrepeated
from diaodu.actions.reviewed import free
from diaodu.actions.revision import NOT_STORED_YET, newest
from diaodu.actions.submission import answered
from diaodu.actions.terms import TermsBook
from diaodu.actions.validation import plausible, possible
from diaodu.clock import office_day
from diaodu.language import _
from diaodu.sources.table import Row
from diaodu.storage.plan import REPORTED, Version, append, known_reports
from diaodu.storage.target import target_ids
from models.report import Report

A_YEAR = timedelta(days=366)
"""Reports may reach back this far before the scheme begins, to be compared with last year's."""

Revisions = dict[tuple[int, date], list[Version]]


def record_reports(intake: Intake, indicators: Names, units: Names) -> None:
    """Take the sheet of reports."""
    measured(intake, indicators)
    named = list(paired(intake, "reports", indicators, units))
    ids = target_ids(intake.session, intake.scheme_id, {pair for _row, pair in named}) if named else {}
    rows = [
        (row, (pair, row.values["as_of"], row.get("recorded_at") or intake.recorded_at))
        for row, pair in named
        if _may_be_taken(intake, row, pair, ids)
    ]
    single = [
        Entry(row, pair, ids[pair], as_of, recorded_at)
        for row, (pair, as_of, recorded_at) in intake.once(rows, "as_of")
    ]
    fresh = unrepeated(intake, sorted(single, key=lambda entry: entry.recorded_at))
    taken = free(intake, fresh)
    revisions = _known(intake, taken)
    entries = _judged(intake, taken, Past(revisions))
    new = [(entry, _new(intake, entry, revisions)) for entry in entries]
    append(intake.session, Report, [report for _entry, report in new if report is not None])
    answered(intake, entries)


def _judged(intake: Intake, entries: Sequence[Entry], past: Past) -> list[Entry]:
    """What can be true, holds beside what others say, and is not doubted without a word of explanation."""
    if not entries:
        return []
    book = TermsBook(intake, {entry.target_id for entry in entries})
    known = [entry for entry in entries if book.knows(entry)]
    return plausible(intake, reconciled(intake, possible(intake, known, past, book), past, book), past, book)


def _may_be_taken(intake: Intake, row: Row, pair: Pair, ids: Mapping[Pair, int]) -> bool:
    """Whether the row says a value; what is wrong with it is noted."""
    if not row.is_sound or row.values["as_of"] is None:
        return False
    if row.values["value"] is None:
        if not any(row.values.get(key) for key in REPORTED[1:]):
            intake.outcome.tally("reports").blank += 1
            return False
        intake.faults.append(row.fault("value", _("有文字而没有数值；请填数，或整行空着表示未报")))
    elif pair not in ids:
        intake.faults.append(row.fault("indicator", _("目标表里没有这个单位的这项指标；请先列出目标")))
    else:
        return _days_fit(intake, row)
    return False


def _days_fit(intake: Intake, row: Row) -> bool:
    as_of, recorded_at = row.values["as_of"], row.get("recorded_at") or intake.recorded_at
    if recorded_at > intake.recorded_at:
        intake.faults.append(row.fault("recorded_at", _("不能晚于本次入库时点")))
    elif as_of > office_day(recorded_at):
        right = _("不能晚于入库日 {day}：还没到的日子没有数").format(day=office_day(recorded_at))
        intake.faults.append(row.fault("as_of", right))
    elif intake.starts - date.min > A_YEAR and as_of < intake.starts - A_YEAR:
        right = _("早于方案开始日 {starts} 一年以上").format(starts=intake.starts)
        intake.faults.append(row.fault("as_of", right))
    else:
        return True
    return False


def _known(intake: Intake, entries: Sequence[Entry]) -> Revisions:
    """What was said before of the targets and days that the entries speak of."""
    days, targets = {entry.as_of for entry in entries}, {entry.target_id for entry in entries}
    return known_reports(intake.session, intake.scheme_id, days, intake.recorded_at, targets) if days else {}


def _new(intake: Intake, entry: Entry, revisions: Revisions) -> dict[str, Any] | None:
    """The revision an entry adds, or None when what it says is in force already."""
    row, recorded_at = entry.row, entry.recorded_at
    earlier = revisions.setdefault((entry.target_id, entry.as_of), [])
    before = newest([version for version in earlier if version.recorded_at <= recorded_at])
    said = {name: row.values[name] for name in REPORTED if name in row.values}
    if said.get("justification") is None:
        said["justification"] = _comment(entry, before)
    values = {**dict.fromkeys(REPORTED), **(before.values if before else {}), **said}
    same = before is not None and before.values == values
    intake.outcome.tally("reports").count(before, None if same else values)
    if same:
        return None
    earlier.append(Version(values, entry.as_of, recorded_at, NOT_STORED_YET + len(earlier)))
    return {
        **values,
        "target_id": entry.target_id,
        "as_of": entry.as_of,
        "source_id": intake.source_id,
        "origin": row.origin,
        "recorded_by": intake.actor,
        "recorded_at": recorded_at,
    }


def _comment(entry: Entry, before: Version | None) -> str | None:
    """A comment stays with the number it was made on, and says nothing of another."""
    if before is None or before.values["value"] != entry.value:
        return None
    comment: str | None = before.values["justification"]
    return comment
