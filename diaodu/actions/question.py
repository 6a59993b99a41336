"""核实: units are asked about numbers of theirs on which two sources differ, one message a unit and run."""

from collections import defaultdict

from sqlmodel import Session

from diaodu.actions.directory import Directory, directory
from diaodu.actions.notice import Issuer
from diaodu.actions.telling import tell_unit
from diaodu.clock import office_day
from diaodu.rules import phrase
from diaodu.rules.validation import figure
from diaodu.storage.discrepancy import Question, mark_told, questions
from diaodu.storage.indicator import definitions_in_force
from diaodu.storage.source import sources


def ask_units(session: Session, issuer: Issuer) -> int:
    """Ask every unit about what is open and was not asked yet; how many units were asked."""
    waiting: dict[int, list[Question]] = defaultdict(list)
    for question in questions(session, issuer.scheme_id):
        if question.row.told_at is None:
            waiting[question.unit_id].append(question)
    if not waiting:
        return 0
    today = office_day(issuer.at)
    names = directory(session, issuer.scheme_id, today, issuer.at)
    sentences = _Sentences(session, issuer, names)
    for unit_id, listed in waiting.items():
        lines = [sentences.of(question) for question in listed]
        tell_unit(session, issuer, names, unit_id, "notices/discrepancy", {"lines": lines})
        mark_told(session, [question.row for question in listed], issuer.at)
    return len(waiting)


class _Sentences:
    """One sentence a question: both numbers, and where each was read."""

    def __init__(self, session: Session, issuer: Issuer, names: Directory) -> None:
        today = office_day(issuer.at)
        definitions = definitions_in_force(session, issuer.scheme_id, today, issuer.at)
        self._units = {definition.indicator_id: definition.measure_unit for definition in definitions}
        self._sources = {source.id: source.name for source in sources(session, issuer.scheme_id)}
        self._names, self._today = names, today

    def of(self, question: Question) -> str:
        row, report = question.row, question.report
        holder = "单位填报" if report.source_id is None else f"数据源“{self._sources[report.source_id]}”"
        day, name = phrase.day(row.as_of, self._today), self._names.indicator(question.indicator_id)
        kept = self._amount(question, report.value or 0)
        other, apart = self._amount(question, row.value), self._amount(question, abs(row.value - (report.value or 0)))
        return (
            f"截至{day}的{name}：{holder}为{kept}（{report.origin}），"
            f"数据源“{question.source.name}”为{other}（{row.origin}），相差{apart}。"
        )

    def _amount(self, question: Question, micro: int) -> str:
        return f"{figure(micro)}{self._units.get(question.indicator_id, '')}"
