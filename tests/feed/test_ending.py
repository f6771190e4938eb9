"""A stream ends with its reader's rights, whichever process ends them."""

import asyncio
import datetime as dt
from typing import Any

import pytest

from peergroup.access import credentials
from peergroup.kit.context import House
from tests.feed.listening import listening, news, trusted
from tests.groups.factories import a_group, verb
from tests.world import Actor, World


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_leaving_ends_the_stream_within_a_second(
    world: World, house: House, address: str, elsewhere: bool
) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    async with trusted(address, group, ada) as heard:
        if elsewhere:  # Another process records it: nobody wakes this one.
            house.wake = lambda _organization: None
        assert (await verb(ada, group, ada, "leave")).status_code == 200
        async with asyncio.timeout(1.0):
            assert await heard.reason() == "standing_ended"
    async with listening(address, ada, "?types=group.*") as heard:
        await news(group)
        await heard.silence()


@pytest.mark.parametrize("end", ["suspend", "remove"])
async def test_losing_a_standing_ends_the_stream(world: World, address: str, end: str) -> None:
    group = await a_group(world, members=1)
    async with trusted(address, group, group.members[0]) as heard:
        ended = await verb(group.moderator, group, group.members[0], end, {"reason": "Away."})
        assert ended.status_code == 200
        assert await heard.reason() == "standing_ended"


async def test_going_on_leave_does_not_end_the_stream(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    async with listening(address, ada, "?types=group.*") as heard:
        assert (await verb(ada, group, ada, "take_leave")).status_code == 200
        await news(group)
        assert await heard.types(1) == ["group.updated"]


async def test_a_revoked_key_ends_its_stream_and_no_other(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    made = await group.members[0].post("/me/keys", {"name": "second", "scopes": ["events:read"]})
    assert made.status_code == 201, made.text
    second = Actor(world.client, made.json()["secret"], group.members[0].person_id)
    async with (
        listening(address, second) as ending,
        listening(address, group.members[0], "?types=group.*") as staying,
    ):
        await news(group)
        assert [await one.types(1) for one in (ending, staying)] == [["group.updated"], ["group.updated"]]
        assert (await group.members[0].delete(f"/me/keys/{made.json()['id']}")).status_code == 204
        async with asyncio.timeout(1.0):
            assert await ending.reason() == "credential_ended"
        await news(group)
        assert await staying.types(1) == ["group.updated"]


async def test_an_expired_credential_ends_its_stream(world: World, address: str, clock: Any) -> None:
    group = await a_group(world, members=1)
    person = group.members[0].person_id
    async with world.acting() as ctx:
        soon = ctx.now + dt.timedelta(minutes=15)
        _, token = await credentials.issue(ctx, "key", person_id=person, expires_at=soon)
    async with listening(address, Actor(world.client, token, person)) as heard:
        await heard.silence(0.7)
        clock.forward(minutes=16)
        assert await heard.reason() == "credential_ended"


async def test_a_deactivated_person_hears_no_more(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    async with trusted(address, group, group.members[0]) as heard:
        answer = await world.owner.post(f"/people/{group.members[0].person_id}/deactivate")
        assert answer.status_code == 200, answer.text
        assert await heard.reason() == "credential_ended"


async def test_who_is_no_admin_any_more_hears_of_it_and_of_nothing_else(world: World, address: str) -> None:
    admin = await world.person(role="admin")
    async with listening(address, admin, "?types=organization.*") as heard:
        demoted = await world.owner.put(f"/people/{admin.person_id}/organization-role", {"role": None})
        assert demoted.status_code == 200, demoted.text
        assert await heard.reason() == "standing_ended"


async def test_a_new_covenant_that_is_not_signed_ends_the_stream(world: World, address: str) -> None:
    group = await a_group(world, members=1)
    async with trusted(address, group, group.members[0]) as heard:
        written = await group.moderator.post(f"/groups/{group.id}/covenants", {"text": "New rules."})
        assert written.status_code == 201, written.text
        assert await heard.reason() == "standing_ended"
