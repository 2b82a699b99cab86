"""Topics and flags as rows, what the gazetteer knows of a dateline, and how full fields were.

Nothing filled the old column of topics, so it goes without a copy.
"""

from alembic import op
import sqlalchemy as sa

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('article_topic',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('topic', sa.String(length=64), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_topic_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'topic', name=op.f('pk_article_topic'))
    )
    op.create_index(op.f('ix_article_topic_topic'), 'article_topic', ['topic'])
    op.create_table('article_flag',
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('rule', sa.String(length=64), nullable=False),
    sa.Column('found', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_article_flag_article_id')),
    sa.PrimaryKeyConstraint('article_id', 'name', name=op.f('pk_article_flag'))
    )
    op.create_index(op.f('ix_article_flag_name'), 'article_flag', ['name'])
    op.create_table('field_fill',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('publisher', sa.String(length=64), nullable=False),
    sa.Column('field', sa.String(length=32), nullable=False),
    sa.Column('filled', sa.Integer(), nullable=False),
    sa.Column('articles', sa.Integer(), nullable=False),
    sa.CheckConstraint('filled BETWEEN 0 AND articles', name=op.f('ck_field_fill_filled')),
    sa.ForeignKeyConstraint(['publisher'], ['publisher.name'], name=op.f('fk_field_fill_publisher')),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], name=op.f('fk_field_fill_run_id')),
    sa.PrimaryKeyConstraint('run_id', 'publisher', 'field', name=op.f('pk_field_fill'))
    )
    op.create_index('ix_field_fill_publisher', 'field_fill', ['publisher', 'field', 'run_id'])
    op.add_column('article', sa.Column('dateline_region', sa.Text(), nullable=True))
    op.add_column('article', sa.Column('dateline_province', sa.Text(), nullable=True))
    op.add_column('article', sa.Column('dateline_zone', sa.String(length=4), nullable=True))
    op.create_index(op.f('ix_article_dateline_province'), 'article', ['dateline_province'])
    op.drop_column('article', 'topics')
