"""What people do to sources: register, change, pause and resume them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from sqlmodel import Session

from diaodu.actions.handover import Handover, ask_units
from diaodu.language import _
from diaodu.sources.fault import Fault, Faults
from diaodu.sources.registry import settled
from diaodu.storage import audit
from diaodu.storage.indicator import indicator_ids
from diaodu.storage.source import add
from diaodu.storage.supply import settle, supplied, supplied_elsewhere, supply
from models.source import Source


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a source: secrets by name only. `supplies` are codes of indicators."""

    location: str
    options: Mapping[str, Any]
    supplies: Collection[str] = ()
    precedence: int | None = None


def register(session: Session, scheme_id: int, name: str, kind: str, told: Told, actor: str, at: datetime) -> Source:
    """Have a source read at every collection from now on; raises NameTaken, and Faults with all that is wrong."""
    source = add(session, Source(scheme_id=scheme_id, name=name, kind=kind, location=told.location))
    _write(session, source, told, at)
    _record(session, "source.add", source, told, actor, at)
    return source


def change(session: Session, source: Source, told: Told, actor: str, at: datetime) -> list[Handover]:
    """Say anew where a source is and what it is told; raises Faults. Units are asked for what it no longer supplies."""
    dropped = [number for code, number in supplied(session, source.id or 0).items() if code not in told.supplies]
    handed = _hand_over(session, source, dropped, actor, "不再由数据源供数", at)
    _write(session, source, told, at)
    _record(session, "source.change", source, told, actor, at)
    return handed


def pause(session: Session, source: Source, actor: str, reason: str, at: datetime) -> list[Handover]:
    """Read a source no more, and ask units for what it still owed in open rounds."""
    mine = list(supplied(session, source.id or 0).values())
    handed = _hand_over(session, source, mine, actor, reason, at)
    source.active = False
    session.add(source)
    settle(session, source, at)
    _record_act(session, "source.pause", source, {"reason": reason}, actor, at)
    return handed


def resume(session: Session, source: Source, actor: str, reason: str, at: datetime) -> None:
    """Read a source again. What units were asked meanwhile stays asked."""
    source.active = True
    session.add(source)
    settle(session, source, at)
    _record_act(session, "source.resume", source, {"reason": reason}, actor, at)


def told_of(session: Session, source: Source) -> Told:
    """What was said of a source last."""
    return Told(source.location, json.loads(source.options), list(supplied(session, source.id or 0)), source.precedence)


def _hand_over(
    session: Session, source: Source, indicators: Collection[int], actor: str, reason: str, at: datetime
) -> list[Handover]:
    alone = set(indicators) - supplied_elsewhere(session, source.id or 0)
    return ask_units(session, source, actor, reason, at, indicator_ids=alone) if alone else []


def _write(session: Session, source: Source, told: Told, at: datetime) -> None:
    location, options, faults = settled(source.kind, source.name, told.location, told.options)
    known = indicator_ids(session, source.scheme_id)
    faults += [_unknown(source.name, code, list(known)) for code in told.supplies if code not in known]
    if faults:
        raise Faults(faults)
    source.location, source.precedence = location, told.precedence
    source.options = json.dumps(options, ensure_ascii=False)
    session.add(source)
    session.flush()
    supply(session, source, [known[code] for code in told.supplies], at)


def _unknown(source: str, code: str, known: Collection[str]) -> Fault:
    listed = get_close_matches(code, known, n=3, cutoff=0.4) or list(known)[:6]
    right = _("没有这个指标编码；有：{codes}").format(codes="、".join(listed) or _("无"))
    return Fault(source, "", None, "supplies", code, right)


def _record(session: Session, action: str, source: Source, told: Told, actor: str, at: datetime) -> None:
    about = {
        "kind": source.kind,
        "location": source.location,
        "options": json.loads(source.options),
        "supplies": sorted(told.supplies),
        "precedence": source.precedence,
    }
    _record_act(session, action, source, about, actor, at)


def _record_act(
    session: Session, action: str, source: Source, detail: Mapping[str, Any], actor: str, at: datetime
) -> None:
    audit.record(session, actor, action, f"{source.scheme_id} {source.name}", detail, at)
