"""What is demanded of a number: the definition and the target that speak of its day."""

from collections.abc import Sequence, Set
from datetime import date, datetime

from sqlmodel import Session

from diaodu.actions.entry import Entry
from diaodu.actions.intake import Intake
from diaodu.actions.revision import newest
from diaodu.rules.validation import Terms
from diaodu.storage.indicator import indicator_ids
from diaodu.storage.plan import Version, known_versions
from models.definition import Definition
from models.target_version import TargetVersion

DEMANDED = (
    "kind",
    "direction",
    "decimals",
    "lowest",
    "highest",
    "most_change",
    "most_excess",
    "evidence_required",
    "tolerance",
)


class TermsBook:
    """The terms of some targets, as known at the moment of an import."""

    def __init__(self, intake: Intake, targets: Set[int]) -> None:
        about = (intake.session, intake.scheme_id)
        self._indicators = indicator_ids(*about)
        self._definitions = known_versions(intake.session, Definition, intake.scheme_id, intake.recorded_at)
        self._known: dict[tuple[int, int, bool], Terms] = {}
        self._targets = known_versions(intake.session, TargetVersion, intake.scheme_id, intake.recorded_at, targets)

    def knows(self, entry: Entry) -> bool:
        """Not where the row of its indicator or its target is faulty: that is said there, and nothing is taken."""
        return entry.target_id in self._targets and self._indicators[entry.pair[0]] in self._definitions

    def terms(self, entry: Entry) -> Terms:
        """Of its own day; a number from before the first version is held to that one, but not to its target."""
        definition = _speaks_of(self._definitions[self._indicators[entry.pair[0]]], entry.as_of)
        target = _speaks_of(self._targets[entry.target_id], entry.as_of)
        is_early = _is_early(target, entry.as_of)
        key = (definition.id, target.id, is_early)
        if key not in self._known:
            self._known[key] = _terms(definition, target, is_early)
        return self._known[key]


def terms_on(session: Session, scheme_id: int, indicator_id: int, target_id: int, as_of: date, at: datetime) -> Terms:
    """What is demanded of one target's number of a day, as known at a moment."""
    definitions = known_versions(session, Definition, scheme_id, at)[indicator_id]
    targets = known_versions(session, TargetVersion, scheme_id, at, {target_id})[target_id]
    definition, target = _speaks_of(definitions, as_of), _speaks_of(targets, as_of)
    return _terms(definition, target, _is_early(target, as_of))


def _is_early(target: Version, as_of: date) -> bool:
    return bool(as_of < max(target.effective_from, target.values["start"]))


def _terms(definition: Version, target: Version, is_early: bool) -> Terms:
    demanded = {name: definition.values[name] for name in DEMANDED}
    if is_early:
        demanded["most_excess"] = None
    said = target.values
    return Terms(**demanded, target=said["value"], baseline=said["baseline"], start=said["start"])


def _speaks_of(versions: Sequence[Version], day: date) -> Version:
    """The version in force on a day, or else the first there is."""
    if len(versions) == 1:
        return versions[0]
    first = min(version.effective_from for version in versions)
    found = newest([version for version in versions if version.effective_from <= max(day, first)])
    assert found is not None
    return found
