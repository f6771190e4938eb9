"""Groups, covenants and memberships on the wire."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, model_validator

from peergroup.kit.text import Email, Line, Note, Words
from peergroup.kit.time import Day, Instant, TimeZone
from peergroup.kit.wire import KEPT, In, Named, Out

Role = Literal["moderator", "co_moderator", "member"]
Invited = Literal["moderator", "co_moderator", "member", "guest"]
Actions = Annotated[list[Annotated[str, Field(max_length=60)]], Field(max_length=40)]
Capacity = Annotated[
    int, Field(ge=1, le=200, description="How many members the group may have.", examples=[10])
]


class GroupIn(In):
    """A new group, still forming."""

    name: Line = Field(description="Name of the group.", examples=["Founders North"])
    focus: Note | None = Field(
        None, description="What the group is about.", examples=["Growing past twenty people"]
    )
    cadence: Line | None = Field(
        None, description="How often it meets.", examples=["third Tuesday of the month"]
    )
    time_zone: TimeZone | None = Field(None, description="Zone of the group; the organization's if left out.")
    capacity: Capacity = 10
    parent_id: UUID | None = Field(None, description="The group this pod belongs to.")
    moderators: Annotated[list[UUID], Field(max_length=10)] = Field(
        default_factory=list, description="People who lead it: their memberships begin active."
    )
    covenant: Words | None = Field(
        None,
        description="First covenant version, in force at once.",
        examples=["What is said here stays here."],
    )


class GroupPatch(In):
    """Merge patch of a group."""

    name: Annotated[Line | None, KEPT] = Field(None, description="New name.", examples=["Founders North"])
    focus: Note | None = Field(None, description="New focus; null clears it.", examples=["Hiring"])
    cadence: Line | None = Field(
        None, description="New cadence; null clears it.", examples=["every second Monday"]
    )
    time_zone: Annotated[TimeZone | None, KEPT] = Field(None, description="New zone.")
    capacity: Annotated[Capacity | None, KEPT] = None
    agenda_template_id: UUID | None = Field(None, description="Run of show that new sessions begin with.")


class RosterEntry(Out):
    """Somebody in the group."""

    membership_id: UUID = Field(description="Their membership.")
    person: Named = Field(description="The person.")
    role: str = Field(
        description="moderator, co_moderator, member or guest.", max_length=20, examples=["member"]
    )
    state: str = Field(description="State of the membership.", max_length=20, examples=["active"])


class GroupBrief(Out):
    """A group as lists show it."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(description="Name.", max_length=200, examples=["Founders North"])
    state: str = Field(description="forming, active or archived.", max_length=20, examples=["active"])
    capacity: int = Field(description="How many members it may have.", ge=1, le=200, examples=[10])
    seats_taken: int = Field(description="How many it has.", ge=0, le=200, examples=[8])
    my_state: str | None = Field(
        description="State of your own membership.", max_length=20, examples=["active"]
    )
    my_role: str | None = Field(description="Your own role.", max_length=20, examples=["member"])


