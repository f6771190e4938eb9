"""A valid request for every route of signing in, tokens and keys."""

from typing import Any

from peergroup.access.offers import offer_to
from tests.matrix.examples import Call, call, example
from tests.matrix.roles import NOBODY
from tests.matrix.stage import Stage
from tests.world import Actor

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


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
