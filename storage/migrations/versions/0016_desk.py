"""Who works at the editor's desk, and what people asked of channels."""

from alembic import op
import sqlalchemy as sa

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('desk_user',
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('password_hash', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('disabled_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("name <> ''", name=op.f('ck_desk_user_name')),
    sa.CheckConstraint("password_hash LIKE '$argon2id$%'", name=op.f('ck_desk_user_password_hash')),
    sa.CheckConstraint("role IN ('editor', 'admin')", name=op.f('ck_desk_user_role')),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_desk_user'))
    )
    op.create_table('desk_session',
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_used_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['name'], ['desk_user.name'], name=op.f('fk_desk_session_name')),
    sa.PrimaryKeyConstraint('token_hash', name=op.f('pk_desk_session'))
    )
    op.create_index(op.f('ix_desk_session_name'), 'desk_session', ['name'])
    op.create_table('desk_failure',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('client', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_desk_failure'))
    )
    op.create_index(op.f('ix_desk_failure_at'), 'desk_failure', ['at'])
    op.create_table('channel_wish',
    sa.Column('channel_id', sa.Integer(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('paused_by', sa.Text(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_by', sa.Text(), nullable=True),
    sa.CheckConstraint('(asked_at IS NULL) = (asked_by IS NULL)', name=op.f('ck_channel_wish_asked')),
    sa.CheckConstraint('(paused_at IS NULL) = (paused_by IS NULL)', name=op.f('ck_channel_wish_paused')),
    sa.ForeignKeyConstraint(['channel_id'], ['channel.id'], name=op.f('fk_channel_wish_channel_id')),
    sa.PrimaryKeyConstraint('channel_id', name=op.f('pk_channel_wish'))
    )
