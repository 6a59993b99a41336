"""Follow a warning through its life"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0003_warning_life'
down_revision = '0003'
branch_labels = None
depends_on = None


CAUSES = [
    'opened', 'worsened', 'eased', 'ladder', 'recovered', 'exemption_over', 'unacknowledged', 'by_person', 'unchanged',
    'fine', 'data_late', 'awaited', 'source_down', 'nothing_to_judge', 'no_level', 'unanswered', 'exempt', 'settled',
    'superseded', 'shown_only'
]
WARNING_CHECKS = {
    'only_proposals_wait': "postponed_until IS NULL OR state = 'proposed'",
    'promised_by_a_plan': "rectify_by IS NULL OR state IN ('proposed', 'planned', 'evidenced', 'verified')",
}
EVENT_CHECKS = {
    'cause': f"cause IN ({', '.join(repr(cause) for cause in CAUSES)})",
    'only_people_act': "act IS NULL OR cause = 'by_person'",
    'exempt_has_a_ground': "act IS NULL OR act <> 'exempt' OR (exemption IS NOT NULL AND approver IS NOT NULL"
    ' AND until IS NOT NULL AND note IS NOT NULL)',
    'promise_has_a_day': "act IS NULL OR act NOT IN ('plan', 'postpone') OR until IS NOT NULL",
    'handed_over_to_somebody': "act IS NULL OR act <> 'hand_over' OR owner IS NOT NULL",
}


def upgrade() -> None:
    op.create_table('extension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('new_due', sa.Date(), nullable=False),
    sa.Column('planned', sa.BigInteger(), nullable=False),
    sa.Column('new_planned', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Enum('requested', 'approved', 'refused', name='extension_state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('requested_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('requested_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('decided_by', sqlmodel.sql.sqltypes.AutoString(), nullable=True),
    sa.Column('decided_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=True),
    sa.CheckConstraint("(state = 'approved') = (revision IS NOT NULL)", name=op.f('ck_extension_approved_has_a_revision')),
    sa.CheckConstraint("(state = 'requested') = (decided_at IS NULL)", name=op.f('ck_extension_decided_has_a_time')),
    sa.CheckConstraint('(decided_at IS NULL) = (decided_by IS NULL)', name=op.f('ck_extension_decided_has_a_person')),
    sa.CheckConstraint('(decided_at IS NULL) = (decision IS NULL)', name=op.f('ck_extension_decided_has_a_reason')),
    sa.CheckConstraint('decided_by IS NULL OR decided_by <> requested_by', name=op.f('ck_extension_decided_by_another')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_extension_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_extension'))
    )
    with op.batch_alter_table('extension') as batch_op:
        batch_op.create_index(batch_op.f('ix_extension_target_id'), ['target_id'], unique=False)
        batch_op.create_index('uq_extension_requested', ['target_id', 'name'], unique=True, sqlite_where=sa.text("state = 'requested'"), postgresql_where=sa.text("state = 'requested'"))

    op.create_table('meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('interview', 'visit', name='meeting_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('hosts', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('guests', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('outcome', sa.Text(), nullable=False),
    sa.Column('warning_id', sa.Integer(), nullable=True),
    sa.Column('recorded_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_meeting_unit_id')),
    sa.ForeignKeyConstraint(['warning_id'], ['warning.id'], name=op.f('fk_meeting_warning_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting'))
    )
    with op.batch_alter_table('meeting') as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_unit_id'), ['unit_id'], unique=False)

    op.create_table('warning_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('warning_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('review', 'sign', 'plan', 'evidence', 'verify', name='warning_leg', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('to_role', sa.Enum('office', 'lead', 'reporter', 'reviewer', 'leader', 'auditor', 'admin', name='to_role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('told_unit_id', sa.Integer(), nullable=True),
    sa.Column('offset', sa.Integer(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['told_unit_id'], ['unit.id'], name=op.f('fk_warning_reminder_told_unit_id')),
    sa.ForeignKeyConstraint(['warning_id'], ['warning.id'], name=op.f('fk_warning_reminder_warning_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_warning_reminder')),
    sa.UniqueConstraint('warning_id', 'leg', 'due', 'to_role', 'planned_on', name=op.f('uq_warning_reminder_warning_id_leg_due_to_role_planned_on'))
    )
    op.create_table('commitment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('planned', sa.BigInteger(), nullable=False),
    sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_commitment_meeting_id')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_commitment_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commitment')),
    sa.UniqueConstraint('meeting_id', 'position', name=op.f('uq_commitment_meeting_id_position'))
    )
    with op.batch_alter_table('warning') as batch_op:
        batch_op.add_column(sa.Column('postponed_until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('rectify_by', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('owner_unit_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_warning_owner_unit_id'), 'unit', ['owner_unit_id'], ['id'])
        for name, says in WARNING_CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_warning_{name}'), says)

    with op.batch_alter_table('warning_event') as batch_op:
        batch_op.add_column(sa.Column('act', sa.Enum('issue', 'change_level', 'postpone', 'decline', 'acknowledge', 'plan', 'evidence', 'verify', 'return', 'close', 'exempt', 'withdraw', 'hand_over', name='act', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('owner', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column('exemption', sa.Enum('force_majeure', 'extension', 'other', name='exemption', native_enum=False, create_constraint=True, length=32), nullable=True))
        batch_op.add_column(sa.Column('approver', sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_warning_event_cause'), type_='check')
        for name, says in EVENT_CHECKS.items():
            batch_op.create_check_constraint(batch_op.f(f'ck_warning_event_{name}'), says)
