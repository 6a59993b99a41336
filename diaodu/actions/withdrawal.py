"""撤销布置: numbers that are no longer owed, told to the units that were asked for them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from diaodu.actions.directory import directory
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_unit
from diaodu.clock import office_day
from diaodu.rules.access import Role
from diaodu.rules.request import TRANSITIONS, RequestAct, RequestState
from diaodu.storage.audit import record
from diaodu.storage.plan import lock
from diaodu.storage.request import Mark, move
from diaodu.storage.review import find


@dataclass(frozen=True, slots=True)
class Kept:
    """A request that cannot be withdrawn, and the state it stands in; None: there is no such request."""

    id: int
    state: RequestState | None


class CannotWithdraw(Exception):
    """Some of the requests named cannot be withdrawn; then none is."""

    def __init__(self, kept: list[Kept]) -> None:
        super().__init__(kept)
        self.kept = kept


def withdraw(session: Session, issuer: Issuer, actor: str, request_ids: Collection[int], reason: str) -> int:
    """Withdraw requests, all or none, and tell each unit once; how many. Raises CannotWithdraw."""
    lock(session, issuer.scheme_id)
    found = find(session, issuer.scheme_id, list(request_ids))
    states = {number: found[number].request.state if number in found else None for number in request_ids}
    kept = [Kept(n, state) for n, state in states.items() if (state, RequestAct.WITHDRAW) not in TRANSITIONS]
    if kept:
        raise CannotWithdraw(kept)
    requests = [found[number].request for number in request_ids]
    move(session, requests, RequestAct.WITHDRAW, Mark(actor, issuer.at, Role.OFFICE, reason))
    names = directory(session, issuer.scheme_id, office_day(issuer.at), issuer.at)
    told: dict[tuple[int, date], list[str]] = {}
    for number in request_ids:
        one = found[number]
        told.setdefault((one.request.unit_id, one.as_of), []).append(names.indicator(one.indicator_id))
    for (unit_id, as_of), indicators in told.items():
        facts = {"as_of": as_of, "indicators": indicators, "reason": reason}
        tell_unit(session, issuer, names, unit_id, "notices/withdrawal", facts)
    detail = {"requests": sorted(request_ids), "reason": reason}
    record(session, actor, "request.withdraw", f"scheme {issuer.scheme_id}", detail, issuer.at)
    return len(requests)
