"""校验: numbers held against their definition and the unit's own history before they are taken."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import groupby

from diaodu.actions.doubt import doubted, worded
from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.actions.past import Past
from diaodu.actions.terms import TermsBook
from diaodu.rules.validation import Error, Known, Terms, continues, doubts, errors
from diaodu.storage.plan import known_values

Said = tuple[datetime, date, int | None]


def possible(intake: Intake, entries: Sequence[Entry], past: Past, book: TermsBook) -> list[Entry]:
    """The entries that can be true; what is wrong with the others is among the intake's faults.

    A value that is in force for its day already was judged when it came.
    """
    sound = []
    for entry in entries:
        terms = book.terms(entry)
        found = errors(entry.value, not terms.evidence_required or _has_evidence(entry, past), terms)
        if found and past.says(entry):
            found = [one for one in found if one.reason is Error.NO_EVIDENCE]
        for one in found:
            key = "evidence" if one.reason is Error.NO_EVIDENCE and "evidence" in entry.row.values else "value"
            intake.faults.append(entry.row.fault(key, worded(one)))
        if not found:
            sound.append(entry)
    return sound


def _has_evidence(entry: Entry, past: Past) -> bool:
    """What a row leaves unsaid stays as it was."""
    if "evidence" in entry.row.values:
        return bool(entry.row.values["evidence"])
    before = past.before(entry)
    return before is not None and bool(before.values["evidence"])


def plausible(intake: Intake, entries: Sequence[Entry], past: Past, book: TermsBook) -> list[Entry]:
    """The entries that nobody need doubt, or that are taken all the same: explained, or read from a source."""
    news: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not past.says(entry):
            news[entry.target_id].append(entry)
    if not news:
        return list(entries)
    fresh = [entry for mine in news.values() for entry in mine]
    together = all(entry.recorded_at == intake.recorded_at for entry in fresh)  # else each knows another past
    near = min(entry.as_of for entry in fresh) if together else None
    known = known_values(intake.session, intake.scheme_id, news.keys(), intake.recorded_at, near)
    refused = {
        id(entry)
        for target_id, mine in news.items()
        for entry, before, after in _neighbours(mine, known.get(target_id, []))
        if not _is_taken(intake, entry, book.terms(entry), before, after)
    }
    return [entry for entry in entries if id(entry) not in refused]


def _neighbours(entries: Sequence[Entry], known: Sequence[Said]) -> Iterator[tuple[Entry, Known | None, Known | None]]:
    """Of one target, each entry with the nearest earlier and later number known at its moment, in order of days.

    A later number of the same moment is judged against this one, not this one against it.
    """
    values: dict[date, int] = {}
    stored = iter(known)
    upcoming = next(stored, None)
    for moment, group in groupby(sorted(entries, key=lambda e: (e.recorded_at, e.as_of)), lambda e: e.recorded_at):
        while upcoming is not None and upcoming[0] <= moment:
            _learn(values, upcoming)
            upcoming = next(stored, None)
        together = {entry.as_of: entry for entry in group}
        values |= {day: entry.value for day, entry in together.items()}
        days = sorted(values)
        for day, entry in together.items():
            place = bisect_left(days, day)
            after = days[place + 1] if place + 1 < len(days) else None
            before = Known(days[place - 1], values[days[place - 1]]) if place else None
            yield entry, before, None if after is None or after in together else Known(after, values[after])


def _learn(values: dict[date, int], said: Said) -> None:
    """Take up one revision; one without a value took the day's number back."""
    _moment, day, value = said
    if value is None:
        values.pop(day, None)
    else:
        values[day] = value


def _is_taken(intake: Intake, entry: Entry, terms: Terms, before: Known | None, after: Known | None) -> bool:
    near = (_of_one_count(terms, entry, before), _of_one_count(terms, entry, after))
    taken = [doubted(intake, entry, doubt) for doubt in doubts(entry.value, terms, *near)]
    return all(taken)


def _of_one_count(terms: Terms, entry: Entry, known: Known | None) -> Known | None:
    return known if known is not None and continues(terms, known.as_of, entry.as_of) else None
