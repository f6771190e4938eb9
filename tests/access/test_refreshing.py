"""Refresh tokens rotate; an old one ends the device's sign-in; signing out ends it too."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from peergroup.access import tokens as forms
from peergroup.access.models import Credential, Directory, TokenFamily
from peergroup.app import build_house
from peergroup.kit.events import Event
from tests.access.factories import (
    Device,
    Postbox,
    a_known_person,
    an_address,
    bearing,
    becomes,
    signed_in,
)
from tests.conftest import Clock
from tests.world import World, a_client


@pytest.fixture
async def email(world: World) -> str:
    address = an_address()
    await a_known_person(world, address)
    return address


@pytest.fixture
async def tokens(world: World, postbox: Postbox, device: Device, email: str) -> dict[str, Any]:
    return await signed_in(world, postbox, email, device)


async def works(world: World, access_token: str) -> bool:
    return (await bearing(world.client, access_token).get("/me")).status_code == 200


async def test_a_refresh_token_gives_new_tokens(world: World, device: Device, tokens: dict[str, Any]) -> None:
    answer = await device.refresh(tokens["refresh_token"])
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    new = answer.json()
    assert new["refresh_token"] != tokens["refresh_token"]
    assert await works(world, new["access_token"])
    assert (await device.refresh(new["refresh_token"])).status_code == 200


async def test_an_old_refresh_token_ends_the_sign_in_of_the_device(
    world: World, device: Device, tokens: dict[str, Any]
) -> None:
    new = (await device.refresh(tokens["refresh_token"])).json()
    again = await device.refresh(tokens["refresh_token"])
    assert (again.status_code, again.json()["code"]) == (401, "unauthenticated")
    assert not await works(world, new["access_token"])
    assert not await works(world, tokens["access_token"])
    assert (await device.refresh(new["refresh_token"])).status_code == 401
    async with world.acting() as ctx:
        ended = (
            await ctx.db.execute(select(Event.facts, Event.only_for).where(Event.type == "sign_in.ended"))
        ).all()
    assert [(row.facts, str(row.only_for)) for row in ended] == [({"why": "reuse"}, tokens["person"]["id"])]


async def test_much_older_refresh_tokens_end_it_too(
    world: World, device: Device, tokens: dict[str, Any]
) -> None:
    latest = tokens
    for _ in range(3):
        latest = (await device.refresh(latest["refresh_token"])).json()
    assert (await device.refresh(tokens["refresh_token"])).status_code == 401
    assert not await works(world, latest["access_token"])


async def test_reuse_on_one_device_leaves_the_others_signed_in(
    world: World, postbox: Postbox, device: Device, email: str, tokens: dict[str, Any]
) -> None:
    other = await signed_in(world, postbox, email, Device(world.client))
    await device.refresh(tokens["refresh_token"])
    await device.refresh(tokens["refresh_token"])
    assert await works(world, other["access_token"])


async def test_two_refreshes_at_once_are_no_theft(
    world: World, device: Device, tokens: dict[str, Any]
) -> None:
    answers = await asyncio.gather(*(device.refresh(tokens["refresh_token"]) for _ in range(4)))
    assert [answer.status_code for answer in answers] == [200] * 4
    given = [answer.json() for answer in answers]
    assert len({one["refresh_token"] for one in given}) == 1
    for one in given:
        assert await works(world, one["access_token"])
    assert (await device.refresh(given[0]["refresh_token"])).status_code == 200
    assert (await device.refresh(tokens["refresh_token"])).status_code == 401


async def test_two_refreshes_at_once_in_two_processes_are_no_theft(
    world: World, device: Device, tokens: dict[str, Any]
) -> None:
    second = build_house(world.house.settings)
    async with a_client(second) as there:
        answers = await asyncio.gather(
            device.refresh(tokens["refresh_token"]), Device(there).refresh(tokens["refresh_token"])
        )
    await second.database.close()
    assert [answer.status_code for answer in answers] == [200, 200]
    assert len({answer.json()["refresh_token"] for answer in answers}) == 1


async def test_a_forged_refresh_token_is_refused_and_harms_nobody(
    world: World, device: Device, tokens: dict[str, Any]
) -> None:
    real = tokens["refresh_token"]
    head, family, rest = real.split("_", 2)
    for forged in (
        f"{head}_{family}_{'A' * 43}{rest[43:]}",
        f"{head}_{family}_{'A' * 43}{'0' * 16}",
        f"{head}_{'0' * 32}_{rest}",
        tokens["access_token"],
        "nonsense",
    ):
        assert (await device.refresh(forged)).status_code == 401
    assert await works(world, tokens["access_token"])
    assert (await device.refresh(real)).status_code == 200


async def test_a_well_made_token_of_an_unknown_family_is_refused(world: World, device: Device) -> None:
    stranger = forms.refresh_token(world.house.vault, world.organization_id, "A" * 43)
    assert (await device.refresh(stranger)).status_code == 401


async def test_a_refresh_token_is_no_access_token(world: World, tokens: dict[str, Any]) -> None:
    assert not await works(world, tokens["refresh_token"])


async def test_a_device_that_rests_for_a_month_signs_in_anew(
    world: World, device: Device, tokens: dict[str, Any], clock: Clock
) -> None:
    clock.forward(days=29)
    new = await device.refresh(tokens["refresh_token"])
    assert new.status_code == 200
    clock.forward(days=30, seconds=1)
    assert (await device.refresh(new.json()["refresh_token"])).status_code == 401


async def test_however_often_it_refreshes_a_device_signs_in_anew_after_a_year(
    world: World, device: Device, tokens: dict[str, Any], clock: Clock
) -> None:
    latest = tokens
    for _ in range(14):
        clock.forward(days=26)
        latest = (await device.refresh(latest["refresh_token"])).json()
    clock.forward(days=2)
    assert (await device.refresh(latest["refresh_token"])).status_code == 401


async def test_expired_access_tokens_do_not_pile_up(
    world: World, device: Device, tokens: dict[str, Any], clock: Clock
) -> None:
    latest = tokens
    for _ in range(4):
        clock.forward(minutes=16)
        latest = (await device.refresh(latest["refresh_token"])).json()
    async with world.acting() as ctx:
        kept = list(await ctx.db.scalars(select(Credential.id).where(Credential.kind == "session")))
        listed = await ctx.db.scalar(
            select(func.count())
            .select_from(Directory)
            .where(Directory.organization_id == world.organization_id, Directory.kind == "credential")
        )
        keys = await ctx.db.scalar(select(func.count()).where(Credential.kind == "key"))
    assert len(kept) == 1
    assert listed == len(kept) + (keys or 0)


async def test_signing_out_ends_this_device_and_no_other(
    world: World, postbox: Postbox, device: Device, email: str, tokens: dict[str, Any]
) -> None:
    other = await signed_in(world, postbox, email, Device(world.client))
    new = (await device.refresh(tokens["refresh_token"])).json()
    ada = bearing(world.client, new["access_token"])
    assert (await ada.delete("/tokens/current")).status_code == 204
    assert (await ada.get("/me")).status_code == 401
    assert not await works(world, tokens["access_token"])
    assert (await device.refresh(new["refresh_token"])).status_code == 401
    assert await works(world, other["access_token"])


async def test_a_key_is_no_device_to_sign_out(world: World) -> None:
    member, service = await world.person(), await world.service("people:read")
    for key in (member, service):
        answer = await key.delete("/tokens/current")
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert (await key.get("/me")).status_code == 200


@pytest.mark.parametrize("state", ["deactivated", "erased", "merged"])
async def test_who_is_gone_refreshes_nothing(
    world: World, device: Device, email: str, tokens: dict[str, Any], state: str
) -> None:
    async with world.acting() as ctx:
        person_id = await ctx.db.scalar(select(TokenFamily.person_id))
    assert person_id is not None
    await becomes(world, person_id, state)
    assert (await device.refresh(tokens["refresh_token"])).status_code == 401
    assert not await works(world, tokens["access_token"])
    if state == "deactivated":
        await becomes(world, person_id, "active")
        assert (await device.refresh(tokens["refresh_token"])).status_code == 401
        assert not await works(world, tokens["access_token"])


async def test_a_refresh_during_a_deactivation_leaves_nothing_alive(
    world: World, device: Device, tokens: dict[str, Any]
) -> None:
    async with world.acting() as ctx:
        person_id = await ctx.db.scalar(select(TokenFamily.person_id))
    assert person_id is not None
    answer, _ = await asyncio.gather(
        device.refresh(tokens["refresh_token"]), becomes(world, person_id, "deactivated")
    )
    await becomes(world, person_id, "active")
    if answer.status_code == 200:
        assert not await works(world, answer.json()["access_token"])
        assert (await device.refresh(answer.json()["refresh_token"])).status_code == 401
