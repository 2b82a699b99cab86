"""What the schedule goes by: the pace of channels, gaps, hosts' wishes, and who crawls whom.

Runs of before have no row in ``run_publisher``: those that are marked as running are stale.
"""

from alembic import op
import sqlalchemy as sa

revision = '0005'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('channel_pace',
    sa.Column('channel_id', sa.Integer(), nullable=False),
    sa.Column('attempted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('succeeded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('elapsed_seconds', sa.Integer(), nullable=True),
    sa.Column('listed', sa.Integer(), nullable=False),
    sa.Column('fresh', sa.Integer(), nullable=False),
    sa.Column('empty_polls', sa.Integer(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('failure_kind', sa.String(length=16), nullable=True),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('unfinished', sa.Boolean(), nullable=False),
    sa.Column('ttl_seconds', sa.Integer(), nullable=True),
    sa.Column('max_age_seconds', sa.Integer(), nullable=True),
    sa.CheckConstraint("failure_kind IS NULL OR failure_kind IN ('unreached', 'failed', 'blocked')", name=op.f('ck_channel_pace_failure_kind')),
    sa.CheckConstraint('(failures = 0) = (failure_kind IS NULL)', name=op.f('ck_channel_pace_failures')),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_channel_pace_channel_id')),
    sa.PrimaryKeyConstraint('channel_id', name=op.f('pk_channel_pace'))
    )
    op.create_table('channel_gap',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('channel_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_channel_gap_channel_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_gap'))
    )
    op.create_index(op.f('ix_channel_gap_channel_id'), 'channel_gap', ['channel_id'])
    op.create_table('host',
    sa.Column('host', sa.Text(), nullable=False),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.Column('crawl_delay_seconds', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('host', name=op.f('pk_host'))
    )
    op.create_table('run_publisher',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('host', sa.Text(), nullable=False),
    sa.Column('pid', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_run_publisher_publisher')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_run_publisher_run_id')),
    sa.PrimaryKeyConstraint('run_id', 'publisher', name=op.f('pk_run_publisher'))
    )
    op.create_index(op.f('ix_run_publisher_publisher'), 'run_publisher', ['publisher'])
    op.add_column('entry', sa.Column('published_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_entry_channel_first_seen', 'entry', ['channel_id', 'first_seen'])
