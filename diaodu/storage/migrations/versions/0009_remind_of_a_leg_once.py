"""Keep one row for each leg of a warning that is reminded of"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

CAUSES = [
    'opened', 'worsened', 'eased', 'ladder', 'recovered', 'exemption_over', 'unacknowledged', 'rescheduled', 'by_person',
    'unchanged', 'fine', 'data_late', 'awaited', 'source_down', 'nothing_to_judge', 'no_level', 'unanswered',
    'awaits_release', 'exempt', 'settled', 'superseded', 'shown_only'
]
NEWEST = """
CREATE TEMPORARY TABLE reminded_of AS
SELECT warning_id, leg, due, planned_on, times, last AS recorded_at FROM (
    SELECT newest.*, row_number() OVER (PARTITION BY warning_id, leg ORDER BY last DESC, planned_on DESC) AS age
    FROM (
        SELECT warning_id, leg, due, max(planned_on) AS planned_on, max(recorded_at) AS last,
            sum(count(DISTINCT recorded_at)) OVER (PARTITION BY warning_id, leg) AS times
        FROM warning_reminder GROUP BY warning_id, leg, due
    ) AS newest
) AS aged WHERE age = 1
"""


def upgrade() -> None:
    op.execute(NEWEST)
    op.drop_table('warning_reminder')
    op.create_table('warning_reminder',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('warning_id', sa.Integer(), nullable=False),
    sa.Column('leg', sa.Enum('review', 'sign', 'plan', 'evidence', 'verify', name='warning_leg', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('due', sa.Date(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('held_since', sa.Date(), nullable=True),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['warning_id'], ['warning.id'], name=op.f('fk_warning_reminder_warning_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_warning_reminder')),
    sa.UniqueConstraint('warning_id', 'leg', name=op.f('uq_warning_reminder_warning_id_leg'))
    )
    columns = 'warning_id, leg, due, planned_on, times, recorded_at'
    op.execute(f'INSERT INTO warning_reminder ({columns}) SELECT {columns} FROM reminded_of')
    op.execute('DROP TABLE reminded_of')
    says = f"cause IN ({', '.join(repr(cause) for cause in CAUSES)})"
    with op.batch_alter_table('warning_event') as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_warning_event_cause'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_warning_event_cause'), says)
