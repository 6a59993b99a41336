"""Week ten is issued, thirty things are corrected afterwards, and week ten is told again as if nothing had been."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from diaodu.actions.briefing import as_printed
from diaodu.actions.frozen import told_again
from diaodu.briefing import issue
from diaodu.briefing.fonts import DEFAULT
from diaodu.rules.cadence import Cadence
from diaodu.storage.policy import add_policy
from flows.brief import Issued, brief
from tests.plan import Plan
from tests.small_office import POLICY

STARTS, ENDS = date(2026, 1, 1), date(2026, 12, 31)
WEEK_TEN = date(2026, 3, 8)
KNOWN = datetime(2026, 3, 10, 1, tzinfo=UTC)
UNITS = 12


@pytest.fixture
def plan(session: Session) -> Plan:
    """Twelve units with two indicators each, reported for the weeks nine and ten."""
    recorded = datetime(2026, 1, 5, 1, tzinfo=UTC)
    dates = {"starts": STARTS, "ends": ENDS, "effective_from": STARTS}
    plan = Plan(session, "2026", recorded, cadence=Cadence.WEEKLY, report_due="1 workdays", **dates)
    add_policy(session, plan.scheme_id, "lamps", POLICY, STARTS, recorded, "test")
    units = [plan.unit(f"u{n}", "城区", name=f"第{n}街道", effective_from=STARTS) for n in range(1, UNITS + 1)]
    spans = {"start": STARTS, "due": ENDS, "effective_from": STARTS}
    for code in ("投资", "项目"):
        indicator = plan.indicator(code, name=code, effective_from=STARTS)
        for n, unit in enumerate(units, 1):
            target = plan.target(indicator, unit, 100 + n, **spans)
            for day, value in ((date(2026, 3, 1), 10 + n), (WEEK_TEN, 8 + 2 * n)):
                plan.report(target, day, value, datetime(day.year, day.month, day.day, 12, tzinfo=UTC))
    return plan


def _correct_thirty(plan: Plan) -> None:
    """Twenty-four numbers of weeks nine and ten, three targets, two names and a definition, a minute apart."""
    at = KNOWN + timedelta(hours=1)
    for n in range(1, 2 * UNITS + 1):
        at += timedelta(minutes=1)
        plan.report(n, WEEK_TEN if n % 2 else date(2026, 3, 1), 50 + n, at)
    for n in range(1, 4):
        plan.retarget(n, 300, recorded_at=at, start=STARTS, due=ENDS, effective_from=STARTS)
    for n in (1, 2):
        plan.rename_unit(n, f"新{n}街道", "城区", recorded_at=at, effective_from=STARTS)
    plan.define(1, name="固定资产投资", recorded_at=at, effective_from=STARTS)


def _brief(plan: Plan, home: Path, known_at: datetime) -> Issued:
    return brief(plan.session, home, plan.scheme_id, WEEK_TEN, known_at, None, known_at, "考核办")


def test_it_is_told_again_byte_by_byte(plan: Plan, tmp_path: Path) -> None:
    issued = _brief(plan, tmp_path, KNOWN)
    before = {file.format: (tmp_path / file.path).read_bytes() for file in issued.files}
    _correct_thirty(plan)
    facts = told_again(plan.session, issued.briefing)
    assert facts == issued.briefing.facts
    again = issue.printed(replace(as_printed(plan.session, issued.briefing), facts=facts), DEFAULT)
    assert {file.format: file.content for file in again} == before
    assert {file.format: hashlib.sha256(before[file.format]).hexdigest() for file in again} == {
        file.format: file.digest for file in issued.files
    }


def test_asked_with_what_is_known_since_it_is_a_correction_that_lists_them(plan: Plan, tmp_path: Path) -> None:
    issued = _brief(plan, tmp_path, KNOWN)
    _correct_thirty(plan)
    corrected = _brief(plan, tmp_path, KNOWN + timedelta(days=1))
    assert (corrected.briefing.corrects_id, corrected.briefing.number) == (issued.briefing.id, "第2期")
    assert told_again(plan.session, corrected.briefing) == corrected.briefing.facts
    assert not _brief(plan, tmp_path, KNOWN).is_new
