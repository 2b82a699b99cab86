"""First schema. Frozen: a later change is a later migration."""

from alembic import op
import sqlalchemy as sa

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('publisher',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('homepage', sa.Text(), nullable=False),
    sa.Column('timezone', sa.String(length=64), nullable=False),
    sa.Column('rights_basis', sa.String(length=32), nullable=False),
    sa.Column('terms', sa.Text(), nullable=True),
    sa.CheckConstraint("rights_basis IN ('pemerintah_43b', 'berita_aktual_43c', 'pendidikan_44', 'izin_tertulis', 'kutipan_saja')", name=op.f('ck_publisher_rights_basis')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_publisher'))
    )
    op.create_table('run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('mode', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("status IN ('running', 'finished', 'interrupted')", name=op.f('ck_run_status')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_run'))
    )
    op.create_table('article',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('external_id', sa.Text(), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('canonical_url', sa.Text(), nullable=False),
    sa.Column('headline', sa.Text(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=True),
    sa.Column('excerpt', sa.Text(), nullable=True),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('body_html', sa.Text(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('published_offset', sa.Integer(), nullable=True),
    sa.Column('published_raw', sa.Text(), nullable=True),
    sa.Column('published_precision', sa.String(length=16), nullable=True),
    sa.Column('modified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('modified_offset', sa.Integer(), nullable=True),
    sa.Column('modified_raw', sa.Text(), nullable=True),
    sa.Column('byline', sa.Text(), nullable=True),
    sa.Column('dateline_mark', sa.Text(), nullable=True),
    sa.Column('dateline_place', sa.Text(), nullable=True),
    sa.Column('dateline_raw', sa.Text(), nullable=True),
    sa.Column('source_raw', sa.Text(), nullable=True),
    sa.Column('agency', sa.Text(), nullable=True),
    sa.Column('original_url', sa.Text(), nullable=True),
    sa.Column('stated_publisher', sa.Text(), nullable=True),
    sa.Column('section', sa.Text(), nullable=True),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('image_url', sa.Text(), nullable=True),
    sa.Column('image_caption', sa.Text(), nullable=True),
    sa.Column('image_credit', sa.Text(), nullable=True),
    sa.Column('language', sa.String(length=16), nullable=True),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('paywalled', sa.Boolean(), nullable=False),
    sa.Column('layout', sa.String(length=64), nullable=True),
    sa.Column('publisher_title', sa.Text(), nullable=False),
    sa.Column('credit_line', sa.Text(), nullable=False),
    sa.Column('attribution_url', sa.Text(), nullable=False),
    sa.Column('rights_basis', sa.String(length=32), nullable=False),
    sa.Column('attribution_stated', sa.Boolean(), nullable=False),
    sa.Column('publishable', sa.Boolean(), nullable=False),
    sa.Column('evidence', sa.JSON(), nullable=False),
    sa.Column('text_fingerprint', sa.String(length=80), nullable=True),
    sa.Column('content_fingerprint', sa.String(length=80), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('sort_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fetched_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("attribution_url <> ''", name=op.f('ck_article_attribution_url')),
    sa.CheckConstraint("canonical_url LIKE 'http%://%'", name=op.f('ck_article_canonical_url')),
    sa.CheckConstraint("credit_line LIKE '%' || attribution_url || '%'", name=op.f('ck_article_credit_line_names_url')),
    sa.CheckConstraint("credit_line LIKE '%' || publisher_title || '%'", name=op.f('ck_article_credit_line_names_publisher')),
    sa.CheckConstraint("headline <> ''", name=op.f('ck_article_headline')),
    sa.CheckConstraint("published_precision IS NULL OR published_precision IN ('minute', 'hour', 'day')", name=op.f('ck_article_published_precision')),
    sa.CheckConstraint("publisher <> ''", name=op.f('ck_article_publisher')),
    sa.CheckConstraint("publisher_title <> ''", name=op.f('ck_article_publisher_title')),
    sa.CheckConstraint("rights_basis IN ('pemerintah_43b', 'berita_aktual_43c', 'pendidikan_44', 'izin_tertulis', 'kutipan_saja')", name=op.f('ck_article_rights_basis')),
    sa.CheckConstraint('(published_at IS NULL) = (published_offset IS NULL)', name=op.f('ck_article_published_offset')),
    sa.CheckConstraint('NOT publishable OR published_at IS NOT NULL', name=op.f('ck_article_publishable_has_time')),
    sa.CheckConstraint('pages >= 1', name=op.f('ck_article_pages')),
    sa.CheckConstraint('revision >= 1', name=op.f('ck_article_revision')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_article_publisher')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_article')),
    sa.UniqueConstraint('publisher', 'canonical_url', name=op.f('uq_article_publisher_canonical_url')),
    sa.UniqueConstraint('publisher', 'external_id', name=op.f('uq_article_publisher_external_id'))
    )
    with op.batch_alter_table('article', schema=None) as batch_op:
        batch_op.create_index('ix_article_publisher_sort_at', ['publisher', 'sort_at', 'id'], unique=False)
        batch_op.create_index('ix_article_sort_at_id', ['sort_at', 'id'], unique=False)
        batch_op.create_index('ix_article_text', ['publisher', 'text_fingerprint'], unique=False)

    op.create_table('channel',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('etag', sa.Text(), nullable=True),
    sa.Column('last_modified', sa.Text(), nullable=True),
    sa.Column('polled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('not_before', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('feed', 'news_sitemap', 'listing', 'json_listing')", name=op.f('ck_channel_kind')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_channel_publisher')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel')),
    sa.UniqueConstraint('publisher', 'name', name=op.f('uq_channel_publisher_name'))
    )
    op.create_table('tombstone',
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('buried_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_tombstone_reason')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_tombstone_publisher')),
    sa.PrimaryKeyConstraint('publisher', 'key', name=op.f('pk_tombstone'))
    )
    op.create_table('article_tag',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('tag', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_tag_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'position', name=op.f('pk_article_tag'))
    )
    with op.batch_alter_table('article_tag', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_tag_tag'), ['tag'], unique=False)

    op.create_table('article_url',
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('first_seen', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_url_article_id')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_article_url_publisher')),
    sa.PrimaryKeyConstraint('publisher', 'url', name=op.f('pk_article_url'))
    )
    with op.batch_alter_table('article_url', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_article_url_article_id'), ['article_id'], unique=False)

    op.create_table('credit',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.CheckConstraint("name <> ''", name=op.f('ck_credit_name')),
    sa.CheckConstraint("role IN ('reporter', 'editor', 'contributor', 'photographer')", name=op.f('ck_credit_role')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_credit_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'position', name=op.f('pk_credit'))
    )
    with op.batch_alter_table('credit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_credit_name'), ['name'], unique=False)

    op.create_table('entry',
    sa.Column('channel_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('headline', sa.Text(), nullable=True),
    sa.Column('published_raw', sa.Text(), nullable=True),
    sa.Column('first_seen', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_seen', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_entry_channel_id')),
    sa.PrimaryKeyConstraint('channel_id', 'key', name=op.f('pk_entry'))
    )
    op.create_table('fetch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('channel', sa.String(length=128), nullable=True),
    sa.Column('url', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('http_status', sa.Integer(), nullable=True),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('stored', 'unchanged', 'revised', 'duplicate', 'known', 'dropped', 'blocked', 'failed', 'not archived', 'deferred')", name=op.f('ck_fetch_state')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_fetch_article_id')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_fetch_publisher')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_fetch_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fetch'))
    )
    with op.batch_alter_table('fetch', schema=None) as batch_op:
        batch_op.create_index('ix_fetch_publisher_key', ['publisher', 'key', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_fetch_run_id'), ['run_id'], unique=False)

    op.create_table('revision',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cause', sa.String(length=16), nullable=False),
    sa.Column('headline', sa.Text(), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('body_html', sa.Text(), nullable=False),
    sa.Column('credits', sa.JSON(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('credit_line', sa.Text(), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False),
    sa.CheckConstraint("credit_line <> ''", name=op.f('ck_revision_credit_line')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_revision_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'number', name=op.f('pk_revision'))
    )
