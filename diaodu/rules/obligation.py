"""What the clock and the data do to a warning, and why they do nothing (预警的发出、升降、销号)."""

from dataclasses import dataclass, replace
from datetime import date

from diaodu.rules.level import Issue, Level, Policy, Release
from diaodu.rules.verdict import WITH_LEVEL, Reason, State
from diaodu.rules.warning import AWAITS_REPLY, OVER, Cause, WarningState

S = WarningState


@dataclass(frozen=True, slots=True)
class Held:
    """Where a unit stands while a rise awaits a person's decision."""

    state: WarningState
    level: str
    severity: int
    floor: int


@dataclass(frozen=True, slots=True)
class Obligation:
    """The latest warning of one target (or unit as a whole) and rule, open or over."""

    state: WarningState
    level: str
    severity: int
    as_of: date  # the day its last event spoke of
    floor: int = 0  # severity reached through unmet notices, below which no verdict eases it
    reply_due: date | None = None
    rectify_by: date | None = None  # the day the unit promised in its plan
    rectify_due: date | None = None  # the day by which its notice wants it put right
    exempt_until: date | None = None
    held: Held | None = None  # only while a rise is proposed
    seen_severity: int | None = (
        None  # of the verdict a person last decided on; None when the last event was the clock's
    )
    seen_report: date | None = None  # as-of day of the report behind it


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a verdict says to a warning."""

    as_of: date
    state: State
    reason: Reason
    level: str | None
    severity: int | None
    reported_as_of: date | None
    fine_before: int = 0  # periods on end, before this one, that were fine; asked where a level's release wants them


@dataclass(frozen=True, slots=True)
class Step:
    """What happens and why. `state` None: nothing. `tells`: the unit gets the level's notice, and its clock starts.

    `restarts`: its clock starts without a further notice.
    """

    cause: Cause
    state: WarningState | None = None
    level: Level | None = None
    floor: int = 0
    tells: bool = False
    restarts: bool = False


def decide(before: Obligation | None, judged: Judgement, policy: Policy, today: date) -> Step:
    """The next step of a target's warning, given its latest one (open or over), a verdict, and the office's day."""
    if before is not None and judged.as_of < before.as_of:
        return Step(Cause.SUPERSEDED)
    level = _warning_level(judged, policy)
    if before is not None and before.state not in OVER:
        return _go_on(before, judged, level, policy, today)
    if level is None:
        return Step(_silence(judged))
    if before is not None and _is_settled(before, judged):
        return Step(Cause.SETTLED)
    return _tell(Cause.OPENED, level, floor=0)


def _go_on(open_: Obligation, judged: Judgement, level: Level | None, policy: Policy, today: date) -> Step:
    if level is None and _silence(judged) is Cause.FINE:
        return _recover(open_, judged, policy)
    if open_.state is S.EXEMPTED:
        return _exempted(open_, judged, level, today)
    if level is not None and judged.reason is Reason.AT_LEAST and level.severity < open_.severity:
        level = None  # what is missing may be as grave as before
    climbed = _unmet_level(open_, policy, today)
    if climbed is not None and (level is None or climbed.severity >= level.severity):
        return _tell(Cause.LADDER, climbed, floor=climbed.severity)
    return _weigh(open_, judged, level, policy, today)


def _weigh(open_: Obligation, judged: Judgement, level: Level | None, policy: Policy, today: date) -> Step:
    """A worse level comes first, then a signature that came to nothing, then what is milder or as before."""
    settled = level is None or _is_settled(open_, judged)
    if level is not None and not settled and level.severity > open_.severity:
        return _tell(Cause.WORSENED, level, open_.floor)
    standing = level if level is None or level.severity >= open_.floor else _at(policy, open_.floor)
    lapsed = level_of(policy, open_.level) if open_.state is S.ACKNOWLEDGED and _is_overdue(open_, today) else None
    if lapsed is not None:
        is_milder = not settled and standing is not None and standing.severity < lapsed.severity
        return Step(Cause.UNACKNOWLEDGED, S.ISSUED, standing if is_milder else lapsed, open_.floor, restarts=True)
    if level is None or settled:
        return Step(_silence(judged) if level is None else Cause.SETTLED)
    return _ease(open_, standing, policy, today)


def _recover(open_: Obligation, judged: Judgement, policy: Policy) -> Step:
    """Fine data end it, unless the unit was told of a level that wants more: people, or fine data for longer."""
    told = level_of(policy, open_.held.level if open_.held else open_.level)
    awaits = None if told is None or open_.state is S.EXEMPTED else _awaits(told, judged)
    if told is None or awaits is None:
        return Step(Cause.RECOVERED, S.CLOSED)
    if open_.held is not None:
        return Step(Cause.EASED, open_.held.state, told, open_.held.floor)
    return Step(Cause.RECOVERED, S.CLOSED) if open_.state is S.PROPOSED else Step(awaits)


def _awaits(told: Level, judged: Judgement) -> Cause | None:
    """What a level's release still wants when the data are fine; None when it wants nothing more."""
    if told.release is Release.PERIODS:
        return Cause.AWAITS_PERIODS if judged.fine_before + 1 < told.release_periods else None
    return None if told.release is Release.RECOMPUTED else Cause.AWAITS_RELEASE


