"""The minutes of a session: what this room knows, and sections that other rooms add with their own visibility."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation.contribution_schemas import ExerciseMinutesOut
from peergroup.facilitation.entering import covers
from peergroup.facilitation.models import Exercise
from peergroup.facilitation.models import Minutes as ExerciseMinutes
from peergroup.groups.standing import refuse_words
from peergroup.kit.context import Context
from peergroup.kit.problems import not_found
from peergroup.kit.wire import Named
from peergroup.people.models import Person
from peergroup.sessions import policy
from peergroup.sessions.models import Attendance, Session
from peergroup.sessions.queries import Here, find_session
from peergroup.sessions.result_schemas import AttendanceOut, EntryOut, MinutesOut, SectionOut
from peergroup.sessions.schemas import SegmentOut

Contribute = Callable[[Context, Session, Here], Awaitable[Sequence[SectionOut]]]
_contributors: dict[str, Contribute] = {}


def register(key: str, contribute: Contribute) -> None:
    """Let a room add sections to minutes. It is asked only for readers of these minutes, and shows of its own
    things what this reader may see: nothing of `session_only` content, no names where they do not belong."""
    _contributors[key] = contribute


async def _exercises(ctx: Context, session: Session, _here: Here) -> list[SectionOut]:
    """What remains of the session's exercises, each only for those who may read it. Nobody is named."""
    query = (
        select(ExerciseMinutes.content)
        .join(Exercise, Exercise.id == ExerciseMinutes.exercise_id)
        .where(
            Exercise.session_id == session.id,
            Exercise.group_id == session.group_id,
            covers(ctx.principal.person_id),
        )
        .order_by(Exercise.started_at, Exercise.id)
        .limit(20)
    )
    found = [ExerciseMinutesOut.model_validate(one) for one in (await ctx.db.scalars(query)).all()]
    return [_section(one) for one in found]


def _section(found: ExerciseMinutesOut) -> SectionOut:
    entries = [
        EntryOut(text=f"{said.kind.replace('_', ' ')}: {said.body}", person=None, by_on=said.by_on)
        for phase in found.phases
        for said in phase.said
        if said.dropped is None and said.body  # what was taken back has none
    ]
    title = found.title if found.subject is None else f"{found.title}: {found.subject}"
    return SectionOut(key="exercise", title=title, entries=entries[:500])


register("exercises", _exercises)


async def read(ctx: Context, session_id: UUID) -> MinutesOut:
    """The minutes, whole or not at all: 404 for newcomers, guests, admins and before the session has started."""
    session, here = await find_readable(ctx, session_id)
    ctx.require(policy.READ_MINUTES, here, session)
    sections = [one for contribute in _contributors.values() for one in await contribute(ctx, session, here)]
    theme = None
    if session.theme_id is not None:
        theme = Named(id=session.theme_id, name=here.theme_title or "")
    return MinutesOut(
        session_id=session.id,
        group=Named(id=session.group_id, name=here.group_name),
        title=session.title,
        theme=theme,
        state=session.state,
        starts_at=session.starts_at,
        time_zone=session.time_zone,
        started_at=session.started_at,
        ended_at=session.ended_at,
        reason=session.reason,
        opened=session.minutes_opened,
        agenda=[SegmentOut.model_validate(one) for one in session.agenda],
        attendance=await _attendance(ctx, session.id),
        sections=sections,
        version=session.version,
    )


async def find_readable(ctx: Context, session_id: UUID, *, lock: bool = False) -> tuple[Session, Here]:
    """A session whose minutes this reader may read; otherwise 404, or 403 where only the signature is missing."""
    session, here = await find_session(ctx, session_id, lock=lock)
    refuse_words(here)
    if session.started_at is None or not here.in_my_time:
        raise not_found()
    return session, here


async def _attendance(ctx: Context, session_id: UUID) -> list[AttendanceOut]:
    query = (
        select(Attendance, Person.name)
        .join(Person, Person.id == Attendance.person_id)
        .where(Attendance.session_id == session_id)
        .order_by(Person.name_folded, Person.id)
        .limit(1_000)
    )
    return [
        AttendanceOut(
            person=Named(id=one.person_id, name=name), mark=one.mark, note=one.note, marked_at=one.marked_at
        )
        for one, name in (await ctx.db.execute(query)).all()
    ]


async def open_to_newcomers(ctx: Context, session_id: UUID, *, opened: bool) -> None:
    """Let those who joined later read the minutes, or no longer. Whoever cannot read them cannot open them."""
    session, here = await find_readable(ctx, session_id, lock=True)
    ctx.require(policy.OPEN_MINUTES, here, session)
    ctx.expect(session)
    if session.minutes_opened != opened:
        session.minutes_opened, session.updated_at = opened, ctx.now
        ctx.record("session.minutes_opened", session, opened=opened)
        await ctx.db.flush()
