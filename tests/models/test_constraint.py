"""What the tables refuse, whoever writes: every CHECK, unique constraint and reference there is, tried once."""

from datetime import UTC, date, datetime
from enum import Enum as PythonEnum
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from diaodu.storage.tables import METADATA

DAY, MOMENT = date(2023, 1, 1), datetime(2023, 1, 1, tzinfo=UTC)
FIRST: dict[type, Any] = {int: 1, str: "1", bool: True, date: DAY, datetime: MOMENT}

SIGNED = {"number": "1", "issued_at": MOMENT, "issued_by": "1"}
NEEDED: dict[str, dict[str, Any]] = {
    "conference": {"reviewer": "2", "signer": "2"},
    "distribution": {"role": "office"},
    "verdict": {"target_id": 1},
    "warning": {"target_id": 1},
}
"""What the plainest row of a table must say beside first choices and ones."""
DECIDED = {"decided_at": MOMENT, "decided_by": "2", "decision": "1"}

BESIDE: dict[str, dict[str, Any]] = {
    "verdict.unit_id": {"target_id": None},
    "warning.unit_id": {"target_id": None},
    "briefing.corrects_id": {"reason": "1"},
    "distribution.person_id": {"role": None},
}
"""What else a row must say for a reference alone to be wrong."""
OF_A_UNIT: dict[str, Any] = {"target_id": None, "unit_id": 1}
REFUSED: dict[str, dict[str, Any]] = {
    "uq_audit_previous": {"digest": "2"},
    "uq_audit_digest": {"previous": "2"},
    "uq_scheme_code": {},
    "uq_fire_scheme_id_job_as_of": {},
    "uq_indicator_scheme_id_code": {},
    "uq_collection_scheme_id_code": {},
    "uq_period_of_scheme": {},
    "uq_period_of_collection": {"collection_id": 1},
    "uq_request_period_id_target_id": {},
    "uq_reminder_period_id_leg_unit_id_to_role_planned_on": {},
    "uq_discrepancy_open": {},
    "uq_policy_version_scheme_id_revision": {},
    "uq_schedule_scheme_id_job": {},
    "uq_source_scheme_id_name": {},
    "uq_unit_scheme_id_code": {},
    "uq_unit_group_scheme_id_name": {},
    "uq_run_fire_id_attempt": {},
    "uq_target_indicator_id_unit_id": {},
    "uq_briefing_scheme_id_series_year_serial": {"state": "issued", "serial": 1, **SIGNED},
    "uq_briefing_open": {},
    "ck_briefing_issued_has_a_serial": {"state": "issued"},
    "ck_briefing_serial_has_a_number": {"state": "issued", "serial": 2, **SIGNED, "number": None},
    "ck_briefing_issued_has_a_time": {"state": "issued", "serial": 2, "number": "2"},
    "ck_briefing_issued_has_a_person": {"state": "issued", "serial": 2, **SIGNED, "issued_by": None},
    "ck_briefing_correction_has_a_reason": {"as_of": date(2023, 1, 2), "reason": "1"},
    "uq_briefing_event_briefing_id_position": {},
    "ck_briefing_event_edit_has_words": {"position": 2, "act": "edit"},
    "ck_briefing_event_edit_has_an_original": {"position": 2, "act": "edit", "edited": "1"},
    "uq_briefing_copy_briefing_id_edition_person_id": {},
    "ck_distribution_role_or_person": {"role": None},
    "ck_distribution_removed_by_somebody": {"removed_at": MOMENT},
    "ck_conference_checked_by_another": {"signer": "1"},
    "ck_conference_papers_come_before": {"lead": 0},
    "ck_conference_called_off_by_somebody": {"called_off_at": MOMENT, "reason": "1"},
    "ck_conference_called_off_for_a_reason": {"called_off_at": MOMENT, "called_off_by": "1"},
    "uq_notice_scheme_id_kind_year_serial": {"kind": "reminder"},
    "uq_receipt_notice_id_act_person": {},
    "uq_notice_run_id_unit_id_kind": {"kind": "reminder", "run_id": 1, "serial": 2},
    "uq_warning_open": {},
    "uq_warning_open_unit": OF_A_UNIT,
    "ck_warning_of_one_subject": {"rule": "2", "unit_id": 1},
    "ck_verdict_of_one_subject": {"target_id": None},
    "uq_delivery_key": {},
    "uq_warning_event_warning_id_position": {},
    "ck_request_answered_has_a_time": {"target_id": 2, "state": "submitted"},
    "ck_correction_approved_has_a_revision": {"state": "approved", "decided_at": MOMENT, "decided_by": "1"},
    "ck_correction_decided_has_a_time": {"state": "refused"},
    "ck_correction_decided_has_a_person": {"state": "refused", "decided_at": MOMENT},
    "ck_judgement_ends_after_it_begins": {"until": date(2022, 12, 31)},
    "ck_discrepancy_settled_has_a_person": {"value": 2, "settlement": "kept", "settled_at": MOMENT},
    "ck_discrepancy_settled_has_a_time": {"value": 2, "settlement": "kept"},
    "ck_run_running_is_unfinished": {"attempt": 2, "state": "running", "finished_at": MOMENT},
    "ck_warning_closed_has_a_time": {"rule": "2", "state": "closed"},
    "ck_warning_exempted_has_an_end": {"rule": "2", "state": "exempted"},
    "ck_warning_only_proposals_wait": {"rule": "2", "state": "issued", "postponed_until": DAY},
    "ck_warning_promised_by_a_plan": {"rule": "2", "state": "issued", "rectify_by": DAY},
    "ck_warning_event_only_people_act": {"position": 2, "act": "issue"},
    "ck_warning_event_exempt_has_a_ground": {"position": 2, "cause": "by_person", "act": "exempt"},
    "ck_warning_event_promise_has_a_day": {"position": 2, "cause": "by_person", "act": "plan"},
    "ck_warning_event_handed_over_to_somebody": {"position": 2, "cause": "by_person", "act": "hand_over"},
    "uq_warning_reminder_warning_id_leg": {},
    "uq_commitment_meeting_id_position": {},
    "uq_extension_requested": {},
    "ck_extension_decided_has_a_time": {"state": "refused"},
    "ck_extension_decided_has_a_person": {"state": "refused", "decided_at": MOMENT, "decision": "1"},
    "ck_extension_decided_has_a_reason": {"state": "refused", "decided_at": MOMENT, "decided_by": "2"},
    "ck_extension_approved_has_a_revision": {"state": "approved", **DECIDED},
    "ck_extension_decided_by_another": {"state": "refused", **DECIDED, "decided_by": "1"},
    "ck_deduction_given_back_when_withdrawn": {"event_id": 2, "points": -1},
    "ck_deduction_of_something": {"event_id": 2, "points": 0},
    "uq_deduction_event_id": {},
    "ck_delivery_sent_has_a_time": {"key": "2", "state": "sent"},
    "ck_delivery_claimed_has_a_lease": {"key": "2", "state": "claimed"},
    "ck_delivery_lease_has_a_holder": {"key": "2", "state": "claimed", "lease_until": MOMENT},
}
"""What differs from the row that is there already, for the table to refuse the new one for this reason alone."""


