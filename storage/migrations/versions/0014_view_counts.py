"""How often articles were read on the school's pages."""

from alembic import op
import sqlalchemy as sa

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('view_count',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('views', sa.Integer(), nullable=False),
    sa.CheckConstraint('views >= 0', name=op.f('ck_view_count_views')),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_view_count_article_id')),
    sa.PrimaryKeyConstraint('article_id', name=op.f('pk_view_count'))
    )
