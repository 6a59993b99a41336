"""指标研判: judge every target and unit as of a day, and keep what differs from the last judgement."""

from collections import Counter

from diaodu.actions.assess import Assessment, assess
from diaodu.language import _
from diaodu.storage import verdict
from diaodu.storage.unit_verdict import save_units
from flows.desk import TALLY, Desk
from flows.wording import called

STEP = "check"


def check(desk: Desk) -> None:
    """Assess the scheme and save its verdicts with their explanations; the same judgement is not saved twice."""
    lease = desk.lease
    with desk.held() as session:
        found = assess(session, lease.scheme_id, lease.as_of, lease.known_at)
        by = (lease.run_id, lease.as_of, lease.known_at, found.policy_version_id)
        new = verdict.save(session, found.explained(), *by) + save_units(session, found.units, *by)
        desk.note(session, STEP, [*tallies(found), (called("new_verdicts"), TALLY, str(new))])


def tallies(found: Assessment) -> list[tuple[str, str, str | None]]:
    """How many targets reached each level, the most severe first, and how many none and why; then units likewise."""
    order = {level.name: place for place, level in enumerate(found.policy.levels if found.policy else ())}
    names = [
        row["level_name"] or called(row["reason"])
        for row in found.frame.select("level_name", "reason").iter_rows(named=True)
    ]
    counts = sorted(Counter(names).items(), key=lambda item: (order.get(item[0], len(order)), item[0]))
    units = Counter(each.level.name if each.level else called(each.reason) for each in found.units)
    counts += [(_("单位{level}").format(level=name), count) for name, count in units.items()]
    return [(name, TALLY, str(count)) for name, count in counts]
