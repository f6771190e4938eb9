"""The circle: everybody in an exercise, who holds which role now, and who has said how much. One statement."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, func, literal, null, select, union_all
from sqlalchemy import cast as typed

from peergroup.facilitation.accepts import may_speak
from peergroup.facilitation.ballot_models import Ballot, Mark
from peergroup.facilitation.breakouts import Breakout
from peergroup.facilitation.formations import formation, home_formation
from peergroup.facilitation.models import Exercise, Participant, RoleTaken, Voice
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.progress import Voices
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.roles import Cast, cast, may_volunteer, roles_of
from peergroup.facilitation.sealing import CARDS, MARKS, key_of, pseudonym
from peergroup.facilitation.seats import breakouts_of, label
from peergroup.facilitation.steps import Step
from peergroup.kit.context import Context
from peergroup.kit.ids import Id
from peergroup.people.models import Person

PASS = ""
"""The kind under which a pass is counted."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in the circle."""

    person_id: UUID
    name: str
    state: str
    time_zone: str | None

    @property
    def counts(self) -> bool:
        return self.state == "in"


@dataclass(slots=True)
class Circle:
    """What one statement knows of an exercise. `said` counts by (round, phase), `who` and kind."""

    exercise: Exercise
    protocol: Protocol
    key: bytes | None
    seats: dict[UUID, Seat] = field(default_factory=dict)
    said: dict[Step, dict[str, Counter[str]]] = field(default_factory=dict)
    taken: list[tuple[int, str, str, UUID]] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    """The reader's own marks by ballot."""
    closed: set[str] = field(default_factory=set)

    @property
    def phase(self) -> Phase:
        return self.protocol.phase(self.exercise.phase or "")

    @property
    def breakouts(self) -> list[Breakout]:
        return breakouts_of(self.exercise)

    def who(self, phase: Phase, person: UUID) -> str:
        """Under which name somebody's voice is counted in a phase."""
        if phase.anonymous and self.key is not None:
            return pseudonym(self.key, CARDS, person)
        return str(person)

    def breakout_of(self, phase: Phase, person: UUID) -> Breakout | None:
        """Where somebody sits in a phase; None with everybody together, or nowhere."""
        return self._sitting(formation(self.protocol, self.protocol.position(phase.key)), person)

    def _sitting(self, kind: str | None, person: UUID) -> Breakout | None:
        here = (one for one in self.breakouts if one.name.formation == kind)
        return next((one for one in here if person in one.people), None)

    def _home(self, person: UUID) -> tuple[str, tuple[UUID, ...]]:
        kind = home_formation(self.protocol)
        if kind is None:
            return "", tuple(UUID(one) for one in self.exercise.seating)
        home = self._sitting(kind, person)
        return ("", ()) if home is None else (label(home), home.people)

    def home_of(self, person: UUID) -> str:
        """The breakout in which somebody's roles are cast; '' where all sit together."""
        return self._home(person)[0]

    def cast_for(self, person: UUID) -> Cast:
        """Who holds the single-handed roles where this person sits."""
        breakout, people = self._home(person)
        volunteers = {
            role: one
            for number, where, role, one in self.taken
            if number == self.exercise.round and where == breakout
        }
        return cast(
            self.protocol,
            self.exercise.round,
            people,
            seed=str(self.exercise.id),
            subject_owner=self.exercise.owner_id,
            volunteers=volunteers,
        )

    def roles(self, person: UUID, phase: Phase | None = None) -> frozenset[str]:
        """The roles somebody has now; none where they have no place in the phase (the present one)."""
        seat, phase = self.seats.get(person), phase or self.phase
        if seat is None or seat.state == "out":
            return frozenset()
        grouped = formation(self.protocol, self.protocol.position(phase.key)) is not None
        if grouped and self.breakout_of(phase, person) is None:
            return frozenset()
        return roles_of(self.protocol, self.cast_for(person), person)

    def speakers_of(self, phase: Phase) -> frozenset[UUID]:
        """The participants who may speak in a phase; moderators count once they have posted."""
        return frozenset(
            person
            for person, seat in self.seats.items()
            if seat.counts and may_speak(phase, self.roles(person, phase))
        )

    def may_volunteer(self, person: UUID) -> bool:
        """Whether somebody may take a role that waits for a volunteer."""
        turn = self.protocol.turn_role
        had = {one for number, _, role, one in self.taken if role == turn and number < self.exercise.round}
        present = self.cast_for(person)
        return bool(self.roles(person)) and may_volunteer(self.protocol, present, person, frozenset(had))

    def counts(self, phase: Phase, round_number: int, person: UUID) -> Counter[str]:
        """How often somebody posted each kind in a phase."""
        kinds = self.said.get(Step(round_number, phase.key), {}).get(self.who(phase, person), Counter())
        return Counter({kind: number for kind, number in kinds.items() if kind != PASS})

    def has_spoken(self, phase: Phase, round_number: int, person: UUID) -> bool:
        """Whether somebody has ever posted or passed in a phase, even if they took it back since."""
        return self.who(phase, person) in self.said.get(Step(round_number, phase.key), {})

    def voices(self, phase: Phase, round_number: int, may_speak: frozenset[UUID]) -> Voices:
        """Who has posted or passed in a phase, of those who may speak in it and of all in the circle."""
        said = self.said.get(Step(round_number, phase.key), {})
        posted, passed = set(), set()
        for person in self.seats:
            kinds = said.get(self.who(phase, person), Counter())
            if sum(kinds.values()) - kinds[PASS] > 0:
                posted.add(person)
            elif kinds[PASS] > 0:
                passed.add(person)
        return Voices(may_speak, frozenset(posted), frozenset(passed))

    def total(self, step: Step) -> int:
        """How many contributions a phase has."""
        return sum(
            number
            for kinds in self.said.get(step, {}).values()
            for kind, number in kinds.items()
            if kind != PASS
        )

    def commitments(self) -> int:
        """How many promises were made in the whole exercise."""
        return sum(
            number
            for step, voices in self.said.items()
            for kinds in voices.values()
            for kind, number in kinds.items()
            if self.protocol.phase(step.phase).makes_commitment(kind)
        )