def valid(table: sa.Table) -> dict[str, Any]:
    """The plainest row a table takes: first choices, ones, and nothing where nothing is allowed."""
    plain = {column.name: _first(column) for column in table.columns if not (column.nullable or column.name == "id")}
    return plain | NEEDED.get(table.name, {})


def _first(column: sa.Column[Any]) -> Any:
    if isinstance(column.type, sa.Enum):
        choices: type[PythonEnum] | None = column.type.enum_class
        assert choices is not None
        return next(iter(choices))
    kind = column.type.impl_instance if isinstance(column.type, sa.TypeDecorator) else column.type
    return FIRST[kind.python_type]


@pytest.fixture
def filled(session: Session) -> Session:
    """A database with one row in every table, and a period of a collection beside the scheme's."""
    for table in METADATA.sorted_tables:
        session.execute(table.insert().values(valid(table)))
    period, notice = METADATA.tables["period"], METADATA.tables["notice"]
    session.execute(period.insert().values(valid(period) | {"collection_id": 1}))
    session.execute(notice.update().values(run_id=1))
    briefing = METADATA.tables["briefing"]
    session.execute(briefing.insert().values(valid(briefing) | {"state": "issued", "serial": 1, **SIGNED}))
    warning = METADATA.tables["warning"]
    session.execute(warning.insert().values(valid(warning) | OF_A_UNIT))
    decided = {"state": "approved", "decided_at": MOMENT, "decided_by": "1", "report_id": 1}
    session.execute(METADATA.tables["correction"].update().values(decided))
    return session


