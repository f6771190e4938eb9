"""Tables of SCIM: what a directory calls a person or a group that it brought in."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Boolean, String
from sqlalchemy.orm import Mapped, mapped_column, validates

from peergroup.kit.model import Model, TenantOwned, Versioned, refers, unique
from peergroup.kit.text import fold
from peergroup.people.models import FOLDED_NAME

_FOLDED_USER_NAME = String(960).with_variant(String(960, collation="C"), "postgresql")


class ScimUser(Versioned, TenantOwned, Model):
    """A person as the directory knows them; what the person has anyway (name, address, …) stays on the person.

    Once `dropped_at` is set, the directory finds nobody here; the row stays, so that the same user name means
    the same human when it comes back. Each `…_folded` follows its attribute by itself.
    """

    __tablename__ = "scim_user"
    __table_args__ = (unique("scim_user_name", "user_name_folded"),)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    user_name: Mapped[str] = mapped_column(String(320))
    user_name_folded: Mapped[str] = mapped_column(_FOLDED_USER_NAME)
    external_id: Mapped[str | None]
    formatted_name: Mapped[str | None]
    given_name: Mapped[str | None]
    given_name_folded: Mapped[str | None] = mapped_column(FOLDED_NAME)
    family_name: Mapped[str | None]
    family_name_folded: Mapped[str | None] = mapped_column(FOLDED_NAME)
    shows_name: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether `displayName` is there; the directory may take it away, a person keeps a name."""
    shows_active: Mapped[bool] = mapped_column(Boolean, default=True)
    """Whether `active` is there; the directory may take it away, a person stays what they are."""
    email_type: Mapped[str | None]
    email_primary: Mapped[bool | None]
    given: Mapped[list[str]] = mapped_column(default=list)
    """What of the person's profile the directory ever wrote: only that is its to clear by leaving it out."""
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
    dropped_at: Mapped[dt.datetime | None]

    @validates("user_name", "given_name", "family_name")
    def _fold(self, attribute: str, value: str | None) -> str | None:
        setattr(self, f"{attribute}_folded", None if value is None else fold(value))
        return value


class ScimGroup(Versioned, TenantOwned, Model):
    """A group that the directory founded, for as long as it keeps it."""

    __tablename__ = "scim_group"
    group_id: Mapped[UUID] = refers("group", primary_key=True)
    name_folded: Mapped[str] = mapped_column(FOLDED_NAME)
    """Follows the name of the group, for looking it up whatever its case."""
    external_id: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    updated_at: Mapped[dt.datetime]
