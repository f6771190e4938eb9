"""What a reader sees of an exercise: the exercise itself, and what was said in it, names and marks included."""

from typing import Any
from uuid import UUID

from peergroup.facilitation.breakouts import Breakout
from peergroup.facilitation.carrying import carried_over
from peergroup.facilitation.circle import Circle, Seat, circle_of
from peergroup.facilitation.contribution_schemas import ContributionOut
from peergroup.facilitation.entering import find_exercise
from peergroup.facilitation.formations import formation
from peergroup.facilitation.lifecycles import EXERCISE
from peergroup.facilitation.listing import Wanted, contributions
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.policy import GUEST
from peergroup.facilitation.progress import BrainCount, Progress, brain_count, progress
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.schemas import (
    AcceptedOut,
    BoardOut,
    BrainsOut,
    BreakoutOut,
    ExerciseOut,
    HeldOut,
    MarksLeftOut,
    OverrideOut,
    PhaseOut,
    ProgressOut,
    ProtocolNamed,
    SubjectOut,
    VoiceOut,
)
from peergroup.facilitation.seats import label
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.turn import Turn, present_voices, turn_of
from peergroup.facilitation.withholding import withheld
from peergroup.groups.standing import Standing
from peergroup.kit.context import Asking, Context
from peergroup.kit.wire import Named


async def show_exercise(ctx: Context, exercise: Exercise, standing: Standing) -> ExerciseOut:
    """An exercise on the wire, as this reader sees it. One statement, none where it was read before.

    One more in a phase that opens with what was promised the last time.
    """
    circle = await circle_of(ctx, exercise, await protocol_of(ctx, exercise))
    shown = shown_exercise(ctx, circle, standing)
    shown.carried_over = await carried_over(ctx, exercise, circle.protocol)
    return shown


def shown_exercise(asking: Asking, circle: Circle, standing: Standing) -> ExerciseOut:
    """An exercise on the wire, from its circle."""
    exercise, protocol, me = circle.exercise, circle.protocol, asking.principal.person_id
    speaks = standing.says or GUEST.fits(standing, exercise)
    turn = turn_of(asking, circle, me, speaks=speaks)
    return ExerciseOut(
        **_plain(exercise),
        protocol=named(exercise, protocol.title),
        subject=_subject(circle),
        phase=_phase(exercise, protocol) if exercise.is_going_on else None,
        breakout=_breakout(circle, me) if exercise.is_going_on else None,
        breakouts=_breakouts(circle) if exercise.is_going_on else [],
        held=_held(circle) if exercise.is_going_on else [],
        roles=sorted(turn.roles),
        accepts=_accepts(circle, turn),
        marks=_marks(circle, turn),
        board=[BoardOut.model_validate(one) for one in exercise.board],
        carried_over=[],
        progress=_progress(circle) if exercise.is_going_on else None,
        overrides=[OverrideOut.model_validate(one) for one in exercise.overrides],
        withheld=withheld(circle),
        opened=exercise.opened_at is not None,
        allowed_actions=[*EXERCISE.allowed(standing, exercise), *(["pass"] if turn.passes else [])],
    )


_PLAIN = (
    "id",
    "group_id",
    "state",
    "mode",
    "confidentiality",
    "session_id",
    "segment_id",
    "round",
    "rounds",
    "contribution_count",
    "participant_count",
    "started_at",
    "ended_at",
    "created_at",
    "version",
)


def _plain(exercise: Exercise) -> dict[str, Any]:
    return {name: getattr(exercise, name) for name in _PLAIN}


def named(exercise: Exercise, title: str) -> ProtocolNamed:
    """The method in the version the exercise plays."""
    return ProtocolNamed(key=exercise.protocol_key, version=exercise.protocol_version, title=title)


def _subject(circle: Circle) -> SubjectOut | None:
    exercise = circle.exercise
    if exercise.subject_id is None or exercise.subject_kind is None:
        return None
    seat = circle.seats.get(exercise.owner_id) if exercise.owner_id is not None else None
    owner = None if seat is None or exercise.is_unnamed else Named(id=seat.person_id, name=seat.name)
    return SubjectOut(
        kind=exercise.subject_kind, id=exercise.subject_id, title=exercise.subject_title, owner=owner
    )


