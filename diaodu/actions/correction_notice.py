"""更正告知: the unit and whoever asked hear what was decided, and every unit it moved hears what became of it."""

from collections.abc import Sequence

from sqlmodel import Session

from diaodu.actions.correction_words import REASONS
from diaodu.actions.directory import Directory, directory
from diaodu.actions.notice import Issuer
from diaodu.actions.reporting_line import ReportingLine
from diaodu.actions.telling import tell_people
from diaodu.actions.wording import CAUSES
from diaodu.clock import office_day
from diaodu.rules import phrase
from diaodu.rules.correction import CorrectionState
from diaodu.rules.correction_effect import Change, Effects, Judged
from diaodu.rules.reminder import Leg
from diaodu.rules.validation import figure
from diaodu.rules.verdict import Reason
from diaodu.rules.warning import Cause
from diaodu.storage.person import people
from models.correction import Correction
from models.report import Report
from models.target import Target


def tell(session: Session, issuer: Issuer, correction: Correction, moved: Effects | None) -> None:
    """One message a unit; who asked and is of another unit, or of the office, has one too."""
    crowd = people(session, issuer.scheme_id)
    names = directory(session, issuer.scheme_id, office_day(issuer.at), issuer.at)
    line, target = ReportingLine(crowd, names.units), session.get_one(Target, correction.target_id)
    own = line.own(target.unit_id, Leg.UNIT).people
    asked = [one for one in crowd if one.name == correction.requested_by and one not in own]
    facts = _facts(session, issuer, names, correction, target)
    unit = names.codes[target.unit_id]
    facts["lines"] = _lines(moved, unit, issuer)
    for staff in filter(None, (own, asked)):
        tell_people(session, issuer, staff, unit, "notices/correction", facts)
    for other in sorted(_others(moved) - {unit}):
        mine = next(unit_id for unit_id, code in names.codes.items() if code == other)
        told = facts | {
            "whose": names.unit(target.unit_id),
            "unit": names.unit(mine),
            "lines": _lines(moved, other, issuer),
        }
        tell_people(session, issuer, line.own(mine, Leg.UNIT).people, other, "notices/correction_effect", told)


def _facts(
    session: Session, issuer: Issuer, names: Directory, correction: Correction, target: Target
) -> dict[str, object]:
    old = session.get_one(Report, correction.replaces_id).value
    return {
        "unit": names.unit(target.unit_id),
        "number": correction.id,
        "what": f"截至{phrase.day(correction.as_of, office_day(issuer.at))}的{names.indicator(target.indicator_id)}",
        "old": "—" if old is None else figure(old),
        "new": figure(correction.value),
        "is_approved": correction.state is CorrectionState.APPROVED,
        "reason": correction.decision,
        "asked_by": correction.requested_by,
    }


def _others(moved: Effects | None) -> set[str]:
    """Codes of the units that it moved as of the newest day."""
    return {change.unit for change in _newest(moved)} | {move.unit for move in (moved.warnings if moved else ())}


def _newest(moved: Effects | None) -> Sequence[Change]:
    """What moved as of the newest day: what is in force now."""
    changes = moved.changes if moved else ()
    last = max((change.as_of for change in changes), default="")
    return [change for change in changes if change.as_of == last]


def _lines(moved: Effects | None, unit: str, issuer: Issuer) -> list[str]:
    """What became of a unit's verdicts, ranks and warnings."""
    said = [_moved(change) for change in _newest(moved) if change.unit == unit]
    for move in moved.warnings if moved else ():
        if move.unit == unit:
            level = f"（{move.level}）" if move.level else ""
            said.append(f"{move.indicator_name}的预警下次研判时{CAUSES[Cause(move.cause)]}{level}")
    return said


def _moved(change: Change) -> str:
    was, now = change.before, change.after
    parts = [f"研判由{_level(was)}变为{_level(now)}"] if _level(was) != _level(now) else []
    if was.rank != now.rank:
        parts.append(f"位次由{_rank(was)}变为{_rank(now)}")
    return f"{change.indicator_name}（截至{change.as_of}）：{'，'.join(parts) or '研判和位次不变'}"


def _level(judged: Judged) -> str:
    return judged.level_name or str(REASONS[Reason(judged.reason)])


def _rank(judged: Judged) -> str:
    return "不排名" if judged.rank is None else f"第{judged.rank}"
