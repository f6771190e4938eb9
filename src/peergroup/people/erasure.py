"""Forgetting somebody: what this room holds at once, what the other rooms hold by a job, and the receipt of both."""

from uuid import UUID

from sqlalchemy import delete

from peergroup.kit import idempotency, jobs
from peergroup.kit.context import Context, House, get
from peergroup.kit.jobs import Due, job
from peergroup.people.describing import TOMBSTONE
from peergroup.people.models import ErasureReceipt, Person, PersonReference
from peergroup.people.personal_data import FORMER_MEMBER, holdings


async def begin(ctx: Context, person: Person, words: str) -> ErasureReceipt:
    """Remove the person's own data, kept answers and due work; let the other rooms follow."""
    described = sum(bool(getattr(person, field)) for field in TOMBSTONE) + 1
    for field, nothing in TOMBSTONE.items():
        setattr(person, field, nothing)
    person.name, person.updated_at = FORMER_MEMBER, ctx.now
    removed = {"profile fields": described}
    # Before the references: what other rooms keep under them is found by them.
    for holding in holdings.values():
        if holding.at_once is not None:
            removed[holding.what] = await holding.at_once(ctx, person.id, words)
    gone = await ctx.db.execute(
        delete(PersonReference)
        .where(PersonReference.person_id == person.id)
        .execution_options(synchronize_session=False)
        .returning(PersonReference.external_id)
    )
    removed["references"] = len(gone.all())
    await idempotency.forget(ctx, person.id)
    await jobs.forget(ctx, person.id)
    receipt = ErasureReceipt(person_id=person.id, words=words, removed=removed, created_at=ctx.now)
    ctx.db.add(receipt)
    await ctx.db.flush()
    await jobs.enqueue(ctx, "finish_erasure", dedupe=str(receipt.id), receipt_id=receipt.id)
    return receipt


@job("finish_erasure")
async def finish(house: House, due: Due) -> None:
    """Let every room remove what it holds of an erased person, and complete the receipt."""
    async with house.acting(house.system(due.organization_id)) as ctx:
        receipt = await get(ctx, ErasureReceipt, UUID(due.payload["receipt_id"]), lock=True)
        if receipt.finished_at is not None:
            return
        removed = dict(receipt.removed)
        for holding in holdings.values():
            before = removed.get(holding.what, 0)
            removed[holding.what] = before + await holding.remove(ctx, receipt.person_id, receipt.words)
        # Answers that were under way while the person was erased may have been kept since.
        await idempotency.forget(ctx, receipt.person_id)
        receipt.removed, receipt.finished_at = removed, ctx.now
        ctx.record("person.erasure_finished", receipt.person_id, receipt_id=receipt.id)
