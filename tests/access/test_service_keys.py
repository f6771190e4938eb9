"""Service keys: made by admins, without a person, exchanged for tokens that end with them."""

import asyncio
import base64
import datetime as dt
from typing import Any

import httpx
from sqlalchemy import func, select

from peergroup.access import scopes
from peergroup.access.models import Credential
from peergroup.app import build_house
from peergroup.kit import time
from peergroup.kit.secrets import checksum
from tests.access.factories import bearing, becomes
from tests.conftest import Clock
from tests.world import Actor, World, a_client, a_world


async def a_service(actor: Actor, *names: str, **more: Any) -> dict[str, Any]:
    body = {"name": "CRM", "scopes": list(names or ("people:read", "groups:read"))} | more
    answer = await actor.post("/service-keys", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def ask(client: httpx.AsyncClient, key: dict[str, Any], **more: str | None) -> httpx.Response:
    """A token request in form style; None leaves a field out."""
    form = {"grant_type": "client_credentials", "client_id": key["id"], "client_secret": key["secret"]} | more
    return await client.post("/v1/oauth/token", data={k: v for k, v in form.items() if v is not None})


def tokened(body: str) -> str:
    """A token of this form with a checksum that is right."""
    return body[:80] + checksum(body[:80])


async def test_an_admin_makes_a_service_key_that_works(world: World) -> None:
    admin = await world.person("Alma Admin", role="admin")
    made = await a_service(admin, "people:read")
    assert (made["kind"], made["person"]) == ("service", None)
    assert made["made_by"] == {"id": str(admin.person_id), "name": "Alma Admin"}
    me = (await bearing(world.client, made["secret"]).get("/me")).json()
    assert (me["kind"], me["person"], me["organization_role"]) == ("service", None, None)
    assert (me["scopes"], me["credential"]["id"]) == (["people:read"], made["id"])
    listed = (await admin.get("/service-keys")).json()["items"]
    assert [key["id"] for key in listed] == [made["id"]]
    assert "secret" not in listed[0]


async def test_members_services_and_narrow_keys_make_no_service_keys(world: World) -> None:
    body = {"name": "CRM", "scopes": ["people:read"]}
    made = await a_service(world.owner)
    for actor in (
        await world.person(),
        await world.service(*scopes.FOR_SERVICES),
        await world.person(role="admin", scopes=["people:read"]),
    ):
        for answer in (
            await actor.post("/service-keys", body),
            await actor.get("/service-keys"),
            await actor.delete(f"/service-keys/{made['id']}"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_service_key_never_holds_the_scopes_of_words(world: World) -> None:
    for name in ("content:read", "content:write", "nonsense"):
        answer = await world.owner.post("/service-keys", {"name": "CRM", "scopes": ["people:read", name]})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/scopes/1")
    made = await a_service(world.owner, *scopes.FOR_SERVICES)
    assert made["scopes"] == sorted(scopes.FOR_SERVICES)


async def test_an_admins_key_makes_no_wider_or_longer_lived_service_key(world: World) -> None:
    ends = world.house.clock() + dt.timedelta(days=2)
    body = {"name": "short", "scopes": ["organization:write", "people:read"]}
    answer = await world.owner.post("/me/keys", body | {"expires_at": time.to_wire(ends)})
    short = bearing(world.client, answer.json()["secret"])
    wider = await short.post("/service-keys", {"name": "CRM", "scopes": ["people:write"]})
    longer = await short.post(
        "/service-keys",
        {
            "name": "CRM",
            "scopes": ["people:read"],
            "expires_at": time.to_wire(ends + dt.timedelta(seconds=1)),
        },
    )
    assert (wider.status_code, longer.status_code) == (403, 403)
    assert (await a_service(short, "people:read"))["expires_at"] == time.to_wire(ends)


async def test_a_service_key_outlives_whoever_made_it(world: World) -> None:
    admin = await world.person(role="admin")
    made = await a_service(admin)
    assert admin.person_id is not None
    await becomes(world, admin.person_id, "deactivated")
    assert (await bearing(world.client, made["secret"]).get("/me")).status_code == 200


async def test_a_revoked_service_key_is_dead_in_every_process(world: World) -> None:
    made = await a_service(world.owner)
    other = build_house(world.house.settings)
    async with a_client(other) as there:
        elsewhere = bearing(there, made["secret"])
        assert (await elsewhere.get("/me")).status_code == 200
        assert (await world.owner.delete(f"/service-keys/{made['id']}")).status_code == 204
        assert (await elsewhere.get("/me")).status_code == 401
    await other.database.close()
    assert (await world.owner.delete(f"/service-keys/{made['id']}")).status_code == 404
    assert (await ask(world.client, made)).status_code == 401


async def test_only_service_keys_are_found_among_service_keys(world: World) -> None:
    ada = await world.person()
    mine = (await ada.post("/me/keys", {"name": "x", "scopes": ["groups:read"]})).json()
    assert (await world.owner.delete(f"/service-keys/{mine['id']}")).status_code == 404
    made = await a_service(world.owner)
    stranger = (await a_world(world.house, world.client, "Elsewhere")).owner
    assert (await stranger.delete(f"/service-keys/{made['id']}")).status_code == 404
    assert (await world.owner.delete(f"/keys/{made['id']}")).status_code == 204


async def test_a_service_exchanges_its_key_for_a_token(world: World, clock: Clock) -> None:
    made = await a_service(world.owner)
    answer = await ask(world.client, made)
    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 900)
    assert set(body["scope"].split()) == {"people:read", "groups:read"}
    service = bearing(world.client, body["access_token"])
    me = (await service.get("/me")).json()
    assert (me["kind"], me["credential"]["id"]) == ("service", made["id"])
    clock.forward(minutes=15, seconds=1)
    assert (await service.get("/me")).status_code == 401


async def test_the_token_is_cut_to_the_scopes_asked_for(world: World) -> None:
    made = await a_service(world.owner, "people:read", "organization:write")
    narrow = (await ask(world.client, made, scope="people:read")).json()
    assert narrow["scope"] == "people:read"
    service = bearing(world.client, narrow["access_token"])
    assert (await service.patch("/organization", {"name": "Mine"})).status_code == 403
    wide = bearing(world.client, (await ask(world.client, made, scope=None)).json()["access_token"])
    assert (await wide.patch("/organization", {"name": "Ours"})).status_code == 200


async def test_http_basic_is_taken_too(world: World) -> None:
    made = await a_service(world.owner)
    basic = base64.b64encode(f"{made['id']}:{made['secret']}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    form = {"grant_type": "client_credentials"}
    answer = await world.client.post("/v1/oauth/token", data=form, headers=headers)
    assert answer.status_code == 200, answer.text
    wrong = base64.b64encode(f"{made['id']}:wrong".encode()).decode()
    refused = await world.client.post(
        "/v1/oauth/token", data=form, headers={"Authorization": f"Basic {wrong}"}
    )
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")
    assert refused.headers["www-authenticate"].startswith("Basic ")


async def test_the_token_dies_with_its_key(world: World) -> None:
    made = await a_service(world.owner)
    other = build_house(world.house.settings)
    async with a_client(other) as there:
        service = bearing(there, (await ask(there, made)).json()["access_token"])
        assert (await service.get("/me")).status_code == 200
        await world.owner.delete(f"/keys/{made['id']}")
        assert (await service.get("/me")).status_code == 401
    await other.database.close()


async def test_a_token_asked_for_during_the_revocation_dies_too(world: World) -> None:
    for _ in range(3):
        made = await a_service(world.owner)
        answer, _ = await asyncio.gather(
            ask(world.client, made), world.owner.delete(f"/service-keys/{made['id']}")
        )
        if answer.status_code == 200:
            service = bearing(world.client, answer.json()["access_token"])
            assert (await service.get("/me")).status_code == 401


async def test_the_token_never_outlives_its_key(world: World, clock: Clock) -> None:
    ends = time.to_wire(world.house.clock() + dt.timedelta(minutes=5))
    made = await a_service(world.owner, expires_at=ends)
    given = (await ask(world.client, made)).json()
    assert 0 < given["expires_in"] <= 300
    clock.forward(minutes=5, seconds=1)
    assert (await bearing(world.client, given["access_token"]).get("/me")).status_code == 401
    refused = await ask(world.client, made)
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_client")


async def test_expired_tokens_do_not_pile_up(world: World, clock: Clock) -> None:
    made = await a_service(world.owner)
    for _ in range(3):
        assert (await ask(world.client, made)).status_code == 200
        clock.forward(minutes=16)
    async with world.acting() as ctx:
        assert await ctx.db.scalar(select(func.count()).where(Credential.kind == "grant")) == 1


async def test_a_retry_with_the_next_token_is_the_same_request(world: World) -> None:
    made = await a_service(world.owner, "organization:write", "groups:write")
    moderator = await world.person()
    body = {"name": "Tenfold", "moderators": [str(moderator.person_id)]}
    answers = []
    for _ in range(2):
        service = bearing(world.client, (await ask(world.client, made)).json()["access_token"])
        answers.append(await service.post("/groups", body, headers={"Idempotency-Key": "g1"}))
    assert answers[0].status_code == 201, answers[0].text
    assert answers[1].headers["idempotent-replayed"] == "true"


async def test_token_requests_that_do_not_count_are_refused(world: World) -> None:
    made, other = await a_service(world.owner), await a_service(world.owner)
    ada = await world.person()
    mine = (await ada.get("/me")).json()["credential"]["id"]
    cases: list[tuple[dict[str, str | None], int, str]] = [
        ({"grant_type": None}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"client_id": None}, 400, "invalid_request"),
        ({"client_secret": None}, 400, "invalid_request"),
        ({"client_secret": ""}, 400, "invalid_request"),
        ({"scope": "people:read people:write"}, 400, "invalid_scope"),
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"client_id": other["id"]}, 401, "invalid_client"),
        ({"client_secret": made["secret"][:-1]}, 401, "invalid_client"),
        ({"client_secret": "päss"}, 401, "invalid_client"),
        ({"client_id": mine, "client_secret": ada.token}, 401, "invalid_client"),
        (
            {"client_id": mine, "client_secret": tokened(ada.token.replace("pgk", "pgs"))},
            401,
            "invalid_client",
        ),
        ({"client_secret": tokened(made["secret"][:37] + "A" * 43)}, 401, "invalid_client"),
    ]
    for change, status, code in cases:
        answer = await ask(world.client, made, **change)
        said = answer.json()
        assert (answer.status_code, said["code"], said["error"]) == (status, code, code), change
        assert answer.headers["content-type"] == "application/problem+json"


async def test_bodies_that_are_no_forms_are_refused(world: World) -> None:
    made = await a_service(world.owner)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    twice = f"grant_type=client_credentials&client_id={made['id']}&client_id=x&client_secret={made['secret']}"
    for content in (twice, b"\xff\xfe=1", b"grant_type", b"grant_type=%FF", b"", b"a=1&" * 60):
        answer = await world.client.post("/v1/oauth/token", content=content, headers=form)
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request"), content
    for broken in (
        "Basic",
        "Basic !!!",
        "Basic /w==",
        "Bearer x",
        f"Basic {base64.b64encode(b'x').decode()}",
    ):
        answer = await world.client.post(
            "/v1/oauth/token",
            content="grant_type=client_credentials",
            headers=form | {"Authorization": broken},
        )
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_request"), broken
    assert (await world.client.post("/v1/oauth/token", json={})).status_code == 415


async def test_fields_that_oauth_does_not_know_are_ignored_as_its_rfc_asks(world: World) -> None:
    made = await a_service(world.owner)
    assert (await ask(world.client, made, audience="x", resource="y")).status_code == 200