def _exempted(open_: Obligation, judged: Judgement, level: Level | None, today: date) -> Step:
    """When the exemption is over what was climbed before it is forgotten: the target is warned as it stands."""
    if open_.exempt_until is None or today <= open_.exempt_until:
        return Step(Cause.EXEMPT)
    return Step(_silence(judged)) if level is None else _tell(Cause.EXEMPTION_OVER, level, floor=0)


def _ease(open_: Obligation, level: Level | None, policy: Policy, today: date) -> Step:
    """A milder level is told to nobody, unless the unit was told nothing yet."""
    if level is None or level.severity >= open_.severity:
        return Step(Cause.UNCHANGED)
    if open_.state is not S.PROPOSED:
        return _ease_told(open_, level, policy, today)
    if open_.held is not None and level.severity <= open_.held.severity:
        return _drop_rise(open_, open_.held, level, policy, today)
    return _tell(Cause.EASED, level, open_.floor)


def _ease_told(open_: Obligation, level: Level, policy: Policy, today: date) -> Step:
    """Not while the notice is overdue and the milder level would climb for that at once."""
    if _unmet_level(replace(open_, level=level.code, severity=level.severity), policy, today) is not None:
        return Step(Cause.UNANSWERED)
    return Step(Cause.EASED, open_.state, level, open_.floor)


def _drop_rise(open_: Obligation, held: Held, level: Level, policy: Policy, today: date) -> Step:
    """The unit stands where it stood before the rise was proposed, its deadline having run on."""
    there = replace(open_, state=held.state, level=held.level, severity=held.severity, floor=held.floor, held=None)
    climbed = _unmet_level(there, policy, today)
    if climbed is not None:
        return _tell(Cause.LADDER, climbed, floor=climbed.severity)
    eased = _ease_told(there, level, policy, today)
    back = level_of(policy, held.level) or level
    return eased if eased.state is not None else Step(Cause.EASED, held.state, back, held.floor)


def _tell(cause: Cause, level: Level, floor: int) -> Step:
    if level.notice is None:  # nothing to send, nothing to review: the warning is on record
        return Step(cause, S.ISSUED, level, floor)
    if level.issue is Issue.AFTER_REVIEW:
        return Step(cause, S.PROPOSED, level, floor)
    return Step(cause, S.ISSUED, level, floor, tells=True)


def _unmet_level(open_: Obligation, policy: Policy, today: date) -> Level | None:
    if not _is_overdue(open_, today):
        return None
    now = level_of(policy, open_.level)
    higher = level_of(policy, now.unmet) if now is not None else None
    return higher if higher is not None and higher.severity > open_.severity else None


def _is_overdue(open_: Obligation, today: date) -> bool:
    """No answer by the notice's deadline, or no evidence by the day the plan itself promised; where the notice or the
    plan names no such day, by the one it is to be put right."""
    if open_.state is not S.PLANNED and open_.state not in AWAITS_REPLY:
        return False
    due = (open_.rectify_by if open_.state is S.PLANNED else open_.reply_due) or open_.rectify_due
    return due is not None and today > due


def _is_settled(before: Obligation, judged: Judgement) -> bool:
    if before.seen_severity is None or judged.severity is None or judged.severity > before.seen_severity:
        return False
    return judged.reported_as_of is None or (
        before.seen_report is not None and judged.reported_as_of <= before.seen_report
    )


def _warning_level(judged: Judgement, policy: Policy) -> Level | None:
    level = level_of(policy, judged.level) if judged.reason in WITH_LEVEL else None
    return level if level is not None and level.severity > 0 else None


def _silence(judged: Judgement) -> Cause:
    return {
        Reason.LEVEL_MATCHED: Cause.FINE,
        Reason.NO_LEVEL_MATCHED: Cause.NO_LEVEL,
        Reason.NO_POLICY: Cause.NO_LEVEL,
        Reason.NOT_REPORTED: Cause.DATA_LATE,
        Reason.AT_LEAST: Cause.DATA_LATE,
        Reason.AWAITED: Cause.AWAITED,
        Reason.SOURCE_DOWN: Cause.SOURCE_DOWN,
    }.get(judged.reason, Cause.NOTHING_TO_JUDGE)


def level_of(policy: Policy, code: str | None) -> Level | None:
    """The policy's level with this code; None when a later revision dropped it."""
    return next((level for level in policy.levels if level.code == code), None)


def _at(policy: Policy, severity: int) -> Level | None:
    return next((level for level in policy.levels if level.severity == severity), None)
