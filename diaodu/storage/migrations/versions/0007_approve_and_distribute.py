"""Approve and distribute briefings"""

from typing import Any

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


KINDS = "kind IN ('interview', 'visit', 'conference')"
CHECKS = {
    'issued_has_a_serial': "(state IN ('issued', 'withdrawn')) = (serial IS NOT NULL)",
    'serial_has_a_number': '(serial IS NULL) = (number IS NULL)',
    'issued_has_a_time': '(serial IS NULL) = (issued_at IS NULL)',
    'issued_has_a_person': '(issued_at IS NULL) = (issued_by IS NULL)',
    'correction_has_a_reason': '(corrects_id IS NULL) = (reason IS NULL)',
    'briefing_state': "state IN ('drafted', 'reviewed', 'issued', 'withdrawn', 'discarded')",
    'circulation': "circulation IN ('units', 'internal')",
}
TIGHT: dict[str, sa.types.TypeEngine[Any]] = {
    'series': sqlmodel.sql.sqltypes.AutoString(),
    'state': sa.String(length=32),
    'circulation': sa.String(length=32),
    'drafted_at': sqlmodel.sql.sqltypes.UTCDateTime(),
    'drafted_by': sqlmodel.sql.sqltypes.AutoString(),
}
LOOSE: dict[str, sa.types.TypeEngine[Any]] = {
    'serial': sa.Integer(),
    'number': sqlmodel.sql.sqltypes.AutoString(),
    'issued_at': sqlmodel.sql.sqltypes.UTCDateTime(),
    'issued_by': sqlmodel.sql.sqltypes.AutoString(),
}
OPEN = sa.text("state IN ('drafted', 'reviewed')")


