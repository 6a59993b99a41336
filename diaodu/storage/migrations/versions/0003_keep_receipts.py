"""Keep what a notice rested on, the hash of its file, and who read and signed it"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('notice') as batch_op:
        batch_op.add_column(sa.Column('digest', sqlmodel.sql.sqltypes.AutoString(), nullable=True))

    with op.batch_alter_table('notice_item') as batch_op:
        batch_op.add_column(sa.Column('verdict_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_notice_item_verdict_id'), 'verdict', ['verdict_id'], ['id'])

    op.create_table('receipt',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.Enum('read', 'signed', name='receipt_act', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('person', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('at', sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_receipt_notice_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_receipt')),
    sa.UniqueConstraint('notice_id', 'act', 'person', name=op.f('uq_receipt_notice_id_act_person'))
    )
