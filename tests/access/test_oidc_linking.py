"""Linking identities: by the person alone, with the proof in hand, and gone when the person or the trust goes."""

import asyncio

import pytest
from sqlalchemy import func, select

from peergroup.access import directory, scopes
from peergroup.access.models import Credential, Directory
from peergroup.access.oidc.finding import identity
from peergroup.worker import Worker
from tests.access.factories import a_device, an_address, bearing, becomes, linked, trusts
from tests.access.issuer import AUDIENCE, Issuer
from tests.world import Actor, World, a_client, a_house, a_world


async def told(actor: Actor) -> tuple[int, str]:
    """What somebody is told who asks who they are."""
    answer = await actor.get("/me")
    return answer.status_code, answer.json()["person"]["name"] if answer.is_success else answer.json()["code"]


async def entries(world: World, issuer: Issuer, subject: str = "ada") -> int:
    """How many places an identity leads to, in all organizations."""
    key = directory.hash_of(world.house, identity(issuer.address, AUDIENCE, subject))
    query = select(func.count()).select_from(Directory).where(Directory.key_hash == key)
    async with world.house.database.transaction(None, writes=False) as db:
        return await db.scalar(query) or 0


async def test_a_linked_identity_signs_its_person_in(world: World, issuer: Issuer) -> None:
    provider = await trusts(world, issuer)
    ada = await a_device(world, "Ada Adler")
    bearer = bearing(world.client, issuer.token("ada"))
    assert await told(bearer) == (401, "identity_unknown")
    assert "POST /v1/me/identities" in (await world.client.get("/problems/identity_unknown")).text
    made = await ada.post("/me/identities", {"token": bearer.token})
    assert made.status_code == 201, made.text
    assert made.headers["location"] == f"/v1/me/identities/{made.json()['id']}"
    assert (made.json()["issuer"], made.json()["provider_id"]) == (issuer.address, provider["id"])
    me = (await bearer.get("/me")).json()
    assert (me["person"]["name"], me["kind"], me["credential"]["kind"]) == ("Ada Adler", "person", "identity")
    assert me["credential"]["expires_at"] is not None
    assert me["scopes"] == list(scopes.EVERY)
    assert [one["id"] for one in (await bearer.get("/me/identities")).json()["items"]] == [made.json()["id"]]
    assert await told(bearing(world.client, issuer.token("ben"))) == (401, "identity_unknown")


