"""Collect by calendar"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


WIDENED = {
    # (table, choice): every value there is now
    ('scheme_version', 'cadence'): [
        'daily', 'days', 'weekly', 'ten_days', 'half_monthly', 'monthly', 'quarterly', 'half_yearly', 'yearly', 'custom'
    ],
    ('verdict', 'state'): ['reported', 'not_reported', 'awaited', 'source_down', 'no_target', 'not_started'],
    ('verdict', 'reason'): [
        'level_matched', 'no_level_matched', 'no_policy', 'not_reported', 'awaited', 'source_down', 'no_target',
        'not_started'
    ],
    ('warning_event', 'cause'): [
        'opened', 'worsened', 'eased', 'ladder', 'recovered', 'exemption_over', 'by_person', 'unchanged', 'fine',
        'data_late', 'awaited', 'source_down', 'nothing_to_judge', 'no_level', 'unanswered', 'exempt', 'settled',
        'superseded', 'shown_only'
    ],
}


def _widen(table: str, choice: str, values: list[str]) -> None:
    says = f"{choice} IN ({', '.join(repr(value) for value in values)})"
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(batch_op.f(f'ck_{table}_{choice}'), type_='check')
        batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{choice}'), says)


def upgrade() -> None:
    next_day = 'as_of + 1' if op.get_bind().dialect.name == 'postgresql' else "date(as_of, '+1 day')"
    op.create_table('collection',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('scheme_id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.ForeignKeyConstraint(['scheme_id'], ['scheme.id'], name=op.f('fk_collection_scheme_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection')),
    sa.UniqueConstraint('scheme_id', 'code', name=op.f('uq_collection_scheme_id_code'))
    )
    op.create_table('closure',
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('workday', sa.Boolean(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_closure_unit_id')),
    sa.PrimaryKeyConstraint('unit_id', 'day', name=op.f('pk_closure'))
    )
    op.create_table('collection_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('collection_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('cadence', sa.Enum('daily', 'days', 'weekly', 'ten_days', 'half_monthly', 'monthly', 'quarterly', 'half_yearly', 'yearly', 'custom', name='cadence', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('every', sa.Integer(), nullable=False),
    sa.Column('windows', sa.Text(), nullable=True),
    sa.Column('opens', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('report_due', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('rest_day', sa.Enum('before', 'after', 'stays', name='rest_day', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('effective_from', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['collection_id'], ['collection.id'], name=op.f('fk_collection_version_collection_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collection_version'))
    )
    with op.batch_alter_table('collection_version') as batch_op:
        batch_op.create_index(batch_op.f('ix_collection_version_collection_id'), ['collection_id'], unique=False)

    op.create_table('supply',
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_supply_indicator_id')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_supply_source_id')),
    sa.PrimaryKeyConstraint('source_id', 'indicator_id', name=op.f('pk_supply'))
    )
    with op.batch_alter_table('supply') as batch_op:
        batch_op.create_index(batch_op.f('ix_supply_indicator_id'), ['indicator_id'], unique=False)

    op.create_table('request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('fields', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('awaited', 'submitted', 'approved', 'checked', 'confirmed', 'returned', 'missing', 'spared', 'withdrawn', name='request_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('asked_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('submitted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.CheckConstraint("state NOT IN ('submitted', 'approved', 'checked', 'confirmed') OR submitted_at IS NOT NULL", name=op.f('ck_request_answered_has_a_time')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_request_period_id')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_request_target_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_request_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request')),
    sa.UniqueConstraint('period_id', 'target_id', name=op.f('uq_request_period_id_target_id'))
    )
    with op.batch_alter_table('request') as batch_op:
        batch_op.create_index('ix_request_owed', ['period_id', 'unit_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_target_id'), ['target_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_unit_id'), ['unit_id'], unique=False)

    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=True),
    sa.Column('state', sa.Enum('requested', 'approved', 'refused', name='correction_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('requested_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('requested_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('effects', sa.Text(), nullable=True),
    sa.CheckConstraint("(state = 'approved') = (report_id IS NOT NULL)", name=op.f('ck_correction_approved_has_a_revision')),
    sa.CheckConstraint("(state = 'requested') = (decided_at IS NULL)", name=op.f('ck_correction_decided_has_a_time')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_correction_decided_has_a_person')),
    sa.ForeignKeyConstraint(['replaces_id'], ['report.id'], name=op.f('fk_correction_replaces_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_correction_report_id')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_correction_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction'))
    )
    with op.batch_alter_table('correction') as batch_op:
        batch_op.create_index(batch_op.f('ix_correction_target_id'), ['target_id'], unique=False)

    op.create_table('discrepancy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('as_of', sa.Date(), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('found_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('told_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('settlement', sa.Enum('kept', 'replaced', 'withdrawn', name='settlement', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('settled_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('settled_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.CheckConstraint('(settled_at IS NULL) = (settled_by IS NULL)', name=op.f('ck_discrepancy_settled_has_a_person')),
    sa.CheckConstraint('(settlement IS NULL) = (settled_at IS NULL)', name=op.f('ck_discrepancy_settled_has_a_time')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_discrepancy_report_id')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_discrepancy_source_id')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_discrepancy_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_discrepancy'))
    )
    with op.batch_alter_table('discrepancy') as batch_op:
        batch_op.create_index(batch_op.f('ix_discrepancy_target_id'), ['target_id'], unique=False)
        batch_op.create_index('uq_discrepancy_open', ['target_id', 'as_of', 'source_id'], unique=True, sqlite_where=sa.text('settlement IS NULL'), postgresql_where=sa.text('settlement IS NULL'))

    op.create_table('reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('period_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('unit', 'lead', name='leg', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('to_role', sa.Enum('office', 'lead', 'reporter', 'reviewer', 'leader', 'auditor', 'admin', name='to_role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('told_unit_id', sa.Integer(), nullable=True),
    sa.Column('offset', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('outcome', sa.Enum('sent', 'merged', 'deferred', name='reminder_outcome', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('owed', sa.Integer(), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=True),
    sa.Column('message', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_reminder_notice_id')),
    sa.ForeignKeyConstraint(['period_id'], ['period.id'], name=op.f('fk_reminder_period_id')),
    sa.ForeignKeyConstraint(['told_unit_id'], ['unit.id'], name=op.f('fk_reminder_told_unit_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_reminder_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminder')),
    sa.UniqueConstraint('period_id', 'leg', 'unit_id', 'to_role', 'planned_on', name=op.f('uq_reminder_period_id_leg_unit_id_to_role_planned_on'))
    )
    with op.batch_alter_table('reminder') as batch_op:
        batch_op.create_index(batch_op.f('ix_reminder_unit_id'), ['unit_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_notice_id'), ['notice_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reminder_message'), ['message'], unique=False)

    with op.batch_alter_table('delivery') as batch_op:
        batch_op.create_index('ix_delivery_created_at', ['created_at'], unique=False)

    op.create_table('request_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('request_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('ask', 'spare', 'submit', 'approve', 'check', 'confirm', 'return', 'close', 'withdraw', 'correct', name='request_act', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('to_state', sa.Enum('awaited', 'submitted', 'approved', 'checked', 'confirmed', 'returned', 'missing', 'spared', 'withdrawn', name='to_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('report_id', sa.Integer(), nullable=True),
    sa.Column('actor', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('role', sa.Enum('office', 'lead', 'reporter', 'reviewer', 'leader', 'auditor', 'admin', name='role', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_request_event_report_id')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_event_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_event'))
    )
    with op.batch_alter_table('request_event') as batch_op:
        batch_op.create_index(batch_op.f('ix_request_event_request_id'), ['request_id'], unique=False)

    op.create_table('handover',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('delivery_id', sa.Integer(), nullable=False),
    sa.Column('part', sa.Integer(), nullable=False),
    sa.Column('channel', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('address', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('tried_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('accepted_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['delivery_id'], ['delivery.id'], name=op.f('fk_handover_delivery_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_handover'))
    )
    with op.batch_alter_table('handover') as batch_op:
        batch_op.create_index(batch_op.f('ix_handover_delivery_id'), ['delivery_id'], unique=False)
        batch_op.create_index('ix_handover_rate', ['channel', 'address', 'tried_at'], unique=False)

    with op.batch_alter_table('delivery') as batch_op:
        batch_op.add_column(sa.Column('attachment', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('reason', sa.String(length=32), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_delivery_delivery_reason'), "reason IN ('retry', 'rate', 'quiet_hours', 'digest', 'fell_back', 'nobody')")
        batch_op.add_column(sa.Column('digest_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_delivery_digest_id'), ['digest_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_delivery_digest_id'), 'delivery', ['digest_id'], ['id'])

    with op.batch_alter_table('person') as batch_op:
        batch_op.add_column(sa.Column('wecom', sqlmodel.sql.sqltypes.AutoString(), nullable=True))

    with op.batch_alter_table('definition') as batch_op:
        batch_op.add_column(sa.Column('collection_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('lowest', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('highest', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('most_change', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('most_excess', sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column('evidence_required', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('tolerance', sa.BigInteger(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_definition_collection_id'), 'collection', ['collection_id'], ['id'])

    with op.batch_alter_table('holiday') as batch_op:
        batch_op.add_column(sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default=''))

    with op.batch_alter_table('notice') as batch_op:
        batch_op.drop_index(batch_op.f('uq_notice_chase'), sqlite_where=sa.text("kind = 'chase'"))

    with op.batch_alter_table('period') as batch_op:
        batch_op.add_column(sa.Column('collection_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('opens', sa.Date(), nullable=False, server_default='1970-01-01'))
        batch_op.add_column(sa.Column('lead_due', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('office_due', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('closed_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        batch_op.drop_constraint(batch_op.f('uq_period_scheme_id_as_of'), type_='unique')
        batch_op.create_index(batch_op.f('ix_period_scheme_id'), ['scheme_id'], unique=False)
        batch_op.create_index('uq_period_of_collection', ['collection_id', 'as_of'], unique=True, sqlite_where=sa.text('collection_id IS NOT NULL'), postgresql_where=sa.text('collection_id IS NOT NULL'))
        batch_op.create_index('uq_period_of_scheme', ['scheme_id', 'as_of'], unique=True, sqlite_where=sa.text('collection_id IS NULL'), postgresql_where=sa.text('collection_id IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_period_collection_id'), 'collection', ['collection_id'], ['id'])

    op.execute(f"UPDATE period SET opens = {next_day}")

    with op.batch_alter_table('report') as batch_op:
        batch_op.add_column(sa.Column('justification', sa.Text(), nullable=True))
        batch_op.alter_column('value',
               existing_type=sa.BIGINT(),
               nullable=True)

    with op.batch_alter_table('scheme_version') as batch_op:
        batch_op.add_column(sa.Column('opens', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('reminders', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default='T-3, T-1, T, T+1..'))
        batch_op.add_column(sa.Column('escalations', sqlmodel.sql.sqltypes.AutoString(), nullable=False, server_default='T+3 reviewer, T+5 leader, T+8 parent'))
        batch_op.add_column(sa.Column('minimum_lead', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('short_notice', sa.String(length=32), nullable=False, server_default='warn'))
        batch_op.create_check_constraint(batch_op.f('ck_scheme_version_short_notice'), "short_notice IN ('refuse', 'warn')")
        batch_op.add_column(sa.Column('most_requests', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('most_messages', sa.Integer(), nullable=True))

    with op.batch_alter_table('source') as batch_op:
        batch_op.add_column(sa.Column('options', sa.Text(), nullable=False, server_default='{}'))
        batch_op.add_column(sa.Column('precedence', sa.Integer(), nullable=True))

    for (table, choice), values in WIDENED.items():
        _widen(table, choice, values)
