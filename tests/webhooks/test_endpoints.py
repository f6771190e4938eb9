"""Endpoints: registered by those who may, shown without their secrets, directed by nobody but their registrants."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from peergroup.kit.events import Event
from peergroup.kit.jobs import Job
from peergroup.webhooks.models import WebhookDelivery, WebhookEndpoint, WebhookLine
from tests.conftest import Clock
from tests.webhooks.factories import HEARS, an_endpoint, served, somebody_comes
from tests.webhooks.receivers import Receiver
from tests.world import World, a_world

URL = "https://hooks.example.com/peergroup?x=1"


async def test_the_secret_is_shown_once_and_kept_wrapped(world: World) -> None:
    key = {"Idempotency-Key": "once"}
    made = await world.owner.post("/webhook-endpoints", {"url": URL}, headers=key)
    assert made.status_code == 201, made.text
    body = made.json()
    assert made.headers["location"] == f"/v1/webhook-endpoints/{body['id']}"
    assert body["secret"].startswith("whsec_")
    assert (body["state"], body["types"], body["key_id"] is not None) == ("enabled", [], True)
    assert body["person"]["name"] == "Olivia Owner"
    again = await world.owner.post("/webhook-endpoints", {"url": URL}, headers=key)
    assert (again.status_code, again.json()["secret"], again.json()["id"]) == (201, None, body["id"])
    one = await world.owner.get(f"/webhook-endpoints/{body['id']}")
    everything = await world.owner.get("/webhook-endpoints")
    assert "secret" not in one.json()
    assert body["secret"] not in one.text + everything.text
    assert everything.json()["items"] == [one.json()]
    async with world.acting() as ctx:
        kept = await ctx.db.scalar(select(WebhookEndpoint.secret))
    assert kept is not None
    assert body["secret"].removeprefix("whsec_") not in kept


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "https://user:word@hooks.example.com/",
        "https://10.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://hooks.example.com:25/",
        "https://2130706433.example.com:0/",
        "ftp://hooks.example.com/",
        "not an address",
    ],
)
async def test_an_address_that_leads_nowhere_good_is_refused_when_it_is_given(url: str, world: World) -> None:
    world.house.settings = world.house.settings.model_copy(update={"outgoing_allow": []})
    refused = await world.owner.post("/webhook-endpoints", {"url": url})
    assert refused.status_code == 422, refused.text
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/url"]
    assert url not in refused.text
    endpoint = await an_endpoint(world.owner, URL)
    refused = await world.owner.patch(endpoint.path, {"url": url})
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/url"]


@pytest.mark.parametrize(
    "types", [["person"], ["*"], ["Person.*"], ["person.created.now"], [""], ["a.b"] * 51]
)
async def test_a_filter_that_means_nothing_is_refused(types: list[str], world: World) -> None:
    assert (await world.owner.post("/webhook-endpoints", {"url": URL, "types": types})).status_code == 422


async def test_who_may_have_webhooks(world: World) -> None:
    for by, status in (
        (await world.person(), 403),
        (await world.person(role="admin"), 201),
        (await world.person(role="admin", scopes=["events:read"]), 403),
        (await world.person(role="admin", scopes=["webhooks:write"]), 403),
        (await world.service("webhooks:write"), 403),
        (await world.service("events:read"), 403),
        (await world.service("events:read", "webhooks:write"), 201),
    ):
        assert (await by.post("/webhook-endpoints", {"url": URL})).status_code == status


async def test_a_service_key_sees_what_it_registered_and_nothing_of_others(world: World) -> None:
    one, other = await world.service(*HEARS), await world.service(*HEARS)
    mine = await an_endpoint(one, URL)
    of_owner = await an_endpoint(world.owner, URL)
    await one.post(f"{mine.path}/test")
    (delivery,) = await mine.deliveries()
    assert [each["id"] for each in (await one.get("/webhook-endpoints")).json()["items"]] == [mine.id]
    assert (await other.get("/webhook-endpoints")).json()["items"] == []
    for foreign in (mine, of_owner):
        for method, path, body in _everything(foreign.path):
            assert (await other.call(method, path, json=body)).status_code == 404, (method, path)
    assert (await other.post(f"/webhook-deliveries/{delivery['id']}/redeliver")).status_code == 404
    assert {each["id"] for each in (await world.owner.get("/webhook-endpoints")).json()["items"]} == {
        mine.id,
        of_owner.id,
    }


def _everything(path: str) -> list[tuple[str, str, Any]]:
    return [
        ("GET", path, None),
        ("GET", f"{path}/deliveries", None),
        ("PATCH", path, {"url": "https://mine.example.com/"}),
        ("PATCH", path, {"state": "disabled"}),
        ("POST", f"{path}/test", None),
        ("POST", f"{path}/rotate-secret", {}),
        ("DELETE", path, None),
    ]


async def test_nobody_directs_what_somebody_else_may_read(world: World) -> None:
    """An admin who could send the owner's webhook elsewhere would read with the owner's eyes."""
    admin = await world.person("Adam", role="admin")
    endpoint = await an_endpoint(world.owner, URL)
    asked = await world.owner.post(f"{endpoint.path}/test")
    redeliver = f"/webhook-deliveries/{asked.json()['id']}/redeliver"
    for path, body in ((endpoint.path, {"url": "https://adam.example.com/"}), (endpoint.path, {"types": []})):
        assert (await admin.patch(path, body)).status_code == 403
    for path in (f"{endpoint.path}/test", f"{endpoint.path}/rotate-secret", redeliver):
        assert (await admin.post(path, {})).status_code == 403, path
    assert (await admin.get(endpoint.path)).status_code == 200
    assert (await admin.get(f"{endpoint.path}/deliveries")).status_code == 403, (
        "it tells what the owner may know"
    )
    stopped = await admin.patch(endpoint.path, {"state": "disabled"})
    assert (stopped.status_code, stopped.json()["reason"]) == (200, "requested")
    assert (await admin.patch(endpoint.path, {"state": "enabled"})).status_code == 403
    assert (await world.owner.patch(endpoint.path, {"state": "enabled"})).status_code == 200
    assert (await admin.delete(endpoint.path)).status_code == 204
    # A service key has nobody but them.
    of_service = await an_endpoint(await world.service(*HEARS), URL)
    assert (await admin.patch(of_service.path, {"url": "https://new.example.com/"})).status_code == 200
    assert (await admin.get(f"{of_service.path}/deliveries")).status_code == 200
    cut = await world.person(role="admin", scopes=["webhooks:write"])
    assert (await cut.patch(of_service.path, {"url": "https://cut.example.com/"})).status_code == 403
    assert (await cut.patch(of_service.path, {"state": "disabled"})).status_code == 200


async def test_twenty_are_enough(world: World) -> None:
    made = [await an_endpoint(world.owner, URL) for _ in range(20)]
    refused = await world.owner.post("/webhook-endpoints", {"url": URL})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert (await world.owner.delete(made[0].path)).status_code == 204
    await an_endpoint(world.owner, URL)


async def test_a_change_is_one_of_a_version(world: World) -> None:
    endpoint = await an_endpoint(world.owner, URL)
    stale = await world.owner.patch(endpoint.path, {"description": "CRM"}, headers={"If-Match": '"9-x"'})
    assert stale.status_code == 412
    changed = await world.owner.patch(endpoint.path, {"description": "CRM"}, headers={"If-Match": '"1-x"'})
    assert (changed.json()["description"], changed.json()["version"]) == ("CRM", 2)
    same = await world.owner.patch(endpoint.path, {"description": "CRM", "state": "enabled"})
    assert same.json()["version"] == 2


async def test_a_disabled_endpoint_hears_nothing_and_begins_again_with_what_happens_then(
    world: World, receiver: Receiver
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    await somebody_comes(world, "cancelled with it")
    await endpoint.by.patch(endpoint.path, {"state": "disabled"})
    await somebody_comes(world, "not heard")
    await served(world)
    assert receiver.got == []
    for path in (f"{endpoint.path}/test",):
        assert (await endpoint.by.post(path)).status_code == 409
    await endpoint.by.patch(endpoint.path, {"state": "enabled"})
    heard = await somebody_comes(world, "heard")
    await served(world)
    assert [one.said["data"]["subject_id"] for one in receiver.got] == [heard]


async def test_what_waits_is_cancelled_and_not_delivered_again_while_it_is_disabled(
    world: World, receiver: Receiver
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    receiver.status = 500
    await somebody_comes(world)
    await served(world)
    await endpoint.by.patch(endpoint.path, {"state": "disabled"})
    (one,) = await endpoint.deliveries("cancelled")
    assert (await endpoint.by.post(f"/webhook-deliveries/{one['id']}/redeliver")).status_code == 409


async def test_what_is_recorded_of_endpoints_has_ids_and_no_addresses(world: World) -> None:
    endpoint = await an_endpoint(world.owner, "https://canary.example.com/canary")
    await world.owner.patch(endpoint.path, {"description": "canary", "types": ["person.*"]})
    await world.owner.post(f"{endpoint.path}/rotate-secret", {})
    await world.owner.patch(endpoint.path, {"state": "disabled"})
    await world.owner.patch(endpoint.path, {"state": "enabled"})
    await world.owner.delete(endpoint.path)
    async with world.acting() as ctx:
        mine = select(Event.type, Event.facts).where(Event.subject_id == endpoint.id).order_by(Event.sequence)
        told = (await ctx.db.execute(mine)).all()
        payloads = [json.dumps(one) for one in await ctx.db.scalars(select(Job.payload))]
    assert [(one.type.partition(".")[2], one.facts) for one in told] == [
        ("created", {}),
        ("updated", {"changed": ["description", "types"]}),
        ("secret_rotated", {}),
        ("disabled", {"reason": "requested"}),
        ("enabled", {}),
        ("deleted", {}),
    ]
    assert not any("canary" in one for one in payloads)


async def test_a_removed_endpoint_leaves_nothing_behind(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    await somebody_comes(world)
    await served(world)
    assert (await endpoint.by.delete(endpoint.path)).status_code == 204
    assert (await endpoint.by.get(endpoint.path)).status_code == 404
    assert (await endpoint.by.get(f"{endpoint.path}/deliveries")).status_code == 404
    await somebody_comes(world)
    await served(world)
    assert len(receiver.got) == 1
    async with world.acting() as ctx:
        for table in (WebhookEndpoint, WebhookDelivery):
            assert (await ctx.db.scalars(select(table))).all() == []
        line = select(WebhookLine).where(WebhookLine.organization_id == world.organization_id)
        assert (await ctx.db.scalars(line)).all() == []


async def test_deliveries_are_listed_for_thirty_days(world: World, receiver: Receiver, clock: Clock) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    await somebody_comes(world)
    await served(world)
    for days, count in ((29, 1), (2, 0)):
        clock.forward(days=days)
        await served(world)
        assert len(await endpoint.deliveries()) == count


async def test_the_list_of_deliveries_comes_in_pages_the_newest_first(
    world: World, receiver: Receiver
) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    for _ in range(5):
        await somebody_comes(world)
    await served(world)
    first = (await endpoint.by.get(f"{endpoint.path}/deliveries", params={"limit": 3})).json()
    more = {"limit": 3, "cursor": first["next_cursor"]}
    second = (await endpoint.by.get(f"{endpoint.path}/deliveries", params=more)).json()
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True)
    assert (len(ids), second["next_cursor"]) == (5, None)


async def test_a_secret_that_signs_no_more_is_not_kept(world: World, clock: Clock) -> None:
    endpoint = await an_endpoint(world.owner, URL)
    await world.owner.post(f"{endpoint.path}/rotate-secret", {"overlap_hours": 1})
    clock.forward(minutes=61)
    await served(world)
    async with world.acting() as ctx:
        kept = (
            await ctx.db.execute(select(WebhookEndpoint.previous_secret, WebhookEndpoint.previous_until))
        ).one()
    assert tuple(kept) == (None, None)


async def test_nothing_of_another_organization_is_found(world: World) -> None:
    endpoint = await an_endpoint(world.owner, URL)
    asked = await world.owner.post(f"{endpoint.path}/test")
    other = await a_world(world.house, world.client, "Elsewhere")
    for method, path, body in _everything(endpoint.path):
        assert (await other.owner.call(method, path, json=body)).status_code == 404
    redeliver = f"/webhook-deliveries/{asked.json()['id']}/redeliver"
    assert (await other.owner.post(redeliver)).status_code == 404
