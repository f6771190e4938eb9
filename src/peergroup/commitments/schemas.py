"""Promises on the wire."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.kit.text import Note, Words
from peergroup.kit.time import Day, Instant
from peergroup.kit.wire import KEPT, In, Named, Out

Actions = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)]
State = Literal["open", "done", "missed", "dropped"]
ByOn = Annotated[Day, Field(description="By when: the end of this day where its owner lives.")]


class CommitmentIn(In):
    """A promise to the group in a session, or to oneself. Those of exercises are contributions there."""

    source: Literal["session", "self"] = Field("self", description="Where it was made.", examples=["self"])
    session_id: UUID | None = Field(None, description="The session, for those made in one.")
    body: Words = Field(description="What is promised.", examples=["Write the job description."])
    action: Note | None = Field(
        None, description="The one next action.", examples=["Ask Ada for hers, on Monday."]
    )
    by_on: ByOn

    @model_validator(mode="after")
    def _session_named(self) -> "CommitmentIn":
        if (self.source == "session") != (self.session_id is not None):
            raise ValueError("send session_id exactly where the source is a session")
        return self


class CommitmentPatch(In):
    """Merge patch of a promise; its by-when changes through `renegotiate` only."""

    body: Annotated[Words | None, KEPT] = Field(
        None, description="What is promised.", examples=["Write half of it."]
    )
    action: Note | None = Field(
        None, description="The one next action; null clears it.", examples=["Ask Ada for hers."]
    )


class RenegotiateIn(In):
    """Another by-when, and why."""

    by_on: ByOn
    reason: Note = Field(description="Why, in a sentence.", examples=["Two of the five were away."])


class CommitmentDropIn(In):
    """Letting go of a promise."""

    reason: Note | None = Field(None, description="Why, if you like.", examples=["We sold that product."])


class EarlierOut(Out):
    """A by-when that was moved."""

    at: Instant = Field(description="When it was moved.")
    was_by_on: dt.date = Field(description="The by-when until then.", examples=["2026-12-01"])
    by_on: dt.date = Field(description="The new one.", examples=["2026-12-15"])
    reason: str = Field(description="Why.", max_length=2_000, examples=["Two of the five were away."])


class CommitmentOut(Out):
    """Something a person promised."""

    id: UUID = Field(description="Identifier.")
    owner: Named | None = Field(description="Who promised it; null where no name is shown any more.")
    mine: bool = Field(description="Whether it is yours.", examples=[True])
    source: str = Field(description="`exercise`, `session` or `self`.", max_length=20, examples=["exercise"])
    group: Named | None = Field(description="The group it was made in; null for one to oneself.")
    exercise_id: UUID | None = Field(description="The exercise it was made in.")
    contribution_id: UUID | None = Field(description="The contribution that made it.")
    session_id: UUID | None = Field(description="The session it was made in.")
    state: State = Field(description="What became of it.", examples=["open"])
    overdue: bool = Field(
        description="Whether it is open although its day is over: see `due_at`.", examples=[False]
    )
    body: str = Field(description="What is promised.", max_length=10_000, examples=["Call three customers."])
    action: str | None = Field(description="The one next action.", max_length=2_000, examples=["Call Ada."])
    by_on: dt.date = Field(description="By when.", examples=["2026-12-15"])
    due_at: Instant = Field(
        description="The end of that day where its owner lives; where no owner is shown, where the group is at home."
    )
    history: list[EarlierOut] = Field(
        description="By-whens that were moved, the oldest first.", max_length=500
    )
    reason: str | None = Field(
        description="Why it was dropped.", max_length=2_000, examples=["We sold that product."]
    )
    created_at: Instant = Field(description="When it was made.")
    closed_at: Instant | None = Field(description="When it was done, missed or dropped.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="Verbs whose state and role fit.", examples=[["complete"]])
