"""A valid request for every route of signing in, tokens and keys."""

from contextlib import ExitStack
from functools import lru_cache
from typing import Any

from peergroup.access.offers import offer_to
from tests.access.factories import a_device, trusts
from tests.access.issuer import Issuer, an_issuer, opened
from tests.matrix.examples import Call, call, example
from tests.matrix.roles import NOBODY
from tests.matrix.stage import Stage
from tests.world import Actor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_running = ExitStack()


async def _link(stage: Stage, actor: Actor) -> str:
    async with stage.world.acting() as ctx:
        offer = await offer_to(ctx, actor.person_id)
    assert offer is not None
    return offer.link.partition("#token=")[2]


async def _device(stage: Stage) -> tuple[Actor, dict[str, Any]]:
    actor = await stage.person()
    answer = await actor.client.post("/v1/sign-in/redeem", json={"token": await _link(stage, actor)})
    assert answer.status_code == 200, answer.text
    given = answer.json()
    return Actor(actor.client, given["access_token"], actor.person_id), given


async def _key_of(actor: Actor) -> str:
    made = await actor.post("/me/keys", {"name": "Script", "scopes": ["groups:read"]})
    assert made.status_code == 201, made.text
    key_id: str = made.json()["id"]
    return key_id


@example
async def request_sign_in(stage: Stage) -> Call:
    organization = str(stage.world.organization_id)
    return call(None, {"email": f"ada{stage.number()}@example.com", "organization": organization})


@example
async def redeem_sign_in(stage: Stage) -> Call:
    return call(None, {"token": await _link(stage, await stage.person())})


@example
async def refresh_tokens(stage: Stage) -> Call:
    _, given = await _device(stage)
    return call(None, {"refresh_token": given["refresh_token"]})


@example
async def sign_out(stage: Stage) -> Call:
    device, _ = await _device(stage)
    return call(device, concerned=device)


@example
async def grant_client_token(stage: Stage) -> Call:
    service = stage.service
    client_id = service.token.split("_")[1]
    form = f"grant_type=client_credentials&client_id={client_id}&client_secret={service.token}"
    return call(None, content=form.encode(), headers=FORM)


@example
async def open_sign_in_link(_stage: Stage) -> Call:
    return call(None)


@example
async def get_me(stage: Stage) -> Call:
    return call(stage.member)


@example
async def list_my_keys(stage: Stage) -> Call:
    return call(stage.member)


@example
async def create_my_key(stage: Stage) -> Call:
    return call(stage.member, {"name": "Script on my laptop", "scopes": ["groups:read"]})


@example
async def list_calendar_feeds(stage: Stage) -> Call:
    return call(stage.member)


@example
async def create_calendar_feed(stage: Stage) -> Call:
    return call(stage.member, {"name": "Calendar on my phone"})


@example
async def revoke_calendar_feed(stage: Stage) -> Call:
    one = await stage.person()
    made = await one.post("/me/calendar-feeds", {"name": "Calendar on my phone"})
    stage.ids.add(made.json()["id"])
    return call(one, feed_id=made.json()["id"], concerned=one, found_by=NOBODY)


@example
async def revoke_my_key(stage: Stage) -> Call:
    one = await stage.person()
    return call(one, key_id=await _key_of(one), concerned=one, found_by=NOBODY)


@example
async def list_service_keys(stage: Stage) -> Call:
    return call(stage.admin)


@example
async def create_service_key(stage: Stage) -> Call:
    return call(stage.admin, {"name": "CRM", "scopes": ["people:write"]})


@example
async def revoke_service_key(stage: Stage) -> Call:
    made = await stage.admin.post("/service-keys", {"name": "CRM", "scopes": ["people:write"]})
    return call(stage.admin, key_id=made.json()["id"])


@example
async def list_keys(stage: Stage) -> Call:
    return call(stage.admin)


@example
async def revoke_key(stage: Stage) -> Call:
    return call(stage.admin, key_id=await _key_of(await stage.person()))


@lru_cache
def _issuer() -> Issuer:
    """One for all examples; it ends with the process."""
    return _running.enter_context(an_issuer())


async def _provider(stage: Stage) -> dict[str, Any]:
    """The stage's own audience at the issuer."""
    opened(stage.world.house)
    audience = f"stage-{stage.world.organization_id}"
    for one in (await stage.owner.get("/identity-providers?limit=200")).json()["items"]:
        if one["audience"] == audience:
            return dict(one)
    return await trusts(stage.world, _issuer(), audience=audience)


async def _signed_in(stage: Stage) -> tuple[Actor, dict[str, str]]:
    """Somebody on a device, and what proves an identity that nobody has linked yet."""
    provider = await _provider(stage)
    device = await a_device(stage.world, f"{stage.mark} somebody")
    stage.ids.add(str(device.person_id))
    return device, {"token": _issuer().token(f"subject-{stage.number()}", aud=provider["audience"])}


async def _fresh_provider(stage: Stage) -> str:
    """One that can be changed and removed; a stage has no room for many."""
    for one in (await stage.owner.get("/identity-providers?limit=200")).json()["items"]:
        if one["issuer"].startswith("https://"):
            await stage.owner.delete(f"/identity-providers/{one['id']}")
    made = await stage.owner.post("/identity-providers", _provider_body(stage))
    assert made.status_code == 201, made.text
    stage.ids.add(made.json()["id"])
    return str(made.json()["id"])


def _provider_body(stage: Stage) -> dict[str, Any]:
    return {"issuer": "https://login.example.com/tenant", "audience": f"peergroup-{stage.number()}"}


@example
async def list_identity_providers(stage: Stage) -> Call:
    await _provider(stage)
    return call(stage.admin)


@example
async def create_identity_provider(stage: Stage) -> Call:
    await _fresh_provider(stage)
    return call(stage.owner, _provider_body(stage))


@example
async def get_identity_provider(stage: Stage) -> Call:
    return call(stage.admin, provider_id=await _fresh_provider(stage))


@example
async def update_identity_provider(stage: Stage) -> Call:
    return call(stage.owner, {"clients": ["peergroup-app"]}, provider_id=await _fresh_provider(stage))


@example
async def delete_identity_provider(stage: Stage) -> Call:
    return call(stage.owner, provider_id=await _fresh_provider(stage))


@example
async def list_my_identities(stage: Stage) -> Call:
    return call(stage.member)


@example
async def link_my_identity(stage: Stage) -> Call:
    device, proof = await _signed_in(stage)
    return call(device, proof, concerned=device)


@example
async def unlink_my_identity(stage: Stage) -> Call:
    device, proof = await _signed_in(stage)
    made = await device.post("/me/identities", proof)
    assert made.status_code == 201, made.text
    stage.ids.add(made.json()["id"])
    return call(device, identity_id=made.json()["id"], concerned=device, found_by=NOBODY)
