"""Judge by history"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

REASONS = [
    'level_matched', 'held', 'dwelling', 'passing', 'no_level_matched', 'no_policy', 'not_reported', 'awaited',
    'source_down', 'no_target', 'not_started'
]
CAUSES = [
    'opened', 'worsened', 'eased', 'ladder', 'recovered', 'exemption_over', 'unacknowledged', 'by_person', 'unchanged',
    'fine', 'data_late', 'awaited', 'source_down', 'nothing_to_judge', 'no_level', 'unanswered', 'awaits_release',
    'exempt', 'settled', 'superseded', 'shown_only'
]
PERIOD = {
    'sqlite': "json_extract(standing, '$.required_as_of')",
    'postgresql': "(CAST(standing AS json) ->> 'required_as_of')::date",
}


def _widen(table: str, choice: str, values: list[str]) -> None:
    says = f"{choice} IN ({', '.join(repr(value) for value in values)})"
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(batch_op.f(f'ck_{table}_{choice}'), type_='check')
        batch_op.create_check_constraint(batch_op.f(f'ck_{table}_{choice}'), says)


def upgrade() -> None:
    op.create_table('judgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('target_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('judgement', 'flag', name='judgement_kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('weight', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('author', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.Column('recorded_by', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.CheckConstraint('until IS NULL OR until >= since', name=op.f('ck_judgement_ends_after_it_begins')),
    sa.ForeignKeyConstraint(['target_id'], ['target.id'], name=op.f('fk_judgement_target_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_judgement'))
    )
    with op.batch_alter_table('judgement') as batch_op:
        batch_op.create_index(batch_op.f('ix_judgement_target_id'), ['target_id'], unique=False)

    with op.batch_alter_table('verdict') as batch_op:
        batch_op.add_column(sa.Column('period', sa.Date(), nullable=True))
    _widen('verdict', 'reason', REASONS)
    _widen('warning_event', 'cause', CAUSES)
    op.execute(f"UPDATE verdict SET period = {PERIOD[op.get_bind().dialect.name]}")
