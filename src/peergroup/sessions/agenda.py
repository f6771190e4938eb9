"""The agenda: where it comes from, and how it changes while some of it has already happened."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Group
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.kit.problems import (
    INVALID_TRANSITION,
    PRECONDITION_REQUIRED,
    Problem,
    invalid,
    problem_type,
)
from peergroup.sessions import policy
from peergroup.sessions.attention import note_touch
from peergroup.sessions.hosts import names_in
from peergroup.sessions.models import RUNNING, AgendaTemplate, Segment, Session
from peergroup.sessions.queries import Here, find_session
from peergroup.sessions.schemas import AgendaIn, SegmentIn, SegmentOf, SegmentPlan, SessionIn
from peergroup.sessions.series_overrides import note_own_agenda

SEGMENT_LOCKED = problem_type(
    "segment_locked",
    409,
    "A segment that started cannot be changed",
    "Send the segments that started as they are and in their order; change what is still to come.",
)


async def agenda_for(ctx: Context, group: Group, given: SessionIn) -> Sequence[SegmentOf]:
    """The agenda a new session begins with: its own, of the template named, or of the group's template."""
    if given.agenda is not None:
        return given.agenda
    template_id = given.agenda_template_id or group.agenda_template_id
    if template_id is None:
        return []
    template: AgendaTemplate | None = await ctx.db.scalar(
        select(AgendaTemplate).where(AgendaTemplate.id == template_id)
    )
    if template is None and given.agenda_template_id is not None:
        raise invalid("/agenda_template_id", "is no template of this organization")
    return [SegmentOf.model_validate(one) for one in template.segments] if template else []


def refuse_too_long(segments: Sequence[SegmentPlan], minutes: int, pointer: str) -> None:
    """422 where the segments take longer than the session."""
    total = sum(one.minutes for one in segments)
    if total > minutes:
        raise invalid(pointer, f"the segments take {total} minutes, the session {minutes}")


def made(ctx: Context, session: Session, given: SegmentOf, position: int) -> Segment:
    """A new segment."""
    segment = Segment(
        id=new_id(),
        session_id=session.id,
        position=position,
        title=given.title,
        kind=given.kind,
        minutes=given.minutes,
        person_id=given.person_id,
        extended=0,
        created_at=ctx.now,
    )
    ctx.db.add(segment)
    return segment


async def name_people(ctx: Context, session: Session, pointer: str) -> None:
    """Say whose the segments are by name, and refuse with 422 who is nobody of the group."""
    wanted = {
        f"{pointer}/{place}/person_id": one.person_id
        for place, one in enumerate(session.agenda)
        if one.started_at is None
    }
    with ctx.db.no_autoflush:  # what is refused is not to meet the foreign key first
        names = await names_in(ctx, session.group_id, wanted)
    for segment in session.agenda:
        if segment.started_at is None:
            segment.name_person(names.get(segment.person_id) if segment.person_id else None)


async def rearrange(ctx: Context, session_id: UUID, given: AgendaIn) -> tuple[Session, Here]:
    """Replace the agenda of a session; what started stays as it is. Needs If-Match."""
    session, here = await find_session(ctx, session_id, lock=True)
    ctx.require(policy.PLAN, here, session)
    if ctx.if_match is None:
        raise Problem(PRECONDITION_REQUIRED, "Send the ETag of the session you read in If-Match.")
    ctx.expect(session)
    if session.state in ("completed", "cancelled"):
        raise Problem(
            INVALID_TRANSITION,
            f"The agenda does not change any more: the session is {session.state}.",
            state=session.state,
            allowed=[],
        )
    # A hot seat that was added on the way may have made a running agenda longer than the session.
    refuse_too_long(
        given.segments, max(session.minutes, sum(one.minutes for one in session.agenda)), "/segments"
    )
    session.agenda = await rebuild(ctx, session, given.segments)
    await name_people(ctx, session, "/segments")
    note_own_agenda(session)
    session.updated_at = ctx.now
    if session.state in RUNNING:
        await note_touch(ctx, session.id)
    ctx.record("session.agenda_changed", session, segments=len(session.agenda))
    await ctx.db.flush()
    return session, here


async def rebuild(ctx: Context, session: Session, given: Sequence[SegmentIn]) -> list[Segment]:
    """The segments of an agenda that becomes what is given: those it has stay the same, the others go."""
    pairs = recognize(session.agenda, given)
    _refuse_changes_to_the_past(session.agenda, pairs)
    kept = {segment.id for segment, _ in pairs if segment is not None}
    for segment in session.agenda:
        if segment.id not in kept:
            await ctx.db.delete(segment)
    return [_placed(ctx, session, *pair, place) for place, pair in enumerate(pairs)]


def recognize(
    existing: Sequence[Segment], given: Sequence[SegmentIn]
) -> list[tuple[Segment | None, SegmentIn]]:
    """Which segment each entry is: the one it names, else the first one left that says the same; else a new one."""
    left = {segment.id: segment for segment in existing}
    named = {entry.id for entry in given if entry.id is not None}
    pairs = []
    for place, entry in enumerate(given):
        if entry.id is not None:
            segment = left.pop(entry.id, None)
            if segment is None:
                raise invalid(f"/segments/{place}/id", "is no segment of this session, or named twice")
        else:
            segment = next((one for one in left.values() if one.id not in named and _says(one, entry)), None)
            if segment is not None:
                del left[segment.id]
        pairs.append((segment, entry))
    return pairs


def _says(segment: Segment, entry: SegmentIn) -> bool:
    return (segment.title, segment.kind, segment.minutes) == (entry.title, entry.kind, entry.minutes)


def _refuse_changes_to_the_past(
    existing: Sequence[Segment], pairs: Sequence[tuple[Segment | None, SegmentIn]]
) -> None:
    started = [segment.id for segment in existing if segment.started_at is not None]
    again = [
        segment.id
        for segment, entry in pairs
        if segment is not None
        and segment.started_at is not None
        and _says(segment, entry)
        and entry.person_id in (segment.person_id, None)
    ]
    if again != started:
        raise Problem(SEGMENT_LOCKED, "Segments that started stay as they are, in their order.")


def _placed(ctx: Context, session: Session, segment: Segment | None, entry: SegmentIn, place: int) -> Segment:
    if segment is None:
        return made(ctx, session, entry, place)
    segment.position = place
    if segment.started_at is None:
        segment.title, segment.kind, segment.minutes = entry.title, entry.kind, entry.minutes
        segment.person_id = entry.person_id
    return segment
