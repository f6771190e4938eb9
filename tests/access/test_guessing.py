"""Guessing codes: a few tries each, counted one by one, alike for known and unknown addresses."""

import asyncio

from sqlalchemy import select

from peergroup.access.models import SignInRequest
from peergroup.access.redeem import MOST_GUESSES, MOST_GUESSES_A_DAY
from tests.access.factories import (
    Device,
    Postbox,
    a_known_person,
    an_address,
    asked,
    mailed,
    other_code,
)
from tests.conftest import Clock
from tests.world import World


async def guesses_of(world: World, device: Device) -> list[int]:
    query = select(SignInRequest.guesses).where(SignInRequest.challenge == device.challenge)
    async with world.house.database.transaction(None, writes=False) as db:
        return list(await db.scalars(query))


async def test_a_code_cannot_be_guessed_more_than_a_few_times(
    world: World, postbox: Postbox, device: Device
) -> None:
    email, letter = await asked(world, postbox, device)
    for step in range(1, MOST_GUESSES + 1):
        assert (await device.enter(email, other_code(letter.codes[0], step))).status_code == 401
    assert (await device.enter(email, letter.codes[0])).status_code == 401
    assert (await device.open(letter.links[0])).status_code == 200


async def test_guesses_at_once_are_counted_one_by_one(world: World, postbox: Postbox, device: Device) -> None:
    email, letter = await asked(world, postbox, device)
    guesses = (device.enter(email, other_code(letter.codes[0], step)) for step in range(1, 9))
    await asyncio.gather(*guesses)
    assert await guesses_of(world, device) == [MOST_GUESSES]


async def test_one_address_can_be_guessed_at_only_so_often_a_day(
    world: World, postbox: Postbox, clock: Clock
) -> None:
    email = an_address()
    await a_known_person(world, email)
    for _ in range(MOST_GUESSES_A_DAY // MOST_GUESSES):
        guesser = Device(world.client)
        await guesser.ask(email)
        code = (await mailed(world.house, postbox)).codes[0]
        for step in range(1, MOST_GUESSES + 1):
            await guesser.enter(email, other_code(code, step))
        clock.forward(minutes=16)
    device = Device(world.client)
    await device.ask(email)
    letter = await mailed(world.house, postbox)
    assert (await device.enter(email, letter.codes[0])).status_code == 401
    assert (await device.open(letter.links[0])).status_code == 200


async def test_a_wrong_code_is_answered_alike_for_known_and_unknown_addresses(
    world: World, postbox: Postbox, device: Device
) -> None:
    email, letter = await asked(world, postbox, device)
    unknown = an_address("nobody")
    await device.ask(unknown)
    bodies = []
    for address in (email, unknown):
        for _ in range(MOST_GUESSES + 1):
            answer = await device.client.post(
                "/v1/sign-in/redeem",
                json={
                    "email": address,
                    "code": other_code(letter.codes[0]),
                    "code_verifier": device.verifier,
                },
                headers={"X-Request-Id": "same"},
            )
            bodies.append((answer.status_code, answer.content, str(answer.headers)))
    assert len(set(bodies)) == 1


async def test_what_others_guess_does_not_use_up_my_tries(
    world: World, postbox: Postbox, device: Device
) -> None:
    email, letter = await asked(world, postbox, device)
    thief = Device(world.client)
    for step in range(1, MOST_GUESSES + 2):
        await thief.enter(email, other_code(letter.codes[0], step))
    assert (await device.enter(email, letter.codes[0])).status_code == 200


async def test_guesses_at_what_has_expired_do_not_count(
    world: World, postbox: Postbox, device: Device, clock: Clock
) -> None:
    email, letter = await asked(world, postbox, device)
    clock.forward(minutes=16)
    await device.enter(email, letter.codes[0])
    assert await guesses_of(world, device) == [0]
