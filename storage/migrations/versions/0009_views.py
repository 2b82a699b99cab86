"""Views for programs that read the database with SQL: what may be shown, as it may be shown."""

from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None

VIEWS = (
    """
    CREATE VIEW published_articles AS
    SELECT id, publisher, publisher_title, headline, summary, excerpt,
           CASE WHEN rights_basis IN ('pemerintah_43b', 'izin_tertulis') THEN body END AS body,
           CASE WHEN rights_basis IN ('pemerintah_43b', 'izin_tertulis') THEN body_html END AS body_html,
           credit_line, attribution_url AS url, rights_basis,
           published_at, published_offset, published_precision, modified_at, modified_offset,
           section, agency, language, paywalled,
           dateline_place AS place, dateline_region AS region, dateline_province AS province,
           image_url, image_caption, image_credit,
           revision, sort_at, first_seen, last_seen
    FROM article
    WHERE publishable
    """,
    """
    CREATE VIEW article_credits AS
    SELECT c.article_id, c.position, c.name, c.role, a.publisher, a.published_at
    FROM credit c JOIN article a ON a.id = c.article_id
    WHERE a.publishable
    """,
    """
    CREATE VIEW article_tags AS
    SELECT t.article_id, t.position, t.tag
    FROM article_tag t JOIN article a ON a.id = t.article_id
    WHERE a.publishable
    """,
    """
    CREATE VIEW article_topics AS
    SELECT t.article_id, t.position, t.topic
    FROM article_topic t JOIN article a ON a.id = t.article_id
    WHERE a.publishable
    """,
)


def upgrade() -> None:
    for view in VIEWS:
        op.execute(view)
