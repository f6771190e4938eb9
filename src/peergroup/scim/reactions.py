"""What directories look up stays true when a group is changed by others."""

from sqlalchemy import select, update

from peergroup.groups.models import Group
from peergroup.kit.context import Context
from peergroup.kit.events import Fact, on
from peergroup.kit.text import fold
from peergroup.scim.models import ScimGroup


@on("group.updated")
async def follow_the_name(ctx: Context, fact: Fact) -> None:
    """A group is found under the name that it has now."""
    if "name" not in fact.facts.get("changed", ()):
        return
    name = await ctx.db.scalar(select(Group.name).where(Group.id == fact.subject_id))
    follows = update(ScimGroup).where(ScimGroup.group_id == fact.subject_id)
    follows = follows.values(name_folded=fold(str(name)), updated_at=ctx.now)
    await ctx.db.execute(follows.execution_options(synchronize_session=False))
