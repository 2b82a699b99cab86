"""The full-text index and the words that search knows.

The articles that are held are indexed by the upgrade itself (``storage.database.upgrade``), in the
same transaction and by today's rules for words.
"""

from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0006'
branch_labels = None
depends_on = None

BYTES = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')


def upgrade() -> None:
    op.create_table('search_document',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=16), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_search_document_article_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_search_document'))
    )
    op.create_table('search_word',
    sa.Column('word', BYTES, nullable=False),
    sa.Column('term', BYTES, nullable=False),
    sa.PrimaryKeyConstraint('word', name=op.f('pk_search_word'))
    )
    op.create_index(op.f('ix_search_word_term'), 'search_word', ['term'])
    op.execute("CREATE INDEX ix_article_tag_lower ON article_tag (lower(tag))")
    if op.get_bind().dialect.name == 'sqlite':
        op.execute("CREATE VIRTUAL TABLE article_search USING fts5 (headline, about, body, content='', tokenize='ascii')")
    else:
        op.execute("CREATE TABLE article_search (article_id integer PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE, headline tsvector NOT NULL, terms tsvector NOT NULL)")
        # In the row itself: beside it, the planner takes reading them for free and reads all.
        op.execute("ALTER TABLE article_search ALTER COLUMN terms SET STORAGE MAIN")
        op.execute("CREATE INDEX ix_article_search_headline ON article_search USING gin (headline)")
        op.execute("CREATE INDEX ix_article_search_terms ON article_search USING gin (terms)")
