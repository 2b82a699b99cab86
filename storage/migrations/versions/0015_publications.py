"""What the school's portals were given: an outbox for each of them."""

from alembic import op
import sqlalchemy as sa

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('publication',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('portal', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('stop', sa.String(length=16), nullable=True),
    sa.Column('slug', sa.Text(), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_revision', sa.Integer(), nullable=False),
    sa.Column('remote_id', sa.Text(), nullable=True),
    sa.Column('remote_url', sa.Text(), nullable=True),
    sa.Column('public', sa.Boolean(), nullable=False),
    sa.Column('mark', sa.String(length=64), nullable=True),
    sa.Column('sent_revision', sa.Integer(), nullable=True),
    sa.Column('sent_hash', sa.String(length=64), nullable=True),
    sa.Column('doing', sa.String(length=16), nullable=True),
    sa.Column('intended_hash', sa.String(length=64), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=True),
    sa.Column('first_sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("portal <> ''", name=op.f('ck_publication_portal')),
    sa.CheckConstraint("state = 'waiting' OR remote_id IS NOT NULL", name=op.f('ck_publication_remote_id')),
    sa.CheckConstraint("state IN ('waiting', 'sent', 'hidden', 'withdrawn')", name=op.f('ck_publication_state')),
    sa.CheckConstraint("stop IN ('conflict', 'removed', 'kept', 'dead')", name=op.f('ck_publication_stop')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_publication_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'portal', name=op.f('pk_publication'))
    )
    op.create_index('uq_publication_remote', 'publication', ['portal', 'remote_id'], unique=True, sqlite_where=sa.text('remote_id IS NOT NULL'), postgresql_where=sa.text('remote_id IS NOT NULL'))
    op.create_table('portal_state',
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('failing_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('detail', sa.Text(), nullable=True),
    sa.Column('next_attempt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('succeeded_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_portal_state'))
    )
