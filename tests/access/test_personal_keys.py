"""Personal keys: the person, cut down; made and revoked by the person, revoked by admins too."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from peergroup.access import credentials, scopes
from peergroup.access.models import Credential
from peergroup.app import build_house
from peergroup.kit import time
from peergroup.kit.events import Event
from peergroup.kit.idempotency import IdempotencyKey
from peergroup.kit.secrets import checksum
from peergroup.people.models import ErasureReceipt, Person
from peergroup.worker import Worker
from tests.access.factories import bearing, becomes
from tests.conftest import Clock
from tests.world import Actor, World, a_client, a_world


async def a_key(actor: Actor, *names: str, **more: Any) -> tuple[dict[str, Any], Actor]:
    """A personal key that the actor makes, and somebody who uses it."""
    body = {"name": "script", "scopes": list(names or ("groups:read",))} | more
    answer = await actor.post("/me/keys", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made, bearing(actor.client, made["secret"])


async def test_a_key_is_its_person_and_its_secret_is_shown_once(world: World) -> None:
    ada = await world.person("Ada Adler")
    answer = await ada.post("/me/keys", {"name": "script", "scopes": ["groups:read", "groups:read"]})
    made = answer.json()
    assert answer.headers["location"] == f"/v1/me/keys/{made['id']}"
    assert answer.headers["cache-control"] == "no-store"
    assert (made["kind"], made["scopes"]) == ("personal", ["groups:read"])
    me = (await bearing(world.client, made["secret"]).get("/me")).json()
    assert (me["person"]["name"], me["scopes"]) == ("Ada Adler", ["groups:read"])
    assert (me["credential"]["kind"], me["credential"]["name"]) == ("personal", "script")
    listed = (await ada.get("/me/keys")).json()["items"]
    assert made["id"] in {key["id"] for key in listed}
    assert all("secret" not in key for key in listed)


async def test_a_key_to_read_groups_may_not_write_them(world: World) -> None:
    _, reading = await a_key(world.owner, "groups:read")
    refused = await reading.post("/groups", {"name": "Tenfold", "moderators": []})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "groups:write" in refused.json()["detail"]
    assert (await reading.patch("/organization", {"name": "Mine"})).status_code == 403
    assert (await reading.get("/groups")).status_code == 200
    _, writing = await a_key(world.owner, "organization:write")
    assert (await writing.patch("/organization", {"name": "Ours"})).status_code == 200


async def test_a_key_never_makes_its_person_more_than_they_are(world: World) -> None:
    ada = await world.person(role="admin")
    _, key = await a_key(ada, "organization:write")
    assert (await key.get("/keys")).status_code == 200
    async with world.acting() as ctx:
        person = await ctx.db.get(Person, (world.organization_id, ada.person_id))
        assert person is not None
        person.organization_role = None
    assert (await key.get("/keys")).status_code == 403


async def test_a_key_cannot_make_a_wider_one(world: World) -> None:
    ada = await world.person(scopes=["groups:read", "events:read"])
    refused = await ada.post("/me/keys", {"name": "x", "scopes": ["groups:read", "groups:write"]})
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    assert "groups:write" in refused.json()["detail"]
    await a_key(ada, "events:read")


async def test_a_key_cannot_make_one_that_lives_longer(world: World, clock: Clock) -> None:
    ada = await world.person()
    ends = time.to_wire(world.house.clock() + dt.timedelta(days=3))
    _, short = await a_key(ada, expires_at=ends)
    later = time.to_wire(world.house.clock() + dt.timedelta(days=4))
    refused = await short.post("/me/keys", {"name": "x", "scopes": ["groups:read"], "expires_at": later})
    assert refused.status_code == 403
    made, child = await a_key(short)
    assert made["expires_at"] == ends
    clock.forward(days=3, seconds=1)
    for ended in (short, child):
        assert (await ended.get("/me")).status_code == 401
    assert (await ada.get("/me")).status_code == 200


async def test_a_key_ends_after_a_year_unless_said_otherwise(world: World, clock: Clock) -> None:
    ada = await world.person()
    _, key = await a_key(ada)
    clock.forward(days=364)
    assert (await key.get("/me")).status_code == 200
    clock.forward(days=1, seconds=1)
    assert (await key.get("/me")).status_code == 401


async def test_revoking_a_key_ends_it_and_what_was_made_with_it_in_every_process(world: World) -> None:
    ada = await world.person()
    made, first = await a_key(ada)
    _, second = await a_key(first)
    _, third = await a_key(second)
    _, beside = await a_key(ada)
    other = build_house(world.house.settings)
    async with a_client(other) as there:
        elsewhere = [bearing(there, actor.token) for actor in (first, second, third)]
        for actor in elsewhere:
            assert (await actor.get("/me")).status_code == 200
        assert (await ada.delete(f"/me/keys/{made['id']}")).status_code == 204
        for actor in (*elsewhere, first, second, third):
            assert (await actor.get("/me")).status_code == 401
    await other.database.close()
    assert (await beside.get("/me")).status_code == 200
    assert (await ada.delete(f"/me/keys/{made['id']}")).status_code == 404
    assert made["id"] not in {key["id"] for key in (await ada.get("/me/keys")).json()["items"]}


async def test_a_key_revokes_only_what_reaches_no_further_than_itself(world: World) -> None:
    ada = await world.person()
    wide, _ = await a_key(ada, "groups:read", "groups:write")
    same, narrow = await a_key(ada, "groups:read")
    assert (await narrow.delete(f"/me/keys/{wide['id']}")).status_code == 403
    uncut = (await ada.get("/me")).json()["credential"]["id"]
    assert (await narrow.delete(f"/me/keys/{uncut}")).status_code == 403
    assert (await narrow.delete(f"/me/keys/{same['id']}")).status_code == 204
    assert (await narrow.get("/me")).status_code == 401


@pytest.mark.parametrize("state", ["deactivated", "erased", "merged"])
async def test_the_keys_of_who_is_gone_are_dead_at_once_and_for_ever(world: World, state: str) -> None:
    ada = await world.person()
    _, key = await a_key(ada)
    other = build_house(world.house.settings)
    async with a_client(other) as there:
        elsewhere = bearing(there, key.token)
        assert (await elsewhere.get("/me")).status_code == 200
        assert ada.person_id is not None
        await becomes(world, ada.person_id, state)
        for actor in (elsewhere, key, ada):
            answer = await actor.get("/me")
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
    await other.database.close()
    if state == "deactivated":
        await becomes(world, ada.person_id, "active")
        assert (await key.get("/me")).status_code == 401


async def test_erasing_somebody_takes_keys_and_devices_away_with_their_names(world: World) -> None:
    ada = await world.person()
    await a_key(ada, name="Ada's own laptop")
    asked = await world.owner.post(f"/people/{ada.person_id}/erase", {"words": "remove"})
    assert asked.status_code == 202, asked.text
    assert (await ada.get("/me")).status_code == 401
    await Worker(world.house).drain()
    async with world.acting() as ctx:
        kept = await ctx.db.scalars(select(Credential.id).where(Credential.person_id == ada.person_id))
        receipt = await ctx.db.scalar(
            select(ErasureReceipt.removed).where(ErasureReceipt.person_id == ada.person_id)
        )
        assert kept.all() == []
    assert receipt is not None
    assert receipt["devices and keys"] == 2


async def test_a_person_finds_nobody_elses_keys(world: World) -> None:
    ada, ben = await world.person(), await world.person()
    made, _ = await a_key(ada)
    assert made["id"] not in {key["id"] for key in (await ben.get("/me/keys")).json()["items"]}
    assert (await ben.delete(f"/me/keys/{made['id']}")).status_code == 404
    assert (await world.owner.delete(f"/me/keys/{made['id']}")).status_code == 404
    stranger = (await a_world(world.house, world.client, "Elsewhere")).owner
    for path in ("/me/keys", "/keys", "/service-keys"):
        assert (await stranger.delete(f"{path}/{made['id']}")).status_code == 404


async def test_an_admin_sees_and_revokes_everybodys_keys_without_secrets(world: World) -> None:
    admin = await world.person(role="admin")
    ada = await world.person("Ada Adler")
    made, key = await a_key(ada)
    listed = {one["id"]: one for one in (await admin.get("/keys?limit=200")).json()["items"]}
    assert listed[made["id"]]["person"] == {"id": str(ada.person_id), "name": "Ada Adler"}
    assert "secret" not in listed[made["id"]]
    assert (await admin.delete(f"/keys/{made['id']}")).status_code == 204
    assert (await key.get("/me")).status_code == 401
    assert (await admin.delete(f"/keys/{made['id']}")).status_code == 404


async def test_devices_are_not_keys(world: World) -> None:
    async with world.acting() as ctx:
        session, _ = await credentials.issue(ctx, "session", person_id=world.owner.person_id)
    assert str(session.id) not in (await world.owner.get("/keys?limit=200")).text
    assert (await world.owner.delete(f"/keys/{session.id}")).status_code == 404


async def test_members_and_services_see_and_revoke_nobody_elses_keys(world: World) -> None:
    member, service = await world.person(), await world.service(*scopes.FOR_SERVICES)
    narrow_admin = await world.person(role="admin", scopes=["groups:read"])
    made, _ = await a_key(world.owner)
    for actor in (member, service, narrow_admin):
        assert (await actor.get("/keys")).status_code == 403
        assert (await actor.delete(f"/keys/{made['id']}")).status_code == 403


async def test_a_service_has_no_keys_of_its_own(world: World) -> None:
    service = await world.service(*scopes.FOR_SERVICES)
    made, _ = await a_key(world.owner)
    for answer in (
        await service.get("/me/keys"),
        await service.post("/me/keys", {"name": "x", "scopes": ["people:read"]}),
        await service.delete(f"/me/keys/{made['id']}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_malformed_keys_are_refused(world: World) -> None:
    ada = await world.person()
    for body in (
        {"name": "x", "scopes": []},
        {"name": "x", "scopes": ["everything"]},
        {"name": " ", "scopes": ["groups:read"]},
        {"scopes": ["groups:read"]},
        {"name": "x", "scopes": ["groups:read"], "expires_at": "2020-01-01T00:00:00Z"},
        {"name": "x", "scopes": ["groups:read"], "person_id": str(world.owner.person_id)},
    ):
        answer = await ada.post("/me/keys", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), body


async def test_a_repeated_request_makes_one_key_and_keeps_no_secret(world: World) -> None:
    ada = await world.person()
    body = {"name": "script", "scopes": ["groups:read"]}
    first = await ada.post("/me/keys", body, headers={"Idempotency-Key": "once"})
    again = await ada.post("/me/keys", body, headers={"Idempotency-Key": "once"})
    assert again.json() == first.json() | {"secret": None}
    assert again.headers["idempotent-replayed"] == "true"
    assert len((await ada.get("/me/keys")).json()["items"]) == 2
    async with world.acting() as ctx:
        kept = list(await ctx.db.scalars(select(IdempotencyKey.body)))
        facts = (
            await ctx.db.execute(
                select(Event.type, Event.only_for, Event.facts).where(Event.type.like("key.%"))
            )
        ).all()
    secret = first.json()["secret"].split("_", 2)[2][:43]
    assert secret not in f"{kept} {facts}"
    assert "script" not in f"{facts}"
    assert [(row.type, row.only_for) for row in facts] == [("key.created", ada.person_id)]


async def test_lists_of_keys_come_in_pages(world: World) -> None:
    ada = await world.person()
    for _ in range(3):
        await a_key(ada)
    first = (await ada.get("/me/keys?limit=3")).json()
    assert first["next_cursor"], first
    rest = (await ada.get(f"/me/keys?limit=3&cursor={first['next_cursor']}")).json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (3, 1, None)


async def test_mistyped_cut_and_changed_tokens_are_refused(world: World) -> None:
    ada = await world.person()
    token = ada.token
    other = await world.person()
    swapped = token[:37] + other.token[37:]
    for wrong in (
        token[:-1],
        token.upper(),
        token + "x",
        "pgk_",
        "Bearer",
        swapped,
        token.replace("pgk", "pgz"),
    ):
        answer = await bearing(world.client, wrong).get("/me")
        assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Bearer"), wrong
    assert (await world.client.get("/v1/me")).status_code == 401


async def test_a_forged_secret_with_a_right_checksum_is_refused(world: World) -> None:
    ada = await world.person()
    body = ada.token[:37] + "A" * 43
    assert (await bearing(world.client, body + checksum(body)).get("/me")).status_code == 401


async def test_whoever_is_not_active_is_refused_even_with_a_key_that_was_not_revoked(world: World) -> None:
    ada = await world.person(state="deactivated")
    assert (await ada.get("/me")).status_code == 401


async def test_who_am_i_knows_role_and_organization(world: World) -> None:
    me = (await world.owner.get("/me")).json()
    assert (me["kind"], me["organization_role"]) == ("person", "owner")
    assert me["organization"] == {"id": str(world.organization_id), "name": "Fjord Founders"}
    assert me["scopes"] == list(scopes.EVERY)
    tag = (await world.owner.get("/me")).headers["etag"]
    assert (await world.owner.get("/me", headers={"If-None-Match": tag})).status_code == 304
