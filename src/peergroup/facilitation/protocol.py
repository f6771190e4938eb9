"""A facilitation method as a document: whole, strict, bounded, and checked against itself."""

import hashlib
import json
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from peergroup.facilitation.coherence import contradictions
from peergroup.facilitation.parts import DocumentPart, ShortKey
from peergroup.facilitation.phase import Phase
from peergroup.kit.text import Line

RoleSource = Literal["subject.owner", "others", "volunteer", "rotate", "drawn"]


def _form_of(value: Any) -> str:
    return "each" if isinstance(value, str) else "number"


Rounds = Annotated[
    Annotated[int, Field(ge=1, le=20), Tag("number")]
    | Annotated[str, Field(max_length=45, pattern=r"^each [a-z0-9][a-z0-9_-]{0,39}$"), Tag("each")],
    Discriminator(_form_of),
]


class Participants(DocumentPart):
    """How few and how many people the method is made for."""

    min: int = Field(default=2, ge=1, le=500, description="The fewest people.", examples=[3])
    max: int = Field(default=20, ge=1, le=500, description="The most people.", examples=[20])

    @model_validator(mode="after")
    def _ordered(self) -> "Participants":
        if self.min > self.max:
            raise ValueError("`min` is more than `max`")
        return self


class Protocol(DocumentPart):
    """A facilitation method. Whoever holds one holds a document that contradicts itself nowhere."""

    key: ShortKey = Field(description="The method's name in the organization.", examples=["ten_brains"])
    title: Line = Field(description="What people call the method.", examples=["10 brains × 1 problem"])
    subject: Literal["challenge", "none"] = Field(
        default="none", description="What an exercise is about.", examples=["challenge"]
    )
    participants: Participants = Field(
        default_factory=Participants, description="For how many people.", examples=[{"min": 3, "max": 20}]
    )
    roles: dict[ShortKey, RoleSource] = Field(
        default_factory=dict,
        max_length=10,
        description="Roles and where they come from.",
        examples=[{"owner": "subject.owner", "brains": "others"}],
    )
    rounds: Rounds = Field(
        default=1, description="How often all phases are run; `each owner` gives each a turn.", examples=[1]
    )
    phases: list[Phase] = Field(
        min_length=1,
        max_length=20,
        description="The phases, in order.",
        examples=[
            [{"key": "round", "title": "Once round", "minutes": 10, "accepts": {"everyone": ["answer"]}}]
        ],
    )

    @model_validator(mode="after")
    def _coherent(self) -> "Protocol":
        found = tuple(contradictions(self))
        if found:
            text = "; ".join(f"{item.pointer}: {item.detail}" for item in found)
            raise PydanticCustomError("contradiction", "{text}", {"text": text, "contradictions": found})
        return self

    @property
    def turn_role(self) -> str | None:
        """The role that passes from person to person, one each round; None when rounds are a number."""
        return self.rounds.removeprefix("each ") if isinstance(self.rounds, str) else None

    def phase(self, key: str) -> Phase:
        """The phase of that name; KeyError if the protocol has none."""
        return self.phases[self.position(key)]

    def position(self, key: str) -> int:
        """The place of a phase, counted from 0; KeyError if the protocol has none of that name."""
        for place, phase in enumerate(self.phases):
            if phase.key == key:
                return place
        raise KeyError(key)

    def digest(self) -> str:
        """SHA-256 (hexadecimal) of what the document says: equal digests need no new version.

        What it leaves to the format is not in it, so that a format that grows makes no new versions.
        """
        said = self.model_dump(mode="json", exclude_defaults=True)
        plain = json.dumps(said, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(plain.encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the document; the cross checks between phases are not in it."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Protocol.model_json_schema()}
