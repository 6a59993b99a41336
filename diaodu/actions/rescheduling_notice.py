"""改期通知: one message to every unit that still owes something in a round whose deadline moved."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.notice import contact, in_words, recipient
from diaodu.actions.reporting_line import ReportingLine
from diaodu.actions.rescheduling import Editor, Moves
from diaodu.actions.warning_rescheduled import tell_office, to_answer
from diaodu.actions.wording import SHIFTS
from diaodu.clock import office_day
from diaodu.rules import phrase
from diaodu.rules.deadline_chain import LEAD
from diaodu.rules.reminder import Leg
from diaodu.rules.request import OWED, RequestState
from diaodu.rules.rescheduling import Rescheduled, Shift
from diaodu.rules.routing import routes
from diaodu.storage.owing import TO_CHECK
from diaodu.storage.person import people
from diaodu.storage.request import requests_in
from diaodu.storage.scheme import scheme_in_force
from diaodu.storage.target import indicators_of
from models.period import Period
from notifications.letter import letter

OPEN = frozenset({RequestState(state) for state in (*OWED, *TO_CHECK)})

Why = Callable[[int | None], str]
"""Why deadlines moved, in the words a unit, by its id, is told; or the office."""


def tell_units(session: Session, scheme_id: int, names: Directory, moves: Moves, editor: Editor, why: Why) -> int:
    """Lay the messages in the outbox; how many units are told. Who has nothing left to do is left in peace."""
    today = office_day(editor.at)
    lines: dict[int, dict[tuple[Leg, str], None]] = defaultdict(dict)
    for unit_id, leg, line in [
        *_to_report(names, moves, editor),
        *_to_check(session, names, moves, editor),
        *to_answer(names, moves.warnings, today),
    ]:
        lines[unit_id][leg, line] = None
    if not lines and not moves.warnings:
        return 0
    scheme, crowd = scheme_in_force(session, scheme_id, today, editor.at), people(session, scheme_id)
    told_by = ReportingLine(crowd, names.units)
    signed = {"issuer": scheme.issuer, "contact": contact(crowd, scheme.issuer), "day": today}
    for unit_id, said in lines.items():
        listed = [line for _, line in said]
        words = in_words(
            editor.templates, "notices/rescheduling", unit=names.unit(unit_id), lines=listed, why=why(unit_id), **signed
        )
        readers = {person.id: person for leg, _ in said for person in told_by.own(unit_id, leg).people}
        staff = [recipient(person, names.codes[unit_id]) for person in readers.values()]
        about = secrets.token_hex(16)
        ways = routes(staff, names.codes[unit_id], editor.ways)
        session.add_all(letter(about, way, words, editor.at, None) for way in ways)
    tell_office(session, names, moves.warnings, editor, crowd, signed | {"why": why(None)})
    return len(lines)


def _to_report(names: Directory, moves: Moves, editor: Editor) -> Iterator[tuple[int, Leg, str]]:
    """What units that still owe numbers are told."""
    for period, request, what in moves.requests:
        if request.state in OWED:
            yield request.unit_id, Leg.UNIT, _line(names, period, "单位报送", what, editor)


def _to_check(session: Session, names: Directory, moves: Moves, editor: Editor) -> Iterator[tuple[int, Leg, str]]:
    """What lead units are told whose checking of a round is not done."""
    for change in moves.changes:
        if change.who == LEAD and change.what.shift is not Shift.CONFIRMED:
            left = requests_in(session, change.period.id or 0, OPEN)
            indicators = indicators_of(session, {request.target_id for request in left})
            for unit_id in sorted({names.leads[one] for one in indicators if one in names.leads}):
                yield unit_id, Leg.LEAD, _line(names, change.period, "牵头单位核对", change.what, editor)


def _line(names: Directory, period: Period, task: str, what: Rescheduled, editor: Editor) -> str:
    today, calendar = office_day(editor.at), names.calendar(period)
    head = f"{calendar}：" if calendar else ""
    old, new, as_of = (phrase.day(day, today) for day in (what.old, what.new, period.as_of))
    guess = "，仍为暂定" if period.provisional else ""
    return f"{head}截至{as_of}的数据，{task}时限由{old}改为{new}（{SHIFTS[what.shift]}{guess}）。"
