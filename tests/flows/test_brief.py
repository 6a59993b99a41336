"""A briefing is issued once, numbered without gaps, never changed, and can be told again from what was known then."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from diaodu.actions.briefing import as_printed
from diaodu.actions.frozen import frozen, told_again
from diaodu.briefing import issue
from diaodu.briefing.facts import digest
from diaodu.briefing.fonts import DEFAULT
from diaodu.briefing.writers import WRITERS, MissingGlyphs
from diaodu.rules.request import RequestState
from diaodu.storage import briefing as briefings
from flows.brief import Issued, brief
from models.audit import Audit
from models.briefing import Briefing
from tests.plan import SmallPlan

OCTOBER, NOVEMBER = date(2023, 10, 31), date(2023, 11, 30)
KNOWN = datetime(2023, 11, 9, 4, tzinfo=UTC)
NOW = datetime(2023, 11, 9, 4, 5, tzinfo=UTC)


@pytest.fixture
def plan(session: Session) -> SmallPlan:
    return SmallPlan(session)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The workspace, apart from the test's database."""
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def _brief(plan: SmallPlan, home: Path, as_of: date = OCTOBER, known_at: datetime = KNOWN) -> Issued:
    return brief(plan.session, home, plan.scheme_id, as_of, known_at, None, NOW, "考核办")


