"""The parts a phase is made of: keys, timeboxes, mark lists and exit guards.

The models keep the document's own form (a plain number stays a number), so that dumping a protocol gives
back what its author wrote; properties give the one form in which the rules read it.
"""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

GuardName = Literal["everyone_posted_or_passed", "min_contributions", "min_commitments", "top_selected"]

HARD_GUARDS: frozenset[str] = frozenset({"min_commitments", "top_selected"})


def _without_repeats(names: list[str]) -> list[str]:
    if len(set(names)) != len(names):
        raise ValueError("names something twice")
    return names


def _size(value: Any) -> Any:
    """A flag is no size, though Python calls `True` equal to 1."""
    if isinstance(value, bool | float):
        raise ValueError("must be 1, 2, 3, 4, `all` or `merge`")
    return value


def _form_of(value: Any) -> str:
    """Which of the two spellings an author chose, so that an error speaks of that one only."""
    return "parts" if isinstance(value, dict | list | BaseModel) else "plain"


BreakoutSize = Annotated[Literal[1, 2, 3, 4, "all", "merge"], BeforeValidator(_size)]
ShortKey = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[a-z0-9][a-z0-9_-]*$")]
ShortKeys = Annotated[list[ShortKey], Field(min_length=1, max_length=20), AfterValidator(_without_repeats)]
ListeningRoles = Annotated[list[ShortKey], Field(max_length=20), AfterValidator(_without_repeats)]


class DocumentPart(BaseModel):
    """Strict, closed and frozen: what the format does not know is refused, never ignored."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Timebox(DocumentPart):
    """The shortest and the planned length of a phase, in minutes."""

    min: int = Field(ge=1, le=240, description="The shortest useful length, in minutes.", examples=[5])
    max: int = Field(ge=1, le=240, description="The planned length, in minutes.", examples=[15])

    @model_validator(mode="after")
    def _ordered(self) -> "Timebox":
        if self.min > self.max:
            raise ValueError("`min` is more than `max`")
        return self


class MarkList(DocumentPart):
    """A named list of marks with a budget for each person: votes, `helped`, and the like."""

    list: ShortKey = Field(description="The list's name, once per protocol.", examples=["top"])
    on: ShortKeys = Field(description="The kinds of contribution it marks.", examples=[["idea"]])
    by: ShortKey = Field(description="The role that marks, or `everyone`.", examples=["everyone"])
    budget: int = Field(ge=1, le=100, description="How many marks each person has.", examples=[3])
    tally: Literal["open", "hidden"] = Field(
        default="open", description="`hidden`: nobody sees counts before the phase ends.", examples=["hidden"]
    )
    top: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="How many are kept as the frozen top of this list.", examples=[3]
    )


class MinContributions(DocumentPart):
    """At least so many contributions in this phase; soft."""

    min_contributions: int = Field(ge=1, le=500, description="The least number.", examples=[3])


class MinCommitments(DocumentPart):
    """At least so many commitments in this phase; hard, no reason overrides it."""

    min_commitments: int = Field(ge=1, le=50, description="The least number.", examples=[1])


Minutes = Annotated[
    Annotated[int, Field(ge=1, le=240), Tag("plain")] | Annotated[Timebox, Tag("parts")],
    Discriminator(_form_of),
]
ParentKinds = Annotated[
    Annotated[ShortKey, Tag("plain")] | Annotated[ShortKeys, Tag("parts")], Discriminator(_form_of)
]


def _guard_of(value: Any) -> str:
    if isinstance(value, MinContributions) or (isinstance(value, dict) and "min_contributions" in value):
        return "contributions"
    return "commitments" if isinstance(value, dict | BaseModel) else "plain"


ExitGuard = Annotated[
    Annotated[GuardName, Tag("plain")]
    | Annotated[MinContributions, Tag("contributions")]
    | Annotated[MinCommitments, Tag("commitments")],
    Discriminator(_guard_of),
]


@dataclass(frozen=True, slots=True)
class Guard:
    """An exit guard in one form. `least` is a number of contributions or commitments, else 1."""

    name: str
    least: int = 1

    @property
    def is_hard(self) -> bool:
        """Whether no reason lets the moderator go on without it."""
        return self.name in HARD_GUARDS


def guard(item: str | MinContributions | MinCommitments) -> Guard:
    """The guard in one form; a number that is not given is 1."""
    if isinstance(item, MinContributions):
        return Guard("min_contributions", item.min_contributions)
    if isinstance(item, MinCommitments):
        return Guard("min_commitments", item.min_commitments)
    return Guard(item)
