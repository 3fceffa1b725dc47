"""first tables"""

from alembic import op
import sqlalchemy as sa


revision = "moderation_0001"
down_revision = None
branch_labels = ("moderation",)
depends_on = "comments_0001"


def upgrade() -> None:
    op.create_table(
        "ww_rule",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("pattern", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("unit_key", sa.String(length=64), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_rule")),
    )
    with op.batch_alter_table("ww_rule", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_rule_unit_key"), ["unit_key"], unique=False)

    op.create_table(
        "ww_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("parent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("authors_publish", sa.Boolean(), nullable=False),
        sa.Column("authors_decide", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["ww_unit.id"], name=op.f("fk_ww_unit_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_unit")),
        sa.UniqueConstraint("key", name=op.f("uq_ww_unit_key")),
    )
    op.create_table(
        "ww_member",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person_key", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column(
            "represents_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["represents_id"], ["ww_unit.id"], name=op.f("fk_ww_member_represents_id")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["ww_unit.id"], name=op.f("fk_ww_member_unit_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ww_member")),
        sa.UniqueConstraint("person_key", "unit_id", name=op.f("uq_ww_member_person_key_unit_id")),
    )
    with op.batch_alter_table("ww_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ww_member_person_key"), ["person_key"], unique=False)

    op.create_table(
        "ww_asked",
        sa.Column(
            "comment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("guid", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["ww_comment.id"],
            name=op.f("fk_ww_asked_comment_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_ww_asked")),
    )


def downgrade() -> None:
    op.drop_table("ww_asked")
    with op.batch_alter_table("ww_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_member_person_key"))

    op.drop_table("ww_member")
    op.drop_table("ww_unit")
    with op.batch_alter_table("ww_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ww_rule_unit_key"))

    op.drop_table("ww_rule")
