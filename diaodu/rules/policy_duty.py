"""The keys of a `[[level]]` that oblige somebody: what they say, or a fault with its line (措施文本)."""

import re

from diaodu.rules.addressee import Addressee
from diaodu.rules.duty import STANDARD, TALK_WITHIN, Duty, Interview, Terms, Visit
from diaodu.rules.level import Release
from diaodu.rules.policy_field import Table

DUTIES = ("interview", "visit", "points", "publicity")
_WAYS = {"recomputed": Release.RECOMPUTED, "verified": Release.VERIFIED, "by_hand": Release.BY_HAND}
_PERIODS = re.compile(r"([1-9]\d?) ?(?:periods?|期)")


def read_duty(table: Table) -> Duty:
    """What one level obliges to; faults are noted in the table."""
    return Duty(
        signer=table.optional_text("signer"),
        recipients=tuple(Addressee(place) for place in table.texts("recipients", tuple(Addressee))),
        rectify_workdays=table.workdays("rectify_within"),
        interview=_interview(table),
        visit=_visit(table),
        points=table.points("points"),
        publicity=None if table.entries.get("publicity") is False else table.optional_text("publicity"),
        withheld=table.entries.get("publicity") is False,
        terms=_terms(table),
    )


def read_release(table: Table) -> tuple[Release, int]:
    """How a level's warning is released; fine so many periods on end, where that is how."""
    said = table.entries.get("release")
    found = _PERIODS.fullmatch(said) if isinstance(said, str) else None
    if found is not None:
        return Release.PERIODS, int(found[1])
    if said is not None and said not in _WAYS:
        table.fault("release", f"release 写成了“{said}”", f"可写：{'、'.join(_WAYS)}，或期数，如 2 periods、2期")
    return _WAYS.get(str(said), Release.RECOMPUTED), 1


def _interview(table: Table) -> Interview | None:
    talk = _talk(table, "interview", ("by", "whom", "within"), '{ by = "分管副市长", whom = "主要负责人" }')
    return None if talk is None else Interview(talk.text("by"), talk.text("whom"), _within(talk))


def _visit(table: Table) -> Visit | None:
    """`visit = "县考核办"` says no more than who goes."""
    if isinstance(table.entries.get("visit"), str):
        return Visit(table.text("visit"))
    call = _talk(table, "visit", ("by", "within"), '{ by = "县考核办" }')
    return None if call is None else Visit(call.text("by"), _within(call))


def _talk(table: Table, key: str, known: tuple[str, ...], right: str) -> Table | None:
    below = table.below(key)
    if below is not None:
        below.only(known)
    elif table.has(key):
        table.fault(key, f"{key} 写法不认识", f"写成 {key} = {right}")
    return below


def _within(talk: Table) -> int:
    return talk.workdays("within") or TALK_WITHIN


def _terms(table: Table) -> Terms:
    return Terms(
        review=table.workdays("review_within") or STANDARD.review,
        sign=table.workdays("sign_within") or STANDARD.sign,
        verify=table.workdays("verify_within") or STANDARD.verify,
    )
