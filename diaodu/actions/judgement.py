"""人工研判: a person says of a target what its numbers do not, with reason, author and day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from diaodu.language import _
from diaodu.rules.judgement import JudgementKind
from diaodu.storage.audit import record
from diaodu.storage.target import target_ids
from models.judgement import Judgement

GRAVEST = 99


class Refused(Exception):
    """The entry is not taken, and why, in words for the person who made it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be written down. `author` judged or raised the flag; whoever enters it may be another."""

    indicator: str  # code
    unit: str  # code
    kind: JudgementKind
    weight: int
    reason: str
    author: str
    since: date
    until: date | None = None


def add_judgement(session: Session, scheme_id: int, said: Said, actor: str, now: datetime) -> Judgement:
    """Append the entry, its audit row beside it. Raises Refused."""
    targets = target_ids(session, scheme_id)
    target_id = targets.get((said.indicator, said.unit))
    faults = [*_faults(said)]
    if target_id is None:
        faults.append(_("没有这项目标任务：指标 {i}，单位 {u}").format(i=said.indicator, u=said.unit))
    if faults or target_id is None:
        raise Refused("；".join(faults))
    entry = Judgement(
        target_id=target_id,
        kind=said.kind,
        weight=said.weight,
        reason=said.reason.strip(),
        author=said.author.strip(),
        since=said.since,
        until=said.until,
        recorded_at=now,
        recorded_by=actor,
    )
    session.add(entry)
    session.flush()
    detail = {"kind": said.kind, "weight": said.weight, "reason": entry.reason, "author": entry.author}
    days = {"since": said.since, "until": said.until}
    record(session, actor, "judgement.add", f"target {said.indicator} {said.unit}", detail | days, now)
    return entry


def _faults(said: Said) -> list[str]:
    faults = []
    if not 0 <= said.weight <= GRAVEST:
        faults.append(_("轻重写成了 {n}，应为 0 至 {most} 的整数").format(n=said.weight, most=GRAVEST))
    if not said.reason.strip():
        faults.append(_("没有写理由"))
    if not said.author.strip():
        faults.append(_("没有写由谁研判或提出"))
    if said.until is not None and said.until < said.since:
        faults.append(_("末日 {until} 早于首日 {since}").format(until=said.until, since=said.since))
    return faults
