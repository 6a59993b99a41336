"""预警改期通知: whose move a warning waits for is told that its deadline moved, a unit together with its rounds'."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlmodel import Session

from diaodu.actions.directory import Directory
from diaodu.actions.notice import in_words, recipient
from diaodu.actions.rescheduling import Editor
from diaodu.actions.warning_open import matter
from diaodu.actions.warning_rescheduling import WarningMoved
from diaodu.actions.wording import LEGS, SHIFTS
from diaodu.clock import office_day
from diaodu.rules import phrase
from diaodu.rules.reminder import Leg
from diaodu.rules.routing import routes
from diaodu.rules.warning_leg import OFFICE_LEGS
from models.person import Person
from notifications.letter import letter


def warning_lines(names: Directory, moved: Sequence[WarningMoved], today: date) -> Iterator[tuple[int | None, str]]:
    """“预警5，西区投资：签收时限由11月9日改为11月10日（顺延）。”, each with the unit whose move it is, or None."""
    for one in moved:
        stood, what = one.stood, one.shift.what
        about = f"{names.unit(stood.unit_id)}{matter(names, stood)}"
        old, new = (phrase.day(day, today) for day in (what.old, what.new))
        line = f"预警{stood.id}，{about}：{LEGS[one.shift.leg]}时限由{old}改为{new}（{SHIFTS[what.shift]}）。"
        yield None if one.shift.leg in OFFICE_LEGS else stood.owner_unit_id or stood.unit_id, line


def to_answer(names: Directory, moved: Sequence[WarningMoved], today: date) -> Iterator[tuple[int, Leg, str]]:
    """What units are told whose answer, plan or evidence is awaited."""
    for unit_id, line in warning_lines(names, moved, today):
        if unit_id is not None:
            yield unit_id, Leg.UNIT, line


def tell_office(
    session: Session,
    names: Directory,
    moved: Sequence[WarningMoved],
    editor: Editor,
    crowd: Sequence[Person],
    signed: Mapping[str, object],
) -> None:
    """One message to the office's own people on what they are to decide or check."""
    lines = [line for unit_id, line in warning_lines(names, moved, office_day(editor.at)) if unit_id is None]
    if not lines:
        return
    words = in_words(editor.templates, "notices/rescheduling", unit=signed["issuer"], lines=lines, **signed)
    staff = [recipient(person, None) for person in crowd if person.unit_id is None]
    about = secrets.token_hex(16)
    session.add_all(letter(about, way, words, editor.at, None) for way in routes(staff, None, editor.ways))
