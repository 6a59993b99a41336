"""The pages of warnings: the queue and what stands open, leg by leg; and the whole life of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlmodel import Session

from diaodu.actions.warning_command import commands
from diaodu.actions.warning_life import life, post
from diaodu.actions.warning_open import OpenWarning, opened
from diaodu.actions.wording import LEGS, STATES
from diaodu.clock import office_day
from diaodu.rules.notice import WHOLE_UNIT
from diaodu.rules.subject import Subject
from diaodu.rules.warning import WarningState
from diaodu.rules.warning_leg import WarningLeg
from diaodu.storage.scheme import schemes
from diaodu.storage.session import reading
from diaodu.storage.warning_known import explanations, judged, scheme_of
from diaodu.storage.warning_list import Listed, warnings
from diaodu.storage.warning_waiting import reminders_of
from diaodu.web.page import page
from diaodu.web.site import site_of
from models.scheme import Scheme
from models.warning_reminder import WarningReminder

router = APIRouter()
ADDRESS = "/warnings"
MOST = 200
"""Warnings shown of a leg; of more the page says how many are left."""
NEXT = {
    WarningLeg.REVIEW: "issue、change_level、postpone、decline、exempt、withdraw",
    WarningLeg.SIGN: "acknowledge",
    WarningLeg.PLAN: "plan --until 日期 --reason 计划",
    WarningLeg.EVIDENCE: "evidence --reason 佐证",
    WarningLeg.VERIFY: "verify、return、close",
}
"""What is done next in a leg, as `diaodu warning decide 编号 …` wants it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader chose: a scheme's and a unit's code, a level's name, and a state's code."""

    scheme: str
    unit: str | None
    level: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """One leg: what waits in it, overdue first, how many more there are, and how many of all are overdue."""

    leg: WarningLeg | None
    listed: list[OpenWarning]
    left: int
    overdue: int
    words: dict[Subject, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything on the page of open warnings."""

    chosen: Filter
    schemes: list[str]
    units: list[tuple[str, str]]
    levels: list[str]
    parts: list[Part]
    today: date


@dataclass(frozen=True, slots=True)
class Life:
    """Everything on the page of one warning; `open` is None once it is over."""

    listed: Listed
    level_name: str
    open: OpenWarning | None
    steps: list[dict[str, Any]]
    letters: list[dict[str, Any]]
    reminders: list[WarningReminder]


def look(session: Session, scheme: Scheme, known: Sequence[Scheme], asked: Filter, now: datetime) -> Seen:
    """How the warnings of a scheme stand at a moment."""
    every = opened(session, scheme.id or 0, now)
    shown = [one for one in every if _is_chosen(one, asked)]
    parts = [_part(session, leg, shown, now) for leg in (*WarningLeg, None)]
    return Seen(
        chosen=asked,
        schemes=[one.code for one in known],
        units=sorted({(one.unit, one.unit_name) for one in every}),
        levels=list(dict.fromkeys(one.level_name for one in sorted(every, key=lambda o: -o.stood.severity))),
        parts=[part for part in parts if part.listed],
        today=office_day(now),
    )


def _is_chosen(one: OpenWarning, asked: Filter) -> bool:
    return (
        asked.unit in {None, one.unit}
        and asked.level in {None, one.level_name}
        and asked.state in {None, one.stood.state.value}
    )


def _part(session: Session, leg: WarningLeg | None, shown: Sequence[OpenWarning], now: datetime) -> Part:
    mine = [one for one in shown if (one.waits.leg if one.waits else None) is leg]
    listed = mine[:MOST]
    words = judged(session, [one.stood for one in listed], now) if leg is WarningLeg.REVIEW else {}
    return Part(leg, listed, len(mine) - len(listed), sum(one.is_overdue for one in mine), words)


@router.get(ADDRESS, response_class=HTMLResponse)
def show(request: Request, scheme: str = "", unit: str = "", level: str = "", state: str = "") -> HTMLResponse:
    """What stands open. What is asked for and does not exist leaves nothing to show; it is no error."""
    site = site_of(request)
    with reading(site.engine) as session:
        known = schemes(session)
        chosen = next((one for one in known if one.code == scheme), known[-1] if known else None)
        if chosen is None:
            return page("web/warnings.html", seen=None)
        asked = Filter(chosen.code, unit or None, level or None, state or None)
        seen = look(session, chosen, known, asked, site.now())
    return page("web/warnings.html", seen=seen, **WORDS)


@router.get(ADDRESS + "/{number}", response_class=HTMLResponse)
def show_one(request: Request, number: int) -> HTMLResponse:
    """The life of one warning; where there is none of this number, a page that says so."""
    site = site_of(request)
    now = site.now()
    with reading(site.engine) as session:
        scheme_id = scheme_of(session, number)
        told = None if scheme_id is None else _life(session, scheme_id, number, now)
        answer = page("web/warning.html", life=told, number=number, now=now, **WORDS)
    if told is None:
        answer.status_code = 404
    return answer


def _life(session: Session, scheme_id: int, number: int, now: datetime) -> Life | None:
    every = warnings(session, scheme_id, office_day(now), now, over=True)
    listed = next((one for one in every if one.id == number), None)
    if listed is None:  # it began after this moment, or speaks of a later day
        return None
    steps = life(session, scheme_id, number, now)
    said = explanations(session, list({step["verdict_id"] for step in steps if step["verdict_id"]}))
    for before, step in zip([None, *steps], steps, strict=False):
        is_new = before is None or before["verdict_id"] != step["verdict_id"]
        step["words"] = said.get(step["verdict_id"]) if is_new else None
    still = opened(session, scheme_id, now, number)
    told = [row for row in reminders_of(session, number) if row.recorded_at <= now]
    name = steps[-1]["level_name"]
    return Life(listed, name, still[0] if still else None, steps, post(session, number, now), told)


def lateness(one: OpenWarning) -> str:
    """How its deadline lies, in words."""
    if one.waits is None:
        return ""
    if one.is_overdue:
        return f"▲ 逾期{one.late}个工作日" if one.late else "▲ 已逾期"
    return "（暂定）" if one.provisional else ""


WORDS = {
    "legs": LEGS,
    "whole_unit": WHOLE_UNIT,
    "states": STATES,
    "open_states": [state for state in WarningState if state not in {WarningState.CLOSED, WarningState.WITHDRAWN}],
    "next": NEXT,
    "lateness": lateness,
    "commands": commands,
    "office_day": office_day,
    "review": WarningLeg.REVIEW,
}
"""What the templates say things with."""
