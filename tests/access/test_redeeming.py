"""Redeeming a sign-in: by POST, once, in time, on the device that asked."""

import asyncio

import pytest
from sqlalchemy import select

from peergroup.access.models import Credential, SignIn, TokenFamily
from peergroup.access.offers import offer_to
from peergroup.access.redeem import MOST_FAILURES
from peergroup.kit.events import Event
from peergroup.kit.secrets import checksum
from tests.access.factories import (
    Device,
    Postbox,
    a_known_person,
    an_address,
    asked,
    bearing,
    becomes,
    mailed,
    signed_in,
)
from tests.conftest import Clock
from tests.world import World


async def test_the_link_signs_in_and_the_access_token_works(
    world: World, postbox: Postbox, device: Device
) -> None:
    _, letter = await asked(world, postbox, device)
    answer = await device.open(letter.links[0])
    assert answer.status_code == 200, answer.text
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
    assert tokens["person"]["name"] == "Ada Adler"
    assert answer.headers["cache-control"] == "no-store"
    me = await bearing(world.client, tokens["access_token"]).get("/me")
    assert me.json()["person"]["id"] == tokens["person"]["id"]
    assert me.json()["credential"]["kind"] == "session"


async def test_the_code_signs_in_on_the_device_that_asked(
    world: World, postbox: Postbox, device: Device
) -> None:
    email, letter = await asked(world, postbox, device)
    answer = await device.enter(email.upper(), letter.codes[0])
    assert answer.status_code == 200, answer.text


async def test_an_access_token_ends_after_a_quarter_of_an_hour(
    world: World, postbox: Postbox, device: Device, clock: Clock
) -> None:
    _, letter = await asked(world, postbox, device)
    ada = bearing(world.client, (await device.open(letter.links[0])).json()["access_token"])
    clock.forward(minutes=14)
    assert (await ada.get("/me")).status_code == 200
    clock.forward(minutes=1, seconds=1)
    ended, unknown = await ada.get("/me"), await bearing(world.client, "rubbish").get("/me")
    assert (ended.status_code, unknown.status_code) == (401, 401)
    assert "POST /v1/tokens/refresh" in ended.json()["detail"]
    assert ended.json()["detail"] == unknown.json()["detail"]


async def test_whoever_only_opens_the_link_redeems_nothing(
    world: World, postbox: Postbox, device: Device
) -> None:
    _, letter = await asked(world, postbox, device)
    token = letter.links[0]
    page = await device.client.get(f"/sign-in#token={token}")
    assert page.status_code == 200
    assert token not in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    for method in ("GET", "HEAD"):
        scanned = await device.client.request(method, "/v1/sign-in/redeem", params={"token": token})
        assert (scanned.status_code, scanned.headers["allow"]) == (405, "POST")
    assert (await device.open(token)).status_code == 200


async def test_a_link_and_its_code_work_once(world: World, postbox: Postbox, device: Device) -> None:
    email, letter = await asked(world, postbox, device)
    assert (await device.open(letter.links[0])).status_code == 200
    for again in (await device.open(letter.links[0]), await device.enter(email, letter.codes[0])):
        assert (again.status_code, again.json()["code"]) == (401, "sign_in_refused")


