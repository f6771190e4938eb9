"""What this room holds of a person, and how it lets go of it."""

from uuid import UUID

from sqlalchemy import delete, update

from peergroup.challenges.models import Challenge, Credit, Second
from peergroup.kit.context import Context

_UNSEEN = {"synchronize_session": False}


async def remove(ctx: Context, person_id: UUID, words: str) -> int:
    """Drafts and seconds go; challenges stay as a former member's, or without words. What was counted stays."""
    seconds = await ctx.db.execute(
        delete(Second)
        .where(Second.person_id == person_id)
        .returning(Second.challenge_id)
        .execution_options(**_UNSEEN)
    )
    drafts = await ctx.db.execute(
        delete(Challenge)
        .where(Challenge.owner_id == person_id, Challenge.draft)
        .returning(Challenge.id)
        .execution_options(**_UNSEEN)
    )
    count = len(seconds.all()) + len(drafts.all())
    if words == "remove":
        nothing = dict.fromkeys(("context", "tried", "reason", "learned", "released_text", "released_at"))
        said = await ctx.db.execute(
            update(Challenge)
            .where(Challenge.owner_id == person_id)
            .values(question="", **nothing)
            .returning(Challenge.id)
            .execution_options(**_UNSEEN)
        )
        count += len(said.all())
    credited = await ctx.db.execute(
        delete(Credit)
        .where(Credit.person_id == person_id)
        .returning(Credit.challenge_id)
        .execution_options(**_UNSEEN)
    )
    return count + len(credited.all())
