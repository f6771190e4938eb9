"""The feed on the wire."""

from typing import Any
from uuid import UUID

from pydantic import Field

from peergroup.kit.text import form
from peergroup.kit.time import Instant
from peergroup.kit.wire import Out

ID_LENGTH = 22
A_TYPE = r"[a-z_]{1,40}\.([a-z_]{1,40}|\*)"
EVENT_TYPE = form(
    rf"^{A_TYPE}$", "Write a type such as membership.activated, or session.* for all that begin so."
)
"""What a filter names: one type, or all of a kind."""


class EventOut(Out):
    """A fact: what happened to what, and when. Ids and states, never words."""

    id: str = Field(
        description="Where it stands in the feed; `after=<id>` goes on from here.",
        min_length=ID_LENGTH,
        max_length=ID_LENGTH,
        examples=["kR3x0b9o2Qm5Wc7vT1aYdA"],
    )
    type: str = Field(
        description="What happened; new types may be added.", max_length=80, examples=["membership.activated"]
    )
    subject_id: UUID = Field(description="What it happened to; the type says what kind of thing that is.")
    actor_id: UUID | None = Field(
        description="Who did it; null where a rule or a service key did, or where nobody is to know."
    )
    group_id: UUID | None = Field(description="The group it happened in; null outside of groups.")
    facts: dict[str, Any] = Field(
        description="Ids, states and counts that belong to it, by type.",
        max_length=100,
        examples=[{"from": "provisional", "to": "active"}],
    )
    occurred_at: Instant = Field(description="When it happened.")
