"""Judge and warn units as a whole"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

REASONS = [
    'level_matched', 'held', 'dwelling', 'passing', 'at_least', 'no_level_matched', 'no_policy', 'not_reported',
    'awaited', 'source_down', 'no_target', 'not_started'
]
ONE_SUBJECT = '(target_id IS NULL) <> (unit_id IS NULL)'


def upgrade() -> None:
    with op.batch_alter_table('verdict') as batch_op:
        batch_op.alter_column('target_id', existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column('unit_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_verdict_unit_id'), 'unit', ['unit_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_verdict_of_one_subject'), ONE_SUBJECT)
        batch_op.drop_constraint(batch_op.f('ck_verdict_reason'), type_='check')
        says = f"reason IN ({', '.join(repr(reason) for reason in REASONS)})"
        batch_op.create_check_constraint(batch_op.f('ck_verdict_reason'), says)
        batch_op.create_index('ix_verdict_unit', ['unit_id', 'as_of', 'id'], unique=False)

    with op.batch_alter_table('warning') as batch_op:
        batch_op.alter_column('target_id', existing_type=sa.Integer(), nullable=True)
        batch_op.add_column(sa.Column('unit_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_warning_unit_id'), 'unit', ['unit_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_warning_of_one_subject'), ONE_SUBJECT)
        batch_op.create_index('ix_warning_unit', ['unit_id', 'rule', 'id'], unique=False)
        batch_op.create_index('uq_warning_open_unit', ['unit_id', 'rule'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