def upgrade() -> None:
    op.create_table('conference',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('lead', sa.Integer(), nullable=False),
    sa.Column('drafter', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reviewer', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('signer', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('called_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('called_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('called_off_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('called_off_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.CheckConstraint('(called_off_at IS NULL) = (called_off_by IS NULL)', name=op.f('ck_conference_called_off_by_somebody')),
    sa.CheckConstraint('(called_off_at IS NULL) = (reason IS NULL)', name=op.f('ck_conference_called_off_for_a_reason')),
    sa.CheckConstraint('drafter <> reviewer AND drafter <> signer', name=op.f('ck_conference_checked_by_another')),
    sa.CheckConstraint('lead >= 1', name=op.f('ck_conference_papers_come_before')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_conference_scheme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conference'))
    )
    with op.batch_alter_table('conference') as batch_op:
        batch_op.create_index(batch_op.f('ix_conference_scheme_id'), ['scheme_id'], unique=False)

    op.create_table('distribution',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('edition', sa.Enum('full', 'leader', 'unit', name='edition', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('role', sa.Enum('office', 'lead', 'reporter', 'reviewer', 'leader', 'auditor', 'admin', name='role', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('added_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('added_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('removed_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('removed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint('(removed_at IS NULL) = (removed_by IS NULL)', name=op.f('ck_distribution_removed_by_somebody')),
    sa.CheckConstraint('(role IS NULL) <> (person_id IS NULL)', name=op.f('ck_distribution_role_or_person')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_distribution_person_id')),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_distribution_scheme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_distribution'))
    )
    with op.batch_alter_table('distribution') as batch_op:
        batch_op.create_index(batch_op.f('ix_distribution_scheme_id'), ['scheme_id'], unique=False)

    op.create_table('briefing_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('briefing_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('draft', 'edit', 'review', 'return', 'issue', 'release', 'correct', 'withdraw', 'discard', name='briefing_act', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('from_state', sa.Enum('drafted', 'reviewed', 'issued', 'withdrawn', 'discarded', name='from_state', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('to_state', sa.Enum('drafted', 'reviewed', 'issued', 'withdrawn', 'discarded', name='to_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('original', sa.Text(), nullable=True),
    sa.Column('edited', sa.Text(), nullable=True),
    sa.CheckConstraint("(act = 'edit') = (edited IS NOT NULL)", name=op.f('ck_briefing_event_edit_has_words')),
    sa.CheckConstraint('(edited IS NULL) = (original IS NULL)', name=op.f('ck_briefing_event_edit_has_an_original')),
    sa.ForeignKeyConstraint(['briefing_id'], ['briefing.id'], name=op.f('fk_briefing_event_briefing_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_briefing_event')),
    sa.UniqueConstraint('briefing_id', 'position', name=op.f('uq_briefing_event_briefing_id_position'))
    )
    op.create_table('briefing_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('briefing_id', sa.Integer(), nullable=False),
    sa.Column('edition', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['briefing_id'], ['briefing.id'], name=op.f('fk_briefing_copy_briefing_id')),
    sa.ForeignKeyConstraint(['delivery_id'], ['delivery.id'], name=op.f('fk_briefing_copy_delivery_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_briefing_copy_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_briefing_copy')),
    sa.UniqueConstraint('briefing_id', 'edition', 'person_id', name=op.f('uq_briefing_copy_briefing_id_edition_person_id'))
    )
    with op.batch_alter_table('briefing_copy') as batch_op:
        batch_op.create_index(batch_op.f('ix_briefing_copy_delivery_id'), ['delivery_id'], unique=False)

    with op.batch_alter_table('briefing') as batch_op:
        for name, kind in TIGHT.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))
        batch_op.add_column(sa.Column('layouts', sa.Text(), nullable=True))
        batch_op.add_column(sa.Column('policy_version_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('data_version', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True))
        batch_op.add_column(sa.Column('corrects_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.Text(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_briefing_policy_version_id'), 'policy_version', ['policy_version_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_briefing_corrects_id'), 'briefing', ['corrects_id'], ['id'])
        for name, kind in LOOSE.items():
            batch_op.alter_column(name, existing_type=kind, nullable=True)
    op.execute(
        "UPDATE briefing SET state = 'issued', circulation = 'units', series = kind, drafted_at = issued_at,"
        ' drafted_by = issued_by'
    )
    with op.batch_alter_table('briefing') as batch_op:
        for name, kind in TIGHT.items():
            batch_op.alter_column(name, existing_type=kind, nullable=False)
        for name, says in CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_briefing_{name}'), says)
        batch_op.drop_constraint(batch_op.f('uq_briefing_scheme_id_kind_year_serial'), type_='unique')
        batch_op.create_unique_constraint(batch_op.f('uq_briefing_scheme_id_series_year_serial'), ['scheme_id', 'series', 'year', 'serial'])
        batch_op.create_index('uq_briefing_open', ['scheme_id', 'kind', 'as_of'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)

    with op.batch_alter_table('briefing_file') as batch_op:
        batch_op.add_column(sa.Column('edition', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False, server_default='full'))
        batch_op.drop_constraint(batch_op.f('pk_briefing_file'), type_='primary')
        batch_op.create_primary_key(batch_op.f('pk_briefing_file'), ['briefing_id', 'edition', 'format'])

    with op.batch_alter_table('meeting') as batch_op:
        batch_op.add_column(sa.Column('conference_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_meeting_conference_id'), 'conference', ['conference_id'], ['id'])
        batch_op.drop_constraint(batch_op.f('ck_meeting_meeting_kind'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_meeting_meeting_kind'), KINDS)

    with op.batch_alter_table('scheme_version') as batch_op:
        batch_op.add_column(sa.Column('issue', sa.String(length=32), nullable=False, server_default='automatic'))
        batch_op.create_check_constraint(batch_op.f('ck_scheme_version_issue'), "issue IN ('automatic', 'after_review')")
        batch_op.add_column(sa.Column('circulation', sa.String(length=32), nullable=False, server_default='units'))
        batch_op.create_check_constraint(batch_op.f('ck_scheme_version_circulation'), CHECKS['circulation'])
