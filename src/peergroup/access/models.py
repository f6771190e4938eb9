"""Tables of access: credentials, sign-ins, and the directory that finds them before the tenant is known."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.ids import Id, new_id
from peergroup.kit.model import Entity, Model, Versioned, index, refers, unique


class Directory(Model):
    """Where in the world something lives: a keyed hash to an organization and a subject, never words."""

    __tablename__ = "directory"
    __table_args__ = (
        Index("ix_directory_subject", "organization_id", "subject_id"),
        {"info": {"directory": True}},
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID] = mapped_column(primary_key=True)


class SignInRequest(Model):
    """That somebody asked to sign in, whether or not the address is known: hashes and times, never words.

    It belongs to no organization yet. Guesses of a code are counted here, for known and unknown addresses alike.
    """

    __tablename__ = "sign_in_request"
    __table_args__ = (
        Index("ix_sign_in_request_email", "email_hash", "created_at"),
        Index("ix_sign_in_request_created_at", "created_at"),
        {"info": {"directory": True}},
    )
    id: Mapped[UUID] = mapped_column(Id(), primary_key=True, default=new_id)
    email_hash: Mapped[str] = mapped_column(String(64))
    organization_id: Mapped[UUID | None]
    challenge: Mapped[str | None] = mapped_column(String(64))
    guesses: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]


class Credential(Entity, Model):
    """What a bearer token stands for: a person's session or key, or an organization's service key."""

    __tablename__ = "credential"
    __table_args__ = (
        index("credential_person", "person_id"),
        index("credential_family", "family_id"),
        index("credential_parent", "parent_id"),
        unique("credential_identity", "secret_hash", where="kind = 'identity' AND revoked_at IS NULL"),
    )
    kind: Mapped[str] = mapped_column(String(20))
    """`session` (a device's access token), `key` (personal), `service`, `grant` (a service key's access token),
    `feed` (the address of a calendar), or `identity` (a person's identity at an external issuer)."""
    person_id: Mapped[UUID | None] = refers("person")
    family_id: Mapped[UUID | None] = refers("token_family")
    parent_id: Mapped[UUID | None] = refers("credential")
    """The key this was made with; revoking that one revokes this one."""
    provider_id: Mapped[UUID | None]
    """Of an identity: where it is one. Not a foreign key: the row outlasts the provider, revoked."""
    name: Mapped[str | None]
    scopes: Mapped[list[str] | None]
    secret_hash: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[dt.datetime | None]
    revoked_at: Mapped[dt.datetime | None]
    made_by_id: Mapped[UUID | None] = refers("person")

    def counts(self, now: dt.datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)


class IdentityProvider(Versioned, Entity, Model):
    """An external OIDC issuer whose tokens an organization takes from the people who have linked theirs.

    Issuer and audience never change: they are what the links stand on.
    """

    __tablename__ = "identity_provider"
    __table_args__ = (unique("identity_provider", "issuer", "audience"),)
    issuer: Mapped[str]
    audience: Mapped[str]
    algorithms: Mapped[list[str]]
    clients: Mapped[list[str]]
    """Further clients whose tokens are taken; the audience itself always is one."""


class TokenFamily(Entity, Model):
    """One signed-in device: its refresh token rotates; using an old one again revokes the family."""

    __tablename__ = "token_family"
    __table_args__ = (index("token_family_person", "person_id"),)
    person_id: Mapped[UUID] = refers("person")
    refresh_hash: Mapped[str] = mapped_column(String(64))
    previous_hash: Mapped[str | None] = mapped_column(String(64))
    rotated_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]


class SignIn(Entity, Model):
    """What one person was offered to sign in with: a link and perhaps a code, bound to the device's verifier."""

    __tablename__ = "sign_in"
    __table_args__ = (
        unique("sign_in_request", "request_id", "person_id"),
        index("sign_in_person", "person_id"),
    )
    request_id: Mapped[UUID]
    person_id: Mapped[UUID] = refers("person")
    challenge: Mapped[str | None] = mapped_column(String(64))
    link_hash: Mapped[str] = mapped_column(String(64))
    code_hash: Mapped[str | None] = mapped_column(String(64))
    failures: Mapped[int] = mapped_column(Integer, default=0)
    expires_at: Mapped[dt.datetime]
    redeemed_at: Mapped[dt.datetime | None]
