"""Units and indicators as things that stay the same while what is said of them changes: code and place in the plan."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import SQLModel

from diaodu.actions.intake import Intake
from diaodu.actions.names import Names
from diaodu.actions.revision import History
from diaodu.language import _
from diaodu.sources.cell import CODE_LENGTH
from diaodu.sources.table import Row
from diaodu.storage.plan import append


def coded(intake: Intake, names: Names, sheet: str) -> list[tuple[Row, str]]:
    """Rows with the code each is about: the one written, else that of the known bearer of the name, else the name."""
    found: list[tuple[Row, tuple[str, date | None]]] = []
    for row in intake.file.rows(sheet):
        name = row.get("name")
        code = row.get("code") or (name and (names.find(name) or name))
        if not code:
            continue
        if len(code) > CODE_LENGTH:
            right = _("名称超过 {most} 字时请另设编码").format(most=CODE_LENGTH)
            intake.faults.append(row.fault("name", right))
            continue
        names.add(code, name or code)
        found.append((row, (code, row.get("effective_from"))))
    return [(row, code) for row, (code, _day) in intake.once(found, "code")]


def made(intake: Intake, table: type[SQLModel], known: Mapping[str, int], rows: Sequence[tuple[Row, str]]) -> None:
    """Make the identities that are new."""
    new = [code for code in dict.fromkeys(code for _row, code in rows) if code not in known]
    append(intake.session, table, [{"scheme_id": intake.scheme_id, "code": code} for code in new])


def positions(
    rows: Sequence[tuple[Row, str]], ids: Mapping[str, int], histories: Mapping[int, History]
) -> dict[str, int]:
    """Places that change: all when the file lists everything known, else only new ones, at the end."""
    written = list(dict.fromkeys(code for _row, code in rows))
    stood = {
        code: history.latest.values["position"]
        for code, number in ids.items()
        if (history := histories.get(number)) and history.latest
    }
    if stood.keys() <= set(written):
        return {code: place for place, code in enumerate(written, 1)}
    last = max(stood.values())
    return {code: last + n for n, code in enumerate((c for c in written if c not in stood), 1)}
