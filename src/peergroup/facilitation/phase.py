"""A phase: what is asked, how long, who says what, and who sees it when."""

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import Field

from peergroup.facilitation.parts import (
    BreakoutSize,
    DocumentPart,
    ExitGuard,
    Guard,
    ListeningRoles,
    MarkList,
    Minutes,
    ParentKinds,
    ShortKey,
    ShortKeys,
    Timebox,
    guard,
)
from peergroup.kit.text import Line, Note

EVERYONE = "everyone"
VOLUNTEER = "volunteer"
COMMITMENT = "commitment"

Visibility = Literal["open", "blind", "sealed"]


class Phase(DocumentPart):
    """One phase of a method, in the words of its document."""

    key: ShortKey = Field(description="The phase's name, once per protocol.", examples=["contribute"])
    title: Line = Field(description="What people call this phase.", examples=["Ten brains think"])
    prompt: Note | None = Field(
        default=None, description="What everyone is asked.", examples=["What would you do in this place?"]
    )
    minutes: Minutes = Field(description="Planned minutes, or the least and the planned.", examples=[5])
    breakout: BreakoutSize = Field(
        default="all",
        description="People per breakout; `merge` joins the former breakouts two by two.",
        examples=["all"],
    )
    accepts: dict[ShortKey, ShortKeys] = Field(
        default_factory=dict, max_length=20, description="Kinds by role.", examples=[{"brains": ["idea"]}]
    )
    parents: dict[ShortKey, ParentKinds] = Field(
        default_factory=dict,
        max_length=20,
        description="Kinds that answer to another contribution, and to which kinds.",
        examples=[{"answer": "question"}],
    )
    per_person: dict[ShortKey, Annotated[int, Field(ge=1, le=100)]] = Field(
        default_factory=dict, max_length=20, description="Most of a kind each.", examples=[{"idea": 5}]
    )
    per_group: dict[ShortKey, Annotated[int, Field(ge=1, le=100)]] = Field(
        default_factory=dict,
        max_length=20,
        description="Most of a kind by all together; in open phases without breakouts.",
        examples=[{"proposal": 10}],
    )
    visibility: Visibility = Field(
        default="open", description="When others read what is said here.", examples=["blind"]
    )
    reveals: ShortKey | None = Field(
        default=None, description="Sealed phases: the later phase that opens them.", examples=["review"]
    )
    anonymous: bool = Field(default=False, description="Nobody learns the authors, ever.", examples=[True])
    listens: ListeningRoles = Field(
        default_factory=list, description="Roles that are silent here.", examples=[["owner"]]
    )
    marks: list[MarkList] = Field(
        default_factory=list, max_length=6, description="Mark lists of this phase.", examples=[[]]
    )
    merges: bool = Field(
        default=False, description="The moderator may merge duplicates here.", examples=[False]
    )
    carries_over: bool = Field(
        default=False,
        description="Here the promises are shown that were made when the group last played this method.",
        examples=[True],
    )
    exit: list[ExitGuard] = Field(
        default_factory=list,
        max_length=4,
        description="What has to hold before the phase ends.",
        examples=[["everyone_posted_or_passed"]],
    )

    @property
    def timebox(self) -> Timebox:
        """The timebox in minutes; a plain number is both the shortest and the planned length."""
        if isinstance(self.minutes, int):
            return Timebox(min=self.minutes, max=self.minutes)
        return self.minutes

    @property
    def guards(self) -> tuple[Guard, ...]:
        """The exit guards in the document's order; a number that is not given is 1."""
        return tuple(guard(item) for item in self.exit)

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind that somebody may post here."""
        return frozenset(kind for kinds in self.accepts.values() for kind in kinds)

    @property
    def is_secret(self) -> bool:
        """Whether nothing of this phase, not even who has spoken, is shown before its reveal."""
        return self.visibility == "sealed" or self.anonymous

    @property
    def is_in_common(self) -> bool:
        """Whether everybody hears everything at once, so that a limit for all together gives nothing away."""
        return self.visibility == "open" and self.breakout == "all"

    def is_limited_together(self, kind: str, shared: Collection[str]) -> bool:
        """Whether a limit of this kind counts what all have posted.

        `shared` are the kinds whose limit for each person the organization lets hold for the whole group.
        """
        per_person = kind in self.per_person and kind in shared and self.is_in_common
        return per_person or kind in self.per_group

    def parent_kinds(self, kind: str) -> tuple[str, ...]:
        """The kinds a contribution of `kind` may answer to; empty when it stands alone."""
        found = self.parents.get(kind, [])
        return (found,) if isinstance(found, str) else tuple(found)

    def makes_commitment(self, kind: str) -> bool:
        """Whether posting `kind` here is a promise with a by-when: a `volunteer` is if it has a parent."""
        return kind == COMMITMENT or (kind == VOLUNTEER and kind in self.parents)
