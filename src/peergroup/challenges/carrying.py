"""Promises and sessions: they are made in a session, and what is open is on the agenda of the next one."""

from typing import Any
from uuid import UUID

from sqlalchemy import exists, select

from peergroup.challenges.models import Challenge
from peergroup.commitments import sources
from peergroup.commitments.models import Commitment
from peergroup.commitments.sources import Place
from peergroup.kit.context import LOCK, Context
from peergroup.kit.events import Fact, on
from peergroup.sessions import hanging
from peergroup.sessions.agenda import made
from peergroup.sessions.models import RUNNING, Segment, Session
from peergroup.sessions.queries import agenda_of
from peergroup.sessions.schemas import SegmentOf

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
hanging.register("a challenge waits for it", Challenge.session_id)


@on("session.scheduled", "session.completed")
async def put_promises_on_the_agenda(ctx: Context, fact: Fact) -> None:
    """Open promises of a group get a place in its next session, if it has none for them and time is left."""
    group_id = fact.group_id
    if ctx.memory.setdefault(("promises", group_id), fact) is not fact:
        return  # a whole year was scheduled at once: its next session is one
    promised = exists().where(Commitment.group_id == group_id, Commitment.state == "open")
    query: Any = (
        select(Session)
        .where(
            Session.group_id == group_id, Session.state == "scheduled", Session.ends_at > ctx.now, promised
        )
        .order_by(Session.starts_at)
        .limit(1)
        .with_for_update(of=Session, **LOCK)
    )
    session = await ctx.db.scalar(query.execution_options(populate_existing=True))
    if session is None:
        return
    agenda = await agenda_of(ctx, session.id)
    if not _has_room(session, agenda):
        return
    place = next((place for place, segment in enumerate(agenda) if segment.kind not in _FIRST), len(agenda))
    for segment in agenda[place:]:
        segment.position += 1
    entry = SegmentOf(title="What we promised", kind="commitments", minutes=MINUTES)
    agenda.insert(place, made(ctx, session, entry, place))
    session.agenda = agenda
    session.updated_at = ctx.now
    await ctx.db.flush()


def _has_room(session: Session, agenda: list[Segment]) -> bool:
    """Whether an agenda has no place for promises yet, and time for one."""
    if not agenda or any(segment.kind == "commitments" for segment in agenda):
        return False
    return sum(segment.minutes for segment in agenda) + MINUTES <= session.minutes