def _digests(home: Path) -> dict[str, str]:
    files = (path for path in home.rglob("*") if path.is_file())
    return {path.relative_to(home).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_it_is_issued_in_every_format_with_its_digests(plan: SmallPlan, home: Path) -> None:
    issued = _brief(plan, home)
    assert issued.is_new
    assert (issued.briefing.number, issued.briefing.kind, issued.briefing.year) == ("第1期", "monthly", 2023)
    assert {file.format for file in issued.files} == set(WRITERS)
    assert _digests(home) == {file.path: file.digest for file in issued.files}
    assert issued.briefing.digest == digest(issued.briefing.facts)


def test_it_stands_in_the_audit(plan: SmallPlan, home: Path) -> None:
    issued = _brief(plan, home)
    row = plan.session.exec(select(Audit).where(Audit.action == "briefing.release")).one()
    assert (row.actor, row.subject) == ("考核办", "monthly 2023 第1期")
    assert json.loads(row.detail)["digest"] == issued.briefing.digest


def test_the_same_day_and_moment_again_changes_nothing(plan: SmallPlan, home: Path) -> None:
    first = _brief(plan, home)
    before = _digests(home)
    again = _brief(plan, home)
    assert not again.is_new
    assert again.briefing.id == first.briefing.id
    assert len(briefings.briefings(plan.session, plan.scheme_id)) == 1
    assert _digests(home) == before


def test_a_later_moment_that_knows_nothing_new_issues_nothing(plan: SmallPlan, home: Path) -> None:
    _brief(plan, home)
    assert not _brief(plan, home, known_at=KNOWN + timedelta(days=3)).is_new


def test_numbers_run_on_without_gaps(plan: SmallPlan, home: Path) -> None:
    _brief(plan, home)
    plan.report(plan.invested[plan.west], NOVEMBER, 75)
    with plan.session.begin_nested() as undone:
        assert _brief(plan, home, NOVEMBER, datetime(2023, 12, 9, tzinfo=UTC)).briefing.serial == 2
        undone.rollback()
    issued = _brief(plan, home, NOVEMBER, datetime(2023, 12, 9, tzinfo=UTC))
    assert issued.briefing.serial == 2


def test_numbers_begin_anew_each_year(plan: SmallPlan, home: Path) -> None:
    _brief(plan, home)
    assert briefings.next_serial(plan.session, plan.scheme_id, "monthly", 2023) == 2
    assert briefings.next_serial(plan.session, plan.scheme_id, "monthly", 2024) == 1
    assert briefings.next_serial(plan.session, plan.scheme_id, "weekly", 2023) == 1


def test_a_correction_is_a_new_issue_and_leaves_the_old_one_as_it_was(plan: SmallPlan, home: Path) -> None:
    first = _brief(plan, home)
    before = first.briefing.model_dump(), _digests(home)
    plan.report(plan.invested[plan.west], OCTOBER, 70, recorded_at=KNOWN + timedelta(hours=1))
    second = _brief(plan, home, known_at=KNOWN + timedelta(hours=2))
    assert (second.is_new, second.briefing.serial) == (True, 2)
    plan.session.expire_all()
    kept = plan.session.get(Briefing, first.briefing.id)
    assert kept is not None
    assert kept.facts == before[0]["facts"]
    assert before[1].items() <= _digests(home).items()


def test_what_was_known_then_is_told_again_after_a_correction(plan: SmallPlan, home: Path) -> None:
    issued = _brief(plan, home)
    plan.report(plan.invested[plan.west], OCTOBER, 70, recorded_at=KNOWN + timedelta(hours=1))
    plan.retarget(plan.invested[plan.east], 130, recorded_at=KNOWN + timedelta(hours=1))
    plan.rename_unit(plan.west, "新西区", "城区", recorded_at=KNOWN + timedelta(hours=1), position=1)
    assert digest(told_again(plan.session, issued.briefing)) == issued.briefing.digest
    later = KNOWN + timedelta(hours=2)
    assert digest(frozen(plan.session, plan.scheme_id, OCTOBER, later, later)) != issued.briefing.digest
    assert not _brief(plan, home).is_new


def test_the_files_are_written_again_byte_by_byte_from_stored_facts(plan: SmallPlan, home: Path) -> None:
    issued = _brief(plan, home)
    before = _digests(home)
    kept = issued.briefing
    elsewhere = home.parent / "again"
    for file in issue.printed(as_printed(plan.session, kept), DEFAULT):
        issue.place(file, elsewhere)
    assert _digests(elsewhere) == before


def test_silent_and_lagging_units_are_told_apart(plan: SmallPlan, home: Path) -> None:
    facts = json.loads(_brief(plan, home).briefing.facts)
    states = {(i["code"], e["unit"]): e["state"] for i in facts["indicators"] for e in i["entries"]}
    assert states["projects", "west"] == "not_reported"
    assert (facts["counts"]["behind"], facts["counts"]["not_reported"]) == (1, 1)


def test_who_reported_late_is_named_as_far_as_was_known(plan: SmallPlan, home: Path) -> None:
    """November was due on 7 December; the east's number came on the 11th, two working days late, the west's in time."""
    period, due = plan.period(NOVEMBER, date(2023, 12, 7)), date(2023, 12, 7)
    for unit, came, value in ((plan.east, datetime(2023, 12, 11, 1, tzinfo=UTC), 110), (plan.west, KNOWN, 64)):
        target = plan.invested[unit]
        plan.report(target, NOVEMBER, value, recorded_at=came)
        plan.request(period, target, due, state=RequestState.SUBMITTED, submitted_at=came)
    before, after = (datetime(2023, 12, day, 4, tzinfo=UTC) for day in (8, 12))
    early = json.loads(_brief(plan, home, NOVEMBER, before).briefing.facts)
    issued = _brief(plan, home, NOVEMBER, after).briefing
    assert "late" not in early
    assert json.loads(issued.facts)["late"] == {"count": 1, "units": [{"name": "东区", "targets": 1, "workdays": 2}]}
    assert digest(told_again(plan.session, issued)) == issued.digest


def test_nothing_is_issued_when_a_name_cannot_be_printed(plan: SmallPlan, home: Path) -> None:
    plan.rename_unit(plan.east, "东\U0001f600区", "城区", recorded_at=plan.recorded_at + timedelta(days=1))
    with pytest.raises(MissingGlyphs, match="\U0001f600"):
        _brief(plan, home)
    assert briefings.briefings(plan.session, plan.scheme_id) == []
    assert _digests(home) == {}
