"""Tables of access: credentials, sign-ins, and the directory that finds them before the tenant is known."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.model import Entity, Model, index, refers, unique


class Directory(Model):
    """Where in the world something lives: a keyed hash to an organization and a subject, never words."""

    __tablename__ = "directory"
    __table_args__ = {"info": {"directory": True}}
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class Credential(Entity, Model):
    """What a bearer token stands for: a person's session or key, or an organization's service key."""

    __tablename__ = "credential"
    __table_args__ = (index("credential_person", "person_id"), index("credential_family", "family_id"))
    kind: Mapped[str] = mapped_column(String(20))
    """`session` (access token), `key` (personal) or `service`."""
    person_id: Mapped[UUID | None] = refers("person")
    family_id: Mapped[UUID | None] = refers("token_family")
    name: Mapped[str | None]
    scopes: Mapped[list[str] | None]
    secret_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
    made_by_id: Mapped[UUID | None] = refers("person")


class TokenFamily(Entity, Model):
    """One signed-in device: its refresh token rotates; using an old one again revokes the family."""

    __tablename__ = "token_family"
    person_id: Mapped[UUID] = refers("person")
    refresh_hash: Mapped[str] = mapped_column(String(64))
    generation: Mapped[int] = mapped_column(Integer, default=1)
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class SignIn(Entity, Model):
    """A sign-in asked for and not yet redeemed: link and code, bound to the device's verifier."""

    __tablename__ = "sign_in"
    __table_args__ = (unique("sign_in_request", "request_id", "person_id"),)
    request_id: Mapped[UUID]
    person_id: Mapped[UUID] = refers("person")
    verifier_hash: Mapped[str | None] = mapped_column(String(64))
    link_hash: Mapped[str | None] = mapped_column(String(64))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(Integer, default=0)
    expires_at: Mapped[dt.datetime]
    redeemed_at: Mapped[dt.datetime | None]
