"""Clusters of near-duplicate articles: what was compared and found, and what people decided.

The tables start empty. An empty ``cluster_doctrine`` makes the next crawl, or ``aggregator
duplicates rebuild``, compare every article that is held.
"""

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


VIEW = """
    CREATE VIEW published_articles AS
    SELECT a.id, a.publisher, publisher_title, headline, summary, excerpt,
           CASE WHEN rights_basis IN ('pemerintah_43b', 'izin_tertulis') THEN body END AS body,
           CASE WHEN rights_basis IN ('pemerintah_43b', 'izin_tertulis') THEN body_html END AS body_html,
           credit_line, attribution_url AS url, rights_basis,
           published_at, published_offset, published_precision, modified_at, modified_offset,
           section, agency, language, paywalled,
           dateline_place AS place, dateline_region AS region, dateline_province AS province,
           image_url, image_caption, image_credit,
           revision, sort_at, first_seen, last_seen,
           m.cluster_id, COALESCE(m.representative_id, a.id) AS representative_id
    FROM article a LEFT JOIN cluster_member m ON m.article_id = a.id
    WHERE publishable
    """


def upgrade() -> None:
    op.create_table('article_signature',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('priority', sa.BigInteger(), nullable=False),
    sa.Column('marks', sa.LargeBinary(), nullable=False),
    sa.Column('minima', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_signature_article_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_article_signature'))
    )
    op.create_table('cluster_mark',
    sa.Column('mark', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('witness', sa.Boolean(), nullable=False),
    sa.Column('article_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.PrimaryKeyConstraint('mark', 'witness', 'article_id', name=op.f('pk_cluster_mark')),
    sqlite_with_rowid=False
    )
    op.create_table('cluster_pending',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster_pending'))
    )
    op.create_table('cluster_doctrine',
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.PrimaryKeyConstraint('version', name=op.f('pk_cluster_doctrine'))
    )
    op.create_table('cluster_link',
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('score', sa.Double(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_cluster_link_order')),
    sa.CheckConstraint("reason IN ('same text', 'edited', 'reworked', 'shortened', 'stated original', 'decided by a person')", name=op.f('ck_cluster_link_reason')),
    sa.CheckConstraint('score BETWEEN 0 AND 1', name=op.f('ck_cluster_link_score')),
    sa.ForeignKeyConstraint(['first_id'], ['article.id'], name=op.f('fk_cluster_link_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['article.id'], name=op.f('fk_cluster_link_second_id')),
    sa.PrimaryKeyConstraint('first_id', 'second_id', name=op.f('pk_cluster_link'))
    )
    op.create_index(op.f('ix_cluster_link_second_id'), 'cluster_link', ['second_id'])
    op.create_table('cluster_member',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('cluster_id', sa.Integer(), nullable=False),
    sa.Column('representative_id', sa.Integer(), nullable=False),
    sa.Column('via_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.String(length=32), nullable=True),
    sa.Column('score', sa.Double(), nullable=True),
    sa.CheckConstraint('(via_id IS NULL) = (reason IS NULL)', name=op.f('ck_cluster_member_reason_of_link')),
    sa.CheckConstraint('(via_id IS NULL) = (article_id = representative_id)', name=op.f('ck_cluster_member_representative')),
    sa.CheckConstraint('(via_id IS NULL) = (score IS NULL)', name=op.f('ck_cluster_member_score_of_link')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_cluster_member_article_id')),
    sa.ForeignKeyConstraint(['representative_id'], ['article.id'], name=op.f('fk_cluster_member_representative_id')),
    sa.ForeignKeyConstraint(['via_id'], ['article.id'], name=op.f('fk_cluster_member_via_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_cluster_member'))
    )
    op.create_index(op.f('ix_cluster_member_cluster_id'), 'cluster_member', ['cluster_id'])
    op.create_table('cluster_decision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('made_by', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('undone_by', sa.Text(), nullable=True),
    sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('undone_reason', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('merge', 'split', 'never')", name=op.f('ck_cluster_decision_kind')),
    sa.CheckConstraint("made_by <> ''", name=op.f('ck_cluster_decision_made_by')),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_cluster_decision_reason')),
    sa.CheckConstraint("undone_by <> '' AND undone_reason <> ''", name=op.f('ck_cluster_decision_undone')),
    sa.CheckConstraint('(undone_at IS NULL) = (undone_by IS NULL) AND (undone_at IS NULL) = (undone_reason IS NULL)', name=op.f('ck_cluster_decision_undone_whole')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cluster_decision'))
    )
    op.create_table('cluster_decision_pair',
    sa.Column('decision_id', sa.Integer(), nullable=False),
    sa.Column('first_id', sa.Integer(), nullable=False),
    sa.Column('second_id', sa.Integer(), nullable=False),
    sa.CheckConstraint('first_id < second_id', name=op.f('ck_cluster_decision_pair_order')),
    sa.ForeignKeyConstraint(['decision_id'], ['cluster_decision.id'], name=op.f('fk_cluster_decision_pair_decision_id')),
    sa.ForeignKeyConstraint(['first_id'], ['article.id'], name=op.f('fk_cluster_decision_pair_first_id')),
    sa.ForeignKeyConstraint(['second_id'], ['article.id'], name=op.f('fk_cluster_decision_pair_second_id')),
    sa.PrimaryKeyConstraint('decision_id', 'first_id', 'second_id', name=op.f('pk_cluster_decision_pair'))
    )
    op.create_index(op.f('ix_cluster_decision_pair_first_id'), 'cluster_decision_pair', ['first_id'])
    op.create_index(op.f('ix_cluster_decision_pair_second_id'), 'cluster_decision_pair', ['second_id'])
    # With more columns. It stands aside (storage.views) unless an earlier migration of this upgrade
    # has just made it.
    op.execute('DROP VIEW IF EXISTS published_articles')
    op.execute(VIEW)
