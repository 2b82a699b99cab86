"""Revisions that tell a publisher's change from a parser's, re-checks, withdrawals, portal posts.

Articles of the last week are put under watch, due at once: their schedule begins with that look.
"""

from datetime import UTC, datetime, timedelta

from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

STATES = (
    'stored', 'unchanged', 'revised', 'suspected', 'withdrawn', 'duplicate', 'known', 'dropped',
    'blocked', 'failed', 'not archived', 'deferred',
)
YOUNG = timedelta(days=7)


def upgrade() -> None:
    _watch()
    _withdrawals()
    _portal()
    _revisions()
    _states()


def _watch() -> None:
    op.create_table('article_watch',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_look_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('etag', sa.Text(), nullable=True),
    sa.Column('last_modified', sa.Text(), nullable=True),
    sa.Column('suspected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('suspicion', sa.String(length=64), nullable=True),
    sa.Column('parser', sa.String(length=40), nullable=True),
    sa.Column('imprint', sa.LargeBinary(), nullable=True),
    sa.CheckConstraint('(suspected_at IS NULL) = (suspicion IS NULL)', name=op.f('ck_article_watch_suspicion')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_watch_article_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_article_watch'))
    )
    op.create_index(op.f('ix_article_watch_next_look_at'), 'article_watch', ['next_look_at'])
    now = datetime.now(UTC)
    if op.get_bind().dialect.name == 'sqlite':
        now = now.replace(tzinfo=None)
    op.get_bind().execute(
        sa.text(
            'INSERT INTO article_watch (article_id, looked_at, next_look_at) '
            'SELECT id, fetched_at, fetched_at FROM article WHERE first_seen > :since'
        ).bindparams(sa.bindparam('since', now - YOUNG, type_=sa.DateTime(timezone=True)))
    )


def _withdrawals() -> None:
    op.create_table('withdrawal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('withdrawn_by', sa.Text(), nullable=False),
    sa.Column('by_hand', sa.Boolean(), nullable=False),
    sa.Column('suspected_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_by', sa.Text(), nullable=True),
    sa.Column('undone_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_withdrawal_reason')),
    sa.CheckConstraint("withdrawn_by <> ''", name=op.f('ck_withdrawal_withdrawn_by')),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undone_reason IS NULL)', name=op.f('ck_withdrawal_undone')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_withdrawal_article_id')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_withdrawal_publisher')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_withdrawal'))
    )
    op.create_index(op.f('ix_withdrawal_article_id'), 'withdrawal', ['article_id'])
    op.create_index('uq_withdrawal_current', 'withdrawal', ['article_id'], unique=True,
                    sqlite_where=sa.text('undone_at IS NULL'),
                    postgresql_where=sa.text('undone_at IS NULL'))
    # Both databases take a check of another column here; SQLite could not add one otherwise
    # without copying the whole table.
    moment = 'DATETIME' if op.get_bind().dialect.name == 'sqlite' else 'TIMESTAMP WITH TIME ZONE'
    op.execute(
        f'ALTER TABLE article ADD COLUMN withdrawn_at {moment} '
        'CONSTRAINT ck_article_withdrawn CHECK (withdrawn_at IS NULL OR NOT publishable)'
    )
    # Alembic would add the foreign key by a statement of its own, which SQLite does not know.
    op.execute(
        'ALTER TABLE tombstone ADD COLUMN withdrawal_id INTEGER '
        'CONSTRAINT fk_tombstone_withdrawal_id REFERENCES withdrawal (id)'
    )


def _portal() -> None:
    op.create_table('portal_post',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('portal', sa.String(length=128), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('headline', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('text_fingerprint', sa.String(length=80), nullable=True),
    sa.Column('opening', sa.Text(), nullable=False),
    sa.Column('opening_key', sa.String(length=40), nullable=True),
    sa.Column('is_cut', sa.Boolean(), nullable=False),
    sa.Column('first_imported', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_imported', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_portal_post')),
    sa.UniqueConstraint('portal', 'key', name=op.f('uq_portal_post_portal_key'))
    )
    op.create_index(op.f('ix_portal_post_text_fingerprint'), 'portal_post', ['text_fingerprint'])
    op.create_index(op.f('ix_portal_post_opening_key'), 'portal_post', ['opening_key'])
    op.create_table('portal_source',
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=True),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['post_id'], ['portal_post.id'], name=op.f('fk_portal_source_post_id')),
    sa.PrimaryKeyConstraint('post_id', 'url', name=op.f('pk_portal_source'))
    )
    op.create_index('ix_portal_source_url', 'portal_source', ['url'])
    op.create_index('ix_portal_source_identity', 'portal_source', ['publisher', 'external_id'])
    op.create_table('portal_match',
    sa.Column('post_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('matched_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reason IN ('identity', 'address', 'text', 'opening')", name=op.f('ck_portal_match_reason')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_portal_match_article_id')),
    sa.ForeignKeyConstraint(['post_id'], ['portal_post.id'], name=op.f('fk_portal_match_post_id')),
    sa.PrimaryKeyConstraint('post_id', 'article_id', name=op.f('pk_portal_match'))
    )
    op.create_index(op.f('ix_portal_match_article_id'), 'portal_match', ['article_id'])
    op.add_column('article', sa.Column('opening_key', sa.String(length=40), nullable=True))
    op.create_index(op.f('ix_article_opening_key'), 'article', ['opening_key'])


def _revisions() -> None:
    for table in ('article', 'revision'):
        op.add_column(table, sa.Column('correction_kind', sa.String(length=16), nullable=True))
        op.add_column(table, sa.Column('correction_text', sa.Text(), nullable=True))
    op.add_column('revision', sa.Column('parser', sa.String(length=40), nullable=True))
    op.execute("UPDATE revision SET cause = 'channel' WHERE cause = 'crawl'")


def _states() -> None:
    """Two more words for how a URL ends. Nothing refers to the table, so SQLite may copy it."""
    allowed = "state IN ({})".format(', '.join(f"'{state}'" for state in STATES))
    if op.get_bind().dialect.name == 'sqlite':
        with op.batch_alter_table('fetch', recreate='always') as batch:
            batch.create_check_constraint(op.f('ck_fetch_state'), allowed)
    else:
        op.drop_constraint(op.f('ck_fetch_state'), 'fetch', type_='check')
        op.create_check_constraint(op.f('ck_fetch_state'), 'fetch', allowed)
