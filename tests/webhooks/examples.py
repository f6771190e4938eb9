"""A valid request for every route of webhooks."""

from sqlalchemy import delete

from peergroup.webhooks.models import WebhookLine
from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage

URL = "https://hooks.example.com/peergroup"


async def _make_room(stage: Stage) -> None:
    """An organization has twenty at the most, and the stage is used again and again."""
    there = (await stage.admin.get("/webhook-endpoints", params={"limit": 200})).json()["items"]
    async with stage.world.house.database.transaction(None, writes=True) as db:
        # Nobody is served: other tests, whose worker would do it, have their own time.
        await db.execute(
            delete(WebhookLine).where(WebhookLine.organization_id == stage.world.organization_id)
        )
    for one in there[:10] if len(there) > 15 else ():
        # Somebody else who uses the stage may make room at the same time.
        gone = await stage.admin.delete(f"/webhook-endpoints/{one['id']}")
        assert gone.status_code in (204, 404, 503), gone.text


async def _endpoint(stage: Stage) -> str:
    await _make_room(stage)
    made = await stage.service.post("/webhook-endpoints", {"url": URL, "types": ["person.*"]})
    assert made.status_code == 201, made.text
    endpoint_id: str = made.json()["id"]
    stage.ids.add(endpoint_id)
    return endpoint_id


@example
async def create_webhook_endpoint(stage: Stage) -> Call:
    await _make_room(stage)
    return call(stage.admin, {"url": URL, "description": "Our CRM", "types": ["person.created", "group.*"]})


@example
async def list_webhook_endpoints(stage: Stage) -> Call:
    await _endpoint(stage)
    return call(stage.admin)


@example
async def get_webhook_endpoint(stage: Stage) -> Call:
    return call(stage.admin, endpoint_id=await _endpoint(stage))


@example
async def update_webhook_endpoint(stage: Stage) -> Call:
    return call(stage.admin, {"description": "The new CRM", "types": []}, endpoint_id=await _endpoint(stage))


@example
async def delete_webhook_endpoint(stage: Stage) -> Call:
    return call(stage.admin, endpoint_id=await _endpoint(stage))


@example
async def test_webhook_endpoint(stage: Stage) -> Call:
    return call(stage.admin, endpoint_id=await _endpoint(stage))


@example
async def rotate_webhook_secret(stage: Stage) -> Call:
    return call(stage.admin, {"overlap_hours": 24}, endpoint_id=await _endpoint(stage))


@example
async def list_webhook_deliveries(stage: Stage) -> Call:
    endpoint_id = await _endpoint(stage)
    assert (await stage.admin.post(f"/webhook-endpoints/{endpoint_id}/test")).status_code == 202
    return call(stage.admin, endpoint_id=endpoint_id)


@example
async def redeliver_webhook(stage: Stage) -> Call:
    asked = await stage.admin.post(f"/webhook-endpoints/{await _endpoint(stage)}/test")
    assert asked.status_code == 202, asked.text
    stage.ids.add(asked.json()["id"])
    return call(stage.admin, delivery_id=asked.json()["id"])