async def test_of_many_who_redeem_at_once_one_gets_in(world: World, postbox: Postbox, device: Device) -> None:
    _, letter = await asked(world, postbox, device)
    answers = await asyncio.gather(*(device.open(letter.links[0]) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 7


async def test_link_and_code_expire_after_a_quarter_of_an_hour(
    world: World, postbox: Postbox, device: Device, clock: Clock
) -> None:
    email, letter = await asked(world, postbox, device)
    clock.forward(minutes=15, seconds=1)
    assert (await device.open(letter.links[0])).status_code == 401
    assert (await device.enter(email, letter.codes[0])).status_code == 401


async def test_the_link_of_another_device_is_refused_and_stays_good_for_its_own(
    world: World, postbox: Postbox, device: Device
) -> None:
    _, letter = await asked(world, postbox, device)
    thief = Device(world.client)
    assert (await thief.open(letter.links[0])).status_code == 401
    assert (await thief.open(letter.links[0], code_verifier=None)).status_code == 401
    assert (await device.open(letter.links[0])).status_code == 200


async def test_a_link_tried_from_too_many_wrong_devices_is_dead(
    world: World, postbox: Postbox, device: Device
) -> None:
    _, letter = await asked(world, postbox, device)
    thief = Device(world.client)
    for _ in range(MOST_FAILURES):
        assert (await thief.open(letter.links[0])).status_code == 401
    assert (await device.open(letter.links[0])).status_code == 401


async def test_the_code_of_another_device_is_refused(world: World, postbox: Postbox, device: Device) -> None:
    email, letter = await asked(world, postbox, device)
    assert (await Device(world.client).enter(email, letter.codes[0])).status_code == 401
    assert (await device.enter(email, letter.codes[0])).status_code == 200


async def test_the_code_of_another_request_is_refused(world: World, postbox: Postbox, device: Device) -> None:
    email, letter = await asked(world, postbox, device)
    thief = Device(world.client)
    await thief.ask(email)
    theirs = (await mailed(world.house, postbox)).codes[0]
    if theirs != letter.codes[0]:
        assert (await thief.enter(email, letter.codes[0])).status_code == 401


@pytest.mark.parametrize("state", ["deactivated", "erased", "merged"])
async def test_who_is_gone_meanwhile_does_not_get_in(
    world: World, postbox: Postbox, device: Device, state: str
) -> None:
    email = an_address()
    person_id = await a_known_person(world, email)
    await device.ask(email)
    letter = await mailed(world.house, postbox)
    await becomes(world, person_id, state)
    assert (await device.open(letter.links[0])).status_code == 401
    assert (await device.enter(email, letter.codes[0])).status_code == 401


async def test_a_sign_in_asked_before_a_deactivation_is_dead_after_a_reactivation(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address()
    person_id = await a_known_person(world, email)
    await device.ask(email)
    letter = await mailed(world.house, postbox)
    await becomes(world, person_id, "deactivated")
    await becomes(world, person_id, "active")
    async with world.acting() as ctx:
        assert list(await ctx.db.scalars(select(SignIn))) == []
    assert (await device.open(letter.links[0])).status_code == 401
    await device.ask(email)
    assert (await device.open((await mailed(world.house, postbox)).links[0])).status_code == 200


async def test_what_was_mailed_to_a_former_address_signs_nobody_in(
    world: World, postbox: Postbox, device: Device
) -> None:
    old, new = an_address(), an_address()
    person_id = await a_known_person(world, old)
    await device.ask(old)
    letter = await mailed(world.house, postbox)
    changed = await world.owner.patch(f"/people/{person_id}", {"email": new})
    assert changed.status_code == 200, changed.text
    assert (await device.open(letter.links[0])).status_code == 401
    assert (await device.enter(old, letter.codes[0])).status_code == 401
    await device.ask(new)
    assert (await device.open((await mailed(world.house, postbox)).links[0])).status_code == 200


async def test_people_added_over_http_can_sign_in_until_they_are_deactivated(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address()
    made = await world.owner.post("/people", {"name": "Ada Adler", "email": email})
    tokens = await signed_in(world, postbox, email, device)
    ada = bearing(world.client, tokens["access_token"])
    assert (await ada.get("/me")).status_code == 200
    ended = await world.owner.post(f"/people/{made.json()['id']}/deactivate")
    assert ended.status_code == 200, ended.text
    assert (await ada.get("/me")).status_code == 401
    assert (await device.refresh(tokens["refresh_token"])).status_code == 401


async def test_mistyped_forged_and_foreign_tokens_are_refused(
    world: World, postbox: Postbox, device: Device
) -> None:
    _, letter = await asked(world, postbox, device)
    token = letter.links[0]
    for wrong in (token[:-1], token[:-1] + "a", "pgl_x", world.owner.token, token.replace("pgl", "pgk")):
        if wrong != token:
            answer = await device.open(wrong)
            assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_refused")
    assert (await bearing(world.client, token).get("/me")).status_code == 401


async def test_a_forged_link_with_a_right_checksum_is_refused(
    world: World, postbox: Postbox, device: Device
) -> None:
    _, letter = await asked(world, postbox, device)
    body = letter.links[0][:37] + "A" * 43
    assert (await device.open(body + checksum(body))).status_code == 401


async def test_half_a_proof_is_malformed(world: World, device: Device) -> None:
    email = an_address()
    for body in (
        {},
        {"email": email},
        {"email": email, "code": "123456"},
        {"email": email, "code": "12345", "code_verifier": device.verifier},
        {"email": email, "code": "１２３４５６", "code_verifier": device.verifier},
        {"email": email, "code": "123456", "code_verifier": "short"},
        {"token": "x", "email": email, "code": "123456", "code_verifier": device.verifier},
    ):
        answer = await device.client.post("/v1/sign-in/redeem", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), body


async def test_the_operators_link_needs_no_device(world: World, device: Device) -> None:
    person_id = await a_known_person(world, an_address())
    async with world.acting() as ctx:
        offer = await offer_to(ctx, person_id)
    assert offer is not None
    assert offer.code is None
    token = offer.link.partition("#token=")[2]
    assert (await device.open(token, code_verifier=None)).status_code == 200


async def test_nothing_is_offered_to_who_is_not_active(world: World) -> None:
    gone = await world.person(state="deactivated")
    assert gone.person_id is not None
    async with world.acting() as ctx:
        assert await offer_to(ctx, gone.person_id) is None


async def test_only_the_person_learns_of_a_sign_in_and_no_secret_is_kept(
    world: World, postbox: Postbox, device: Device
) -> None:
    email, letter = await asked(world, postbox, device)
    tokens = (await device.open(letter.links[0])).json()
    async with world.acting() as ctx:
        facts = (
            await ctx.db.execute(
                select(Event.type, Event.only_for, Event.facts).where(Event.type.like("sign_in.%"))
            )
        ).all()
        kept = [
            (
                await ctx.db.execute(
                    select(table.__table__).where(table.__table__.c.organization_id == ctx.organization_id)
                )
            ).all()
            for table in (SignIn, TokenFamily, Credential)
        ]
    assert {row.type for row in facts} == {"sign_in.offered", "sign_in.redeemed"}
    assert {str(row.only_for) for row in facts} == {tokens["person"]["id"]}
    stored = f"{facts} {kept}"
    for secret in (letter.links[0], tokens["access_token"], tokens["refresh_token"]):
        assert secret.split("_", 2)[2][:43] not in stored
    assert email not in stored
