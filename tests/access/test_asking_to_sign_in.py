"""Asking to sign in: answered alike whoever asks; the mail comes from a job."""

import pytest
from sqlalchemy import event, func, select

from peergroup.access.models import SignIn, SignInRequest
from peergroup.access.offers import KEPT
from peergroup.access.sign_in import MOST_MAILS
from peergroup.kit.context import House
from peergroup.kit.jobs import Job
from peergroup.worker import Worker
from tests.access.factories import Device, Postbox, a_known_person, an_address, becomes, mailed
from tests.conftest import Clock
from tests.world import World, a_world


async def test_the_mail_carries_link_and_code_as_text_and_html(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address()
    await a_known_person(world, email)
    assert (await device.ask(email)).status_code == 202
    letter = await mailed(world.house, postbox)
    assert letter.to == [email]
    assert letter.message["Subject"] == "Your sign-in to Peergroup"
    assert len(letter.links) == len(letter.codes) == 1
    assert letter.links[0] in letter.html
    assert letter.codes[0] in letter.html
    assert letter.codes[0] not in str(letter.message["Subject"])


async def test_known_and_unknown_addresses_get_the_same_bytes(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address()
    await a_known_person(world, email)
    headers = {"X-Request-Id": "same"}
    answers = [
        await device.client.post("/v1/sign-in", json={"email": one}, headers=headers)
        for one in (email, an_address("nobody"))
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].content == answers[1].content
    assert dict(answers[0].headers) == dict(answers[1].headers)


async def test_known_and_unknown_addresses_cost_the_same_statements(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address()
    await a_known_person(world, email)
    said: list[str] = []
    engine = world.house.database.engine.sync_engine

    def listen(_c: object, _u: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        await device.ask(email)
        known, said[:] = list(said), []
        await device.ask(an_address("nobody"))
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert known == said
    assert said


async def test_an_unknown_address_gets_no_mail(world: World, postbox: Postbox, device: Device) -> None:
    await device.ask(an_address("nobody"))
    await Worker(world.house).drain()
    assert postbox.letters == []


async def test_the_address_is_found_however_it_is_spelled(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address("Ada")
    await a_known_person(world, email)
    await device.ask(f" {email.upper()} ")
    assert (await mailed(world.house, postbox)).to == [email.lower()]


async def test_an_address_known_in_several_organizations_gets_one_mail_with_a_link_for_each(
    world: World, postbox: Postbox, device: Device
) -> None:
    other = await a_world(world.house, world.client, "Harbour Circle")
    email = an_address()
    await a_known_person(world, email)
    await a_known_person(other, email.upper())
    await device.ask(email)
    letter = await mailed(world.house, postbox)
    assert len(postbox.letters) == 1
    assert len(set(letter.links)) == len(set(letter.codes)) == 2
    assert "Fjord Founders" in letter.text
    assert "Harbour Circle" in letter.text
    homes = {(await device.open(link)).json()["organization"]["id"] for link in letter.links}
    assert homes == {str(world.organization_id), str(other.organization_id)}


async def test_a_named_organization_is_the_only_one_in_the_mail(
    world: World, postbox: Postbox, device: Device
) -> None:
    other = await a_world(world.house, world.client, "Harbour Circle")
    email = an_address()
    for one in (world, other):
        await a_known_person(one, email)
    await device.ask(email, organization=str(other.organization_id))
    letter = await mailed(world.house, postbox)
    assert len(letter.links) == 1
    assert "Harbour Circle" in letter.text


async def test_mailboxes_that_only_fold_alike_never_get_each_others_links(
    world: World, postbox: Postbox, device: Device
) -> None:
    other = await a_world(world.house, world.client, "Harbour Circle")
    end = an_address("")
    await a_known_person(world, f"strasse{end}")
    await a_known_person(other, f"straße{end}")
    await device.ask(f"strasse{end}")
    await Worker(world.house).drain()
    assert {(letter.to[0], len(letter.links)) for letter in postbox.letters} == {
        (f"strasse{end}", 1),
        (f"straße{end}", 1),
    }
    plain = next(letter for letter in postbox.letters if letter.to == [f"strasse{end}"])
    assert "Harbour Circle" not in plain.text


async def test_who_is_not_active_gets_no_mail(world: World, postbox: Postbox, device: Device) -> None:
    for state in ("deactivated", "erased", "merged"):
        email = an_address()
        await becomes(world, await a_known_person(world, email), state)
        await device.ask(email)
    await Worker(world.house).drain()
    assert postbox.letters == []


async def test_without_a_challenge_there_is_a_link_and_no_code(
    world: World, postbox: Postbox, device: Device
) -> None:
    email = an_address()
    await a_known_person(world, email)
    await device.ask(email, code_challenge=None)
    letter = await mailed(world.house, postbox)
    assert (len(letter.links), letter.codes) == (1, [])
    assert (await device.open(letter.links[0], code_verifier=None)).status_code == 200


async def test_a_mailbox_is_not_flooded(world: World, postbox: Postbox, device: Device) -> None:
    email = an_address()
    await a_known_person(world, email)
    for _ in range(MOST_MAILS + 3):
        assert (await device.ask(email)).status_code == 202
    await Worker(world.house).drain()
    assert len(postbox.letters) == MOST_MAILS


async def test_a_mail_that_could_not_be_sent_is_sent_later_and_works(
    world: World, postbox: Postbox, device: Device, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    email = an_address()
    await a_known_person(world, email)
    await device.ask(email)
    postbox.refuses = True
    await Worker(world.house).drain()
    assert email not in caplog.text
    postbox.refuses = False
    clock.forward(minutes=1)
    letter = await mailed(world.house, postbox)
    assert (await device.enter(email, letter.codes[0])).status_code == 200


async def test_a_mail_that_comes_too_late_is_not_sent(
    world: World, postbox: Postbox, device: Device, clock: Clock
) -> None:
    email = an_address()
    await a_known_person(world, email)
    await device.ask(email)
    clock.forward(minutes=16)
    await Worker(world.house).drain()
    assert postbox.letters == []


async def test_neither_address_nor_secret_is_stored(
    world: World, house: House, postbox: Postbox, device: Device
) -> None:
    email = an_address("canary")
    await a_known_person(world, email)
    await device.ask(email)
    async with house.database.transaction(None, writes=False) as db:
        jobs = list(await db.scalars(select(Job.payload).where(Job.kind == "access.offer_sign_in")))
        requests = list((await db.execute(select(SignInRequest.__table__))).all())
    assert "canary" not in f"{jobs} {requests}"
    letter = await mailed(house, postbox)
    async with world.acting() as ctx:
        offers = [(one.link_hash, one.code_hash) for one in await ctx.db.scalars(select(SignIn))]
    secret = letter.links[0].split("_", 2)[2][:43]
    assert secret not in str(offers)
    assert letter.codes[0] not in {code for _, code in offers}


async def test_requests_are_forgotten_after_a_day(
    world: World, house: House, postbox: Postbox, device: Device, clock: Clock
) -> None:
    old = an_address("old")
    await device.ask(old)
    clock.forward(hours=25)
    await device.ask(an_address("new"))
    await Worker(house).drain()
    async with house.database.transaction(None, writes=False) as db:
        before = select(func.count()).where(SignInRequest.created_at < house.clock() - KEPT)
        assert (await db.execute(before)).scalar_one() == 0


async def test_malformed_requests_are_refused(world: World, device: Device) -> None:
    for body in (
        {},
        {"email": "not an address"},
        {"email": an_address(), "code_challenge": "short"},
        {"email": an_address(), "organization": "fjord"},
        {"email": an_address(), "surprise": 1},
    ):
        answer = await device.client.post("/v1/sign-in", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), body
