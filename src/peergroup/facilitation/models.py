"""Tables of facilitation: stored methods, exercises, who takes part, what was said, and marks.

What nobody may link to a person (sealed cards, hidden ballots) lives in `sealed_models`.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Date, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.facilitation.steps import Step
from peergroup.kit.model import Entity, Model, TenantOwned, Versioned, index, refers, unique

GOING_ON = ("running", "paused")
ENDED = ("finished", "abandoned")


class ProtocolVersion(Entity, Model):
    """One version of a method, never changed. A built-in one is stored when it is first used, as it was then."""

    __tablename__ = "protocol_version"
    __table_args__ = (unique("protocol_version_number", "key", "number"),)
    key: Mapped[str] = mapped_column(String(40))
    number: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]]
    is_builtin: Mapped[bool] = mapped_column(Boolean)
    made_by_id: Mapped[UUID | None] = refers("person")


class Going:
    """What follows from the columns of an exercise, for the entity and for what a hot read has instead."""

    if TYPE_CHECKING:
        state: Mapped[str]
        round: Mapped[int]
        phase: Mapped[str | None]
        confidentiality: Mapped[str]
        started_at: Mapped[dt.datetime | None]

    @property
    def step(self) -> Step:
        """The present phase in its round, once the exercise has started."""
        return Step(self.round, self.phase or "")

    @property
    def began_at(self) -> dt.datetime | None:
        """When it began for those who are to read it: newcomers do not learn what happens in it."""
        return self.started_at

    @property
    def is_going_on(self) -> bool:
        return self.state in GOING_ON

    @property
    def is_unnamed(self) -> bool:
        """Whether no name is shown any more: `chatham`, after the end."""
        return self.confidentiality == "chatham" and self.state in ENDED

    @property
    def is_for_those_present(self) -> bool:
        return self.confidentiality == "session_only"


class Exercise(Going, Versioned, Entity, Model):
    """One run of a method by a group. `session_id`, `segment_id` and `subject_id` live on higher floors."""

    __tablename__ = "exercise"
    __table_args__ = (
        index("exercise_group", "group_id", "id"),
        index("exercise_subject", "subject_id"),
        unique(
            "exercise_live",
            "session_id",
            where="session_id IS NOT NULL AND mode = 'live' AND state IN ('running', 'paused')",
        ),
    )
    group_id: Mapped[UUID] = refers("group")
    protocol_id: Mapped[UUID] = refers("protocol_version")
    protocol_key: Mapped[str] = mapped_column(String(40))
    protocol_version: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20), default="pending")
    mode: Mapped[str] = mapped_column(String(10))
    confidentiality: Mapped[str] = mapped_column(String(20), default="group")
    session_id: Mapped[UUID | None]
    segment_id: Mapped[UUID | None]
    subject_kind: Mapped[str | None] = mapped_column(String(20))
    subject_id: Mapped[UUID | None]
    subject_title: Mapped[str | None] = mapped_column(String(300))
    owner_id: Mapped[UUID | None] = refers("person")
    made_by_id: Mapped[UUID | None] = refers("person")
    step_no: Mapped[int] = mapped_column(Integer, default=0)
    """Place of the present phase on the way from start to finish, over all rounds, from 0."""
    step_count: Mapped[int] = mapped_column(Integer, default=0)
    round: Mapped[int] = mapped_column(Integer, default=1)
    rounds: Mapped[int] = mapped_column(Integer, default=1)
    phase: Mapped[str | None] = mapped_column(String(40))
    phase_opened_at: Mapped[dt.datetime | None]
    ends_at: Mapped[dt.datetime | None]
    left_us: Mapped[int | None] = mapped_column(BigInteger)
    """Microseconds the phase had left when the exercise was paused."""
    paused_at: Mapped[dt.datetime | None]
    deadlines: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Instants (wire form) by phase key, of asynchronous exercises."""
    phase_ends: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """When each phase ended (wire form), by its place on the way."""
    seating: Mapped[list[str]] = mapped_column(default=list)
    """Everybody who ever took part, in the order in which turns are taken."""
    formed: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    overrides: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    shared_limits: Mapped[list[str]] = mapped_column(default=list)
    """Kinds whose limit for each person holds for everybody together: the organization's, when it was made."""
    board: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    """The frozen tops that may be shown: `{list, phase, round, contribution_ids}`, the oldest first."""
    opened_at: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    ended_at: Mapped[dt.datetime | None]
    contribution_count: Mapped[int] = mapped_column(Integer, default=0)
    """Contributions that everybody could read when the last phase ended."""
    participant_count: Mapped[int] = mapped_column(Integer, default=0)