def _phase(exercise: Exercise, protocol: Protocol) -> PhaseOut:
    phase = protocol.phase(exercise.phase or "")
    return PhaseOut(
        key=phase.key,
        title=phase.title,
        prompt=phase.prompt,
        visibility=phase.visibility,
        anonymous=phase.anonymous,
        minutes=phase.timebox.max,
        number=exercise.step_no + 1,
        of=exercise.step_count,
        opened_at=exercise.phase_opened_at or exercise.created_at,
        ends_at=exercise.ends_at,
    )


def _breakout(circle: Circle, person: UUID | None) -> BreakoutOut | None:
    breakout = None if person is None else circle.breakout_of(circle.phase, person)
    return None if breakout is None else _sitting(circle, breakout)


def _breakouts(circle: Circle) -> list[BreakoutOut]:
    """Those of the present phase."""
    kind = formation(circle.protocol, circle.protocol.position(circle.phase.key))
    return [_sitting(circle, one) for one in circle.breakouts if one.name.formation == kind]


def _sitting(circle: Circle, breakout: Breakout) -> BreakoutOut:
    people = [_named(circle.seats[one]) for one in breakout.people if one in circle.seats]
    return BreakoutOut(name=label(breakout), people=people)


def _held(circle: Circle) -> list[HeldOut]:
    """The roles that somebody holds alone, in the order in which the method names them."""
    alone = [role for role, source in circle.protocol.roles.items() if source != "others"]
    if not alone:
        return []
    return [
        HeldOut(role=role, person=_named(seat))
        for role in alone
        for person, seat in circle.seats.items()
        if role in circle.roles(person)
    ]


def _named(seat: Seat) -> Named:
    return Named(id=seat.person_id, name=seat.name)


def _accepts(circle: Circle, turn: Turn) -> list[AcceptedOut]:
    return [
        AcceptedOut(
            kind=one.kind,
            parent_kind=one.parent_kind,
            max=one.max,
            by_on=circle.phase.makes_commitment(one.kind)
            and (one.kind != "volunteer" or one.parent_kind is not None),
        )
        for one in turn.accepts
    ]


def _marks(circle: Circle, turn: Turn) -> list[MarksLeftOut]:
    lists = {marks.list: marks for marks in circle.phase.marks} if turn.marks else {}
    return [MarksLeftOut(list=one.list, left=one.left, on=lists[one.list].on) for one in turn.marks]


def _progress(circle: Circle) -> ProgressOut:
    voices = present_voices(circle)
    found: Progress = progress(circle.phase, voices)
    people = [
        VoiceOut(person=Named(id=person, name=circle.seats[person].name), voice=voice)
        for person, voice in found.people.items()
    ]
    # Where nobody may speak there is nobody to count, and none is aimed at.
    counts = not circle.phase.is_secret and bool(found.people)
    brains = _brains(brain_count(voices)) if counts else None
    return ProgressOut(overall=found.overall, people=people, brains=brains)


def _brains(count: BrainCount) -> BrainsOut:
    return BrainsOut(contributed=count.contributed, passed=count.passed, target=count.target)


def brains_of(circle: Circle, phase_key: str) -> BrainsOut:
    """How many brains helped in a phase of the present round: for the challenge that the exercise is about."""
    exercise, phase = circle.exercise, circle.protocol.phase(phase_key)
    roles = circle.speakers_of(phase)
    return _brains(brain_count(circle.voices(phase, exercise.round, roles)))


async def contributions_seen(ctx: Context, exercise: Exercise, limit: int = 200) -> list[ContributionOut]:
    """What the reader sees of an exercise, in the order in which it was said. One statement."""
    _, standing = await find_exercise(ctx, exercise.id)
    found, _ = await contributions(ctx, exercise, standing, Wanted(limit=limit))
    return found
