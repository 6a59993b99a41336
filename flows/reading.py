"""Reading the sources of a scheme: side by side, and each file taken alone, so that none stands in another's way."""

import logging
from collections.abc import Sequence
from functools import partial

from diaodu.actions.import_report import import_found
from diaodu.actions.issuing import issuer_of
from diaodu.actions.sending_back import send_back
from diaodu.actions.source_place import places
from diaodu.sources import registry
from diaodu.sources.fault import Faults, SourceDown
from diaodu.sources.kind import Found
from diaodu.sources.plan import PlanFile
from diaodu.sources.side_by_side import Result, read_all
from diaodu.storage.run import LeaseLost
from diaodu.storage.source import sources
from flows.desk import WRITTEN, Desk
from models.source import Source

log = logging.getLogger(__name__)

Outcome = tuple[str, str, str | None]
"""A source, or a file of it, how it went, and what there is to say about that."""


def read_sources(desk: Desk, step: str) -> None:
    """Take what every active source holds, and put down how it went: one line a source, one more a file in trouble."""
    lease = desk.lease
    with desk.held() as session:
        active = [source for source in sources(session, lease.scheme_id) if source.active]
        asked = [
            (source, place)
            for source in active
            for place in places(session, source, desk.settings.home, lease.as_of, lease.known_at)
        ]
    results = read_all([partial(registry.read, source.kind, place) for source, place in asked])
    for source in active:
        mine = [result for (owner, _place), result in zip(asked, results, strict=True) if owner is source]
        outcomes = take(desk, source, mine)
        with desk.held() as session:
            desk.note(session, step, outcomes)


def take(desk: Desk, source: Source, results: Sequence[Result]) -> list[Outcome]:
    """Take every file that was found, each in a transaction of its own; the last line is about the source."""
    troubles: list[Outcome] = []
    new = 0
    for result in results:
        if isinstance(result, Found):
            troubles += [(f"{source.name} · {left.name}", "source_left", left.why) for left in result.left]
            for file in result.files:
                brought, said = _file(desk, source, file)
                new += brought
                troubles += said
        else:
            troubles.append(_failed(source, result))
    return [*_of_files(source, troubles), _of_source(source, troubles, new)]


def _file(desk: Desk, source: Source, file: PlanFile) -> tuple[int, list[Outcome]]:
    """How much of a file was new, and what of it is doubtful; or what was wrong, and nothing of it was taken."""
    label = f"{source.name} · {file.name}"
    name = source.name if file.is_live else label
    try:
        with desk.held() as session:
            outcome = import_found(session, source, file, desk.settings.actor, desk.lease.known_at)
    except Faults as wrong:
        if file.is_live:
            return 0, [(name, "source_faulty", str(wrong))]
        return 0, [(name, "file_faulty", str(wrong)), *_sent_back(desk, source, file, wrong)]
    except LeaseLost:
        raise
    except Exception as error:
        log.exception("%s of source %s broke", file.name, source.name)
        return 0, [(name, "source_broken" if file.is_live else "file_broken", f"{type(error).__name__}: {error}")]
    doubtful: list[Outcome] = [(label, "source_doubtful", str(hint)) for hint in outcome.hints]
    return sum(tally.added + tally.changed for tally in outcome.tallies.values()), doubtful


def _sent_back(desk: Desk, source: Source, file: PlanFile, wrong: Faults) -> list[Outcome]:
    """Give a faulty file back to who can mend it; the annotated copy where one was written."""
    lease = desk.lease
    with desk.held() as session:
        issuer = issuer_of(session, desk.settings, lease.scheme_id, lease.as_of, lease.known_at, lease.run_id)
        copy = send_back(session, issuer, desk.settings.home, source, file, wrong.faults)
    return [] if copy is None else [(copy, WRITTEN, copy)]


def _failed(source: Source, error: Exception) -> Outcome:
    if isinstance(error, SourceDown):
        return source.name, "source_down", str(error)
    if isinstance(error, Faults):
        return source.name, "source_faulty", str(error)
    log.error("source %s broke", source.name, exc_info=error)
    return source.name, "source_broken", f"{type(error).__name__}: {error}"


def _of_files(source: Source, troubles: Sequence[Outcome]) -> list[Outcome]:
    return [trouble for trouble in troubles if trouble[0] != source.name]


def _of_source(source: Source, troubles: Sequence[Outcome], new: int) -> Outcome:
    """What went wrong with the source as a whole, else what it brought."""
    whole = [trouble for trouble in troubles if trouble[0] == source.name]
    if whole:
        said = dict.fromkeys(detail for _name, _outcome, detail in whole if detail)
        return source.name, whole[0][1], "\n".join(said)
    if new:
        return source.name, "source_read", str(new)
    return source.name, "source_unchanged", None
