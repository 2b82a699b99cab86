"""What the school decided about showing its articles, and who did what."""

from alembic import op
import sqlalchemy as sa

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('review',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('editor', sa.Text(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('headline', sa.Text(), nullable=True),
    sa.Column('excerpt', sa.Text(), nullable=True),
    sa.Column('section', sa.String(length=64), nullable=True),
    sa.Column('publish_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("editor <> ''", name=op.f('ck_review_editor')),
    sa.CheckConstraint("excerpt <> ''", name=op.f('ck_review_excerpt')),
    sa.CheckConstraint("headline <> ''", name=op.f('ck_review_headline')),
    sa.CheckConstraint("state <> 'rejected' OR (reason IS NOT NULL AND reason <> '')", name=op.f('ck_review_reason')),
    sa.CheckConstraint("state IN ('approved', 'held', 'rejected')", name=op.f('ck_review_state')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_review_article_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_review'))
    )
    op.create_index(op.f('ix_review_state'), 'review', ['state'])
    op.create_table('audit',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('who', sa.Text(), nullable=False),
    sa.Column('action', sa.String(length=64), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.CheckConstraint("action <> ''", name=op.f('ck_audit_action')),
    sa.CheckConstraint("who <> ''", name=op.f('ck_audit_who')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_audit_article_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    op.create_index(op.f('ix_audit_at'), 'audit', ['at'])
    op.create_index(op.f('ix_audit_article_id'), 'audit', ['article_id'])
