"""Alembic's way in: engine and tables come from whoever runs it, else from the app at hand."""

from alembic import context
from flask import current_app

from comments import tables
from comments.database import migrating
from comments.migrate import VERSION_TABLE

given = context.config.attributes
engine, metadata = given.get("engine"), [tables.metadata]
if engine is None:
    engine = current_app.extensions["comments"].site.engine
    metadata.append(current_app.extensions["migrate"].db.metadata)

with migrating(engine) as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
        transactional_ddl=True,
        include_object=given.get("include_object"),
        user_module_prefix="sa.",
    )
    with context.begin_transaction():
        context.run_migrations()
