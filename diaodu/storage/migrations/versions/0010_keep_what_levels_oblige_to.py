"""Keep what levels oblige to"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

ACTS = [
    'issue', 'change_level', 'postpone', 'decline', 'acknowledge', 'plan', 'evidence', 'apply', 'verify', 'return',
    'close', 'exempt', 'withdraw', 'hand_over'
]
CAUSES = [
    'opened', 'worsened', 'eased', 'ladder', 'recovered', 'exemption_over', 'unacknowledged', 'by_person', 'unchanged',
    'fine', 'data_late', 'awaited', 'source_down', 'nothing_to_judge', 'no_level', 'unanswered', 'awaits_release',
    'awaits_periods', 'rescheduled', 'exempt', 'settled', 'superseded', 'shown_only'
]


def _widen(table: str, choice: str, values: list[str]) -> None:
    says = f"{choice} IN ({', '.join(repr(value) for value in values)})"
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(batch_op.f(f'ck_{table}_{choice}'), type_='check')
        batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{choice}'), says)


def upgrade() -> None:
    op.create_table('planned_meeting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('interview', 'visit', 'conference', name='meeting_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('hosts', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('guests', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('planned_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_planned_meeting_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_meeting'))
    )
    with op.batch_alter_table('planned_meeting') as batch_op:
        batch_op.create_index(batch_op.f('ix_planned_meeting_unit_id'), ['unit_id'], unique=False)

    op.create_table('meeting_setting',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('planned_meeting_id', sa.Integer(), nullable=False),
    sa.Column('meets_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('place', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('set_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['planned_meeting_id'], ['planned_meeting.id'], name=op.f('fk_meeting_setting_planned_meeting_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_meeting_setting'))
    )
    with op.batch_alter_table('meeting_setting') as batch_op:
        batch_op.create_index(batch_op.f('ix_meeting_setting_planned_meeting_id'), ['planned_meeting_id'], unique=False)

    op.create_table('planned_meeting_warning',
    sa.Column('planned_meeting_id', sa.Integer(), nullable=False),
    sa.Column('warning_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['planned_meeting_id'], ['planned_meeting.id'], name=op.f('fk_planned_meeting_warning_planned_meeting_id')),
    sa.ForeignKeyConstraint(['warning_id'], ['warning.id'], name=op.f('fk_planned_meeting_warning_warning_id')),
    sa.PrimaryKeyConstraint('planned_meeting_id', 'warning_id', name=op.f('pk_planned_meeting_warning'))
    )
    with op.batch_alter_table('planned_meeting_warning') as batch_op:
        batch_op.create_index(batch_op.f('ix_planned_meeting_warning_warning_id'), ['warning_id'], unique=False)

    op.create_table('deduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('level', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('points', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Enum('issued', 'raised', 'withdrawn', name='deduction_reason', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.CheckConstraint("(points < 0) = (reason = 'withdrawn')", name=op.f('ck_deduction_given_back_when_withdrawn')),
    sa.CheckConstraint('points <> 0', name=op.f('ck_deduction_of_something')),
    sa.ForeignKeyConstraint(['event_id'], ['warning_event.id'], name=op.f('fk_deduction_event_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_deduction_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deduction')),
    sa.UniqueConstraint('event_id', name=op.f('uq_deduction_event_id'))
    )
    with op.batch_alter_table('deduction') as batch_op:
        batch_op.create_index(batch_op.f('ix_deduction_unit_id'), ['unit_id'], unique=False)

    with op.batch_alter_table('meeting') as batch_op:
        batch_op.add_column(sa.Column('planned_meeting_id', sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f('ix_meeting_planned_meeting_id'), ['planned_meeting_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_meeting_planned_meeting_id'), 'planned_meeting', ['planned_meeting_id'], ['id'])

    with op.batch_alter_table('verdict') as batch_op:
        batch_op.add_column(sa.Column('dimension', sqlmodel.sql.sqltypes.AutoString(), nullable=True))

    with op.batch_alter_table('warning') as batch_op:
        batch_op.add_column(sa.Column('rectify_due', sa.Date(), nullable=True))

    with op.batch_alter_table('warning_event') as batch_op:
        batch_op.add_column(sa.Column('rectify_due', sa.Date(), nullable=True))
    _widen('warning_event', 'act', ACTS)
    _widen('warning_event', 'cause', CAUSES)
