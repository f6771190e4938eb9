"""Connections on the wire: accounts in other systems. Credentials go in, and never come out."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import Key
from peergroup.kit.time import Instant
from peergroup.kit.wire import In, Out
from peergroup.sync.sources.connections import ConnectionIn

Every = Annotated[
    int | None,
    Field(
        ge=15,
        le=44_640,
        description="How often it is walked through by itself, in minutes; null: only when somebody asks.",
        examples=[60],
    ),
]
FullEvery = Annotated[
    int | None,
    Field(
        ge=1,
        le=90,
        description="How often everybody is walked through, in days; null: what vanishes without a trace stays.",
        examples=[7],
    ),
]
OnConflict = Literal["report", "link"]
_CONFLICT = (
    "What becomes of a record whose address belongs to somebody else: reported, or linked to that person."
)


class NewConnectionIn(In):
    """A new connection."""

    source: Key = Field(description="How references from there are called.", examples=["hubspot"])
    account: ConnectionIn = Field(description="The account and the credentials for it.")
    on_conflict: OnConflict = Field("report", description=_CONFLICT, examples=["report"])
    every_minutes: Every = None
    full_every_days: FullEvery = None


class ConnectionPatch(In):
    """What changes; what is left out stays."""

    account: ConnectionIn | None = Field(
        None, description="The account with all of its credentials; of the kind that it was."
    )
    on_conflict: OnConflict | None = Field(None, description=_CONFLICT, examples=["report"])
    every_minutes: Every = None
    full_every_days: FullEvery = None


class ConnectionOut(Out):
    """A connection, without its credentials."""

    id: UUID = Field(description="Identifier.")
    source: str = Field(
        description="How references from there are called.", max_length=100, examples=["hubspot"]
    )
    kind: str = Field(description="hubspot, salesforce or tryton.", max_length=20, examples=["hubspot"])
    address: str | None = Field(
        description="Where the account is; null where all accounts of the kind are at one place.",
        max_length=300,
        examples=["https://acme.my.salesforce.com"],
    )
    on_conflict: str = Field(description="What becomes of conflicts.", max_length=20, examples=["report"])
    every_minutes: Every
    full_every_days: FullEvery
    state: str = Field(
        description="active, or paused: the account refused the credentials, and new ones are needed.",
        max_length=20,
        examples=["active"],
    )
    has_cursor: bool = Field(description="Whether the next delta brings only what has changed.")
    full_at: Instant | None = Field(description="When everybody was walked through last.")
    created_at: Instant = Field(description="When it was made.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
