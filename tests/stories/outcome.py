"""What must be true after a line of a story; what is not as it was told is said in one sentence each."""

import re
from collections.abc import Callable

from diaodu.actions.wording import LEGS
from diaodu.cli.meeting_view import awaiting
from diaodu.cli.milestone_view import milestones
from diaodu.cli.points_view import each, totals
from diaodu.cli.warning_view import proposals
from diaodu.rules.notice import from_json
from diaodu.rules.warning import Cause
from diaodu.rules.warning_leg import WarningLeg
from diaodu.storage.session import transaction
from tests.stories.stage import UNITS, WHOM, D, Stage
from tests.stories.story import Line, day_of

UNIT = f"([{UNITS}])"


def faults(stage: Stage, line: Line) -> list[str]:
    """Every difference between what a line says follows and what did; a notice that it does not tell of is one."""
    found = [fault for said in line.follows for fault in _differences(stage, said)]
    told = [said for said in line.follows if said.startswith("notice ")]
    if len(told) != len(stage.new_notices):
        found.append(f"{len(stage.new_notices)} notices left, {len(told)} are told of")
    if stage.refused and not any(said.startswith("refused") for said in line.follows):
        found.append(f"it was refused: {stage.refused}")
    return [f"line {line.number}: {fault}" for fault in found]


def _differences(stage: Stage, said: str) -> list[str]:
    for pattern, look in CLAIMS:
        match = re.fullmatch(pattern, said)
        if match is not None:
            was = look(stage, *match.groups())
            return [] if was is None else [f"“{said}” is not so: {was}"]
    raise ValueError(f"nothing knows what “{said}” claims")


def stands(stage: Stage, unit: str, level: str, state: str, due: str | None) -> str | None:
    known = stage.warning(unit)
    if known is None:
        return "there is no warning"
    warning, _ = known
    was = f"{warning.level} {warning.state}, due {warning.reply_due}"
    wanted = (level, state, day_of(due) if due else warning.reply_due)
    return None if (warning.level, warning.state, warning.reply_due) == wanted else was


def nothing(stage: Stage, unit: str) -> str | None:
    known = stage.warning(unit)
    return None if known is None else f"{known[0].level} {known[0].state}"


def owes_nothing(stage: Stage, unit: str) -> str | None:
    known = stage.warning(unit)
    assert known is not None
    return None if known[0].reply_due is None else f"due {known[0].reply_due}"


def because(stage: Stage, cause: str, times: str | None) -> str | None:
    assert stage.warned is not None
    count = stage.warned.causes[Cause(cause)]
    return None if count == int(times or 1) else f"the round's causes were {dict(stage.warned.causes)}"


def told(stage: Stage, kind: str, unit: str, level: str | None) -> str | None:
    bodies = [from_json(notice.body) for notice in stage.new_notices]
    was = [(body.kind.value, body.unit, [item.level for item in body.items]) for body in bodies]
    found = any(k == kind and u == unit and (level is None or level in ls) for k, u, ls in was)
    return None if found else f"notices: {was}"


def written(stage: Stage, how: str, words: str) -> str | None:
    """That the notice's first item says something, or which items it lists in which order."""
    items = from_json(stage.new_notices[-1].body).items
    if how == "says":
        return None if words in items[0].words else items[0].words
    was = " ".join(item.indicator for item in items)
    return None if was == words else was


def refused(stage: Stage, words: str) -> str | None:
    return None if words in stage.refused else f"it was {stage.refused or 'done'}"


def events(stage: Stage, unit: str, count: str) -> str | None:
    known = stage.warning(unit)
    assert known is not None
    return None if known[1].position == int(count) else f"{known[1].position} events"


def queue(stage: Stage, units: str) -> str | None:
    with transaction(stage.engine) as session:
        waiting = proposals(session, stage.plan.scheme_id, stage.now, stage.today, postponed=False)
    found = [row["unit"] for row in waiting]
    return None if found == ([] if units == "empty" else list(units)) else f"it is {found}"


def owned(stage: Stage, unit: str, owner: str) -> str | None:
    known = stage.warning(unit)
    assert known is not None
    return None if known[0].owner == known[1].owner == owner else f"by {known[0].owner}"


def promises(stage: Stage, unit: str, day: str) -> str | None:
    known = stage.warning(unit)
    assert known is not None
    wanted = None if day == "nothing" else day_of(day)
    return None if known[0].rectify_by == wanted else f"{known[0].rectify_by}"


