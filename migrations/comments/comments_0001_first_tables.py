"""first tables"""

from alembic import op
import sqlalchemy as sa


revision = "comments_0001"
down_revision = None
branch_labels = ("comments",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ww_brake",
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ww_brake")),
    )
    with op.batch_alter_table("ww_brake", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_brake_ends_at"), ["ends_at"], unique=False)

    op.create_table(
        "ww_log",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("comment_id", sa.BigInteger(), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "spam",
                "withdrawn",
                name="state",
                native_enum=False,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column(
            "after",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "spam",
                "withdrawn",
                name="state",
                native_enum=False,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("actor_key", sa.String(length=64), nullable=False),
        sa.Column("machine", sa.Boolean(), nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("unit_key", sa.String(length=64), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("reverses", sa.BigInteger(), nullable=True),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ww_log")),
    )
    with op.batch_alter_table("ww_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_log_actor_key"), ["actor_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_log_batch"), ["batch"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_log_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "ww_log_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_log_head")),
    )
    op.create_table(
        "ww_thread",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("author_key", sa.String(length=64), nullable=False),
        sa.Column("unit_key", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("root_count", sa.Integer(), nullable=False),
        sa.Column("last_place", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_thread")),
        sa.UniqueConstraint("key", name=op.f("uq_ww_thread_key")),
    )
    with op.batch_alter_table("ww_thread", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_thread_author_key"), ["author_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_thread_unit_key"), ["unit_key"], unique=False)

    op.create_table(
        "ww_comment",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "thread_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("root_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column(
            "path",
            sa.String(length=64).with_variant(sa.String(length=64, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "pending",
                "approved",
                "rejected",
                "spam",
                "withdrawn",
                name="state",
                native_enum=False,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reply_count", sa.Integer(), nullable=False),
        sa.Column("author_name", sa.String(length=300), nullable=False),
        sa.Column("author_url", sa.String(length=500), nullable=False),
        sa.Column("email_sealed", sa.Text(), nullable=False),
        sa.Column("email_hash", sa.String(length=32), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("avatar", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_format", sa.String(length=10), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("once", sa.String(length=200), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["ww_comment.id"], name=op.f("fk_ww_comment_parent_id")
        ),
        sa.ForeignKeyConstraint(["root_id"], ["ww_comment.id"], name=op.f("fk_ww_comment_root_id")),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["ww_thread.id"], name=op.f("fk_ww_comment_thread_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_comment")),
        sa.UniqueConstraint("once", name=op.f("uq_ww_comment_once")),
    )
    with op.batch_alter_table("ww_comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_comment_email_hash"), ["email_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_comment_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_comment_person_key"), ["person_key"], unique=False)
        batch_op.create_index(
            "ix_ww_comment_pings",
            ["thread_id", "place"],
            unique=False,
            sqlite_where=sa.text("kind <> 'comment'"),
            postgresql_where=sa.text("kind <> 'comment'"),
        )
        batch_op.create_index(
            "ix_ww_comment_replies",
            ["root_id", "path"],
            unique=False,
            sqlite_where=sa.text("shown IS 1"),
            postgresql_where=sa.text("shown IS true"),
        )
        batch_op.create_index(
            "ix_ww_comment_roots",
            ["thread_id", "place"],
            unique=False,
            sqlite_where=sa.text("shown IS 1 AND parent_id IS NULL"),
            postgresql_where=sa.text("shown IS true AND parent_id IS NULL"),
        )
        batch_op.create_index("ix_ww_comment_state", ["state", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_comment_thread_id"), ["thread_id"], unique=False)
        batch_op.create_index("uq_ww_comment_place", ["place", "thread_id"], unique=True)

    op.create_table(
        "ww_alias",
        sa.Column(
            "thread_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("old_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["ww_comment.id"],
            name=op.f("fk_ww_alias_comment_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["ww_thread.id"], name=op.f("fk_ww_alias_thread_id")
        ),
        sa.PrimaryKeyConstraint("thread_id", "old_id", name=op.f("pk_ww_alias")),
    )
    with op.batch_alter_table("ww_alias", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_alias_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "ww_finding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("check", sa.String(length=30), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["ww_comment.id"],
            name=op.f("fk_ww_finding_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_finding")),
    )
    with op.batch_alter_table("ww_finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_finding_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "ww_history",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.String(length=30), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["ww_comment.id"],
            name=op.f("fk_ww_history_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_history")),
    )
    with op.batch_alter_table("ww_history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_history_comment_id"), ["comment_id"], unique=False)

    op.create_table(
        "ww_job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("cause", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=200), nullable=False),
        sa.Column("ended", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["ww_comment.id"], name=op.f("fk_ww_job_comment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_job")),
    )
    with op.batch_alter_table("ww_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_job_cause"), ["cause"], unique=False)
        batch_op.create_index(batch_op.f("ix_ww_job_comment_id"), ["comment_id"], unique=False)
        batch_op.create_index(
            "ix_ww_job_due",
            ["not_before"],
            unique=False,
            sqlite_where=sa.text("ended = ''"),
            postgresql_where=sa.text("ended = ''"),
        )

    op.create_table(
        "ww_origin",
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("network", sa.String(length=50), nullable=False),
        sa.Column("agent", sa.String(length=254), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["ww_comment.id"],
            name=op.f("fk_ww_origin_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_ww_origin")),
    )
    with op.batch_alter_table("ww_origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_origin_created_at"), ["created_at"], unique=False)

    head = sa.table("ww_log_head", sa.column("id"), sa.column("seq"), sa.column("hash"))
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])


def downgrade() -> None:
    with op.batch_alter_table("ww_origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_origin_created_at"))

    op.drop_table("ww_origin")
    with op.batch_alter_table("ww_job", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_ww_job_due",
            sqlite_where=sa.text("ended = ''"),
            postgresql_where=sa.text("ended = ''"),
        )
        batch_op.drop_index(batch_op.f("ix_ww_job_comment_id"))
        batch_op.drop_index(batch_op.f("ix_ww_job_cause"))

    op.drop_table("ww_job")
    with op.batch_alter_table("ww_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_history_comment_id"))

    op.drop_table("ww_history")
    with op.batch_alter_table("ww_finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_finding_comment_id"))

    op.drop_table("ww_finding")
    with op.batch_alter_table("ww_alias", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_alias_comment_id"))

    op.drop_table("ww_alias")
    with op.batch_alter_table("ww_comment", schema=None) as batch_op:
        batch_op.drop_index("uq_ww_comment_place")
        batch_op.drop_index(batch_op.f("ix_ww_comment_thread_id"))
        batch_op.drop_index("ix_ww_comment_state")
        batch_op.drop_index(
            "ix_ww_comment_roots",
            sqlite_where=sa.text("shown IS 1 AND parent_id IS NULL"),
            postgresql_where=sa.text("shown IS true AND parent_id IS NULL"),
        )
        batch_op.drop_index(
            "ix_ww_comment_replies",
            sqlite_where=sa.text("shown IS 1"),
            postgresql_where=sa.text("shown IS true"),
        )
        batch_op.drop_index(
            "ix_ww_comment_pings",
            sqlite_where=sa.text("kind <> 'comment'"),
            postgresql_where=sa.text("kind <> 'comment'"),
        )
        batch_op.drop_index(batch_op.f("ix_ww_comment_person_key"))
        batch_op.drop_index(batch_op.f("ix_ww_comment_parent_id"))
        batch_op.drop_index(batch_op.f("ix_ww_comment_email_hash"))

    op.drop_table("ww_comment")
    with op.batch_alter_table("ww_thread", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_thread_unit_key"))
        batch_op.drop_index(batch_op.f("ix_ww_thread_author_key"))

    op.drop_table("ww_thread")
    op.drop_table("ww_log_head")
    with op.batch_alter_table("ww_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_log_comment_id"))
        batch_op.drop_index(batch_op.f("ix_ww_log_batch"))
        batch_op.drop_index(batch_op.f("ix_ww_log_actor_key"))

    op.drop_table("ww_log")
    with op.batch_alter_table("ww_brake", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_brake_ends_at"))

    op.drop_table("ww_brake")
