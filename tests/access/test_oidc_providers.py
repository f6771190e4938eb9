"""Identity providers: the owner's to register, seen by admins, and strict about what is one."""

from typing import Any

import pytest

from peergroup.access import scopes
from tests.access.factories import bearing, linked, trusts
from tests.access.issuer import AUDIENCE, Issuer, a_key
from tests.access.test_oidc_linking import told
from tests.world import World, a_world

GOOD = {"issuer": "https://login.example.com/tenant/v2.0", "audience": "peergroup"}


async def test_an_owner_registers_an_issuer_once(world: World) -> None:
    made = await world.owner.post("/identity-providers", GOOD)
    assert made.status_code == 201, made.text
    provider = made.json()
    assert made.headers["location"] == f"/v1/identity-providers/{provider['id']}"
    assert (provider["algorithms"], provider["clients"], provider["version"]) == (["RS256", "ES256"], [], 1)
    again = await world.owner.post("/identity-providers", GOOD)
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    other = await world.owner.post("/identity-providers", GOOD | {"audience": "another"})
    assert other.status_code == 201
    listed = (await world.owner.get("/identity-providers")).json()["items"]
    assert [one["id"] for one in listed] == [provider["id"], other.json()["id"]]
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    assert (await elsewhere.owner.post("/identity-providers", GOOD)).status_code == 201
    assert (await elsewhere.owner.get(f"/identity-providers/{provider['id']}")).status_code == 404


async def test_admins_see_providers_and_only_the_owner_changes_them(world: World) -> None:
    provider = (await world.owner.post("/identity-providers", GOOD)).json()
    path = f"/identity-providers/{provider['id']}"
    admin, member = await world.person(role="admin"), await world.person()
    service = await world.service(*scopes.FOR_SERVICES)
    narrow = await world.person(role="owner", scopes=["people:write"])
    assert (await admin.get(path)).json() == provider
    for actor in (member, service, narrow):
        assert (await actor.get(path)).status_code == 403
        assert (await actor.get("/identity-providers")).status_code == 403
    for actor in (admin, member, service, narrow):
        assert (await actor.post("/identity-providers", GOOD | {"audience": "x"})).status_code == 403
        assert (await actor.patch(path, {"clients": ["x"]})).status_code == 403
        assert (await actor.delete(path)).status_code == 403
    changed = await world.owner.patch(path, {"clients": ["app", "app"]}, headers={"If-Match": '"1"'})
    assert (changed.json()["clients"], changed.json()["version"]) == (["app"], 2)
    assert (await world.owner.patch(path, {"clients": []}, headers={"If-Match": '"1"'})).status_code == 412


@pytest.mark.parametrize(
    "wrong",
    [
        {"issuer": "ftp://login.example.com"},
        {"issuer": "login.example.com"},
        {"issuer": "https://"},
        {"issuer": "https://ada:secret@login.example.com"},
        {"issuer": "https://login.example.com?tenant=1"},
        {"issuer": "https://login.example.com#tenant"},
        {"issuer": "https://login.example.com/ a"},
        {"issuer": "https://login.example.com/\n"},
        {"issuer": "https://login.example.com/ä"},
        {"issuer": "https://" + "a" * 200},
        {"audience": ""},
        {"audience": "two words"},
        {"algorithms": []},
        {"algorithms": ["none"]},
        {"algorithms": ["HS256"]},
        {"algorithms": ["RS256", "HS256"]},
        {"clients": ["a b"]},
        {"clients": None},
        {"secret": "x"},
    ],
)
async def test_what_is_no_provider_is_refused(world: World, wrong: dict[str, Any]) -> None:
    refused = await world.owner.post("/identity-providers", GOOD | wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.text


async def test_issuer_and_audience_stay(world: World) -> None:
    path = f"/identity-providers/{(await world.owner.post('/identity-providers', GOOD)).json()['id']}"
    for body in ({"issuer": "https://other.example.com"}, {"audience": "x"}, {"algorithms": None}):
        assert (await world.owner.patch(path, body)).status_code == 422


async def test_there_is_an_end_to_how_many_there_are(world: World) -> None:
    for number in range(10):
        await world.owner.post("/identity-providers", GOOD | {"audience": f"a{number}"})
    full = await world.owner.post("/identity-providers", GOOD)
    assert (full.status_code, full.json()["code"]) == (409, "conflict")


async def test_other_algorithms_hold_from_the_next_request(world: World, issuer: Issuer) -> None:
    issuer.published = [a_key("one"), a_key("curve", "EC", "P-256")]
    path = f"/identity-providers/{(await trusts(world, issuer))['id']}"
    by_rsa = await linked(world, issuer)
    by_curve = bearing(world.client, issuer.token(key=issuer.published[1]))
    assert (await told(by_rsa), await told(by_curve)) == ((200, "Ada Adler"), (200, "Ada Adler"))
    await world.owner.patch(path, {"algorithms": ["ES256"]})
    assert (await told(by_rsa), await told(by_curve)) == ((401, "identity_refused"), (200, "Ada Adler"))


async def test_tokens_of_other_clients_count_where_they_are_registered(world: World, issuer: Issuer) -> None:
    path = f"/identity-providers/{(await trusts(world, issuer))['id']}"
    await linked(world, issuer)
    own = ({"azp": AUDIENCE}, {"client_id": AUDIENCE}, {})
    for claims in own:
        assert await told(bearing(world.client, issuer.token(**claims))) == (200, "Ada Adler")
    for name in ("azp", "client_id", "cid", "appid"):
        bearer = bearing(world.client, issuer.token(**{name: "app"}))
        assert await told(bearer) == (401, "identity_refused")
        await world.owner.patch(path, {"clients": ["app"]})
        assert await told(bearer) == (200, "Ada Adler")
        await world.owner.patch(path, {"clients": []})
    several: Any = {"aud": [AUDIENCE, "https://issuer.example.com/userinfo"]}
    assert await told(bearing(world.client, issuer.token(**several))) == (401, "identity_refused")
    assert await told(bearing(world.client, issuer.token(**several, azp=AUDIENCE))) == (200, "Ada Adler")


async def test_a_token_is_cut_down_by_the_scopes_of_ours_that_it_names(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    await linked(world, issuer)
    for claims in (
        {"scope": "openid groups:read"},
        {"scp": "groups:read"},
        {"scp": ["groups:read", "profile", 7]},
    ):
        cut = bearing(world.client, issuer.token(**claims))
        assert (await cut.get("/me")).json()["scopes"] == ["groups:read"]
        assert (await cut.get("/groups")).status_code == 200
        refused = await cut.get("/events")
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        wider = await cut.post("/me/keys", {"name": "x", "scopes": ["events:read"]})
        assert wider.status_code == 403
    for claims in ({"scope": "openid profile email"}, {"scp": "access_as_user"}, {"scope": 7}, {"scp": {}}):
        whole = bearing(world.client, issuer.token(**claims))
        assert (await whole.get("/me")).json()["scopes"] == list(scopes.EVERY)
