"""The feed as pages: in order, without gaps, and no further back than it is kept."""

import asyncio
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from peergroup.kit import jobs
from peergroup.kit.events import Event
from peergroup.worker import Worker
from tests.groups.factories import a_group, invited
from tests.sessions.factories import a_session
from tests.world import Actor, World, a_world


async def items(actor: Actor, query: str = "?limit=200") -> list[dict[str, Any]]:
    answer = await actor.get(f"/events{query}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def test_the_feed_tells_what_happened_in_order(world: World) -> None:
    group = await a_group(world, members=1)
    found = await items(group.moderator)
    types = [one["type"] for one in found]
    assert (
        types.index("group.founded") < types.index("membership.invited") < types.index("membership.accepted")
    )
    last = found[-1]
    assert last["type"] == "membership.activated"
    assert last["actor_id"] == str(group.moderator.person_id)
    assert last["group_id"] == group.id
    assert last["facts"]["person_id"] == str(group.members[0].person_id)
    assert last["facts"] | {"from": "provisional", "to": "active"} == last["facts"]
    assert last["occurred_at"].endswith("Z")


async def test_going_on_after_an_event_skips_nothing(world: World) -> None:
    group = await a_group(world, members=2)
    everything = await items(group.moderator)
    collected, after = [], ""
    while page := (await items(group.moderator, f"?limit=3{after}")):
        collected += page
        after = f"&after={page[-1]['id']}"
    assert collected == everything
    assert await items(group.moderator, f"?after={everything[-1]['id']}") == []
    again = await invited(world, group)
    news = await items(group.moderator, f"?after={everything[-1]['id']}")
    assert [one["facts"]["person_id"] for one in news] == [str(again.person_id)]


async def test_a_page_links_to_the_next_one(world: World) -> None:
    group = await a_group(world, members=1)
    first = await group.moderator.get("/events?limit=2&types=membership.*")
    following = await group.moderator.get(first.links["next"]["url"])
    assert following.status_code == 200
    assert first.json()["next_cursor"] == first.json()["items"][-1]["id"]
    both = first.json()["items"] + following.json()["items"]
    assert both == (await items(group.moderator, "?types=membership.*"))[: len(both)]


async def test_types_narrow_the_feed(world: World) -> None:
    group = await a_group(world, members=1)
    found = await items(group.moderator, "?types=membership.accepted,covenant.*")
    assert {one["type"] for one in found} == {
        "membership.accepted",
        "covenant.signed",
        "covenant.written",
    }
    assert await items(group.moderator, "?types=member.*") == []
    assert await items(group.moderator, "?types=membershipxaccepted.*,_embership.accepted") == []


@pytest.mark.parametrize(
    "query",
    ["after=xyz", "after=" + "A" * 22, "cursor=abc", "types=", "types=DROP", "types=a.b,", "latest=1"],
)
async def test_malformed_questions_are_refused(world: World, query: str) -> None:
    refused = await world.owner.get(f"/events?{query}")
    assert refused.status_code == 422, refused.text


async def test_a_cursor_of_another_organization_is_refused(world: World, house: Any, client: Any) -> None:
    other = await a_world(house, client)
    foreign = (await items(other.owner))[0]["id"]
    assert (await world.owner.get(f"/events?after={foreign}")).status_code == 422
    refused = await world.owner.get("/events/stream", headers={"Last-Event-ID": foreign})
    assert refused.status_code == 422


async def test_after_400_days_a_cursor_has_expired(world: World, clock: Any) -> None:
    group = await a_group(world, members=0)
    old = (await items(group.moderator))[0]["id"]
    clock.forward(days=399)
    assert await items(group.moderator, f"?after={old}")
    clock.forward(days=2)
    refused = await group.moderator.get(f"/events?after={old}")
    assert (refused.status_code, refused.json()["code"]) == (410, "cursor_expired")
    stream = await group.moderator.get("/events/stream", headers={"Last-Event-ID": old})
    assert (stream.status_code, stream.json()["code"]) == (410, "cursor_expired")
    assert await items(group.moderator) == []


async def test_a_cursor_before_forgotten_events_has_expired_and_the_last_one_has_not(world: World) -> None:
    group = await a_group(world, members=0)
    found = await items(world.owner)
    async with world.acting() as ctx:
        await ctx.db.execute(delete(Event).where(Event.sequence > 0))
    assert (await group.moderator.get(f"/events?after={found[0]['id']}")).status_code == 410
    await world.owner.patch("/organization", {"name": "Renamed"})
    fresh = (await items(world.owner))[-1]
    assert await items(world.owner, f"?after={fresh['id']}") == []


async def test_old_events_are_forgotten_by_the_worker(world: World, house: Any) -> None:
    group = await a_group(world, members=0)
    async with world.acting() as ctx:
        before = ctx.now - dt.timedelta(days=401)
        await ctx.db.execute(update(Event).where(Event.sequence <= 3).values(occurred_at=before))
        await jobs.enqueue(ctx, "forget_old_events", dedupe="daily")
    await Worker(house).drain()
    async with world.acting() as ctx:
        assert await ctx.db.scalar(select(func.min(Event.sequence))) == 4
    assert await items(group.moderator)


async def test_writers_who_race_leave_no_gap_and_no_disorder(world: World) -> None:
    group = await a_group(world, members=0)
    start = (await items(world.owner))[-1]["id"]

    async def write(number: int) -> None:
        answer = await world.owner.post("/groups", {"name": f"Group {number}"})
        assert answer.status_code == 201, answer.text

    async def follow() -> list[str]:
        found: list[str] = []
        after = start
        while len(found) < 20:
            page = await items(world.owner, f"?limit=7&after={after}&types=group.founded")
            found += [one["subject_id"] for one in page]
            after = page[-1]["id"] if page else after
            await asyncio.sleep(0.005)
        return found

    following = asyncio.create_task(follow())
    await asyncio.gather(*(write(number) for number in range(20)))
    followed = await asyncio.wait_for(following, 20)
    told = [
        one["subject_id"] for one in await items(world.owner, f"?limit=200&after={start}&types=group.founded")
    ]
    assert followed == told
    assert len(set(told)) == 20
    assert group.id not in told


@pytest.mark.parametrize(
    ("types", "detail"),
    [
        ("nosuch", "entry 1 is no type of event"),
        ("session.*,nosuch", "entry 2 is no type of event"),
        ("session.started,,group.*", "entry 2 is no type of event"),
        ("Session.started", "entry 1 is no type of event"),
        ("session.started\n", "entry 1 is no type of event"),
        (",".join(["session.*"] * 51), "at most 50 types, separated by commas"),
    ],
)
async def test_types_that_cannot_be_are_explained(world: World, types: str, detail: str) -> None:
    for path in ("/events", "/events/stream"):
        answer = await world.owner.get(path, params={"types": types})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
        ((error),) = answer.json()["errors"]
        assert error["pointer"] == "types"
        assert error["detail"].startswith(detail)
        assert "nosuch" not in answer.text  # what was sent is not repeated
        assert "^" not in answer.text
    assert (await world.owner.get("/events", params={"types": "person.created,session.*"})).status_code == 200


async def test_times_are_written_as_everywhere(world: World) -> None:
    group = await a_group(world, members=0)
    session = await a_session(world, group)
    (drafted,) = await items(group.moderator, "?types=session.drafted")
    assert drafted["facts"]["starts_at"] == session["starts_at"]


async def test_what_is_no_id_of_an_event_is_told_what_one_is(world: World) -> None:
    told = "has to be an id from the feed or the stream, exactly as given, or leave it out"
    asked = [("/events", {"after": wrong}, {}) for wrong in ("", "x", "A" * 22, "A" * 23)]
    asked += [("/events/stream", {}, {"Last-Event-ID": wrong}) for wrong in ("x", "A" * 22, "A" * 23)]
    for path, query, headers in asked:
        refused = await world.owner.get(path, params=query, headers=headers)
        assert refused.status_code == 422, refused.text
        assert [one["detail"] for one in refused.json()["errors"]] == [told]
