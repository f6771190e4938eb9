"""The circle: everybody in an exercise, who holds which role now, and who has said how much. One statement."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from peergroup.facilitation.accepts import Together, may_speak
from peergroup.facilitation.breakouts import Breakout
from peergroup.facilitation.circle_rows import rows_of
from peergroup.facilitation.formations import formation, home_formation
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.parts import MarkList
from peergroup.facilitation.phase import Phase
from peergroup.facilitation.progress import Voices
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.roles import Cast, cast, may_volunteer, roles_of
from peergroup.facilitation.sealing import CARDS, key_of, pseudonym
from peergroup.facilitation.seats import breakouts_of, label
from peergroup.facilitation.seen import Eyes
from peergroup.facilitation.steps import Step
from peergroup.facilitation.urns import Secret, secret_marks
from peergroup.kit.compiled import ORGANIZATION, given
from peergroup.kit.context import Context
from peergroup.kit.ids import Id
from peergroup.kit.prepared import Prepared

PASS = ""
"""The kind under which a pass is counted."""


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody in the circle."""

    person_id: UUID
    name: str
    state: str
    time_zone: str | None
    out_step: int | None = None

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
    secret: Secret = field(default_factory=dict)
    """Those of them that are secret."""
    closed: set[str] = field(default_factory=set)
    casts: dict[tuple[int, str], Cast] = field(default_factory=dict)
    """Who holds the single-handed roles, by round and home: everybody asks for the same few."""

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

    def _home(self, person: UUID) -> Breakout | None:
        kind = home_formation(self.protocol)
        return None if kind is None else self._sitting(kind, person)

    def home_of(self, person: UUID) -> str:
        """The breakout in which somebody's roles are cast; '' where all sit together, or somebody nowhere."""
        home = self._home(person)
        return "" if home is None else label(home)

    def cast_for(self, person: UUID) -> Cast:
        """Who holds the single-handed roles where this person sits."""
        where = self.exercise.round, self.home_of(person)
        if where not in self.casts:
            self.casts[where] = self._cast(where[1], self._people_around(person))
        return self.casts[where]

    def _people_around(self, person: UUID) -> tuple[UUID, ...]:
        if home_formation(self.protocol) is None:
            return tuple(UUID(one) for one in self.exercise.seating)
        home = self._home(person)
        return () if home is None else home.people

    def _cast(self, breakout: str, people: tuple[UUID, ...]) -> Cast:
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
        seat = self.seats.get(person)
        if seat is None or seat.state == "out":
            return frozenset()
        return self._roles(person, phase or self.phase)

    def _roles(self, person: UUID, phase: Phase) -> frozenset[str]:
        grouped = formation(self.protocol, self.protocol.position(phase.key)) is not None
        if grouped and self.breakout_of(phase, person) is None:
            return frozenset()
        return roles_of(self.protocol, self.cast_for(person), person)

    def speakers_of(self, phase: Phase) -> frozenset[UUID]:
        """The participants who may speak in a phase; moderators count once they have posted."""
        return frozenset(
            person
            for person in self._counting(secretly=phase.is_secret)
            if may_speak(phase, self._roles(person, phase))
        )

    def markers_of(self, marks: MarkList) -> frozenset[UUID]:
        """The participants who may mark in a list of the present phase."""
        return frozenset(
            person
            for person in self._counting(secretly=marks.tally == "hidden")
            if marks.by in self._roles(person, self.phase)
        )

    def _counting(self, *, secretly: bool) -> Iterator[UUID]:
        """Who counts now. In secret also who was taken out in this step, so that doing so tells nothing."""
        here = self.exercise.step_no
        for person, seat in self.seats.items():
            if seat.counts or (secretly and seat.state == "out" and seat.out_step == here):
                yield person

    def may_volunteer(self, person: UUID) -> bool:
        """Whether somebody may take a role that waits for a volunteer."""
        turn = self.protocol.turn_role
        had = {one for number, _, role, one in self.taken if role == turn and number < self.exercise.round}
        present = self.cast_for(person)
        return bool(self.roles(person)) and may_volunteer(self.protocol, present, person, frozenset(had))

    def take(self, rows: Iterable[Any], me: UUID | None) -> None:
        """Take in what `rows_of` found; of the marks only those of the reader."""
        sealed = []
        for tag, person, one, two, three, number, count in rows:
            if tag == "seat":
                self.seats[person] = Seat(person, one, two, three, None if number < 0 else number)
            elif tag == "voice":
                self.said.setdefault(Step(number, one), {}).setdefault(two, Counter())[three] = count
            elif tag == "role":
                self.taken.append((number, one, two, person))
            elif tag == "closed":
                self.closed.add(one)
            elif tag == "sealed":
                sealed.append((one, two, three))
            elif person == me:
                self.used[one] = count
        self.secret = secret_marks(self.key, me, sealed)
        for ballots in self.secret.values():
            self.used.update(ballots)

    def take_role(self, where: str, role: str, person: UUID) -> None:
        """Let somebody hold a role from now on."""
        self.taken.append((self.exercise.round, where, role, person))
        self.casts.clear()

    def counts(self, phase: Phase, round_number: int, person: UUID) -> Counter[str]:
        """How often somebody posted each kind in a phase."""
        kinds = self.said.get(Step(round_number, phase.key), {}).get(self.who(phase, person), Counter())
        return Counter({kind: number for kind, number in kinds.items() if kind != PASS})

    def together(self, phase: Phase, round_number: int) -> Together:
        """What all have posted in a phase, and the kinds whose limit they share."""
        shared = self.exercise.shared_limits
        if not phase.per_group and not shared:
            return Together()
        said = self.said.get(Step(round_number, phase.key), {})
        return Together(sum(said.values(), Counter()), shared)

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
        me = ctx.principal.person_id
        circle.take(await _ROWS.rows(ctx.db, exercise_id=exercise.id), me)
        ctx.memory[Circle, exercise.id] = circle
    found: Circle = ctx.memory[Circle, exercise.id]
    return found


_ROWS = Prepared(lambda _dialect: rows_of(Eyes(ORGANIZATION, given("exercise_id", Id()), None, None)))
