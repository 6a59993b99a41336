"""Say who supplied what when, and let a scheme's own calendar have any cadence"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

KNOWN = """
INSERT INTO supply_version (source_id, indicator_id, supplies, precedence, recorded_at)
SELECT source.id, supply.indicator_id, true, source.precedence, COALESCE(
    (SELECT MIN(audit.at) FROM audit WHERE audit.action = 'source.add'
        AND audit.subject = CAST(source.scheme_id AS TEXT) || ' ' || source.name),
    '1970-01-01 00:00:00')
FROM supply JOIN source ON source.id = supply.source_id WHERE source.active
"""
"""Since a source was registered; where that is not on record, since ever, as was assumed so far."""


def upgrade() -> None:
    with op.batch_alter_table('scheme_version') as batch_op:
        batch_op.add_column(sa.Column('every', sa.Integer(), nullable=False, server_default='1'))
        batch_op.add_column(sa.Column('windows', sa.Text(), nullable=True))

    with op.batch_alter_table('correction') as batch_op:
        batch_op.add_column(sa.Column('justification', sa.Text(), nullable=True))

    op.create_table('supply_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('source_id', sa.Integer(), nullable=False),
    sa.Column('indicator_id', sa.Integer(), nullable=False),
    sa.Column('supplies', sa.Boolean(), nullable=False),
    sa.Column('precedence', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['indicator_id'], ['indicator.id'], name=op.f('fk_supply_version_indicator_id')),
    sa.ForeignKeyConstraint(['source_id'], ['source.id'], name=op.f('fk_supply_version_source_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_supply_version'))
    )
    with op.batch_alter_table('supply_version') as batch_op:
        batch_op.create_index(batch_op.f('ix_supply_version_source_id'), ['source_id'], unique=False)
    op.execute(KNOWN)
