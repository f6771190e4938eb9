<%!
    def said(commands):
        """The commands without Alembic's remarks around them."""
        lines = [line for line in commands.splitlines() if not line.strip().startswith("# ###")]
        return "\n".join(lines).strip() or "pass"

    def more(imports):
        """What is imported below already is not imported twice."""
        return "\n".join(line for line in imports.splitlines() if not line.endswith("import postgresql"))
%>\
"""${message}."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
${more(imports or "")}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

# The wire form as text on SQLite, the native types on PostgreSQL.
ID = sa.Uuid().with_variant(sa.String(36), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    ${said(upgrades)}


def downgrade() -> None:
    ${said(downgrades)}
