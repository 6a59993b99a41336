"""比对: a number against what another source said of the same target and day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from diaodu.actions.doubt import doubted
from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.actions.past import Past
from diaodu.actions.terms import TermsBook
from diaodu.language import _
from diaodu.rules.discrepancy import Decision, Grounds, Ruling, Said, Settlement, decide
from diaodu.rules.validation import Doubt, Objection, figure
from diaodu.storage.discrepancy import Question, add, mark_settled, questions
from diaodu.storage.plan import Version
from diaodu.storage.source import sources
from models.discrepancy import Discrepancy
from models.source import Source


def reconciled(intake: Intake, entries: Sequence[Entry], past: Past, book: TermsBook) -> list[Entry]:
    """The entries to be recorded; those that give way to a number in force are left out, or become a question."""
    targets = {entry.target_id for entry in entries}
    asked = questions(intake.session, intake.scheme_id, targets, still_open=False) if entries else []
    others = any(version.source_id is not None for known in past.revisions.values() for version in known)
    if intake.source_id is None and not others and not asked:
        return list(entries)
    return _Table(intake, past, book, asked).taken(entries)


class _Table:
    """Entries laid beside what is in force."""

    def __init__(self, intake: Intake, past: Past, book: TermsBook, asked: Sequence[Question]) -> None:
        self._intake, self._past, self._book = intake, past, book
        self._sources: dict[int | None, Source] = {s.id: s for s in sources(intake.session, intake.scheme_id)}
        self._asked: dict[tuple[int, date], list[Question]] = defaultdict(list)
        for question in asked:
            self._asked[question.row.target_id, question.row.as_of].append(question)

    def taken(self, entries: Sequence[Entry]) -> list[Entry]:
        found: dict[tuple[int, date], Entry] = {}
        taken = []
        for entry in entries:
            day = (entry.target_id, entry.as_of)
            if day in found or self._is_taken(entry):
                found[day] = entry
                taken.append(entry)
        return taken

    def _is_taken(self, entry: Entry) -> bool:
        before = self._past.before(entry)
        kept = None if before is None or before.values["value"] is None else before
        tolerance = self._book.terms(entry).tolerance
        decision = decide(self._said(kept), self._came(entry, kept), tolerance)
        taken = self._follow(decision, entry, kept)
        self._close(entry, taken, tolerance or 0)
        return taken

    def _said(self, kept: Version | None) -> Said | None:
        if kept is None:
            return None
        return Said(kept.values["value"], kept.source_id, self._precedence(kept.source_id))

    def _came(self, entry: Entry, kept: Version | None) -> Said:
        """A unit that hands its numbers in by way of a source is a person all the same."""
        source_id = self._intake.source_id
        if self._intake.is_by_person and (kept is None or kept.source_id != source_id):
            source_id = None
        return Said(entry.value, source_id, self._precedence(source_id))

    def _precedence(self, source_id: int | None) -> int | None:
        return None if source_id is None else self._sources[source_id].precedence

    def _follow(self, decision: Decision, entry: Entry, kept: Version | None) -> bool:
        if decision.ruling is Ruling.TAKE or kept is None:
            return True
        if decision.ruling is Ruling.EXPLAIN:
            return doubted(self._intake, entry, self._contradiction(entry, kept))
        self._intake.outcome.tally("reports").unchanged += 1
        if decision.ruling is Ruling.ASK:
            self._ask(entry, kept)
        elif decision.grounds is Grounds.GIVES_WAY:
            self._hint(entry, kept, _("与{holder}的 {value} 不一致，按来源次序维持原数"))
        return False

    def _contradiction(self, entry: Entry, kept: Version) -> Objection:
        value = kept.values["value"]
        figures = {"other": figure(value), "apart": figure(abs(entry.value - value))}
        return Objection(Doubt.CONTRADICTS, {"source": self._sources[kept.source_id].name, **figures})

    def _ask(self, entry: Entry, kept: Version) -> None:
        """A question to the unit, unless the same was asked and is open still, or was answered: the number stays."""
        source_id = self._intake.source_id
        assert source_id is not None
        same = [
            question
            for question in self._asked[entry.target_id, entry.as_of]
            if question.row.settlement in {None, Settlement.KEPT}
            and (question.source.id, question.row.value) == (source_id, entry.value)
            and question.report.value == kept.values["value"]
        ]
        if same:
            return
        self._withdraw(entry)
        add(self._intake.session, [self._question(entry, kept, source_id)])
        self._intake.outcome.tally("discrepancies").added += 1
        self._hint(entry, kept, _("与{holder}的 {value} 不一致，请单位核实，其间维持原数"))

    def _question(self, entry: Entry, kept: Version, source_id: int) -> Discrepancy:
        return Discrepancy(
            target_id=entry.target_id,
            as_of=entry.as_of,
            report_id=kept.id,
            source_id=source_id,
            value=entry.value,
            origin=entry.row.origin,
            found_at=entry.recorded_at,
        )

    def _hint(self, entry: Entry, kept: Version, words: str) -> None:
        source = self._sources.get(kept.source_id)
        holder = _("单位填报") if source is None else _("数据源“{name}”").format(name=source.name)
        told = words.format(holder=holder, value=figure(kept.values["value"]))
        self._intake.hints.append(entry.row.fault("value", told))

    def _close(self, entry: Entry, taken: bool, tolerance: int) -> None:
        """End what was asked, where the number itself answers it."""
        for question in self._open(entry):
            own = question.source.id == self._intake.source_id
            if taken and abs(question.row.value - entry.value) <= tolerance:
                reason = f"该日数已改报为 {figure(entry.value)}"
                self._settle(question, Settlement.REPLACED, self._intake.actor, entry, reason)
            elif own and question.row.value != entry.value:
                self._withdraw(entry)

    def _withdraw(self, entry: Entry) -> None:
        """The source says another number by now: what was asked of its last one is over."""
        for question in self._open(entry):
            if question.source.id == self._intake.source_id:
                reason = f"数据源已改报 {figure(entry.value)}"
                self._settle(question, Settlement.WITHDRAWN, question.source.name, entry, reason)

    def _open(self, entry: Entry) -> list[Question]:
        asked = self._asked[entry.target_id, entry.as_of]
        return [question for question in asked if question.row.settlement is None]

    def _settle(self, question: Question, how: Settlement, by: str, entry: Entry, reason: str) -> None:
        mark_settled(self._intake.session, question.row, how, by, entry.recorded_at, reason)
