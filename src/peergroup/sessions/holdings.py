"""What sessions hold of a person, and how it goes when they are forgotten."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from peergroup.kit.context import Context
from peergroup.people import merging, personal_data
from peergroup.sessions import rsvps
from peergroup.sessions.models import HELD, Attendance, Rsvp, Segment, Session

_UNSEEN = {"synchronize_session": False}


async def remove(ctx: Context, person_id: UUID, _words: str) -> int:
    """Notes about the person go in any case; that a former member came or was absent stays, as a figure."""
    gone = await ctx.db.execute(
        update(Attendance)
        .where(Attendance.person_id == person_id, Attendance.note.is_not(None))
        .values(note=None)
        .returning(Attendance.session_id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


personal_data.register(
    "attendance notes",
    holds="Whether the person said they would come to a session, whether they came, and notes about that.",
    remove=remove,
)


async def move(ctx: Context, person_id: UUID, into_id: UUID, _resolve: Mapping[str, str]) -> None:
    """Where both answered, the survivor's answer counts; whoever was seen was there."""
    theirs, kept = aliased(Rsvp), aliased(Rsvp)
    both = (
        select(Session.id)
        .join(theirs, (theirs.session_id == Session.id) & (theirs.person_id == person_id))
        .join(kept, (kept.session_id == Session.id) & (kept.person_id == into_id))
        .where(Session.state.in_(HELD))
        .order_by(Session.id)
    )
    for session_id in (await ctx.db.scalars(both)).all():
        await rsvps.withdraw(ctx, session_id, person_id)
    seen = aliased(Attendance)
    was_there = exists().where(
        seen.session_id == Attendance.session_id,
        seen.person_id == person_id,
        seen.mark.in_(("present", "late")),
    )
    missed = update(Attendance).where(
        Attendance.person_id == into_id, Attendance.mark.in_(("absent", "excused"))
    )
    present = missed.where(was_there).values(mark="present")
    await ctx.db.execute(present.execution_options(**_UNSEEN))


merging.register(
    "sessions",
    move=move,
    follows=(
        Session.host_id,
        Segment.person_id,
        Session.led_by_id,
        Session.claimed_by_id,
        Rsvp.person_id,
        Attendance.person_id,
        Attendance.marked_by_id,
    ),
)
