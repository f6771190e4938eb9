"""What synchronization keeps of somebody who was erased."""

from sqlalchemy import select

from peergroup.sync.models import SyncRecord
from peergroup.worker import Worker
from tests.sync.runs import applied, apply, lines, person, staged
from tests.world import World

TWO = lines("1,Ada Able,ada@example.com", "2,Ben Bold,ben@example.com")


async def test_whoever_is_erased_does_not_come_back_out_of_a_run_that_waits(world: World) -> None:
    await applied(world.owner, "crm", TWO)
    waiting = await staged(world.owner, "crm", TWO)
    another = await staged(world.owner, "other", TWO)
    ada = await person(world.owner, "crm", "1")
    assert (await world.owner.post(f"/people/{ada['id']}/erase", {"words": "remove"})).status_code == 202
    async with world.acting() as ctx:
        kept = await ctx.db.scalars(select(SyncRecord).where(SyncRecord.fields.is_not(None)))
        # What another source says under the same reference is about somebody else, for all that is known.
        assert sorted((str(one.run_id), one.external_id) for one in kept) == sorted(
            [(waiting, "2"), (another, "1"), (another, "2")]
        )
    answer = await apply(world.owner, waiting)
    assert (answer.json()["summary"]["created"], answer.json()["summary"]["unchanged"]) == (0, 1)
    await Worker(world.house).drain()
    assert (await world.owner.get("/people/by-reference/crm/1")).status_code == 404
