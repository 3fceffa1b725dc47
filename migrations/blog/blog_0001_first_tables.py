"""first tables"""

from alembic import op
import sqlalchemy as sa


revision = "blog_0001"
down_revision = None
branch_labels = ("blog",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "blog_tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blog_tag")),
        sa.UniqueConstraint("slug", name=op.f("uq_blog_tag_slug")),
    )
    op.create_table(
        "blog_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("password", sa.String(length=255), nullable=True),
        sa.Column("fs_uniquifier", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blog_user")),
        sa.UniqueConstraint("email", name=op.f("uq_blog_user_email")),
        sa.UniqueConstraint("fs_uniquifier", name=op.f("uq_blog_user_fs_uniquifier")),
    )
    op.create_table(
        "blog_author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=250), nullable=False),
        sa.Column("bio", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["blog_user.id"], name=op.f("fk_blog_author_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blog_author")),
        sa.UniqueConstraint("slug", name=op.f("uq_blog_author_slug")),
        sa.UniqueConstraint("user_id", name=op.f("uq_blog_author_user_id")),
    )
    op.create_table(
        "blog_article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("summary", sa.String(length=500), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_format", sa.String(length=10), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "published",
                "withdrawn",
                name="state",
                native_enum=False,
                length=10,
            ),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("unit_key", sa.String(length=64), nullable=False),
        sa.Column("comments_open", sa.Boolean(), nullable=False),
        sa.Column("sticky", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("imported_from", sa.String(length=500), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["blog_author.id"], name=op.f("fk_blog_article_author_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blog_article")),
        sa.UniqueConstraint("imported_from", name=op.f("uq_blog_article_imported_from")),
        sa.UniqueConstraint("slug", name=op.f("uq_blog_article_slug")),
    )
    with op.batch_alter_table("blog_article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blog_article_author_id"), ["author_id"], unique=False)
        batch_op.create_index(
            "ix_blog_article_listed", ["state", "kind", "sticky", "published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_blog_article_unit_key"), ["unit_key"], unique=False)

    op.create_table(
        "blog_article_tag",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["blog_article.id"],
            name=op.f("fk_blog_article_tag_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["blog_tag.id"], name=op.f("fk_blog_article_tag_tag_id")
        ),
        sa.PrimaryKeyConstraint("article_id", "tag_id", name=op.f("pk_blog_article_tag")),
    )
    with op.batch_alter_table("blog_article_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_blog_article_tag_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "blog_old_address",
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["blog_article.id"],
            name=op.f("fk_blog_old_address_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_blog_old_address")),
    )
    with op.batch_alter_table("blog_old_address", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_blog_old_address_article_id"), ["article_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("blog_old_address", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blog_old_address_article_id"))

    op.drop_table("blog_old_address")
    with op.batch_alter_table("blog_article_tag", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blog_article_tag_tag_id"))

    op.drop_table("blog_article_tag")
    with op.batch_alter_table("blog_article", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_blog_article_unit_key"))
        batch_op.drop_index("ix_blog_article_listed")
        batch_op.drop_index(batch_op.f("ix_blog_article_author_id"))

    op.drop_table("blog_article")
    op.drop_table("blog_author")
    op.drop_table("blog_user")
    op.drop_table("blog_tag")