def named_constraints() -> dict[str, sa.Table]:
    """Every CHECK, unique constraint and unique index but those of choices, by name."""
    found = {}
    for table in METADATA.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, sa.UniqueConstraint | sa.CheckConstraint) and not _of_choice(constraint):
                found[str(constraint.name)] = table
        found |= {str(index.name): table for index in table.indexes if index.unique}
    return found


def _of_choice(constraint: sa.Constraint) -> bool:
    return bool(getattr(constraint, "_type_bound", False))


CHOICES = [c for table in METADATA.sorted_tables for c in table.columns if isinstance(c.type, sa.Enum)]
REFERENCES = [c for table in METADATA.sorted_tables for c in table.columns if c.foreign_keys]


def test_every_constraint_has_a_case() -> None:
    assert set(REFUSED) == set(named_constraints())


def refuses(session: Session, table: sa.Table, changes: dict[str, Any]) -> str:
    """What the database says to a row that differs from the valid one by `changes`."""
    with pytest.raises(IntegrityError) as refused, session.begin_nested():
        session.execute(table.insert().values(valid(table) | changes))
    return str(refused.value.orig)


@pytest.mark.parametrize("name", REFUSED)
def test_a_constraint_refuses(filled: Session, name: str) -> None:
    table = named_constraints()[name]
    said = refuses(filled, table, REFUSED[name])
    assert name in said or _columns_in(said) == _columns_of(table, name)


def _columns_in(said: str) -> set[str]:
    """SQLite names the columns of a unique constraint, not the constraint."""
    return {word.rpartition(".")[2] for word in said.partition("failed: ")[2].split(", ")}


def _columns_of(table: sa.Table, name: str) -> set[str]:
    constraints = [*table.constraints, *table.indexes]
    return {column.name for item in constraints if item.name == name for column in item.columns}


@pytest.mark.parametrize("column", CHOICES, ids=str)
def test_a_choice_is_one_of_its_own(filled: Session, column: sa.Column[Any]) -> None:
    table = column.table
    with pytest.raises(IntegrityError, match=r"(?i)check constraint"), filled.begin_nested():
        filled.execute(table.update().values({column.name: "nonsense"}))


@pytest.mark.parametrize("column", REFERENCES, ids=str)
def test_a_reference_leads_somewhere(filled: Session, column: sa.Column[Any]) -> None:
    table = column.table
    only = table.c[next(iter(table.primary_key.columns)).name] == 1
    alone = BESIDE.get(str(column), {})
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), filled.begin_nested():
        filled.execute(table.update().where(only).values(alone | {column.name: 999}))


def test_a_closed_warning_leaves_room_for_a_new_one(filled: Session) -> None:
    table = METADATA.tables["warning"]
    filled.execute(table.update().values(state="closed", closed_at=MOMENT))
    filled.execute(table.insert().values(valid(table)))
    open_ones = sa.select(sa.func.count()).select_from(table).where(table.c.closed_at.is_(None))
    assert filled.scalar(open_ones) == 1
