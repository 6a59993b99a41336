"""Judging standings by a policy with a past and people's words, for tests that read like published rules."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl

from diaodu.rules.frame import with_measures
from diaodu.rules.history import SCHEMA, asked, with_history
from diaodu.rules.judgement import JudgementKind
from diaodu.rules.judgement_frame import SCHEMA as SAID
from diaodu.rules.judgement_frame import with_judgements
from diaodu.rules.level import Policy
from diaodu.rules.policy import judge
from diaodu.rules.ranking import TiePolicy, with_ranks
from diaodu.rules.standing import Standing
from tests.rules.standings import WORKDAYS, frame_of


def judged(
    standings: list[Standing], policy: Policy, past: Sequence[str | None] = (), judgement: int | None = None
) -> pl.DataFrame:
    """`past` are the level codes of the months before, the last one last (None: not reported), of every standing."""
    levels = {level.code: level for level in policy.levels}
    rows = [
        (
            one.target_id,
            _month_end_before(one.as_of, back),
            code,
            levels[code].severity if code else None,
            _reason(code),
        )
        for one in standings
        for back, code in enumerate(reversed(past), 1)
    ]
    said = [(one.target_id, JudgementKind.JUDGEMENT.value, judgement) for one in standings if judgement is not None]
    ranked = with_ranks(with_measures(frame_of(standings), WORKDAYS), "completion", TiePolicy.ORDINAL)
    frame = with_history(ranked, pl.DataFrame(rows, SCHEMA, orient="row"), asked(policy))
    return judge(with_judgements(frame, pl.DataFrame(said, SAID, orient="row")), policy, WORKDAYS)


def _reason(code: str | None) -> str:
    return "level_matched" if code else "not_reported"


def _month_end_before(day: date, months: int) -> date:
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
    return day