class GroupOut(Out):
    """A group with its roster, as far as you may see it."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(description="Name.", max_length=200, examples=["Founders North"])
    state: str = Field(description="forming, active or archived.", max_length=20, examples=["active"])
    focus: str | None = Field(description="What it is about.", max_length=2_000, examples=["Growing"])
    cadence: str | None = Field(description="How often it meets.", max_length=200, examples=["monthly"])
    time_zone: str = Field(description="Zone of the group.", max_length=64, examples=["Europe/Berlin"])
    capacity: int = Field(description="How many members it may have.", ge=1, le=200, examples=[10])
    parent_id: UUID | None = Field(description="The group this pod belongs to.")
    agenda_template_id: UUID | None = Field(description="Run of show that new sessions begin with.")
    roster: list[RosterEntry] = Field(description="Who is in it.", max_length=200)
    created_at: Instant = Field(description="When it was founded.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="Verbs whose state and role fit.", examples=[["activate"]])


class CovenantIn(In):
    """A new version of the covenant."""

    text: Words = Field(
        description="Confidentiality and ground rules.", examples=["What is said here stays here."]
    )
    effective_on: Day | None = Field(
        None, description="Day from which it binds, in the group's zone; today if left out."
    )


class CovenantOut(Out):
    """One version of the covenant."""

    number: int = Field(description="Version, counted from 1.", ge=1, examples=[1])
    text: str = Field(description="Confidentiality and ground rules.", max_length=10_000)
    effective_on: dt.date = Field(description="Day from which it binds.", examples=["2026-12-01"])
    in_force: bool = Field(description="Whether this is the version that binds now.", examples=[True])
    signed_at: Instant | None = Field(description="When you signed it; null if you did not.")
    signatures: int = Field(description="How many people signed it.", ge=0, examples=[9])


class NewPerson(In):
    """Somebody who may not be known yet; found by e-mail, else made."""

    name: Line = Field(description="Name.", examples=["Ada Lovelace"])
    email: Email = Field(description="Address the invitation goes to.")


class InviteIn(In):
    """An invitation: name either somebody known, or a name and an address."""

    person_id: UUID | None = Field(None, description="Somebody known.")
    person: NewPerson | None = Field(None, description="Somebody to find by e-mail, or to make.")
    role: Invited = Field(
        "member",
        description="What they are invited as; a guest is invited to one session.",
        examples=["member"],
    )
    session_id: UUID | None = Field(None, description="The one session a guest is invited to.")
    connector_id: UUID | None = Field(None, description="Who introduced them.")

    @model_validator(mode="after")
    def _one_of_two(self) -> "InviteIn":
        if (self.person_id is None) == (self.person is None):
            raise ValueError("send either person_id or person")
        if (self.role == "guest") != (self.session_id is not None):
            raise ValueError("send session_id for a guest, and for nobody else")
        return self


class LeaveIn(In):
    """Leaving, with a word to the group if you like."""

    reason: Literal["outgrown", "time", "fit", "other"] | None = Field(
        None, description="Why.", examples=["time"]
    )
    farewell: Note | None = Field(
        None, description="A word to the group.", examples=["Thank you for ten good years."]
    )
    handover: bool | None = Field(
        None,
        description="Whether the moderators may suggest you to another group, where you have outgrown this one; yes,"
        " if left out. You decide when you are invited.",
        examples=[True],
    )


class MembershipPatch(In):
    """Merge patch of a membership."""

    role: Annotated[Role | None, KEPT] = Field(None, description="New role.", examples=["co_moderator"])


class MembershipOut(Out):
    """One person in one group."""

    id: UUID = Field(description="Identifier.")
    group: Named = Field(description="The group.")
    person: Named = Field(description="The person.")
    role: str = Field(
        description="moderator, co_moderator, member or guest.", max_length=20, examples=["member"]
    )
    state: str = Field(description="State.", max_length=20, examples=["active"])
    seat_no: int | None = Field(description="The seat taken.", ge=1, le=200, examples=[3])
    session_id: UUID | None = Field(description="The one session of a guest.")
    connector: Named | None = Field(description="Who introduced the person.")
    expires_at: Instant | None = Field(description="When the invitation runs out.")
    reason: str | None = Field(
        description="Why it was suspended, removed or ended: for moderators and the person concerned.",
        max_length=2_000,
        examples=["time"],
    )
    created_at: Instant = Field(description="When it began.")
    ended_at: Instant | None = Field(description="When it ended.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])
    allowed_actions: Actions = Field(description="Verbs whose state and role fit.", examples=[["leave"]])


Result = Literal["ok", "blocker", "waivable"]


class Finding(Out):
    """One point of an admission check."""

    code: str = Field(
        description="What was looked at: capacity, covenant, conflict, parity or time_zone.",
        max_length=60,
        examples=["capacity"],
    )
    result: Result = Field(description="What came of it.", examples=["ok"])
    detail: str = Field(description="Why, in a sentence.", max_length=500, examples=["Two seats are free."])
    finding: str | None = Field(description="Name it to waive this.", max_length=300)
    waived: bool = Field(description="Whether a moderator waived it.", examples=[False])


class AdmissionIn(In):
    """Whom to look at."""

    person_id: UUID = Field(description="The person who might join.")


class AdmissionOut(Out):
    """Whether somebody could join; nothing was changed."""

    admissible: bool = Field(description="No blocker, and nothing unwaived.", examples=[True])
    findings: list[Finding] = Field(description="Every point with its reason.", max_length=250)


class WaiverIn(In):
    """A decision that a finding does not stand in the way."""

    person_id: UUID = Field(description="The person it is about.")
    finding: str = Field(
        min_length=1,
        max_length=300,
        description="As the check named it.",
        pattern=r"^[a-z_]+:[0-9a-f-]{36}$",
        examples=["conflict:0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"],
    )
    reason: Note = Field(
        description="Why it is acceptable.", examples=["They know of each other and agreed."]
    )


class WaiverOut(Out):
    """A recorded decision."""

    id: UUID = Field(description="Identifier.")
    person_id: UUID = Field(description="The person it is about.")
    person: Named = Field(description="The same, with their name.")
    made_by: Named | None = Field(description="Who decided.")
    finding: str = Field(description="What was waived.", max_length=300)
    reason: str = Field(description="Why.", max_length=2_000)
    created_at: Instant = Field(description="When.")
