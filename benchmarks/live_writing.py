"""Whoever writes while others listen, in a process of their own: facts of groups, straight into the database.

Each line it reads is a list of transactions, each `[organization, [group, …], how many facts of each]`.
"""

import asyncio
import json
import sys
from uuid import UUID

from peergroup.app import build_house
from peergroup.kit.context import House
from peergroup.kit.settings import Settings

TYPES = ("group.updated", "contribution.confirmed")
"""One of what everybody in the group may know, one of its words: visibility has to be judged for both."""


async def main() -> None:
    """Record what is asked for, and say when it is done."""
    house, loop = build_house(Settings()), asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        for organization, groups, times in json.loads(line):
            await _record(house, UUID(organization), [UUID(group) for group in groups], times)
        print("{}", flush=True)
    await house.database.close()


async def _record(house: House, organization: UUID, groups: list[UUID], times: int) -> None:
    async with house.acting(house.system(organization)) as ctx:
        for group in groups:
            for place in range(times):
                ctx.record(TYPES[place % 2], group, group_id=group, changed=["focus", "cadence"])


if __name__ == "__main__":
    asyncio.run(main())
