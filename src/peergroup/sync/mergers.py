"""Records that a source has merged: whoever was known under one of them is known under the one that is left."""

from sqlalchemy import select

from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context
from peergroup.people.models import PersonReference
from peergroup.sync.models import SyncRecord, SyncRun


async def follow(ctx: Context, run: SyncRun) -> None:
    """Tie the references that are left to the people of those that went, where they mean nobody yet.

    Two people are never merged by it: the first of several keeps the reference, the others are told apart.
    """
    query = (
        select(SyncRecord.merged_into, PersonReference.person_id)
        .join(PersonReference, PersonReference.external_id == SyncRecord.external_id)
        .where(
            SyncRecord.run_id == run.id,
            SyncRecord.merged_into.is_not(None),
            PersonReference.source == run.source,
            PersonReference.gone_at.is_(None),
        )
        .order_by(SyncRecord.number.desc())
    )
    people = dict((await ctx.db.execute(query)).all())
    tenant = {"organization_id": ctx.organization_id, "source": run.source}
    nothing = {"gone_at": None, "apart_from": None}
    rows = [
        tenant | {"external_id": merged_into, "person_id": person_id} | nothing
        for merged_into, person_id in sorted(people.items())
    ]
    await insert_rows(ctx.db, PersonReference.__table__, rows, keeps=True)
