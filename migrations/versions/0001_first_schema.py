"""First schema."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# The wire form as text on SQLite, the native types on PostgreSQL.
ID = sa.Uuid().with_variant(sa.String(36), "sqlite")
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
DOCUMENT = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    op.found_role()
    op.create_table(
        "agenda_template",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "title_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("segments", DOCUMENT, nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_agenda_template")),
    )
    op.protect("agenda_template")
    op.create_index(
        "ix_agenda_template_listed",
        "agenda_template",
        ["organization_id", "title_folded", "id"],
        unique=False,
    )
    op.create_table(
        "company",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "name_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_company")),
        sa.UniqueConstraint("organization_id", "name_folded", name="uq_company_name"),
    )
    op.protect("company")
    op.create_table(
        "consumption",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("what", sa.String(length=100), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("use_id", ID, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "what", "identity", "slot", name=op.f("pk_consumption")),
    )
    op.protect("consumption")
    op.create_index("ix_consumption_use", "consumption", ["organization_id", "use_id"], unique=False)
    op.create_table(
        "directory",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.PrimaryKeyConstraint(
            "kind", "key_hash", "organization_id", "subject_id", name=op.f("pk_directory")
        ),
        info={"directory": True},
    )
    op.admit("directory")
    op.create_index("ix_directory_subject", "directory", ["organization_id", "subject_id"], unique=False)
    op.create_table(
        "erasure_receipt",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("words", sa.String(length=20), nullable=False),
        sa.Column("removed", DOCUMENT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_erasure_receipt")),
        sa.UniqueConstraint("organization_id", "person_id", name="uq_erasure_receipt_person"),
    )
    op.protect("erasure_receipt")
    op.create_table(
        "event",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("actor_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("only_for", ID, nullable=True),
        sa.Column("facts", DOCUMENT, nullable=False),
        sa.Column("occurred_at", INSTANT, nullable=False),
        sa.Column("began_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("organization_id", "sequence", name=op.f("pk_event")),
    )
    op.protect("event")
    op.create_index("ix_event_group", "event", ["organization_id", "group_id", "sequence"], unique=False)
    op.create_index("ix_event_only_for", "event", ["organization_id", "only_for", "sequence"], unique=False)
    op.create_index("ix_event_subject", "event", ["organization_id", "subject_id", "sequence"], unique=False)
    op.create_table(
        "event_counter",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", name=op.f("pk_event_counter")),
        info={"directory": True},
    )
    op.admit("event_counter")
    op.create_table(
        "group",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("focus", sa.String(length=2000), nullable=True),
        sa.Column("cadence", sa.String(length=200), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("agenda_template_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_group_organization_id_parent_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_group")),
    )
    op.protect("group")
    op.create_index("ix_group_name", "group", ["organization_id", "name", "id"], unique=False)
    op.create_table(
        "idempotency_key",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column("headers", DOCUMENT, nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("reach", DOCUMENT, nullable=True),
        sa.Column("masked_for", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("organization_id", "key_hash", name=op.f("pk_idempotency_key")),
    )
    op.protect("idempotency_key")
    op.create_index(
        "ix_idempotency_key_created_at", "idempotency_key", ["organization_id", "created_at"], unique=False
    )
    op.create_index(
        "ix_idempotency_key_masked_for",
        "idempotency_key",
        ["organization_id", "masked_for"],
        unique=False,
        postgresql_where=sa.text("masked_for IS NOT NULL"),
        sqlite_where=sa.text("masked_for IS NOT NULL"),
    )
    op.create_table(
        "identity_provider",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("audience", sa.String(length=200), nullable=False),
        sa.Column("algorithms", DOCUMENT, nullable=False),
        sa.Column("clients", DOCUMENT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_identity_provider")),
        sa.UniqueConstraint("organization_id", "issuer", "audience", name="uq_identity_provider"),
    )
    op.protect("identity_provider")
    op.create_table(
        "job",
        sa.Column("id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("payload", DOCUMENT, nullable=False),
        sa.Column("dedupe", sa.String(length=120), nullable=True),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("dead_at", INSTANT, nullable=True),
        sa.Column("failure", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        info={"directory": True},
    )
    op.admit("job")
    op.create_index(
        "ix_job_due_at",
        "job",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("dead_at IS NULL"),
        sqlite_where=sa.text("dead_at IS NULL"),
    )
    op.create_index(
        "uq_job_dedupe",
        "job",
        ["organization_id", "kind", "dedupe"],
        unique=True,
        postgresql_where=sa.text("dedupe IS NOT NULL"),
        sqlite_where=sa.text("dedupe IS NOT NULL"),
    )
    op.create_table(
        "organization",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("settings", DOCUMENT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        info={"directory": True},
    )
    op.admit("organization")
    op.create_table(
        "search_entry",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("happened_at", INSTANT, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("vector", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=True),
        sa.PrimaryKeyConstraint("organization_id", "kind", "subject_id", name=op.f("pk_search_entry")),
        sa.UniqueConstraint("organization_id", "number", name="uq_search_entry_number"),
        info={"full_text": "search_words"},
    )
    op.protect("search_entry")
    op.found_words()
    op.create_index("ix_search_entry_author", "search_entry", ["organization_id", "author_id"], unique=False)
    op.create_index(
        "ix_search_entry_group", "search_entry", ["organization_id", "group_id", "happened_at"], unique=False
    )
    op.create_index(
        "ix_search_entry_kind", "search_entry", ["organization_id", "kind", "happened_at"], unique=False
    )
    op.create_table(
        "sign_in_request",
        sa.Column("id", ID, nullable=False),
        sa.Column("email_hash", sa.String(length=64), nullable=False),
        sa.Column("organization_id", ID, nullable=True),
        sa.Column("challenge", sa.String(length=64), nullable=True),
        sa.Column("guesses", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        info={"directory": True},
    )
    op.admit("sign_in_request")
    op.create_index("ix_sign_in_request_created_at", "sign_in_request", ["created_at"], unique=False)
    op.create_index("ix_sign_in_request_email", "sign_in_request", ["email_hash", "created_at"], unique=False)
    op.create_table(
        "sign_of_life",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sign_of_life")),
        info={"directory": True},
    )
    op.admit("sign_of_life")
    op.create_table(
        "source_mapping",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("columns", DOCUMENT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_source_mapping")),
        sa.UniqueConstraint("organization_id", "source", name="uq_source_mapping_source"),
    )
    op.protect("source_mapping")
    op.create_table(
        "theme",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column(
            "title_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("description", sa.String(length=2000), nullable=True),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_theme")),
        sa.UniqueConstraint("organization_id", "title_folded", name="uq_theme_title"),
    )
    op.protect("theme")
    op.create_table(
        "webhook_line",
        sa.Column("endpoint_id", ID, nullable=False),
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=True),
        sa.Column("rests_until", INSTANT, nullable=True),
        sa.Column("leased_until", INSTANT, nullable=True),
        sa.Column("served_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("endpoint_id", name=op.f("pk_webhook_line")),
        info={"directory": True},
    )
    op.admit("webhook_line")
    op.create_index("ix_webhook_line_served_at", "webhook_line", ["served_at"], unique=False)
    op.create_table(
        "company_relation",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("company_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "company_id"],
            ["company.organization_id", "company.id"],
            name=op.f("fk_company_relation_organization_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "other_id"],
            ["company.organization_id", "company.id"],
            name=op.f("fk_company_relation_organization_id_other_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "company_id", "other_id", name=op.f("pk_company_relation")
        ),
    )
    op.protect("company_relation")
    op.create_index(
        "ix_company_relation_other", "company_relation", ["organization_id", "other_id"], unique=False
    )
    op.create_table(
        "covenant",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("effective_at", INSTANT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_covenant_organization_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_covenant")),
        sa.UniqueConstraint("organization_id", "group_id", "number", name="uq_covenant_number"),
    )
    op.protect("covenant")
    op.create_table(
        "person",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "name_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=320), nullable=True),
        sa.Column("email_folded", sa.String(length=960), nullable=True),
        sa.Column("show_email", sa.Boolean(), nullable=False),
        sa.Column("organization_role", sa.String(length=20), nullable=True),
        sa.Column("company_id", ID, nullable=True),
        sa.Column("job_title", sa.String(length=200), nullable=True),
        sa.Column("level", sa.String(length=200), nullable=True),
        sa.Column("industry", sa.String(length=200), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("zone_of_genius", sa.String(length=2000), nullable=True),
        sa.Column("offers", DOCUMENT, nullable=False),
        sa.Column("needs", DOCUMENT, nullable=False),
        sa.Column("gaps", DOCUMENT, nullable=False),
        sa.Column("values", DOCUMENT, nullable=False),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.Column("deactivated_by", sa.String(length=100), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "company_id"],
            ["company.organization_id", "company.id"],
            name=op.f("fk_person_organization_id_company_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "merged_into_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_person_organization_id_merged_into_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_person")),
    )
    op.protect("person")
    op.create_index("ix_person_company", "person", ["organization_id", "company_id"], unique=False)
    op.create_index("ix_person_name", "person", ["organization_id", "name_folded"], unique=False)
    op.create_index(
        "uq_person_email",
        "person",
        ["organization_id", "email_folded"],
        unique=True,
        postgresql_where=sa.text("email_folded IS NOT NULL"),
        sqlite_where=sa.text("email_folded IS NOT NULL"),
    )
    op.create_table(
        "plan",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("usual", DOCUMENT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_plan_organization_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_plan")),
        sa.UniqueConstraint("organization_id", "group_id", "year", name="uq_plan_year"),
    )
    op.protect("plan")
    op.create_table(
        "scim_group",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column(
            "name_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_scim_group_organization_id_group_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "group_id", name=op.f("pk_scim_group")),
    )
    op.protect("scim_group")
    op.create_table(
        "series",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("theme_id", ID, nullable=True),
        sa.Column("rule", sa.String(length=500), nullable=False),
        sa.Column("local_start", sa.String(length=16), nullable=False),
        sa.Column("last_occurrence", sa.String(length=16), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("dst_policy", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("place", sa.String(length=2000), nullable=True),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("agenda", DOCUMENT, nullable=False),
        sa.Column("exdates", DOCUMENT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_series_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "theme_id"],
            ["theme.organization_id", "theme.id"],
            name=op.f("fk_series_organization_id_theme_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_series")),
    )
    op.protect("series")
    op.create_index("ix_series_group", "series", ["organization_id", "group_id", "id"], unique=False)
    op.create_table(
        "active_period",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_active_period_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_active_period_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_active_period")),
    )
    op.protect("active_period")
    op.create_index(
        "ix_active_period_reader",
        "active_period",
        ["organization_id", "group_id", "person_id", "started_at"],
        unique=False,
    )
    op.create_table(
        "connection",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("on_conflict", sa.String(length=20), nullable=False),
        sa.Column("every_minutes", sa.Integer(), nullable=True),
        sa.Column("full_every_days", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cursor", sa.String(length=2000), nullable=True),
        sa.Column("full_at", INSTANT, nullable=True),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_connection_organization_id_made_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_connection")),
        sa.UniqueConstraint("organization_id", "source", name="uq_connection_source"),
    )
    op.protect("connection")
    op.create_table(
        "icebreaker",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("retired_at", INSTANT, nullable=True),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_icebreaker_organization_id_made_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_icebreaker")),
    )
    op.protect("icebreaker")
    op.create_index(
        "ix_icebreaker_offered", "icebreaker", ["organization_id", "retired_at", "depth"], unique=False
    )
    op.create_table(
        "introduction",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("introducer_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("other_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_introduction_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "introducer_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_introduction_organization_id_introducer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "other_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_introduction_organization_id_other_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_introduction_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_introduction")),
        sa.UniqueConstraint(
            "organization_id",
            "group_id",
            "introducer_id",
            "person_id",
            "other_id",
            name="uq_introduction_pair",
        ),
    )
    op.protect("introduction")
    op.create_index(
        "ix_introduction_introducer", "introduction", ["organization_id", "introducer_id"], unique=False
    )
    op.create_index(
        "ix_introduction_listed",
        "introduction",
        ["organization_id", "group_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "uq_introduction_joining",
        "introduction",
        ["organization_id", "group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'joining'"),
        sqlite_where=sa.text("kind = 'joining'"),
    )
    op.create_table(
        "membership",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("seat_no", sa.Integer(), nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("visit_id", ID, nullable=True),
        sa.Column("suspended_from", sa.String(length=20), nullable=True),
        sa.Column("invited_by_id", ID, nullable=True),
        sa.Column("connector_id", ID, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("farewell", sa.String(length=2000), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "connector_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_membership_organization_id_connector_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_membership_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "invited_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_membership_organization_id_invited_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_membership_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_membership")),
    )
    op.protect("membership")
    op.create_index(
        "ix_membership_person", "membership", ["organization_id", "person_id", "state"], unique=False
    )
    op.create_index(
        "ix_membership_session",
        "membership",
        ["organization_id", "session_id"],
        unique=False,
        postgresql_where=sa.text("session_id IS NOT NULL"),
        sqlite_where=sa.text("session_id IS NOT NULL"),
    )
    op.create_index(
        "uq_membership_live",
        "membership",
        ["organization_id", "group_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('invited', 'provisional', 'active', 'on_leave', 'suspended')"),
        sqlite_where=sa.text("state IN ('invited', 'provisional', 'active', 'on_leave', 'suspended')"),
    )
    op.create_index(
        "uq_membership_seat",
        "membership",
        ["organization_id", "group_id", "seat_no"],
        unique=True,
        postgresql_where=sa.text("seat_no IS NOT NULL"),
        sqlite_where=sa.text("seat_no IS NOT NULL"),
    )
    op.create_table(
        "moderation_case",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("findings", DOCUMENT, nullable=False),
        sa.Column("misses", sa.Integer(), nullable=True),
        sa.Column("suggested_by_id", ID, nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("closed_by_id", ID, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "closed_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_moderation_case_organization_id_closed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_moderation_case_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_moderation_case_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "suggested_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_moderation_case_organization_id_suggested_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_moderation_case")),
    )
    op.protect("moderation_case")
    op.create_index(
        "ix_moderation_case_group",
        "moderation_case",
        ["organization_id", "group_id", "created_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_moderation_case_person", "moderation_case", ["organization_id", "person_id"], unique=False
    )
    op.create_index(
        "uq_moderation_case_open",
        "moderation_case",
        ["organization_id", "group_id", "kind", "person_id"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "person_reference",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("gone_at", INSTANT, nullable=True),
        sa.Column("apart_from", sa.String(length=960), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_person_reference_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "source", "external_id", name=op.f("pk_person_reference")),
    )
    op.protect("person_reference")
    op.create_index(
        "ix_person_reference_person", "person_reference", ["organization_id", "person_id"], unique=False
    )
    op.create_table(
        "protocol_version",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document", DOCUMENT, nullable=False),
        sa.Column("is_builtin", sa.Boolean(), nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_protocol_version_organization_id_made_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_protocol_version")),
        sa.UniqueConstraint("organization_id", "key", "number", name="uq_protocol_version_number"),
    )
    op.protect("protocol_version")
    op.create_table(
        "scim_user",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("user_name", sa.String(length=320), nullable=False),
        sa.Column(
            "user_name_folded",
            sa.String(length=960).with_variant(sa.String(length=960, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("formatted_name", sa.String(length=200), nullable=True),
        sa.Column("given_name", sa.String(length=200), nullable=True),
        sa.Column(
            "given_name_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("family_name", sa.String(length=200), nullable=True),
        sa.Column(
            "family_name_folded",
            sa.String(length=600).with_variant(sa.String(length=600, collation="C"), "postgresql"),
            nullable=True,
        ),
        sa.Column("shows_name", sa.Boolean(), nullable=False),
        sa.Column("shows_active", sa.Boolean(), nullable=False),
        sa.Column("email_type", sa.String(length=200), nullable=True),
        sa.Column("email_primary", sa.Boolean(), nullable=True),
        sa.Column("given", DOCUMENT, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("dropped_at", INSTANT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_scim_user_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "person_id", name=op.f("pk_scim_user")),
        sa.UniqueConstraint("organization_id", "user_name_folded", name="uq_scim_user_name"),
    )
    op.protect("scim_user")
    op.create_table(
        "session",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("plan_id", ID, nullable=True),
        sa.Column("plan_key", sa.String(length=100), nullable=True),
        sa.Column("planned_agenda", DOCUMENT, nullable=True),
        sa.Column("theme_id", ID, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("place", sa.String(length=2000), nullable=True),
        sa.Column("local_start", sa.String(length=16), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("dst_policy", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("starts_at", INSTANT, nullable=False),
        sa.Column("ends_at", INSTANT, nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("series_id", ID, nullable=True),
        sa.Column("occurrence", sa.String(length=16), nullable=True),
        sa.Column("overridden", DOCUMENT, nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("host_id", ID, nullable=True),
        sa.Column("led_by_id", ID, nullable=True),
        sa.Column("claimed_by_id", ID, nullable=True),
        sa.Column("minutes_opened", sa.Boolean(), nullable=False),
        sa.Column("current_id", ID, nullable=True),
        sa.Column("clock_ends_at", INSTANT, nullable=True),
        sa.Column("clock_left", sa.Integer(), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("plan_id IS NULL OR series_id IS NULL", name=op.f("ck_session_plan_or_series")),
        sa.ForeignKeyConstraint(
            ["organization_id", "claimed_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_session_organization_id_claimed_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_session_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "host_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_session_organization_id_host_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "led_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_session_organization_id_led_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "plan_id"],
            ["plan.organization_id", "plan.id"],
            name=op.f("fk_session_organization_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "series_id"],
            ["series.organization_id", "series.id"],
            name=op.f("fk_session_organization_id_series_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "theme_id"],
            ["theme.organization_id", "theme.id"],
            name=op.f("fk_session_organization_id_theme_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_session")),
    )
    op.protect("session")
    op.create_index(
        "ix_session_group", "session", ["organization_id", "group_id", "starts_at", "id"], unique=False
    )
    op.create_index(
        "uq_session_plan",
        "session",
        ["organization_id", "plan_id", "plan_key"],
        unique=True,
        postgresql_where=sa.text("plan_id IS NOT NULL"),
        sqlite_where=sa.text("plan_id IS NOT NULL"),
    )
    op.create_index(
        "uq_session_running",
        "session",
        ["organization_id", "group_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('in_progress', 'paused')"),
        sqlite_where=sa.text("state IN ('in_progress', 'paused')"),
    )
    op.create_index(
        "uq_session_start",
        "session",
        ["organization_id", "group_id", "starts_at"],
        unique=True,
        postgresql_where=sa.text("state IN ('scheduled', 'in_progress', 'paused')"),
        sqlite_where=sa.text("state IN ('scheduled', 'in_progress', 'paused')"),
    )
    op.create_table(
        "sign_in",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("request_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("challenge", sa.String(length=64), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("redeemed_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_sign_in_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sign_in")),
        sa.UniqueConstraint("organization_id", "request_id", "person_id", name="uq_sign_in_request"),
    )
    op.protect("sign_in")
    op.create_index("ix_sign_in_person", "sign_in", ["organization_id", "person_id"], unique=False)
    op.create_table(
        "signature",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("covenant_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("signed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "covenant_id"],
            ["covenant.organization_id", "covenant.id"],
            name=op.f("fk_signature_organization_id_covenant_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_signature_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "covenant_id", "person_id", name=op.f("pk_signature")),
    )
    op.protect("signature")
    op.create_table(
        "token_family",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("refresh_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=True),
        sa.Column("rotated_at", INSTANT, nullable=True),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_token_family_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_token_family")),
    )
    op.protect("token_family")
    op.create_index("ix_token_family_person", "token_family", ["organization_id", "person_id"], unique=False)
    op.create_table(
        "waiver",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("finding", sa.String(length=300), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_waiver_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_waiver_organization_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_waiver_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_waiver")),
        sa.UniqueConstraint("organization_id", "group_id", "person_id", "finding", name="uq_waiver_finding"),
    )
    op.protect("waiver")
    op.create_table(
        "webhook_endpoint",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=True),
        sa.Column("types", DOCUMENT, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("disabled_at", INSTANT, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("credential_id", ID, nullable=True),
        sa.Column("secret", sa.String(length=200), nullable=True),
        sa.Column("previous_secret", sa.String(length=200), nullable=True),
        sa.Column("previous_until", INSTANT, nullable=True),
        sa.Column("failing_since", INSTANT, nullable=True),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_webhook_endpoint_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_webhook_endpoint")),
    )
    op.protect("webhook_endpoint")
    op.create_index(
        "ix_webhook_endpoint_credential",
        "webhook_endpoint",
        ["organization_id", "credential_id"],
        unique=False,
    )
    op.create_table(
        "attendance",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("mark", sa.String(length=10), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("marked_by_id", ID, nullable=True),
        sa.Column("marked_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "marked_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_attendance_organization_id_marked_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_attendance_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "session_id"],
            ["session.organization_id", "session.id"],
            name=op.f("fk_attendance_organization_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "session_id", "person_id", name=op.f("pk_attendance")),
    )
    op.protect("attendance")
    op.create_index(
        "ix_attendance_person", "attendance", ["organization_id", "person_id", "mark"], unique=False
    )
    op.create_table(
        "credential",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("family_id", ID, nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("provider_id", ID, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.Column("scopes", DOCUMENT, nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", INSTANT, nullable=True),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "family_id"],
            ["token_family.organization_id", "token_family.id"],
            name=op.f("fk_credential_organization_id_family_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_credential_organization_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["credential.organization_id", "credential.id"],
            name=op.f("fk_credential_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_credential_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_credential")),
    )
    op.protect("credential")
    op.create_index("ix_credential_family", "credential", ["organization_id", "family_id"], unique=False)
    op.create_index("ix_credential_parent", "credential", ["organization_id", "parent_id"], unique=False)
    op.create_index("ix_credential_person", "credential", ["organization_id", "person_id"], unique=False)
    op.create_index(
        "uq_credential_identity",
        "credential",
        ["organization_id", "secret_hash"],
        unique=True,
        postgresql_where=sa.text("kind = 'identity' AND revoked_at IS NULL"),
        sqlite_where=sa.text("kind = 'identity' AND revoked_at IS NULL"),
    )
    op.create_table(
        "exercise",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("protocol_id", ID, nullable=False),
        sa.Column("protocol_key", sa.String(length=40), nullable=False),
        sa.Column("protocol_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("confidentiality", sa.String(length=20), nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("segment_id", ID, nullable=True),
        sa.Column("subject_kind", sa.String(length=20), nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.Column("subject_title", sa.String(length=300), nullable=True),
        sa.Column("owner_id", ID, nullable=True),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("step_no", sa.Integer(), nullable=False),
        sa.Column("step_count", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=True),
        sa.Column("phase_opened_at", INSTANT, nullable=True),
        sa.Column("ends_at", INSTANT, nullable=True),
        sa.Column("left_us", sa.BigInteger(), nullable=True),
        sa.Column("paused_at", INSTANT, nullable=True),
        sa.Column("deadlines", DOCUMENT, nullable=False),
        sa.Column("phase_ends", DOCUMENT, nullable=False),
        sa.Column("seating", DOCUMENT, nullable=False),
        sa.Column("formed", DOCUMENT, nullable=False),
        sa.Column("overrides", DOCUMENT, nullable=False),
        sa.Column("shared_limits", DOCUMENT, nullable=False),
        sa.Column("board", DOCUMENT, nullable=False),
        sa.Column("opened_at", INSTANT, nullable=True),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("contribution_count", sa.Integer(), nullable=False),
        sa.Column("participant_count", sa.Integer(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_exercise_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_exercise_organization_id_made_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_exercise_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "protocol_id"],
            ["protocol_version.organization_id", "protocol_version.id"],
            name=op.f("fk_exercise_organization_id_protocol_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_exercise")),
    )
    op.protect("exercise")
    op.create_index("ix_exercise_group", "exercise", ["organization_id", "group_id", "id"], unique=False)
    op.create_index("ix_exercise_subject", "exercise", ["organization_id", "subject_id"], unique=False)
    op.create_index(
        "uq_exercise_live",
        "exercise",
        ["organization_id", "session_id"],
        unique=True,
        postgresql_where=sa.text(
            "session_id IS NOT NULL AND mode = 'live' AND state IN ('running', 'paused')"
        ),
        sqlite_where=sa.text("session_id IS NOT NULL AND mode = 'live' AND state IN ('running', 'paused')"),
    )
    op.create_table(
        "prospect",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("connector_id", ID, nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=100), nullable=True),
        sa.Column("passed", DOCUMENT, nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("membership_id", ID, nullable=True),
        sa.Column("moved_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "connector_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_prospect_organization_id_connector_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "membership_id"],
            ["membership.organization_id", "membership.id"],
            name=op.f("fk_prospect_organization_id_membership_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_prospect_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_prospect")),
    )
    op.protect("prospect")
    op.create_index(
        "ix_prospect_connector",
        "prospect",
        ["organization_id", "connector_id"],
        unique=False,
        postgresql_where=sa.text("connector_id IS NOT NULL"),
        sqlite_where=sa.text("connector_id IS NOT NULL"),
    )
    op.create_index("ix_prospect_listed", "prospect", ["organization_id", "created_at", "id"], unique=False)
    op.create_index(
        "uq_prospect_live",
        "prospect",
        ["organization_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('new', 'in_funnel')"),
        sqlite_where=sa.text("state IN ('new', 'in_funnel')"),
    )
    op.create_table(
        "rsvp",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("seat_no", sa.Integer(), nullable=True),
        sa.Column("queue_no", sa.Integer(), nullable=True),
        sa.Column("promoted_at", INSTANT, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_rsvp_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "session_id"],
            ["session.organization_id", "session.id"],
            name=op.f("fk_rsvp_organization_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "session_id", "person_id", name=op.f("pk_rsvp")),
    )
    op.protect("rsvp")
    op.create_index("ix_rsvp_person", "rsvp", ["organization_id", "person_id"], unique=False)
    op.create_index(
        "uq_rsvp_seat",
        "rsvp",
        ["organization_id", "session_id", "seat_no"],
        unique=True,
        postgresql_where=sa.text("seat_no IS NOT NULL"),
        sqlite_where=sa.text("seat_no IS NOT NULL"),
    )
    op.create_table(
        "segment",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("extended", sa.Integer(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("exercise_id", ID, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_segment_organization_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "session_id"],
            ["session.organization_id", "session.id"],
            name=op.f("fk_segment_organization_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_segment")),
    )
    op.protect("segment")
    op.create_index(
        "ix_segment_session", "segment", ["organization_id", "session_id", "position"], unique=False
    )
    op.create_table(
        "session_touch",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("moderated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "session_id"],
            ["session.organization_id", "session.id"],
            name=op.f("fk_session_touch_organization_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "session_id", name=op.f("pk_session_touch")),
    )
    op.protect("session_touch")
    op.create_table(
        "sync_run",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("mode", sa.String(length=20), nullable=False),
        sa.Column("on_conflict", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("overrides", DOCUMENT, nullable=False),
        sa.Column("usual", DOCUMENT, nullable=False),
        sa.Column("connection_id", ID, nullable=True),
        sa.Column("applies", sa.Boolean(), nullable=False),
        sa.Column("checkpoint", sa.String(length=2000), nullable=True),
        sa.Column("failure", DOCUMENT, nullable=True),
        sa.Column("upload_id", ID, nullable=True),
        sa.Column("columns", DOCUMENT, nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("footer_rows", sa.Integer(), nullable=False),
        sa.Column("unreadable", sa.Integer(), nullable=False),
        sa.Column("summary", DOCUMENT, nullable=True),
        sa.Column("removals", DOCUMENT, nullable=True),
        sa.Column("made_by_id", ID, nullable=True),
        sa.Column("staged_at", INSTANT, nullable=True),
        sa.Column("applied_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "connection_id"],
            ["connection.organization_id", "connection.id"],
            name=op.f("fk_sync_run_organization_id_connection_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "made_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_sync_run_organization_id_made_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sync_run")),
    )
    op.protect("sync_run")
    op.create_index("ix_sync_run_created", "sync_run", ["organization_id", "created_at", "id"], unique=False)
    op.create_table(
        "webhook_delivery",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("endpoint_id", ID, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("attempted_at", INSTANT, nullable=True),
        sa.Column("status_code", sa.SmallInteger(), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("error", sa.String(length=40), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "endpoint_id"],
            ["webhook_endpoint.organization_id", "webhook_endpoint.id"],
            name=op.f("fk_webhook_delivery_organization_id_endpoint_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_webhook_delivery")),
    )
    op.protect("webhook_delivery")
    op.create_index(
        "ix_webhook_delivery_created", "webhook_delivery", ["organization_id", "created_at"], unique=False
    )
    op.create_index(
        "ix_webhook_delivery_due",
        "webhook_delivery",
        ["organization_id", "endpoint_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    )
    op.create_index(
        "ix_webhook_delivery_listed",
        "webhook_delivery",
        ["organization_id", "endpoint_id", "id"],
        unique=False,
    )
    op.create_index(
        "uq_webhook_delivery",
        "webhook_delivery",
        ["organization_id", "endpoint_id", "sequence"],
        unique=True,
        postgresql_where=sa.text("type <> 'webhook.test'"),
        sqlite_where=sa.text("type <> 'webhook.test'"),
    )
    op.create_table(
        "ballot",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("ballot", sa.String(length=50), nullable=False),
        sa.Column("voters", sa.Integer(), nullable=False),
        sa.Column("kept", DOCUMENT, nullable=False),
        sa.Column("tied", DOCUMENT, nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("is_run_off", sa.Boolean(), nullable=False),
        sa.Column("is_closed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("decided_by_id", ID, nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "decided_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_ballot_organization_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_ballot_organization_id_exercise_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "exercise_id", "ballot", name=op.f("pk_ballot")),
    )
    op.protect("ballot")
    op.create_table(
        "challenge",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("question", sa.String(length=300), nullable=False),
        sa.Column("context", sa.Text(), nullable=True),
        sa.Column("tried", sa.Text(), nullable=True),
        sa.Column("help_wanted", sa.String(length=20), nullable=True),
        sa.Column("importance", sa.Integer(), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("confidentiality", sa.String(length=20), nullable=False),
        sa.Column("protocol", sa.String(length=40), nullable=True),
        sa.Column("times_asked", sa.Integer(), nullable=False),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("exercise_id", ID, nullable=True),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("committed_at", INSTANT, nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("learned", sa.Text(), nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.Column("released_text", sa.Text(), nullable=True),
        sa.Column("released_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_challenge_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_challenge_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_challenge_organization_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "session_id"],
            ["session.organization_id", "session.id"],
            name=op.f("fk_challenge_organization_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_challenge")),
    )
    op.protect("challenge")
    op.create_index(
        "ix_challenge_group", "challenge", ["organization_id", "group_id", "state", "id"], unique=False
    )
    op.create_index(
        "ix_challenge_owner", "challenge", ["organization_id", "owner_id", "started_at"], unique=False
    )
    op.create_index(
        "ix_challenge_session",
        "challenge",
        ["organization_id", "session_id"],
        unique=False,
        postgresql_where=sa.text("session_id IS NOT NULL"),
        sqlite_where=sa.text("session_id IS NOT NULL"),
    )
    op.create_index(
        "uq_challenge_exercise",
        "challenge",
        ["organization_id", "exercise_id"],
        unique=True,
        postgresql_where=sa.text("exercise_id IS NOT NULL"),
        sqlite_where=sa.text("exercise_id IS NOT NULL"),
    )
    op.create_index(
        "uq_challenge_place",
        "challenge",
        ["organization_id", "session_id", "position"],
        unique=True,
        postgresql_where=sa.text("position IS NOT NULL AND state NOT IN ('withdrawn', 'dropped')"),
        sqlite_where=sa.text("position IS NOT NULL AND state NOT IN ('withdrawn', 'dropped')"),
    )
    op.create_table(
        "commitment",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("owner_id", ID, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("exercise_id", ID, nullable=True),
        sa.Column("contribution_id", ID, nullable=True),
        sa.Column("session_id", ID, nullable=True),
        sa.Column("began_at", INSTANT, nullable=True),
        sa.Column("confidentiality", sa.String(length=20), nullable=False),
        sa.Column("in_common", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("action", sa.String(length=2000), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=False),
        sa.Column("history", DOCUMENT, nullable=False),
        sa.Column("renegotiated", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("next_step", sa.String(length=20), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_commitment_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_commitment_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "owner_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_commitment_organization_id_owner_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_commitment")),
    )
    op.protect("commitment")
    op.create_index("ix_commitment_exercise", "commitment", ["organization_id", "exercise_id"], unique=False)
    op.create_index(
        "ix_commitment_group", "commitment", ["organization_id", "group_id", "state", "by_on"], unique=False
    )
    op.create_index(
        "ix_commitment_inbox", "commitment", ["organization_id", "owner_id", "state", "by_on"], unique=False
    )
    op.create_index(
        "uq_commitment_contribution",
        "commitment",
        ["organization_id", "contribution_id"],
        unique=True,
        postgresql_where=sa.text("contribution_id IS NOT NULL"),
        sqlite_where=sa.text("contribution_id IS NOT NULL"),
    )
    op.create_table(
        "contribution",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("step_no", sa.Integer(), nullable=False),
        sa.Column("breakout", sa.String(length=40), nullable=True),
        sa.Column("visibility", sa.String(length=10), nullable=False),
        sa.Column("revealed_at", INSTANT, nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("action", sa.String(length=2000), nullable=True),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("recorded_by_id", ID, nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("after_seeing", sa.Boolean(), nullable=False),
        sa.Column("revised_at", INSTANT, nullable=True),
        sa.Column("revision_count", sa.Integer(), nullable=False),
        sa.Column("deleted_at", INSTANT, nullable=True),
        sa.Column("is_tombstone", sa.Boolean(), nullable=False),
        sa.Column("merged_into_id", ID, nullable=True),
        sa.Column("dropped_at", INSTANT, nullable=True),
        sa.Column("drop_reason", sa.String(length=2000), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "author_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_contribution_organization_id_author_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_contribution_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_contribution_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "merged_into_id"],
            ["contribution.organization_id", "contribution.id"],
            name=op.f("fk_contribution_organization_id_merged_into_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["contribution.organization_id", "contribution.id"],
            name=op.f("fk_contribution_organization_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "recorded_by_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_contribution_organization_id_recorded_by_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_contribution")),
    )
    op.protect("contribution")
    op.create_index("ix_contribution_author", "contribution", ["organization_id", "author_id"], unique=False)
    op.create_index(
        "ix_contribution_parent",
        "contribution",
        ["organization_id", "parent_id"],
        unique=False,
        postgresql_where=sa.text("parent_id IS NOT NULL"),
        sqlite_where=sa.text("parent_id IS NOT NULL"),
    )
    op.create_index(
        "ix_contribution_thread",
        "contribution",
        ["organization_id", "exercise_id", "step_no", "id"],
        unique=False,
    )
    op.create_table(
        "exercise_key",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("wrapped", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_exercise_key_organization_id_exercise_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "exercise_id", name=op.f("pk_exercise_key")),
    )
    op.protect("exercise_key")
    op.create_table(
        "exercise_minutes",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("content", DOCUMENT, nullable=False),
        sa.Column("written_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_exercise_minutes_organization_id_exercise_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "exercise_id", name=op.f("pk_exercise_minutes")),
    )
    op.protect("exercise_minutes")
    op.create_table(
        "hearing",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("breakout", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_hearing_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_hearing_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "exercise_id", "person_id", "breakout", name=op.f("pk_hearing")
        ),
    )
    op.protect("hearing")
    op.create_table(
        "icebreaker_draw",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=300), nullable=False),
        sa.Column("first_id", ID, nullable=True),
        sa.Column("first_why", sa.String(length=300), nullable=True),
        sa.Column("exercise_id", ID, nullable=True),
        sa.Column("skipped_at", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_icebreaker_draw_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "first_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_icebreaker_draw_organization_id_first_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "group_id"],
            ["group.organization_id", "group.id"],
            name=op.f("fk_icebreaker_draw_organization_id_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "session_id"],
            ["session.organization_id", "session.id"],
            name=op.f("fk_icebreaker_draw_organization_id_session_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_icebreaker_draw")),
    )
    op.protect("icebreaker_draw")
    op.create_index(
        "ix_icebreaker_draw_group", "icebreaker_draw", ["organization_id", "group_id", "id"], unique=False
    )
    op.create_index(
        "uq_icebreaker_draw_present",
        "icebreaker_draw",
        ["organization_id", "session_id"],
        unique=True,
        postgresql_where=sa.text("skipped_at IS NULL"),
        sqlite_where=sa.text("skipped_at IS NULL"),
    )
    op.create_table(
        "participant",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("out_step", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_participant_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_participant_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "exercise_id", "person_id", name=op.f("pk_participant")),
    )
    op.protect("participant")
    op.create_index("ix_participant_person", "participant", ["organization_id", "person_id"], unique=False)
    op.create_table(
        "role_taken",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("breakout", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_role_taken_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_role_taken_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "exercise_id", "round", "breakout", "role", name=op.f("pk_role_taken")
        ),
    )
    op.protect("role_taken")
    op.create_table(
        "sealed_mark",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("ballot", sa.String(length=50), nullable=False),
        sa.Column("voter", sa.String(length=64), nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("card", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_sealed_mark_organization_id_exercise_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "exercise_id", "ballot", "voter", "slot", name=op.f("pk_sealed_mark")
        ),
        sa.UniqueConstraint(
            "organization_id", "exercise_id", "ballot", "voter", "card", name="uq_sealed_mark_once"
        ),
    )
    op.protect("sealed_mark")
    op.create_table(
        "sync_conflict",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("external_id", sa.String(length=200), nullable=False),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("candidate_id", ID, nullable=False),
        sa.Column("fields", DOCUMENT, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "candidate_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_sync_conflict_organization_id_candidate_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "run_id"],
            ["sync_run.organization_id", "sync_run.id"],
            name=op.f("fk_sync_conflict_organization_id_run_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sync_conflict")),
        sa.UniqueConstraint("organization_id", "source", "external_id", name="uq_sync_conflict_reference"),
    )
    op.protect("sync_conflict")
    op.create_index(
        "ix_sync_conflict_candidate", "sync_conflict", ["organization_id", "candidate_id"], unique=False
    )
    op.create_table(
        "sync_record",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("merged_into", sa.String(length=200), nullable=True),
        sa.Column("fields", DOCUMENT, nullable=True),
        sa.Column("warnings", DOCUMENT, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("person_id", ID, nullable=True),
        sa.Column("problem", DOCUMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "run_id"],
            ["sync_run.organization_id", "sync_run.id"],
            name=op.f("fk_sync_record_organization_id_run_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "run_id", "number", name=op.f("pk_sync_record")),
    )
    op.protect("sync_record")
    op.create_index("ix_sync_record_person", "sync_record", ["organization_id", "person_id"], unique=False)
    op.create_index(
        "ix_sync_record_reference",
        "sync_record",
        ["organization_id", "run_id", "external_id", "number"],
        unique=False,
    )
    op.create_index(
        "ix_sync_record_status",
        "sync_record",
        ["organization_id", "run_id", "status", "number"],
        unique=False,
    )
    op.create_table(
        "voice",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_voice_organization_id_exercise_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "exercise_id", "round", "phase", "who", "kind", name=op.f("pk_voice")
        ),
    )
    op.protect("voice")
    op.create_table(
        "credit",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("challenge_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "challenge_id"],
            ["challenge.organization_id", "challenge.id"],
            name=op.f("fk_credit_organization_id_challenge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_credit_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "challenge_id", "person_id", name=op.f("pk_credit")),
    )
    op.protect("credit")
    op.create_index("ix_credit_person", "credit", ["organization_id", "person_id"], unique=False)
    op.create_table(
        "mark",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("ballot", sa.String(length=50), nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("slot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contribution_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "contribution_id"],
            ["contribution.organization_id", "contribution.id"],
            name=op.f("fk_mark_organization_id_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_mark_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_mark_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "exercise_id", "ballot", "person_id", "slot", name=op.f("pk_mark")
        ),
        sa.UniqueConstraint("organization_id", "contribution_id", "ballot", "person_id", name="uq_mark_once"),
    )
    op.protect("mark")
    op.create_table(
        "revision",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("contribution_id", ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "contribution_id"],
            ["contribution.organization_id", "contribution.id"],
            name=op.f("fk_revision_organization_id_contribution_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_revision")),
    )
    op.protect("revision")
    op.create_index(
        "ix_revision_contribution", "revision", ["organization_id", "contribution_id"], unique=False
    )
    op.create_table(
        "sealed_card",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.Column("step_no", sa.Integer(), nullable=False),
        sa.Column("breakout", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("author", sa.String(length=64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_sealed_card_organization_id_exercise_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "parent_id"],
            ["contribution.organization_id", "contribution.id"],
            name=op.f("fk_sealed_card_organization_id_parent_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "id", name=op.f("pk_sealed_card")),
    )
    op.protect("sealed_card")
    op.create_index(
        "ix_sealed_card_exercise", "sealed_card", ["organization_id", "exercise_id", "author"], unique=False
    )
    op.create_table(
        "second",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("challenge_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("said_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id", "challenge_id"],
            ["challenge.organization_id", "challenge.id"],
            name=op.f("fk_second_organization_id_challenge_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "person_id"],
            ["person.organization_id", "person.id"],
            name=op.f("fk_second_organization_id_person_id"),
        ),
        sa.PrimaryKeyConstraint("organization_id", "challenge_id", "person_id", name=op.f("pk_second")),
    )
    op.protect("second")
    op.create_table(
        "tally",
        sa.Column("organization_id", ID, nullable=False),
        sa.Column("exercise_id", ID, nullable=False),
        sa.Column("ballot", sa.String(length=50), nullable=False),
        sa.Column("contribution_id", ID, nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("run_off", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organization_id", "contribution_id"],
            ["contribution.organization_id", "contribution.id"],
            name=op.f("fk_tally_organization_id_contribution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organization_id", "exercise_id"],
            ["exercise.organization_id", "exercise.id"],
            name=op.f("fk_tally_organization_id_exercise_id"),
        ),
        sa.PrimaryKeyConstraint(
            "organization_id", "exercise_id", "ballot", "contribution_id", name=op.f("pk_tally")
        ),
    )
    op.protect("tally")


def downgrade() -> None:
    op.drop_table("tally")
    op.drop_table("second")
    op.drop_index("ix_sealed_card_exercise", table_name="sealed_card")
    op.drop_table("sealed_card")
    op.drop_index("ix_revision_contribution", table_name="revision")
    op.drop_table("revision")
    op.drop_table("mark")
    op.drop_index("ix_credit_person", table_name="credit")
    op.drop_table("credit")
    op.drop_table("voice")
    op.drop_index("ix_sync_record_status", table_name="sync_record")
    op.drop_index("ix_sync_record_reference", table_name="sync_record")
    op.drop_index("ix_sync_record_person", table_name="sync_record")
    op.drop_table("sync_record")
    op.drop_index("ix_sync_conflict_candidate", table_name="sync_conflict")
    op.drop_table("sync_conflict")
    op.drop_table("sealed_mark")
    op.drop_table("role_taken")
    op.drop_index("ix_participant_person", table_name="participant")
    op.drop_table("participant")
    op.drop_index(
        "uq_icebreaker_draw_present",
        table_name="icebreaker_draw",
        postgresql_where=sa.text("skipped_at IS NULL"),
        sqlite_where=sa.text("skipped_at IS NULL"),
    )
    op.drop_index("ix_icebreaker_draw_group", table_name="icebreaker_draw")
    op.drop_table("icebreaker_draw")
    op.drop_table("hearing")
    op.drop_table("exercise_minutes")
    op.drop_table("exercise_key")
    op.drop_index("ix_contribution_thread", table_name="contribution")
    op.drop_index(
        "ix_contribution_parent",
        table_name="contribution",
        postgresql_where=sa.text("parent_id IS NOT NULL"),
        sqlite_where=sa.text("parent_id IS NOT NULL"),
    )
    op.drop_index("ix_contribution_author", table_name="contribution")
    op.drop_table("contribution")
    op.drop_index(
        "uq_commitment_contribution",
        table_name="commitment",
        postgresql_where=sa.text("contribution_id IS NOT NULL"),
        sqlite_where=sa.text("contribution_id IS NOT NULL"),
    )
    op.drop_index("ix_commitment_inbox", table_name="commitment")
    op.drop_index("ix_commitment_group", table_name="commitment")
    op.drop_index("ix_commitment_exercise", table_name="commitment")
    op.drop_table("commitment")
    op.drop_index(
        "uq_challenge_place",
        table_name="challenge",
        postgresql_where=sa.text("position IS NOT NULL AND state NOT IN ('withdrawn', 'dropped')"),
        sqlite_where=sa.text("position IS NOT NULL AND state NOT IN ('withdrawn', 'dropped')"),
    )
    op.drop_index(
        "uq_challenge_exercise",
        table_name="challenge",
        postgresql_where=sa.text("exercise_id IS NOT NULL"),
        sqlite_where=sa.text("exercise_id IS NOT NULL"),
    )
    op.drop_index(
        "ix_challenge_session",
        table_name="challenge",
        postgresql_where=sa.text("session_id IS NOT NULL"),
        sqlite_where=sa.text("session_id IS NOT NULL"),
    )
    op.drop_index("ix_challenge_owner", table_name="challenge")
    op.drop_index("ix_challenge_group", table_name="challenge")
    op.drop_table("challenge")
    op.drop_table("ballot")
    op.drop_index(
        "uq_webhook_delivery",
        table_name="webhook_delivery",
        postgresql_where=sa.text("type <> 'webhook.test'"),
        sqlite_where=sa.text("type <> 'webhook.test'"),
    )
    op.drop_index("ix_webhook_delivery_listed", table_name="webhook_delivery")
    op.drop_index(
        "ix_webhook_delivery_due",
        table_name="webhook_delivery",
        postgresql_where=sa.text("state = 'pending'"),
        sqlite_where=sa.text("state = 'pending'"),
    )
    op.drop_index("ix_webhook_delivery_created", table_name="webhook_delivery")
    op.drop_table("webhook_delivery")
    op.drop_index("ix_sync_run_created", table_name="sync_run")
    op.drop_table("sync_run")
    op.drop_table("session_touch")
    op.drop_index("ix_segment_session", table_name="segment")
    op.drop_table("segment")
    op.drop_index(
        "uq_rsvp_seat",
        table_name="rsvp",
        postgresql_where=sa.text("seat_no IS NOT NULL"),
        sqlite_where=sa.text("seat_no IS NOT NULL"),
    )
    op.drop_index("ix_rsvp_person", table_name="rsvp")
    op.drop_table("rsvp")
    op.drop_index(
        "uq_prospect_live",
        table_name="prospect",
        postgresql_where=sa.text("state IN ('new', 'in_funnel')"),
        sqlite_where=sa.text("state IN ('new', 'in_funnel')"),
    )
    op.drop_index("ix_prospect_listed", table_name="prospect")
    op.drop_index(
        "ix_prospect_connector",
        table_name="prospect",
        postgresql_where=sa.text("connector_id IS NOT NULL"),
        sqlite_where=sa.text("connector_id IS NOT NULL"),
    )
    op.drop_table("prospect")
    op.drop_index(
        "uq_exercise_live",
        table_name="exercise",
        postgresql_where=sa.text(
            "session_id IS NOT NULL AND mode = 'live' AND state IN ('running', 'paused')"
        ),
        sqlite_where=sa.text("session_id IS NOT NULL AND mode = 'live' AND state IN ('running', 'paused')"),
    )
    op.drop_index("ix_exercise_subject", table_name="exercise")
    op.drop_index("ix_exercise_group", table_name="exercise")
    op.drop_table("exercise")
    op.drop_index(
        "uq_credential_identity",
        table_name="credential",
        postgresql_where=sa.text("kind = 'identity' AND revoked_at IS NULL"),
        sqlite_where=sa.text("kind = 'identity' AND revoked_at IS NULL"),
    )
    op.drop_index("ix_credential_person", table_name="credential")
    op.drop_index("ix_credential_parent", table_name="credential")
    op.drop_index("ix_credential_family", table_name="credential")
    op.drop_table("credential")
    op.drop_index("ix_attendance_person", table_name="attendance")
    op.drop_table("attendance")
    op.drop_index("ix_webhook_endpoint_credential", table_name="webhook_endpoint")
    op.drop_table("webhook_endpoint")
    op.drop_table("waiver")
    op.drop_index("ix_token_family_person", table_name="token_family")
    op.drop_table("token_family")
    op.drop_table("signature")
    op.drop_index("ix_sign_in_person", table_name="sign_in")
    op.drop_table("sign_in")
    op.drop_index(
        "uq_session_start",
        table_name="session",
        postgresql_where=sa.text("state IN ('scheduled', 'in_progress', 'paused')"),
        sqlite_where=sa.text("state IN ('scheduled', 'in_progress', 'paused')"),
    )
    op.drop_index(
        "uq_session_running",
        table_name="session",
        postgresql_where=sa.text("state IN ('in_progress', 'paused')"),
        sqlite_where=sa.text("state IN ('in_progress', 'paused')"),
    )
    op.drop_index(
        "uq_session_plan",
        table_name="session",
        postgresql_where=sa.text("plan_id IS NOT NULL"),
        sqlite_where=sa.text("plan_id IS NOT NULL"),
    )
    op.drop_index("ix_session_group", table_name="session")
    op.drop_table("session")
    op.drop_table("scim_user")
    op.drop_table("protocol_version")
    op.drop_index("ix_person_reference_person", table_name="person_reference")
    op.drop_table("person_reference")
    op.drop_index(
        "uq_moderation_case_open",
        table_name="moderation_case",
        postgresql_where=sa.text("state = 'open'"),
        sqlite_where=sa.text("state = 'open'"),
    )
    op.drop_index("ix_moderation_case_person", table_name="moderation_case")
    op.drop_index("ix_moderation_case_group", table_name="moderation_case")
    op.drop_table("moderation_case")
    op.drop_index(
        "uq_membership_seat",
        table_name="membership",
        postgresql_where=sa.text("seat_no IS NOT NULL"),
        sqlite_where=sa.text("seat_no IS NOT NULL"),
    )
    op.drop_index(
        "uq_membership_live",
        table_name="membership",
        postgresql_where=sa.text("state IN ('invited', 'provisional', 'active', 'on_leave', 'suspended')"),
        sqlite_where=sa.text("state IN ('invited', 'provisional', 'active', 'on_leave', 'suspended')"),
    )
    op.drop_index(
        "ix_membership_session",
        table_name="membership",
        postgresql_where=sa.text("session_id IS NOT NULL"),
        sqlite_where=sa.text("session_id IS NOT NULL"),
    )
    op.drop_index("ix_membership_person", table_name="membership")
    op.drop_table("membership")
    op.drop_index(
        "uq_introduction_joining",
        table_name="introduction",
        postgresql_where=sa.text("kind = 'joining'"),
        sqlite_where=sa.text("kind = 'joining'"),
    )
    op.drop_index("ix_introduction_listed", table_name="introduction")
    op.drop_index("ix_introduction_introducer", table_name="introduction")
    op.drop_table("introduction")
    op.drop_index("ix_icebreaker_offered", table_name="icebreaker")
    op.drop_table("icebreaker")
    op.drop_table("connection")
    op.drop_index("ix_active_period_reader", table_name="active_period")
    op.drop_table("active_period")
    op.drop_index("ix_series_group", table_name="series")
    op.drop_table("series")
    op.drop_table("scim_group")
    op.drop_table("plan")
    op.drop_index(
        "uq_person_email",
        table_name="person",
        postgresql_where=sa.text("email_folded IS NOT NULL"),
        sqlite_where=sa.text("email_folded IS NOT NULL"),
    )
    op.drop_index("ix_person_name", table_name="person")
    op.drop_index("ix_person_company", table_name="person")
    op.drop_table("person")
    op.drop_table("covenant")
    op.drop_index("ix_company_relation_other", table_name="company_relation")
    op.drop_table("company_relation")
    op.drop_index("ix_webhook_line_served_at", table_name="webhook_line")
    op.drop_table("webhook_line")
    op.drop_table("theme")
    op.drop_table("source_mapping")
    op.drop_table("sign_of_life")
    op.drop_index("ix_sign_in_request_email", table_name="sign_in_request")
    op.drop_index("ix_sign_in_request_created_at", table_name="sign_in_request")
    op.drop_table("sign_in_request")
    op.drop_index("ix_search_entry_kind", table_name="search_entry")
    op.drop_index("ix_search_entry_group", table_name="search_entry")
    op.drop_index("ix_search_entry_author", table_name="search_entry")
    op.dismiss_words()
    op.drop_table("search_entry")
    op.drop_table("organization")
    op.drop_index(
        "uq_job_dedupe",
        table_name="job",
        postgresql_where=sa.text("dedupe IS NOT NULL"),
        sqlite_where=sa.text("dedupe IS NOT NULL"),
    )
    op.drop_index(
        "ix_job_due_at",
        table_name="job",
        postgresql_where=sa.text("dead_at IS NULL"),
        sqlite_where=sa.text("dead_at IS NULL"),
    )
    op.drop_table("job")
    op.drop_table("identity_provider")
    op.drop_index(
        "ix_idempotency_key_masked_for",
        table_name="idempotency_key",
        postgresql_where=sa.text("masked_for IS NOT NULL"),
        sqlite_where=sa.text("masked_for IS NOT NULL"),
    )
    op.drop_index("ix_idempotency_key_created_at", table_name="idempotency_key")
    op.drop_table("idempotency_key")
    op.drop_index("ix_group_name", table_name="group")
    op.drop_table("group")
    op.drop_table("event_counter")
    op.drop_index("ix_event_subject", table_name="event")
    op.drop_index("ix_event_only_for", table_name="event")
    op.drop_index("ix_event_group", table_name="event")
    op.drop_table("event")
    op.drop_table("erasure_receipt")
    op.drop_index("ix_directory_subject", table_name="directory")
    op.drop_table("directory")
    op.drop_index("ix_consumption_use", table_name="consumption")
    op.drop_table("consumption")
    op.drop_table("company")
    op.drop_index("ix_agenda_template_listed", table_name="agenda_template")
    op.drop_table("agenda_template")
    op.dismiss_role()
