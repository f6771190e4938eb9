"""Streams that somebody opened with an issuer's token: they end with the token, the link, and the trust."""

import asyncio
import time

import pytest

from peergroup.kit.context import House
from tests.access.factories import bearing, becomes, linked, trusts
from tests.access.issuer import Issuer
from tests.feed.listening import listening, serving
from tests.world import World


async def test_a_stream_ends_with_the_token_that_opened_it(
    world: World, house: House, issuer: Issuer
) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    async with serving(house) as address, listening(address, ada) as staying:
        # Somebody listens already, and is trusted for a quarter of a minute.
        await asyncio.sleep(0.6)
        # With the leeway of a minute there are five seconds left.
        short = bearing(world.client, issuer.token(exp=time.time() - 55, iat=time.time() - 300))
        async with listening(address, short) as ending, asyncio.timeout(9):
            assert await ending.reason(9) == "credential_ended"
        await staying.silence()


@pytest.mark.parametrize("end", ["unlinked", "not trusted", "deactivated"])
async def test_a_stream_ends_with_the_link(world: World, house: House, issuer: Issuer, end: str) -> None:
    provider = await trusts(world, issuer)
    ada, ben = await linked(world, issuer), await linked(world, issuer, "ben", "Ben Berg")
    made = (await ada.get("/me/identities")).json()["items"][0]["id"]
    async with serving(house) as address, listening(address, ada) as ending, listening(address, ben) as other:
        await asyncio.sleep(0.6)
        if end == "deactivated":
            assert ada.person_id is not None
            await becomes(world, ada.person_id, end)
        else:
            path = f"/me/identities/{made}" if end == "unlinked" else f"/identity-providers/{provider['id']}"
            by = ada if end == "unlinked" else world.owner
            assert (await by.delete(path)).status_code == 204
        async with asyncio.timeout(2):
            assert await ending.reason() == "credential_ended"
            if end == "not trusted":
                assert await other.reason() == "credential_ended"
        if end != "not trusted":
            await other.silence()