class Participant(TenantOwned, Model):
    """Somebody in an exercise: `in` counts, `leading` is a moderator who has not posted, `out` was taken out.

    `out_step` is the step in which somebody who counted was taken out. Where it is secret who has spoken or marked
    they go on counting till its end: else to take people out and let them in again would tell it, one by one.
    """

    __tablename__ = "participant"
    __table_args__ = (index("participant_person", "person_id"),)
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    joined_at: Mapped[dt.datetime]
    out_step: Mapped[int | None] = mapped_column(Integer)


class Voice(TenantOwned, Model):
    """How often somebody posted a kind in a phase and round; the kind '' counts a pass.

    `posted` is what still stands, `times` what was ever said: taking one's words back does not undo having
    seen the others'. `who` is a person's id, in anonymous phases their pseudonym, and '' for what remains of
    one that was revealed. Whoever speaks locks this row, so that no limit is passed in a race.
    """

    __tablename__ = "voice"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    phase: Mapped[str] = mapped_column(String(40), primary_key=True)
    who: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[str] = mapped_column(String(40), primary_key=True)
    posted: Mapped[int] = mapped_column(Integer)
    times: Mapped[int] = mapped_column(Integer)


class RoleTaken(TenantOwned, Model):
    """A role that somebody volunteered for, in one round of one breakout ('' where all sit together)."""

    __tablename__ = "role_taken"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    breakout: Mapped[str] = mapped_column(String(40), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    person_id: Mapped[UUID] = refers("person")


class Hearing(TenantOwned, Model):
    """A breakout whose words reach somebody."""

    __tablename__ = "hearing"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    person_id: Mapped[UUID] = refers("person", primary_key=True)
    breakout: Mapped[str] = mapped_column(String(40), primary_key=True)


class Contribution(Versioned, Entity, Model):
    """One thing said in an exercise. No author: a card of an anonymous phase, which is nobody's any more."""

    __tablename__ = "contribution"
    __table_args__ = (
        index("contribution_thread", "exercise_id", "step_no", "id"),
        index("contribution_author", "author_id"),
        index("contribution_parent", "parent_id", where="parent_id IS NOT NULL"),
    )
    exercise_id: Mapped[UUID] = refers("exercise")
    group_id: Mapped[UUID] = refers("group")
    round: Mapped[int] = mapped_column(Integer)
    phase: Mapped[str] = mapped_column(String(40))
    step_no: Mapped[int] = mapped_column(Integer)
    breakout: Mapped[str | None] = mapped_column(String(40))
    visibility: Mapped[str] = mapped_column(String(10))
    """That of its phase."""
    revealed_at: Mapped[dt.datetime | None]
    kind: Mapped[str] = mapped_column(String(40))
    body: Mapped[str | None] = mapped_column(Text)
    parent_id: Mapped[UUID | None] = refers("contribution")
    by_on: Mapped[dt.date | None] = mapped_column(Date)
    action: Mapped[str | None] = mapped_column(String(2_000))
    author_id: Mapped[UUID | None] = refers("person")
    recorded_by_id: Mapped[UUID | None] = refers("person")
    confirmed_at: Mapped[dt.datetime | None]
    after_seeing: Mapped[bool] = mapped_column(Boolean, default=False)
    revised_at: Mapped[dt.datetime | None]
    revision_count: Mapped[int] = mapped_column(Integer, default=0)
    deleted_at: Mapped[dt.datetime | None]
    is_tombstone: Mapped[bool] = mapped_column(Boolean, default=False)
    """Deleted, and it shows: somebody may have read it, or its author the others."""
    merged_into_id: Mapped[UUID | None] = refers("contribution")
    dropped_at: Mapped[dt.datetime | None]
    drop_reason: Mapped[str | None] = mapped_column(String(2_000))

    @property
    def step(self) -> Step:
        return Step(self.round, self.phase)


class Revision(Entity, Model):
    """What a contribution said before it was edited where others could have read it."""

    __tablename__ = "revision"
    __table_args__ = (index("revision_contribution", "contribution_id"),)
    contribution_id: Mapped[UUID] = refers("contribution")
    body: Mapped[str] = mapped_column(Text)


class Minutes(TenantOwned, Model):
    """What remains of a finished exercise, without names. Written once."""

    __tablename__ = "exercise_minutes"
    exercise_id: Mapped[UUID] = refers("exercise", primary_key=True)
    content: Mapped[dict[str, Any]]
    written_at: Mapped[dt.datetime]
