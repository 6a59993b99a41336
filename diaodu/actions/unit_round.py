"""Units as a whole in a round of warnings: what each verdict does to its warning, and what the unit is to hear."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from diaodu.actions.matter import Matter, climbed
from diaodu.rules import phrase
from diaodu.rules.clause import clause
from diaodu.rules.deduction import Charge
from diaodu.rules.level import Level, Policy
from diaodu.rules.notice import UNKNOWN, WHOLE_UNIT, Item
from diaodu.rules.obligation import Judgement, Obligation, Step, decide
from diaodu.rules.quantity import plain
from diaodu.rules.routing import NoticeKind
from diaodu.rules.subject import Subject
from diaodu.rules.unit_standing import UnitStanding
from diaodu.rules.unit_verdict import UnitVerdict
from models.lag_warning import LagWarning


def unit_steps(
    units: Sequence[UnitVerdict], before: Mapping[Subject, Obligation], policy: Policy, today: date
) -> Iterator[Step]:
    """The next step of each unit's own warning."""
    for one in units:
        subject = Subject(unit_id=one.standing.unit_id)
        yield decide(before.get(subject), unit_judgement(one), policy.for_units, today)


def unit_judgement(one: UnitVerdict) -> Judgement:
    """What a verdict on a unit says to its warning."""
    level = one.level
    return Judgement(
        as_of=one.standing.as_of,
        state=one.state,
        reason=one.reason,
        level=level.code if level else None,
        severity=level.severity if level else None,
        reported_as_of=one.standing.reported_as_of,
        fine_before=one.standing.fine_before,
    )


def unit_matter(
    warning: LagWarning, standing: UnitStanding, policy: Policy, level: Level, words: str, charge: Charge | None
) -> Matter:
    """What the unit is to hear of itself; `words` name the items that the verdict rests on."""
    items = standing.as_reported
    share = items.share_warned
    by_ladder = warning.floor == level.severity
    item = Item(
        warning_id=warning.id,
        indicator=WHOLE_UNIT,
        words=climbed(words, level) if by_ladder else words,
        required=f"目标任务{items.total}项",
        actual=f"预警{items.at_least(1)}项",
        gap=UNKNOWN if share is None else f"预警占比{phrase.percent(share)}",
        level=level.name,
        colour=level.colour,
        clause=clause(policy, level, by_ladder),
        reply_due=warning.reply_due.isoformat() if warning.reply_due else None,
        severity=level.severity,
        rectify_due=warning.rectify_due.isoformat() if warning.rectify_due else None,
        points=plain(charge.points) if charge else None,
    )
    kind = level.notice or NoticeKind.WARNING
    dues = (warning.reply_due, warning.rectify_due)
    return Matter(standing.unit_id, standing.unit, standing.unit_name, kind, item, *dues, duty=level.duty)