def reminder(stage: Stage, reader: str, leg: str | None) -> str | None:
    told = [(name, words) for name, words in stage.reminders if name == reader]
    if len(told) != 1:
        return f"{len(told)} reminders to {reader}; all: {[name for name, _ in stage.reminders]}"
    return None if leg is None or LEGS[WarningLeg(leg)] in told[0][1] else told[0][1]


def reminded_of(stage: Stage, reader: str, words: str) -> str | None:
    said = [text for name, text in stage.reminders if name == reader]
    return None if any(words in text for text in said) else f"{said}"


def plan(stage: Stage, unit: str, step: str, day: str, original: str, moves: str) -> str | None:
    with transaction(stage.engine) as session:
        listed = milestones(session, stage.plan.scheme_id, "投资", unit, stage.now)
    found = {row["name"]: (row["due"], row["original_due"], row["moves"]) for row in listed}
    wanted = day_of(day), None if original == "nothing" else day_of(original), int(moves)
    return None if found.get(step) == wanted else f"{found}"


def put_right(stage: Stage, unit: str, day: str) -> str | None:
    known = stage.warning(unit)
    assert known is not None
    was = known[0].rectify_due
    return None if was == known[1].rectify_due == (None if day == "no day" else day_of(day)) else f"by {was}"


def costs(stage: Stage, unit: str, points: str) -> str | None:
    with transaction(stage.engine) as session:
        found = totals(each(session, stage.plan.scheme_id, stage.now, unit))
    was = found[0]["points"] if found else "0"
    return None if was == points else was


def meeting_due(stage: Stage, kind: str, unit: str, day: str) -> str | None:
    with transaction(stage.engine) as session:
        found = awaiting(session, stage.plan.scheme_id, kind, stage.now)
    was = [(row["unit"], row["due"]) for row in found]
    return None if was == [(unit, day_of(day))] else f"{was}"


def no_meeting_due(stage: Stage, kind: str) -> str | None:
    with transaction(stage.engine) as session:
        found = awaiting(session, stage.plan.scheme_id, kind, stage.now)
    return f"{found}" if found else None


def notice_prints(stage: Stage, words: str) -> str | None:
    said = [notice.body for notice in stage.new_notices]
    return None if any(words in body for body in said) else f"{said}"


def notice_goes_to(stage: Stage, readers: str) -> str | None:
    was = sorted(letter.address for letter in stage.letters if letter.notice_id is not None)
    return None if was == sorted(readers.split("、")) else f"{was}"


def office_hears(stage: Stage, words: str) -> str | None:
    said = [letter.text for letter in stage.letters if letter.notice_id is None]
    return None if any(words in text for text in said) else f"{said}"


def no_reminder(stage: Stage) -> str | None:
    return f"{stage.reminders}" if stage.reminders else None


CLAIMS: tuple[tuple[str, Callable[..., str | None]], ...] = (
    (rf"{WHOM} is (\w+) and (\w+)(?:, due {D})?", stands),
    (rf"{WHOM} has no warning", nothing),
    (rf"{UNIT} owes no answer", owes_nothing),
    (r"because (\w+)(?: x(\d+))?", because),
    (r"notice (\w+) to (\w+)(?: for (\w+))?", told),
    (r"refused: (.+)", refused),
    (rf"{WHOM} has (\d+) events", events),
    (rf"the queue is (empty|[{UNITS}]+)", queue),
    (rf"{WHOM} is owned by (\w+)", owned),
    (r"the notice (says|lists) (.+)", written),
    (rf"{UNIT} promises (nothing|{D})", lambda stage, unit, day, _: promises(stage, unit, day)),
    (r"reminder to (\S+)(?: to (\w+))?", reminder),
    (r"(\S+) is reminded of (.+)", reminded_of),
    (r"no reminder", no_reminder),
    (rf"{UNIT} is to put it right by (no day|{D})", lambda stage, unit, day, _: put_right(stage, unit, day)),
    (rf"{UNIT} has lost (\S+) points?", costs),
    (rf"an? (interview|visit) with {UNIT} is due {D}", meeting_due),
    (r"no (interview|visit) is due", no_meeting_due),
    (r"the notice prints (.+)", notice_prints),
    (r"the notice goes to (\S+)", notice_goes_to),
    (r"the office hears (.+)", office_hears),
    (rf"{UNIT}'s (\w+) is due {D}, first (nothing|\d\d-\d\d), moved (\d+)", plan),
)
