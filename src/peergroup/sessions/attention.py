"""When a moderator last touched a running session: one small row, so that noting it waits for nothing."""

from uuid import UUID

from sqlalchemy import exists, select, update

from peergroup.facilitation.models import Exercise
from peergroup.groups.models import Membership
from peergroup.groups.standing import MODERATORS
from peergroup.kit.context import Context
from peergroup.sessions.models import SessionTouch


async def note_touch(ctx: Context, session_id: UUID) -> None:
    """A moderator is at work in this session. One statement; nothing happens if it does not run."""
    with ctx.db.no_autoflush:
        await ctx.db.execute(
            update(SessionTouch)
            .where(SessionTouch.session_id == session_id)
            .values(moderated_at=ctx.now)
            .execution_options(synchronize_session=False)
        )


async def note_touch_of_exercise(ctx: Context, exercise_id: UUID) -> None:
    """Somebody led an exercise on; if it was a moderator, they are at work in its session. One statement."""
    session_id = select(Exercise.session_id).where(Exercise.id == exercise_id).scalar_subquery()
    moderates = exists().where(
        Exercise.id == exercise_id,
        Membership.group_id == Exercise.group_id,
        Membership.person_id == ctx.principal.person_id,
        Membership.role.in_(MODERATORS),
        Membership.state == "active",
    )
    with ctx.db.no_autoflush:
        await ctx.db.execute(
            update(SessionTouch)
            .where(SessionTouch.session_id == session_id, moderates)
            .values(moderated_at=ctx.now)
            .execution_options(synchronize_session=False)
        )
