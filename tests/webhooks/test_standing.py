"""An endpoint follows whoever registered it: what they may read no more is not sent, and in the end nothing is."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from peergroup.access.models import Credential
from peergroup.people.models import Person
from peergroup.webhooks.models import WebhookDelivery, WebhookEndpoint
from tests.access.factories import Device, Postbox, a_known_person, a_postbox, an_address, signed_in
from tests.challenges.factories import a_challenge
from tests.conftest import Clock
from tests.groups.factories import a_group, a_member, verb
from tests.webhooks.factories import HEARS, Endpoint, an_endpoint, served, somebody_comes
from tests.webhooks.receivers import Receiver
from tests.world import Actor, World


async def _is_over(
    world: World, endpoint: Endpoint, receiver: Receiver, reason: str, *, heard: int = 0
) -> None:
    """Nothing more arrives, and its admins see why."""
    await somebody_comes(world)
    await served(world)
    assert len(receiver.got) == heard
    shown = (await world.owner.get(endpoint.path)).json()
    assert (shown["state"], shown["reason"]) == ("disabled", reason)
    async with world.acting() as ctx:
        waiting = select(WebhookDelivery.id).where(WebhookDelivery.state == "pending")
        assert (await ctx.db.scalars(waiting)).all() == []


async def test_a_key_that_is_revoked_hears_nothing_more(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    await somebody_comes(world)
    await served(world)
    key = (await endpoint.shown())["key_id"]
    async with a_postbox(world.house) as box:
        assert (await world.owner.delete(f"/service-keys/{key}")).status_code == 204
        await _is_over(world, endpoint, receiver, "credential_ended", heard=1)
        await served(world)
    (letter,) = box.letters
    assert "revoked or has expired" in letter.text
    refused = await world.owner.patch(endpoint.path, {"state": "enabled"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


async def test_what_waited_for_a_key_is_not_sent_after_it_ended(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.status = 500
    await somebody_comes(world)
    await served(world)
    await world.owner.delete(f"/service-keys/{(await endpoint.shown())['key_id']}")
    clock.forward(minutes=10)
    await _is_over(world, endpoint, receiver, "credential_ended", heard=1)


async def test_a_key_that_expires_hears_nothing_more(world: World, receiver: Receiver, clock: Clock) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    async with world.acting() as ctx:
        soon = clock().replace(microsecond=0)
        mine = update(Credential).where(Credential.kind == "service").values(expires_at=soon)
        await ctx.db.execute(mine)
    clock.forward(seconds=2)
    await _is_over(world, endpoint, receiver, "credential_ended")


async def test_a_person_who_is_deactivated_hears_nothing_more(world: World, receiver: Receiver) -> None:
    admin = await world.person("Adam", role="admin")
    endpoint = await an_endpoint(admin, receiver, "person.created")
    assert (await world.owner.post(f"/people/{admin.person_id}/deactivate")).status_code == 200
    await _is_over(world, endpoint, receiver, "credential_ended")


async def test_an_admin_who_is_one_no_more_hears_nothing_more(world: World, receiver: Receiver) -> None:
    admin = await world.person("Adam", role="admin")
    endpoint = await an_endpoint(admin, receiver, "person.created")
    role = await world.owner.put(f"/people/{admin.person_id}/organization-role", {"role": None})
    assert role.status_code == 200, role.text
    await _is_over(world, endpoint, receiver, "standing_ended")


async def test_a_scope_that_is_lost_ends_it(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    async with world.acting() as ctx:
        cut = update(Credential).where(Credential.kind == "service").values(scopes=["webhooks:write"])
        await ctx.db.execute(cut)
    await _is_over(world, endpoint, receiver, "standing_ended")


async def test_whoever_registers_from_a_device_is_followed_beyond_the_device(
    world: World, receiver: Receiver, device: Device, clock: Clock
) -> None:
    async with a_postbox(world.house) as box:
        owner = await _owner_on_a_device(world, box, device)
        endpoint = await an_endpoint(owner, receiver, "person.created")
        assert (await endpoint.shown())["key_id"] is None
        assert (await owner.delete("/tokens/current")).status_code == 204
        clock.forward(days=2)
        await somebody_comes(world)
        await served(world)
    assert len(receiver.got) == 1
    assert owner.person_id is not None
    async with world.acting() as ctx:
        await ctx.db.execute(
            update(Person).where(Person.id == owner.person_id).values(organization_role=None)
        )
    await _is_over(world, endpoint, receiver, "standing_ended", heard=1)


async def _owner_on_a_device(world: World, box: Postbox, device: Device) -> Actor:
    email = an_address()
    person = await a_known_person(world, email)
    async with world.acting() as ctx:
        await ctx.db.execute(update(Person).where(Person.id == person).values(organization_role="admin"))
    tokens: dict[str, Any] = await signed_in(world, box, email, device)
    return Actor(world.client, tokens["access_token"], UUID(str(person)), "Admin")


@pytest.mark.parametrize("how", ["leave", "suspend"])
async def test_what_happens_in_a_group_is_withheld_from_who_left_it_or_is_suspended(
    how: str, world: World, receiver: Receiver, clock: Clock
) -> None:
    admin = await world.person("Adam", role="admin")
    group = await a_group(world, members=2)
    await a_member(world, group, who=admin)
    endpoint = await an_endpoint(admin, receiver, "challenge.*")
    receiver.status = 500
    await a_challenge(group.members[0], group)
    await served(world)
    waiting = await endpoint.deliveries("pending")
    assert waiting
    assert len(receiver.got) == len(waiting)
    by, why = (admin, {}) if how == "leave" else (group.moderator, {"reason": "Missed four sessions."})
    ended = await verb(by, group, admin, how, why)
    assert ended.status_code == 200, ended.text
    receiver.status, count = 200, len(receiver.got)
    clock.forward(minutes=10)
    await served(world)
    assert len(receiver.got) == count, "what they may not read any more is not sent"
    assert len(await endpoint.deliveries("withheld")) == len(waiting)
    assert (await endpoint.shown())["state"] == "enabled"


async def test_the_webhooks_of_an_erased_person_go_with_them(world: World, receiver: Receiver) -> None:
    admin = await world.person("Adam", role="admin")
    await an_endpoint(admin, receiver, "person.created")
    await somebody_comes(world)
    await served(world)
    assert (
        await world.owner.post(f"/people/{admin.person_id}/erase", {"words": "remove"})
    ).status_code == 202
    await served(world)
    async with world.acting() as ctx:
        for table in (WebhookEndpoint, WebhookDelivery):
            assert (await ctx.db.scalars(select(table))).all() == []


@pytest.fixture
def device(client: Any) -> Device:
    return Device(client)
