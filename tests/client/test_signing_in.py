"""A person signs in once; the client keeps the tokens fresh, and tells nobody what they are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from peergroup.client import AsyncPeergroup, Forbidden, Peergroup, Rotating, Tokens, Unauthenticated
from peergroup.kit.context import House
from tests.access.conftest import postbox
from tests.access.factories import Postbox, a_known_person, an_address, mailed
from tests.client.conftest import threaded
from tests.client.flaky import Flaky, FlakyWire
from tests.conftest import Clock
from tests.world import World

__all__ = ["postbox"]


@asynccontextmanager
async def counted(house: House, **given: Any) -> AsyncIterator[tuple[AsyncPeergroup, Flaky]]:
    """A client, and what it sends."""
    flaky = Flaky(house)
    async with httpx.AsyncClient(transport=flaky) as http:
        yield AsyncPeergroup("http://peergroup.test", http=http, **given), flaky


def refreshes(flaky: Flaky | FlakyWire) -> int:
    return [request.url.path for request in flaky.requests].count("/v1/tokens/refresh")


@pytest.mark.parametrize("way", ["code", "link"])
async def test_a_device_signs_in_with_the_code_or_the_link(
    house: House, world: World, postbox: Postbox, way: str
) -> None:
    email, kept = an_address(), []
    await a_known_person(world, email)
    async with counted(house) as (client, _):
        device = await client.sign_in(email, organization=str(world.organization_id))
        letter = await mailed(house, postbox)
        said = {"code": letter.codes[0]} if way == "code" else {"link_token": letter.links[0]}
        signed_in = await device.redeem(**said, save=kept.append)
        assert (await signed_in.me.get()).person is not None
        assert len(kept) == 1
        with pytest.raises(ValueError, match="either the code or the token"):
            await device.redeem()


async def test_the_waiting_client_signs_in(
    house: House, address: str, world: World, postbox: Postbox
) -> None:
    email = an_address()
    await a_known_person(world, email)
    with Peergroup(address) as client:
        device = await threaded(client.sign_in, email)
        letter = await mailed(house, postbox)
        kept: list[Tokens] = []
        signed_in = await threaded(device.redeem, letter.codes[0], save=kept.append)
        assert (await threaded(signed_in.me.get)).person is not None
        rotating = Rotating(kept[0].refresh_token, save=kept.append)
        later = client.with_token(rotating)
        assert (await threaded(later.me.get)).person is not None
        assert (len(kept), kept[1].refresh_token) == (2, rotating.refresh_token)


async def tokens_of(house: House, world: World, postbox: Postbox) -> Tokens:
    email, kept = an_address(), []
    await a_known_person(world, email)
    async with counted(house) as (client, _):
        device = await client.sign_in(email)
        await device.redeem((await mailed(house, postbox)).codes[0], save=kept.append)
    tokens: Tokens = kept[0]
    return tokens


async def test_an_access_token_that_ended_is_renewed_once_for_all_who_wait(
    house: House, world: World, postbox: Postbox, clock: Clock
) -> None:
    tokens, kept = await tokens_of(house, world, postbox), []

    async def keep(new: Tokens) -> None:
        await asyncio.sleep(0)
        kept.append(new)

    rotating = Rotating(tokens.refresh_token, tokens.access_token, save=keep)
    async with counted(house, token=rotating) as (client, flaky):
        await client.me.get()
        assert refreshes(flaky) == 0
        clock.forward(minutes=16)
        everybody = await asyncio.gather(*(client.me.get() for _ in range(5)))
        assert len({one.person and one.person.id for one in everybody}) == 1
        assert (refreshes(flaky), len(kept)) == (1, 1)
        assert kept[0].refresh_token == rotating.refresh_token != tokens.refresh_token


async def test_threads_that_wait_for_a_new_token_get_the_same(
    house: House, address: str, world: World, postbox: Postbox, clock: Clock
) -> None:
    tokens = await tokens_of(house, world, postbox)
    rotating, wire = Rotating(tokens.refresh_token, tokens.access_token), FlakyWire()
    clock.forward(minutes=16)
    with httpx.Client(transport=wire) as http:
        client = Peergroup(address, token=rotating, http=http)
        await asyncio.gather(*(threaded(client.me.get) for _ in range(5)))
    assert refreshes(wire) == 1


async def test_an_upload_is_not_sent_again_empty_after_its_token_ended(
    house: House, world: World, postbox: Postbox, clock: Clock, tmp_path: Path
) -> None:
    tokens = await tokens_of(house, world, postbox)
    (tmp_path / "people.csv").write_bytes(b"Record ID\n1\n")
    clock.forward(minutes=16)
    async with counted(house, token=Rotating(tokens.refresh_token, tokens.access_token)) as (client, flaky):
        upload = client.synchronization.upload_sync_records
        with pytest.raises(Unauthenticated):
            await upload(world.organization_id, iter([b"Record ID\n", b"1\n"]))
        assert refreshes(flaky) == 0
        with pytest.raises(Forbidden):  # a file can be read again; but a member synchronizes nothing
            await upload(world.organization_id, tmp_path / "people.csv")
        assert refreshes(flaky) == 1


async def test_a_device_that_was_signed_out_is_told_so(house: House, world: World, postbox: Postbox) -> None:
    tokens = await tokens_of(house, world, postbox)
    async with counted(house, token=Rotating(tokens.refresh_token, tokens.access_token)) as (client, flaky):
        await client.access.sign_out()
        with pytest.raises(Unauthenticated):
            await client.me.get()
        assert refreshes(flaky) == 1


async def test_a_key_is_not_renewed(house: House) -> None:
    async with counted(house, token="pgk_nobody") as (client, flaky):
        with pytest.raises(Unauthenticated):
            await client.me.get()
        assert len(flaky.requests) == 1


async def test_no_token_goes_where_one_gets_one(house: House) -> None:
    async with counted(house, token=Rotating("pgr_spent", "pga_spent")) as (client, flaky):
        with pytest.raises(Unauthenticated):
            await client.me.get()
        sent = {request.url.path: request.headers.get("Authorization") for request in flaky.requests}
        assert sent == {"/v1/me": "Bearer pga_spent", "/v1/tokens/refresh": None}


async def test_secrets_are_not_printed(house: House, world: World, postbox: Postbox) -> None:
    tokens = await tokens_of(house, world, postbox)
    rotating = Rotating(tokens.refresh_token, tokens.access_token)
    async with counted(house, token=world.owner.token) as (client, flaky):
        key = await client.me.create_key(name="Script", scopes=["groups:read"])
        other = client.with_token(rotating)
        secrets = (key.secret, world.owner.token, *tokens)
        shown = [repr(one) for one in (key, client, other, rotating, tokens, client._credential, client.me)]
        shown += [str(tokens), f"{tokens}", repr(flaky.requests[0])]
        with pytest.raises(Unauthenticated) as caught:
            await client.with_token(f"{world.owner.token}x").me.get()
        shown += [str(caught.value), repr(caught.value), repr(caught.value.raw)]
    assert not [secret for secret in secrets for text in shown if secret in text]
    assert "name='Script'" in shown[0]
