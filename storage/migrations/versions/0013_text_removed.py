"""When an article's text was let go."""

from alembic import op
import sqlalchemy as sa

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('article', sa.Column('text_removed_at', sa.DateTime(timezone=True), nullable=True))
