"""What this room holds of a person, and how it lets go of it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import aliased

from peergroup.challenges.models import Challenge, Credit, Second
from peergroup.kit.context import Context
from peergroup.people import merging

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


async def move(ctx: Context, person_id: UUID, into_id: UUID, _resolve: Mapping[str, str]) -> None:
    """One human asks once: seconds that are double, or of one's own challenge, are taken back. Credits add up."""
    other = aliased(Second)
    owned = exists().where(Challenge.id == Second.challenge_id, Challenge.owner_id.in_((person_id, into_id)))
    twice = exists().where(other.challenge_id == Second.challenge_id, other.person_id == into_id)
    double = delete(Second).where(
        or_(
            (Second.person_id == person_id) & twice,
            Second.person_id.in_((person_id, into_id)) & owned,
        )
    )
    gone = await ctx.db.execute(double.returning(Second.challenge_id).execution_options(**_UNSEEN))
    for challenge_id in sorted(gone.scalars()):
        once_less = update(Challenge).where(Challenge.id == challenge_id)
        await ctx.db.execute(
            once_less.values(times_asked=Challenge.times_asked - 1).execution_options(**_UNSEEN)
        )
    theirs = aliased(Credit)
    same = (theirs.challenge_id == Credit.challenge_id, theirs.person_id == person_id)
    added = select(theirs.helped).where(*same).scalar_subquery()
    both = update(Credit).where(Credit.person_id == into_id, exists().where(*same))
    await ctx.db.execute(both.values(helped=Credit.helped + added).execution_options(**_UNSEEN))


merging.register("challenges", move=move, follows=(Challenge.owner_id, Second.person_id, Credit.person_id))
