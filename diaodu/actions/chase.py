"""Asking for overdue reports (催报): once a period and unit, never a warning, never a colour."""

from dataclasses import replace

import polars as pl
from sqlmodel import Session

from diaodu.actions.notice import Issuer, Matter, issue
from diaodu.actions.warning_round import ASSESSED
from diaodu.rules.explain import explain
from diaodu.rules.lateness import report_overdue_workdays
from diaodu.rules.notice import Body, Item
from diaodu.rules.routing import NoticeKind
from diaodu.rules.standing import Standing, of_row
from diaodu.rules.verdict import Reason, State
from diaodu.storage.notice import chased
from diaodu.storage.unit import unit_ids

OVERDUE = (pl.col("state") == State.NOT_REPORTED.value) & ASSESSED


def chase(session: Session, issuer: Issuer, frame: pl.DataFrame) -> list[Body]:
    """Remind every unit whose report is overdue in a judged frame, unless it was reminded of that period already."""
    late = [of_row(row) for row in frame.filter(OVERDUE).iter_rows(named=True)]
    ids = unit_ids(session, issuer.scheme_id)
    told: list[Body] = []
    for period in sorted({standing.required_as_of for standing in late if standing.required_as_of is not None}):
        done = chased(session, issuer.scheme_id, period)
        owed = [s for s in late if s.required_as_of == period and ids[s.unit] not in done]
        told += issue(session, replace(issuer, as_of=period), [_matter(ids[s.unit], s, issuer) for s in owed])
    return told


def _matter(unit_id: int, standing: Standing, issuer: Issuer) -> Matter:
    words = explain(standing, None, Reason.NOT_REPORTED, issuer.workdays).removesuffix("。")
    overdue = report_overdue_workdays(standing, issuer.workdays)
    words += f"，已逾期{overdue}个工作日。" if overdue else "。"
    item = Item(warning_id=None, indicator=standing.indicator_name, words=words)
    return Matter(unit_id, standing.unit, standing.unit_name, NoticeKind.CHASE, item)
