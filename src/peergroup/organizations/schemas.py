"""The organization on the wire."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from peergroup.kit.text import Key, Line, Words
from peergroup.kit.time import Instant, TimeZone
from peergroup.kit.wire import KEPT, In, Out

Entitlement = Literal["discovery_call", "strategy_session"]


class FunnelStep(In):
    """One step on a prospect's way into a group."""

    key: Key = Field(description="Identity of the step.", examples=["discovery_held"])
    title: Line = Field(description="Name to show.", examples=["Discovery call held"])
    optional: bool = Field(False, description="Whether the step may be skipped.", examples=[False])
    uses: Entitlement | None = Field(
        None, description="What free thing it uses up; once that is used up, the step can be skipped."
    )
    needs_visit: bool = Field(
        False,
        description="Whether it is taken only by somebody whom a session's attendance marks present as a guest.",
        examples=[False],
    )


DEFAULT_FUNNEL = [
    FunnelStep(key="webinar", title="Webinar", optional=True),
    FunnelStep(key="discovery_booked", title="Discovery call booked"),
    FunnelStep(key="discovery_held", title="Discovery call held", uses="discovery_call"),
    FunnelStep(key="strategy_held", title="Strategy session held", uses="strategy_session"),
    FunnelStep(key="guest_invited", title="Invited as a guest"),
    FunnelStep(key="guest_attended", title="Attended as a guest", needs_visit=True),
]


def _told_apart(steps: list[FunnelStep]) -> list[FunnelStep]:
    if len({step.key for step in steps}) < len(steps):
        raise ValueError("names a key twice")
    return steps


class Entitlements(In):
    """What a prospect gets for free, once per person."""

    discovery_call: int = Field(1, ge=0, le=10, description="Free discovery calls.", examples=[1])
    strategy_session: int = Field(1, ge=0, le=10, description="Free strategy sessions.", examples=[1])


class WorkingHours(In):
    """The hours of a working day, by the clock of whoever works them."""

    begins: int = Field(9, ge=0, le=22, description="Hour at which it begins.", examples=[9])
    ends: int = Field(17, ge=1, le=24, description="Hour at which it ends.", examples=[17])

    @model_validator(mode="after")
    def _has_length(self) -> "WorkingHours":
        if self.begins >= self.ends:
            raise ValueError("begins after it ends")
        return self


Rung = Annotated[list[Line], Field(min_length=1, max_length=20)]
DEFAULT_LEVELS = [
    ["Team lead"],
    ["Manager", "Head of department"],
    ["Director", "Vice president", "VP"],
    ["Executive", "Managing director", "C-level"],
    ["Founder", "Owner", "CEO"],
]


class Settings(In):
    """What an organization may set; every member has a default."""

    funnel: Annotated[list[FunnelStep], Field(max_length=20), AfterValidator(_told_apart)] = Field(
        default=DEFAULT_FUNNEL,
        description=("Steps of the prospect funnel, in order."),
    )
    prospect_lapses_after_days: int = Field(
        90, ge=1, le=730, description="Days without a step after which a prospect lapses.", examples=[90]
    )
    levels: Annotated[list[Rung], Field(max_length=20)] = Field(
        default=DEFAULT_LEVELS,
        description=(
            "The ladder of levels, the lowest rung first, each with its names in any case. A level that is not on it is"
            " compared with nothing."
        ),
    )
    level_distance: int = Field(
        1,
        ge=0,
        le=20,
        description="Rungs that a new member may be away from the middle of the group.",
        examples=[1],
    )
    working_hours: WorkingHours = Field(
        default=WorkingHours(), description="The working day that is compared across time zones."
    )
    shared_hours: int = Field(
        2, ge=0, le=24, description="Hours of it that a new member shares with everybody.", examples=[2]
    )
    misses_before_review: int = Field(
        2, ge=0, le=12, description="Misses in twelve months beyond which a review is raised.", examples=[2]
    )
    leave_keeps_seat: bool = Field(
        True, description="Whether a member on leave keeps the seat.", examples=[True]
    )
    shared_limits: Annotated[list[Key], Field(max_length=20)] = Field(
        default=[],
        description=(
            "Kinds of contribution whose limit for each person holds for the whole group instead, in exercises made"
            " from now on; `proposal` in a value exchange, for example."
        ),
        examples=[["proposal"]],
    )
    entitlements: Entitlements = Field(default=Entitlements(), description="What prospects get for free.")
    covenant_template: Words = Field(
        "What is said here stays here. We share experience, not advice. We come prepared, on time, and we keep "
        "what we promise.",
        description="Text of the first covenant version that a group is offered.",
    )


class OrganizationOut(Out):
    """The organization of the credential."""

    id: UUID = Field(description="Identifier.")
    name: str = Field(description="Name.", max_length=200, examples=["Fjord Founders"])
    time_zone: str = Field(
        description="Zone used where a person has none.", max_length=64, examples=["Europe/Oslo"]
    )
    settings: Settings = Field(description="Settings with their defaults filled in.")
    created_at: Instant = Field(description="When it was made.")
    version: int = Field(description="Counts the changes.", ge=1, examples=[1])


class OrganizationPatch(In):
    """Merge patch of an organization."""

    name: Annotated[Line | None, KEPT] = Field(None, description="New name.", examples=["Fjord Founders"])
    time_zone: Annotated[TimeZone | None, KEPT] = Field(None, description="New zone.")
    settings: Settings | None = Field(
        None, description="Settings to change; members left out keep their value."
    )
