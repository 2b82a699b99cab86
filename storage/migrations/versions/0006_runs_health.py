"""What runs met (channel polls, robots.txt), alerts that were told, and backups that were made."""

from alembic import op
import sqlalchemy as sa

import storage.types

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('alert',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('finding', sa.JSON(), nullable=False),
    sa.Column('opened_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('closed_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_alert'))
    )
    op.create_index('uq_alert_open', 'alert', ['key'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
    op.create_table('alert_transport',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('failing_since', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('detail', sa.Text(), nullable=True),
    sa.Column('digest_on', sa.String(length=10), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_alert_transport'))
    )
    op.create_table('backup',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('made_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('bytes', sa.BigInteger(), nullable=False),
    sa.Column('schema_version', sa.String(length=32), nullable=False),
    sa.Column('articles', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_backup'))
    )
    op.create_table('robots_text',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('first_seen', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_robots_text'))
    )
    op.create_table('alert_note',
    sa.Column('alert_id', sa.Integer(), nullable=False),
    sa.Column('transport', sa.String(length=32), nullable=False),
    sa.Column('said', sa.String(length=16), nullable=False),
    sa.Column('sent_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['alert_id'], ['alert.id'], name=op.f('fk_alert_note_alert_id')),
    sa.PrimaryKeyConstraint('alert_id', 'transport', 'said', name=op.f('pk_alert_note'))
    )
    op.create_table('channel_poll',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('channel', sa.String(length=128), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('reasons', sa.JSON(), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('entries', sa.Integer(), nullable=False),
    sa.Column('skipped', sa.JSON(), nullable=False),
    sa.Column('ends', sa.JSON(), nullable=False),
    sa.Column('fresh', sa.Integer(), nullable=False),
    sa.Column('future', sa.Integer(), nullable=False),
    sa.Column('newest_at', storage.types.UtcDateTime(timezone=True), nullable=True),
    sa.Column('clock_skew', sa.Integer(), nullable=True),
    sa.Column('polled_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("status IN ('ok', 'unchanged', 'blocked', 'failed', 'not archived', 'deferred')", name=op.f('ck_channel_poll_status')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_channel_poll_publisher')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_channel_poll_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel_poll'))
    )
    op.create_index('ix_channel_poll_channel', 'channel_poll', ['publisher', 'channel', 'id'], unique=False)
    op.create_index(op.f('ix_channel_poll_run_id'), 'channel_poll', ['run_id'], unique=False)
    op.create_table('robots_visit',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('host', sa.String(length=255), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('decision', sa.String(length=16), nullable=False),
    sa.Column('http_status', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('text_hash', sa.String(length=64), nullable=True),
    sa.Column('fetched_at', storage.types.UtcDateTime(timezone=True), nullable=False),
    sa.Column('allowed', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.CheckConstraint("decision IN ('rules', 'no file', 'unreachable')", name=op.f('ck_robots_visit_decision')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_robots_visit_publisher')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_robots_visit_run_id')),
    sa.ForeignKeyConstraint(['text_hash'], ['robots_text.hash'], name=op.f('fk_robots_visit_text_hash')),
    sa.PrimaryKeyConstraint('run_id', 'host', name=op.f('pk_robots_visit'))
    )
    op.create_index('ix_robots_visit_host', 'robots_visit', ['host', 'fetched_at'], unique=False)
    op.create_index(op.f('ix_robots_visit_text_hash'), 'robots_visit', ['text_hash'], unique=False)
    op.add_column('run', sa.Column('pruned_at', storage.types.UtcDateTime(timezone=True), nullable=True))
