"""When a moderator last touched a running session: one small row, so that noting it waits for nothing."""

from uuid import UUID

from sqlalchemy import update

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
