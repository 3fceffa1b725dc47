"""after how many days the discussion of an article closes"""

from alembic import op
import sqlalchemy as sa


revision = "blog_0002"
down_revision = "blog_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("blog_article", schema=None) as batch_op:
        batch_op.add_column(sa.Column("close_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("blog_article", schema=None) as batch_op:
        batch_op.drop_column("close_days")
