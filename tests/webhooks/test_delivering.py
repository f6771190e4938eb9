"""Who registered a webhook is told what they may read from the feed: all of it, nothing else, in its words."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import delete
from standardwebhooks import Webhook, WebhookVerificationError

from peergroup.kit.jobs import Job
from tests.conftest import Clock
from tests.groups.factories import a_group
from tests.webhooks.factories import HEARS, an_endpoint, served, somebody_comes
from tests.webhooks.receivers import Receiver
from tests.world import Actor, World, a_world


async def _feed(who: Actor, after: str) -> list[Any]:
    found: list[Any] = []
    while True:
        page = (
            await who.get("/events", params={"limit": 200, "after": found[-1]["id"] if found else after})
        ).json()
        found += page["items"]
        if page["next_cursor"] is None:
            return found


async def _last(who: Actor) -> str:
    return str((await _feed_from_start(who))[-1]["id"])


async def _feed_from_start(who: Actor) -> list[Any]:
    return list((await who.get("/events", params={"limit": 200})).json()["items"])


async def _much_happens(world: World) -> None:
    group = await a_group(world, members=2)
    asked = {"title": "How do we grow?", "question": "What first?", "statement": "s", "context": "c"}
    await group.members[0].post(f"/groups/{group.id}/challenges", asked)
    await group.moderator.post(f"/groups/{group.id}/sessions", {"title": "x"})
    await somebody_comes(world)


@pytest.mark.parametrize("who", ["service", "personal key", "owner's device"])
async def test_what_is_told_is_what_the_feed_shows_to_whoever_registered(
    who: str, world: World, receiver: Receiver
) -> None:
    by = world.owner
    if who == "service":
        by = await world.service(*HEARS)
    elif who == "personal key":
        by = await world.person("Adam", role="admin", scopes=list(HEARS))
    await somebody_comes(world, "before")
    before = await _last(by)
    endpoint = await an_endpoint(by, receiver)
    await _much_happens(world)
    await served(world)
    shown = await _feed(by, before)
    told = {one.said["data"]["id"]: one for one in receiver.got}
    # What was there before it was registered is not told; its own registration is, to those who read it.
    assert told.keys() == {one["id"] for one in shown}
    assert len(receiver.got) == len(told) > 5
    assert len({one.message_id for one in receiver.got}) == len(told)
    for one in shown:
        said = told[one["id"]].verified(endpoint.secret)
        assert said == {"type": one["type"], "timestamp": one["occurred_at"], "data": one}
    everything = {one["type"] for one in await _feed(world.owner, before)}
    if who == "service":
        assert {one["type"].partition(".")[0] for one in shown} <= {
            "person",
            "group",
            "membership",
            "session",
        }
        assert everything - {one["type"] for one in shown}, "there was something that it may not know"
    assert {one["state"] for one in await endpoint.deliveries()} == {"delivered"}


async def test_a_filter_lets_through_exact_types_and_kinds(world: World, receiver: Receiver) -> None:
    await an_endpoint(await world.service(*HEARS), receiver, "membership.activated", "person.*")
    await a_group(world, members=1)
    await somebody_comes(world)
    await served(world)
    kinds = set(receiver.types)
    assert "membership.activated" in kinds
    assert "membership.invited" not in kinds
    assert {one.partition(".")[0] for one in kinds} == {"membership", "person"}


async def test_a_filter_that_changes_holds_from_then_on(world: World, receiver: Receiver) -> None:
    by = await world.service(*HEARS)
    endpoint = await an_endpoint(by, receiver, "group.*")
    await somebody_comes(world)
    await served(world)
    assert receiver.got == []
    assert (await by.patch(endpoint.path, {"types": ["person.created", "person.created"]})).json()[
        "types"
    ] == ["person.created"]
    await somebody_comes(world)
    await served(world)
    assert receiver.types == ["person.created"]


async def test_another_organization_is_told_nothing(world: World, receiver: Receiver) -> None:
    other = await a_world(world.house, world.client, "Elsewhere")
    await an_endpoint(other.owner, receiver, "person.*", "group.*")
    await somebody_comes(world)
    await a_group(world)
    await served(world)
    assert receiver.got == []
    await somebody_comes(other)
    await served(world)
    assert receiver.types == ["person.created"]


async def test_more_than_a_batch_arrives_and_nothing_twice(world: World, receiver: Receiver) -> None:
    receiver.seconds = 0.01
    await an_endpoint(await world.service(*HEARS), receiver, "person.created")
    people = [{"source": "crm", "external_id": str(number), "name": "Ada"} for number in range(450)]
    assert (await world.owner.post("/people/batch", {"people": people})).status_code == 200
    await served(world)
    assert len(receiver.got) == len({one.message_id for one in receiver.got}) == 450
    assert 1 < receiver.most_at_once <= 8


async def test_a_wrong_secret_and_a_changed_body_do_not_verify(world: World, receiver: Receiver) -> None:
    endpoint = await an_endpoint(await world.service(*HEARS), receiver)
    other = await an_endpoint(world.owner, "https://hooks.example.com/")
    await somebody_comes(world)
    await served(world)
    (got,) = receiver.got
    got.verified(endpoint.secret)
    with pytest.raises(WebhookVerificationError):
        got.verified(other.secret)
    got.body = got.body.replace(b"person.created", b"person.deleted")
    with pytest.raises(WebhookVerificationError):
        got.verified(endpoint.secret)


async def test_a_new_secret_and_the_old_one_sign_until_the_overlap_is_over(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    by = await world.service(*HEARS)
    endpoint = await an_endpoint(by, receiver)
    rotated = await by.post(f"{endpoint.path}/rotate-secret", {"overlap_hours": 2})
    assert rotated.status_code == 200, rotated.text
    new = rotated.json()["secret"]
    assert new != endpoint.secret
    assert rotated.json()["previous_secret_until"] is not None
    await somebody_comes(world)
    await served(world)
    (both,) = receiver.got
    assert both.verified(endpoint.secret) == both.verified(new)
    assert len(both.headers["webhook-signature"].split(" ")) == 2
    clock.forward(hours=2, seconds=1)
    await somebody_comes(world)
    await served(world)
    signatures = receiver.got[1].headers["webhook-signature"].split(" ")
    assert len(signatures) == 1
    assert (await endpoint.shown())["previous_secret_until"] is None
    # The clock of the test is ahead of the verifier's: compare with what the new secret signs.
    assert signatures == _signed(receiver.got[1], new)
    assert signatures != _signed(receiver.got[1], endpoint.secret)


def _signed(got: Any, secret: str) -> list[str]:
    moment = dt.datetime.fromtimestamp(int(got.headers["webhook-timestamp"]), dt.UTC)
    return [Webhook(secret).sign(got.message_id, moment, got.body.decode())]


async def test_the_overlap_ends_by_the_clock_whoever_clears_up_afterwards(
    world: World, receiver: Receiver, clock: Clock
) -> None:
    by = await world.service(*HEARS)
    endpoint = await an_endpoint(by, receiver)
    await by.post(f"{endpoint.path}/rotate-secret", {"overlap_hours": 2})
    async with world.house.database.transaction(None, writes=True) as db:
        await db.execute(delete(Job).where(Job.kind == "webhooks.forget_secret"))
    clock.forward(hours=2, seconds=1)
    await somebody_comes(world)
    await served(world)
    (got,) = receiver.got
    assert got.headers["webhook-signature"].split(" ") != _signed(got, endpoint.secret)
    assert " " not in got.headers["webhook-signature"]


async def test_without_an_overlap_the_old_secret_ends_at_once(world: World, receiver: Receiver) -> None:
    by = await world.service(*HEARS)
    endpoint = await an_endpoint(by, receiver)
    new = (await by.post(f"{endpoint.path}/rotate-secret", {"overlap_hours": 0})).json()["secret"]
    await somebody_comes(world)
    await served(world)
    receiver.got[0].verified(new)
    with pytest.raises(WebhookVerificationError):
        receiver.got[0].verified(endpoint.secret)


async def test_a_test_arrives_signed_and_without_having_happened(world: World, receiver: Receiver) -> None:
    by = await world.service(*HEARS)
    endpoint = await an_endpoint(by, receiver, "group.*")
    for _ in range(2):
        asked = await by.post(f"{endpoint.path}/test")
        assert asked.status_code == 202, asked.text
    await served(world)
    first, second = (one.verified(endpoint.secret) for one in receiver.got)
    assert first["type"] == second["type"] == "webhook.test"
    assert first["data"]["subject_id"] == endpoint.id
    assert first.keys() == {"type", "timestamp", "data"}
    log = await endpoint.deliveries()
    assert [(one["type"], one["state"], one["event_id"]) for one in log] == [
        ("webhook.test", "delivered", None)
    ] * 2
    assert {one["webhook_id"] for one in log} == {one.message_id for one in receiver.got}
