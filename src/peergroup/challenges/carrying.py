"""Promises and sessions: they are made in a session, and what is open is on the agenda of the next one."""

from uuid import UUID

from sqlalchemy import select

from peergroup.commitments import sources
from peergroup.commitments.models import Commitment
from peergroup.commitments.sources import Place
from peergroup.kit.context import Context, get
from peergroup.kit.events import Fact, on
from peergroup.sessions.agenda import made
from peergroup.sessions.models import RUNNING, Segment, Session
from peergroup.sessions.schemas import SegmentPlan

MINUTES = 5
_FIRST = ("opening", "check_in", "icebreaker")


async def place_of_session(ctx: Context, session_id: UUID) -> Place | None:
    """The group of a session in which something can be promised: one that runs, or is over."""
    query = select(Session.group_id, Session.started_at).where(
        Session.id == session_id, Session.state.in_((*RUNNING, "completed")), Session.started_at.is_not(None)
    )
    row = (await ctx.db.execute(query)).one_or_none()
    return None if row is None else Place(row.group_id, row.started_at)


sources.register("session", place_of_session)


@on("session.scheduled")
async def put_promises_on_the_agenda(ctx: Context, fact: Fact) -> None:
    """Open promises of the group get a place in its next session, if it has none for them and time is left."""
    session = await get(ctx, Session, fact.subject_id)
    agenda = list(await ctx.db.scalars(select(Segment).where(Segment.session_id == session.id)))
    agenda.sort(key=lambda segment: segment.position)
    if any(segment.kind == "commitments" for segment in agenda):
        return
    if not agenda or sum(segment.minutes for segment in agenda) + MINUTES > session.minutes:
        return
    query = select(Commitment.id).where(Commitment.group_id == session.group_id, Commitment.state == "open")
    if await ctx.db.scalar(query.limit(1)) is None:
        return
    place = next((place for place, segment in enumerate(agenda) if segment.kind not in _FIRST), len(agenda))
    for segment in agenda[place:]:
        segment.position += 1
    entry = SegmentPlan(title="What we promised", kind="commitments", minutes=MINUTES)
    agenda.insert(place, made(ctx, session, entry, place))
    session.agenda = agenda
    session.updated_at = ctx.now
    await ctx.db.flush()
