"""What this room holds of a person, and how it lets go of it."""

from uuid import UUID

from sqlalchemy import delete, update

from peergroup.commitments.models import Commitment
from peergroup.kit.context import Context

_UNSEEN = {"synchronize_session": False}


async def remove(ctx: Context, person_id: UUID, words: str) -> int:
    """Promises to oneself go; those made in groups stay as a former member's, or without words."""
    own = await ctx.db.execute(
        delete(Commitment)
        .where(Commitment.owner_id == person_id, Commitment.group_id.is_(None))
        .returning(Commitment.id)
        .execution_options(**_UNSEEN)
    )
    count = len(own.all())
    if words == "remove":
        said = await ctx.db.execute(
            update(Commitment)
            .where(Commitment.owner_id == person_id)
            .values(body="", action=None, reason=None, history=[], next_step=None)
            .returning(Commitment.id)
            .execution_options(**_UNSEEN)
        )
        count += len(said.all())
    return count