async def test_the_same_address_links_nobody(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    email = an_address()
    await world.person("Ada Adler", email=email, email_folded=email)
    claims = {"email": email, "email_verified": True, "preferred_username": email, "upn": email}
    assert await told(bearing(world.client, issuer.token("ada", **claims))) == (401, "identity_unknown")
    assert await told(bearing(world.client, issuer.token(email, **claims))) == (401, "identity_unknown")


async def test_linking_again_changes_nothing_and_nobody_else_can_link_it(
    world: World, issuer: Issuer
) -> None:
    await trusts(world, issuer)
    ada, ben = await a_device(world, "Ada Adler"), await a_device(world, "Ben Berg")
    proof = {"token": issuer.token("ada")}
    first, again = [await ada.post("/me/identities", proof) for _ in range(2)]
    assert again.json() == first.json()
    taken = await ben.post("/me/identities", proof)
    assert (taken.status_code, taken.json()["code"]) == (409, "identity_taken")
    assert "Ada" not in taken.text
    assert await told(bearing(world.client, proof["token"])) == (200, "Ada Adler")
    assert (await ben.post("/me/identities", {"token": issuer.token("ben")})).status_code == 201


async def test_of_two_who_link_one_identity_at_once_one_has_it(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    devices = [await a_device(world, f"Person {number}") for number in range(6)]
    proof = {"token": issuer.token("ada")}
    answers = await asyncio.gather(*(device.post("/me/identities", proof) for device in devices))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    winner = next(
        device for device, answer in zip(devices, answers, strict=True) if answer.status_code == 201
    )
    assert await told(bearing(world.client, proof["token"])) == (200, winner.name)


async def test_only_a_signed_in_device_links(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    proof = {"token": issuer.token("other")}
    uncut, cut = await world.person(), await world.person(scopes=["groups:read"])
    keys = (uncut, cut, await world.service(*scopes.FOR_SERVICES))
    refused = [await actor.post("/me/identities", proof) for actor in keys]
    # Nobody asks the issuer for those who may not.
    assert issuer.asked.total() == 0
    refused.append(await (await linked(world, issuer)).post("/me/identities", proof))
    assert [(one.status_code, one.json()["code"]) for one in refused] == [(403, "forbidden")] * 4
    assert await entries(world, issuer, "other") == 0


async def test_what_proves_nothing_links_nothing(world: World, issuer: Issuer) -> None:
    ada = await a_device(world)
    before = await ada.post("/me/identities", {"token": issuer.token()})
    assert (before.status_code, before.json()["code"]) == (401, "identity_refused")
    assert issuer.asked.total() == 0
    await trusts(world, issuer)
    for token in (issuer.token(exp=1), issuer.token(aud="other"), issuer.token()[:-4] + "AAAA"):
        refused = await ada.post("/me/identities", {"token": token})
        assert (refused.status_code, refused.json()["code"]) == (401, "identity_refused")
    for token in ("not a token at all, only words", "a.b.c", 7, None):
        assert (await ada.post("/me/identities", {"token": token})).status_code == 422
    assert await entries(world, issuer) == 0


async def test_an_unlinked_identity_is_unknown_in_every_process(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    made = (await ada.get("/me/identities")).json()["items"][0]["id"]
    other = a_house(world.house.settings)
    async with a_client(other) as there:
        elsewhere = bearing(there, ada.token)
        assert await told(elsewhere) == (200, "Ada Adler")
        assert (await ada.delete(f"/me/identities/{made}")).status_code == 204
        for actor in (elsewhere, ada):
            assert await told(actor) == (401, "identity_unknown")
    await other.database.close()
    device = await a_device(world, "Ben Berg")
    assert (await device.delete(f"/me/identities/{made}")).status_code == 404
    assert (await device.post("/me/identities", {"token": ada.token})).status_code == 201
    assert await told(ada) == (200, "Ben Berg")


async def test_nobody_unlinks_somebody_elses_and_no_key_that_is_cut_down_does(
    world: World, issuer: Issuer
) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    made = (await ada.get("/me/identities")).json()["items"][0]["id"]
    asked = {"name": "script", "scopes": ["groups:read"]}
    cut = bearing(world.client, (await ada.post("/me/keys", asked)).json()["secret"])
    assert (await cut.delete(f"/me/identities/{made}")).status_code == 403
    for other in (await world.person(), world.owner):
        assert (await other.get("/me/identities")).json()["items"] == []
        assert (await other.delete(f"/me/identities/{made}")).status_code == 404
    assert await told(ada) == (200, "Ada Adler")


@pytest.mark.parametrize("state", ["deactivated", "erased", "merged"])
async def test_the_links_of_who_is_gone_are_gone_at_once_and_for_ever(
    world: World, issuer: Issuer, state: str
) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    assert await told(ada) == (200, "Ada Adler")
    assert ada.person_id is not None
    await becomes(world, ada.person_id, state)
    assert await told(ada) == (401, "identity_unknown")
    assert await entries(world, issuer) == 0
    if state == "deactivated":
        await becomes(world, ada.person_id, "active")
        assert await told(ada) == (401, "identity_unknown")
        async with world.acting() as ctx:
            revoked = select(Credential.revoked_at).where(Credential.kind == "identity")
            assert await ctx.db.scalar(revoked) is not None
    # The human behind it may link it anew, whoever they are here by now.
    again = await a_device(world, "Ada Again")
    assert (await again.post("/me/identities", {"token": issuer.token()})).status_code == 201
    assert await told(ada) == (200, "Ada Again")


async def test_erasing_somebody_takes_their_identities_away(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    asked = await world.owner.post(f"/people/{ada.person_id}/erase", {"words": "remove"})
    assert asked.status_code == 202, asked.text
    assert await told(ada) == (401, "identity_unknown")
    await Worker(world.house).drain()
    async with world.acting() as ctx:
        kept = await ctx.db.scalars(select(Credential.id).where(Credential.person_id == ada.person_id))
        assert kept.all() == []


async def test_another_address_changes_nothing_about_identities(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    moved = await world.owner.patch(f"/people/{ada.person_id}", {"email": an_address("moved")})
    assert moved.status_code == 200, moved.text
    assert await told(ada) == (200, "Ada Adler")


async def test_an_issuer_that_is_not_trusted_any_more_signs_nobody_in(world: World, issuer: Issuer) -> None:
    provider = await trusts(world, issuer)
    ada = await linked(world, issuer)
    other = a_house(world.house.settings)
    async with a_client(other) as there:
        elsewhere = bearing(there, ada.token)
        assert await told(elsewhere) == (200, "Ada Adler")
        stale = {"If-Match": '"7"'}
        refused = await world.owner.delete(f"/identity-providers/{provider['id']}", headers=stale)
        assert refused.status_code == 412
        assert (await world.owner.delete(f"/identity-providers/{provider['id']}")).status_code == 204
        for actor in (elsewhere, ada):
            assert await told(actor) == (401, "identity_refused")
    await other.database.close()
    # Trusted anew, it begins anew.
    await trusts(world, issuer)
    assert await told(ada) == (401, "identity_unknown")
    again = await a_device(world, "Ben Berg")
    assert (await again.post("/me/identities", {"token": issuer.token()})).status_code == 201


async def test_organizations_that_share_an_audience_share_no_identity(world: World, issuer: Issuer) -> None:
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    await trusts(world, issuer)
    await trusts(elsewhere, issuer)
    ada = await linked(world, issuer)
    there = await a_device(elsewhere, "Ada Elsewhere")
    taken = await there.post("/me/identities", {"token": issuer.token()})
    assert (taken.status_code, taken.json()["code"]) == (409, "identity_taken")
    assert (await ada.get("/organization")).json()["id"] == str(world.organization_id)
    assert (await there.post("/me/identities", {"token": issuer.token("ben")})).status_code == 201
    ben = bearing(world.client, issuer.token("ben"))
    assert (await ben.get("/organization")).json()["id"] == str(elsewhere.organization_id)


async def test_an_audience_each_lets_one_human_be_in_both(world: World, issuer: Issuer) -> None:
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    await trusts(world, issuer)
    await trusts(elsewhere, issuer, audience="elsewhere")
    ada = await linked(world, issuer)
    there = await a_device(elsewhere, "Ada Elsewhere")
    wrong = await there.post("/me/identities", {"token": issuer.token()})
    assert (wrong.status_code, wrong.json()["code"]) == (401, "identity_refused")
    proof = issuer.token(aud="elsewhere")
    assert (await there.post("/me/identities", {"token": proof})).status_code == 201
    assert await told(bearing(world.client, proof)) == (200, "Ada Elsewhere")
    assert await told(ada) == (200, "Ada Adler")
    both = issuer.token(aud=[AUDIENCE, "elsewhere"], azp=AUDIENCE)
    assert await told(bearing(world.client, both)) == (401, "identity_unknown")


async def test_a_token_for_two_audiences_of_one_organization_means_the_linked_one(
    world: World, issuer: Issuer
) -> None:
    await trusts(world, issuer)
    await trusts(world, issuer, audience="second", clients=[AUDIENCE])
    ada = await a_device(world)
    proof = {"token": issuer.token(aud="second")}
    assert (await ada.post("/me/identities", proof)).status_code == 201
    both = issuer.token(aud=[AUDIENCE, "second"], azp=AUDIENCE)
    assert await told(bearing(world.client, both)) == (200, "Ada Adler")


async def test_there_is_an_end_to_how_many_one_person_links(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    ada = await a_device(world)
    for number in range(10):
        made = await ada.post("/me/identities", {"token": issuer.token(f"ada-{number}")})
        assert made.status_code == 201
    full = await ada.post("/me/identities", {"token": issuer.token("ada-10")})
    assert (full.status_code, full.json()["code"]) == (409, "conflict")
    page = (await ada.get("/me/identities?limit=4")).json()
    assert len(page["items"]) == 4
    assert (await ada.delete(f"/me/identities/{page['items'][0]['id']}")).status_code == 204
    assert (await ada.post("/me/identities", {"token": issuer.token("ada-10")})).status_code == 201


async def test_who_somebody_is_at_their_issuer_is_written_down_nowhere(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    subject = "a-subject-that-nobody-needs-to-know"
    ada = await linked(world, issuer, subject)
    async with world.acting() as ctx:
        rows = (
            await ctx.db.execute(
                select(Credential.__table__).where(
                    Credential.__table__.c.organization_id == world.organization_id
                )
            )
        ).all()
    feed = (await ada.get("/events?limit=200")).text
    assert "identity.linked" in feed
    assert subject not in f"{rows} {feed} {(await ada.get('/me')).text}"
