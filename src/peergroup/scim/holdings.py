"""What SCIM holds of a person: forgotten with them, and moved when two entries turn out to be one human."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select, update

from peergroup.kit.context import Context
from peergroup.people import merging, personal_data
from peergroup.people.merging import Conflict
from peergroup.scim.models import ScimUser

_UNSEEN = {"synchronize_session": False}
_KEY = "scim_user"


async def _links(ctx: Context, person_id: UUID, into_id: UUID) -> tuple[ScimUser | None, ScimUser | None]:
    query = select(ScimUser).where(ScimUser.person_id.in_((person_id, into_id)))
    found = {link.person_id: link for link in (await ctx.db.scalars(query)).all()}
    return found.get(person_id), found.get(into_id)


async def conflicts(ctx: Context, person_id: UUID, into_id: UUID) -> list[Conflict]:
    """The directory has both: which of its two users they are from now on is to be said."""
    theirs, kept = await _links(ctx, person_id, into_id)
    if theirs is None or kept is None or theirs.dropped_at or kept.dropped_at:
        return []
    return [Conflict(_KEY, "both_provisioned", "The directory has a user for each of them.")]


async def move(ctx: Context, person_id: UUID, into_id: UUID, resolve: Mapping[str, str]) -> None:
    """The survivor stays known to the directory: who is shut out there is shut out here."""
    theirs, kept = await _links(ctx, person_id, into_id)
    if theirs is None:
        return
    moves = theirs.dropped_at is None and (
        kept is None or kept.dropped_at is not None or resolve.get(_KEY) == "this"
    )
    gone = into_id if moves else person_id
    await ctx.db.execute(delete(ScimUser).where(ScimUser.person_id == gone).execution_options(**_UNSEEN))
    if moves:
        values = {"person_id": into_id, "version": ScimUser.version + 1, "updated_at": ctx.now}
        moved = update(ScimUser).where(ScimUser.person_id == person_id).values(**values)
        await ctx.db.execute(moved.execution_options(**_UNSEEN))
    for link in (theirs, kept):
        if link is not None:
            ctx.db.expunge(link)


async def forget(ctx: Context, person_id: UUID, _words: str) -> int:
    """Drop what the directory called somebody."""
    gone = delete(ScimUser).where(ScimUser.person_id == person_id).returning(ScimUser.person_id)
    return len((await ctx.db.execute(gone.execution_options(**_UNSEEN))).all())


merging.register("scim", conflicts=conflicts, move=move, follows=(ScimUser.person_id,))
personal_data.register(
    "scim_users",
    holds="What the organization's directory calls the person: user name, its own id for them, and the parts of"
    " their name. It goes at once.",
    remove=forget,
    at_once=forget,
)
