"""The reader's side: proofs, following, votes, revisions, reports, and how a discussion is held."""

from alembic import op
import sqlalchemy as sa


revision = 'comments_0002'
down_revision = 'comments_0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('ww_mailbox',
    sa.Column('email_hash', sa.String(length=32), nullable=False),
    sa.Column('email_sealed', sa.Text(), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('feed_key', sa.String(length=43), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('digest_id', sa.BigInteger(), nullable=True),
    sa.PrimaryKeyConstraint('email_hash', name=op.f('pk_ww_mailbox')),
    sa.UniqueConstraint('feed_key', name=op.f('uq_ww_mailbox_feed_key'))
    )
    op.create_table('ww_follow',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email_hash', sa.String(length=32), nullable=False),
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('scope', sa.String(length=10), nullable=False),
    sa.Column('rhythm', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('letter_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['email_hash'], ['ww_mailbox.email_hash'], name=op.f('fk_ww_follow_email_hash'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['ww_thread.id'], name=op.f('fk_ww_follow_thread_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ww_follow'))
    )
    with op.batch_alter_table('ww_follow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_follow_email_hash'), ['email_hash'], unique=False)
        batch_op.create_index('uq_ww_follow_thread_id_email_hash', ['thread_id', 'email_hash'], unique=True)

    op.create_table('ww_name',
    sa.Column('skeleton', sa.String(length=300), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('email_hash', sa.String(length=32), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['email_hash'], ['ww_mailbox.email_hash'], name=op.f('fk_ww_name_email_hash'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('skeleton', name=op.f('pk_ww_name'))
    )
    with op.batch_alter_table('ww_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_name_email_hash'), ['email_hash'], unique=False)

    op.create_table('ww_news',
    sa.Column('follow_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['ww_comment.id'], name=op.f('fk_ww_news_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['follow_id'], ['ww_follow.id'], name=op.f('fk_ww_news_follow_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('follow_id', 'comment_id', name=op.f('pk_ww_news'))
    )
    with op.batch_alter_table('ww_news', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_news_comment_id'), ['comment_id'], unique=False)

    op.create_table('ww_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('wrong', sa.String(length=20), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('who', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('email_sealed', sa.Text(), nullable=False),
    sa.Column('email_hash', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=10), nullable=False),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['comment_id'], ['ww_comment.id'], name=op.f('fk_ww_report_comment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ww_report'))
    )
    with op.batch_alter_table('ww_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_report_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ww_report_email_hash'), ['email_hash'], unique=False)
        batch_op.create_index(batch_op.f('ix_ww_report_seq'), ['seq'], unique=False)

    op.create_table('ww_revision',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('source_format', sa.String(length=10), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('person_key', sa.String(length=64), nullable=False),
    sa.Column('standing', sa.String(length=10), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['comment_id'], ['ww_comment.id'], name=op.f('fk_ww_revision_comment_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ww_revision'))
    )
    with op.batch_alter_table('ww_revision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_revision_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ww_revision_seq'), ['seq'], unique=False)

    op.create_table('ww_steered',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('person_key', sa.String(length=64), nullable=False),
    sa.Column('what', sa.String(length=30), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['ww_comment.id'], name=op.f('fk_ww_steered_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['ww_thread.id'], name=op.f('fk_ww_steered_thread_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ww_steered'))
    )
    with op.batch_alter_table('ww_steered', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_steered_comment_id'), ['comment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ww_steered_thread_id'), ['thread_id'], unique=False)

    op.create_table('ww_vote',
    sa.Column('comment_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('who', sa.String(length=32), nullable=False),
    sa.Column('thread_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['ww_comment.id'], name=op.f('fk_ww_vote_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['thread_id'], ['ww_thread.id'], name=op.f('fk_ww_vote_thread_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', 'who', name=op.f('pk_ww_vote'))
    )
    with op.batch_alter_table('ww_vote', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ww_vote_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_ww_vote_thread_id'), ['thread_id'], unique=False)

    with op.batch_alter_table('ww_comment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proved', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('told', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('waits', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('edit_waits', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('report_count', sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('useful_count', sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('useful_rank', sa.Double(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('pinned', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('featured', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('locked', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('edited_by_desk', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('told_to', sa.BigInteger(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('public_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index('ix_ww_comment_newest', ['public_at', 'id'], unique=False)
        batch_op.drop_index('ix_ww_comment_roots')
        batch_op.create_index('ix_ww_comment_roots', ['thread_id', 'place'], unique=False, sqlite_where=sa.text('shown IS 1 AND parent_id IS NULL AND pinned IS 0'), postgresql_where=sa.text('shown IS true AND parent_id IS NULL AND pinned IS false'))
        batch_op.create_index('ix_ww_comment_useful', ['thread_id', 'useful_rank', 'place'], unique=False, sqlite_where=sa.text('shown IS 1 AND parent_id IS NULL AND pinned IS 0'), postgresql_where=sa.text('shown IS true AND parent_id IS NULL AND pinned IS false'))
        batch_op.create_index('ix_ww_comment_pinned', ['thread_id', 'place'], unique=False, sqlite_where=sa.text('pinned IS 1'), postgresql_where=sa.text('pinned IS true'))
        batch_op.create_index('ix_ww_comment_featured', ['thread_id', 'place'], unique=False, sqlite_where=sa.text('featured IS 1'), postgresql_where=sa.text('featured IS true'))
        batch_op.create_index('ix_ww_comment_waits', ['waits', 'id'], unique=False, sqlite_where=sa.text('waits IS 1'), postgresql_where=sa.text('waits IS true'))

    with op.batch_alter_table('ww_thread', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pinned_count', sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('featured_count', sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('spoken_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('closed', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('premoderated', sa.Boolean(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column('slow_minutes', sa.Integer(), server_default="0", nullable=False))
    op.execute(
        "UPDATE ww_comment SET public_at = coalesce(decided_at, created_at) WHERE state = 'approved'"
    )
    op.execute(
        "UPDATE ww_comment SET waits = (1 = 1) WHERE state = 'pending' AND kind = 'comment'"
    )
    op.execute(
        "UPDATE ww_thread SET spoken_at = (SELECT max(coalesce(decided_at, created_at)) FROM ww_comment"
        " WHERE thread_id = ww_thread.id AND state = 'approved' AND kind = 'comment')"
    )


def downgrade() -> None:
    with op.batch_alter_table('ww_thread', schema=None) as batch_op:
        batch_op.drop_column('slow_minutes')
        batch_op.drop_column('premoderated')
        batch_op.drop_column('closed')
        batch_op.drop_column('spoken_at')
        batch_op.drop_column('featured_count')
        batch_op.drop_column('pinned_count')

    with op.batch_alter_table('ww_comment', schema=None) as batch_op:
        batch_op.drop_index('ix_ww_comment_newest')
        batch_op.drop_index('ix_ww_comment_featured')
        batch_op.drop_index('ix_ww_comment_pinned')
        batch_op.drop_index('ix_ww_comment_useful')
        batch_op.drop_index('ix_ww_comment_roots')
        batch_op.create_index('ix_ww_comment_roots', ['thread_id', 'place'], unique=False, sqlite_where=sa.text('shown IS 1 AND parent_id IS NULL'), postgresql_where=sa.text('shown IS true AND parent_id IS NULL'))
        batch_op.drop_index('ix_ww_comment_waits', sqlite_where=sa.text('waits IS 1'), postgresql_where=sa.text('waits IS true'))
        batch_op.drop_column('public_at')
        batch_op.drop_column('edited_at')
        batch_op.drop_column('told_to')
        batch_op.drop_column('edited_by_desk')
        batch_op.drop_column('locked')
        batch_op.drop_column('featured')
        batch_op.drop_column('pinned')
        batch_op.drop_column('useful_rank')
        batch_op.drop_column('useful_count')
        batch_op.drop_column('report_count')
        batch_op.drop_column('edit_waits')
        batch_op.drop_column('waits')
        batch_op.drop_column('told')
        batch_op.drop_column('proved')

    with op.batch_alter_table('ww_vote', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ww_vote_thread_id'))
        batch_op.drop_index(batch_op.f('ix_ww_vote_at'))

    op.drop_table('ww_vote')
    with op.batch_alter_table('ww_steered', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ww_steered_thread_id'))
        batch_op.drop_index(batch_op.f('ix_ww_steered_comment_id'))

    op.drop_table('ww_steered')
    with op.batch_alter_table('ww_revision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ww_revision_seq'))
        batch_op.drop_index(batch_op.f('ix_ww_revision_comment_id'))

    op.drop_table('ww_revision')
    with op.batch_alter_table('ww_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ww_report_seq'))
        batch_op.drop_index(batch_op.f('ix_ww_report_email_hash'))
        batch_op.drop_index(batch_op.f('ix_ww_report_comment_id'))

    op.drop_table('ww_report')
    with op.batch_alter_table('ww_news', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ww_news_comment_id'))

    op.drop_table('ww_news')
    with op.batch_alter_table('ww_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ww_name_email_hash'))

    op.drop_table('ww_name')
    with op.batch_alter_table('ww_follow', schema=None) as batch_op:
        batch_op.drop_index('uq_ww_follow_thread_id_email_hash')
        batch_op.drop_index(batch_op.f('ix_ww_follow_email_hash'))

    op.drop_table('ww_follow')
    op.drop_table('ww_mailbox')
