"""A policy held against a day's measures, with what earlier verdicts and people said where it asks for them."""

from datetime import date, datetime

import polars as pl
from sqlmodel import Session

from diaodu.rules.history import SCHEMA, asked, looks_back, with_history
from diaodu.rules.judgement_frame import NAMES, with_judgements
from diaodu.rules.level import Policy
from diaodu.rules.policy import judge
from diaodu.rules.workday import Workdays
from diaodu.storage.judgement import in_force
from diaodu.storage.verdict import past


def levelled(
    session: Session,
    scheme_id: int,
    frame: pl.DataFrame,
    policy: Policy | None,
    workdays: Workdays,
    as_of: date,
    known_at: datetime,
) -> pl.DataFrame:
    """The frame of measures and ranks, judged (`rules.policy.judge`); looks back only as far as the policy asks."""
    if policy is not None:
        names = asked(policy)
        if looks_back(policy) or names:
            verdicts = past(session, scheme_id, as_of, known_at) if looks_back(policy) else pl.DataFrame(schema=SCHEMA)
            frame = with_history(frame, verdicts, names - NAMES)
        if names & NAMES:
            frame = with_judgements(frame, in_force(session, scheme_id, as_of, known_at))
    return judge(frame, policy, workdays)