async def circle_of(ctx: Context, exercise: Exercise, protocol: Protocol, *, fresh: bool = False) -> Circle:
    """The circle of an exercise, read once in a transaction unless it has to be `fresh`."""
    if fresh or (Circle, exercise.id) not in ctx.memory:
        circle = Circle(exercise, protocol, await key_of(ctx, exercise))
        for row in (await ctx.db.execute(_statement(ctx, circle))).all():
            _take(circle, row)
        ctx.memory[Circle, exercise.id] = circle
    found: Circle = ctx.memory[Circle, exercise.id]
    return found


def _take(circle: Circle, row: Any) -> None:
    tag, person, one, two, three, number, count = row
    if tag == "seat":
        circle.seats[person] = Seat(person, one, two, three)
    elif tag == "voice":
        circle.said.setdefault(Step(number, one), {}).setdefault(two, Counter())[three] = count
    elif tag == "role":
        circle.taken.append((number, one, two, person))
    elif tag == "used":
        circle.used[one] = count
    else:
        circle.closed.add(one)


def _statement(ctx: Context, circle: Circle) -> Any:
    """Five kinds of rows: seats, voices, roles taken, the reader's marks by ballot, closed ballots."""
    seat, person, voice = Participant.__table__, Person.__table__, Voice.__table__
    role, mark, ballot = RoleTaken.__table__, Mark.__table__, Ballot.__table__
    nobody, nothing, zero = typed(null(), Id()), typed(null(), String()), typed(null(), Integer())

    def of(table: Any) -> tuple[Any, Any]:
        return table.c.organization_id == ctx.organization_id, table.c.exercise_id == circle.exercise.id

    parts = [
        select(
            literal("seat").label("tag"),
            seat.c.person_id,
            person.c.name,
            seat.c.state,
            person.c.time_zone,
            zero.label("number"),
            zero.label("count"),
        )
        .join(
            person,
            (person.c.organization_id == seat.c.organization_id) & (person.c.id == seat.c.person_id),
        )
        .where(*of(seat)),
        select(
            literal("voice"), nobody, voice.c.phase, voice.c.who, voice.c.kind, voice.c.round, voice.c.posted
        ).where(*of(voice)),
    ]
    if "volunteer" in circle.protocol.roles.values():
        parts.append(
            select(
                literal("role"), role.c.person_id, role.c.breakout, role.c.role, nothing, role.c.round, zero
            ).where(*of(role))
        )
    if any(phase.marks for phase in circle.protocol.phases) and ctx.principal.person_id is not None:
        mine = [str(ctx.principal.person_id)]
        if circle.key is not None:
            mine.append(pseudonym(circle.key, MARKS, ctx.principal.person_id))
        parts += [
            select(literal("used"), nobody, mark.c.ballot, nothing, nothing, zero, func.count())
            .where(*of(mark), mark.c.voter.in_(mine))
            .group_by(mark.c.ballot),
            select(literal("closed"), nobody, ballot.c.ballot, nothing, nothing, zero, zero).where(
                *of(ballot), ballot.c.is_closed
            ),
        ]
    rows = union_all(*parts).subquery()
    return select(*rows.c)
