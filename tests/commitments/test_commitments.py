"""Promises: how they are made, and what becomes of them."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from peergroup.commitments.models import Commitment
from peergroup.worker import Worker
from tests.commitments.factories import a_promise, day, events_of, planted, say
from tests.groups.factories import a_group
from tests.world import World


@pytest.mark.parametrize(
    ("name", "body", "state"),
    [("complete", None, "done"), ("miss", None, "missed"), ("drop", {"reason": "Sold it."}, "dropped")],
)
async def test_a_settled_promise_stays_settled(world: World, name: str, body: Any, state: str) -> None:
    ada = await world.person()
    promise = await a_promise(world, ada)
    settled = await say(ada, promise["id"], name, body)
    assert (settled.status_code, settled.json()["state"]) == (200, state)
    assert settled.json()["closed_at"]
    assert settled.json()["reason"] == (body or {}).get("reason")
    for again in ("complete", "miss", "drop"):
        refused = await say(ada, promise["id"], again)
        assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")
    assert (await ada.patch(f"/commitments/{promise['id']}", {"body": "Other."})).status_code == 409


async def test_renegotiating_keeps_what_it_was_before(world: World) -> None:
    ada = await world.person()
    promise = await a_promise(world, ada)
    later = {"by_on": day(world, 14), "reason": "Two were away."}
    moved = await say(ada, promise["id"], "renegotiate", later)
    assert (moved.status_code, moved.json()["state"], moved.json()["by_on"]) == (200, "open", later["by_on"])
    entry = moved.json()["history"][0]
    assert (entry["was_by_on"], entry["by_on"], entry["reason"]) == (
        promise["by_on"],
        later["by_on"],
        later["reason"],
    )
    past = await say(ada, promise["id"], "renegotiate", {"by_on": day(world, -1), "reason": "x"})
    assert past.json()["guards"][0]["code"] == "by_when_past"
    assert (await say(ada, promise["id"], "renegotiate", {"by_on": day(world)})).status_code == 422
    assert (await say(ada, promise["id"], "renegotiate")).status_code == 422
    _, only_for, facts = (await events_of(world, promise["id"]))[-1]
    assert (str(only_for), facts["by_on"]) == (str(ada.person_id), later["by_on"])
    assert "reason" not in facts


async def test_a_stale_version_is_refused(world: World) -> None:
    ada = await world.person()
    promise = await a_promise(world, ada)
    path = f"/commitments/{promise['id']}"
    first = await ada.get(path)
    stale = {"If-Match": first.headers["etag"]}
    assert (await ada.patch(path, {"action": "Call Ada."}, headers=stale)).status_code == 200
    assert (await ada.patch(path, {"action": None}, headers=stale)).status_code == 412
    assert (await say(ada, promise["id"], "complete", headers=stale)).status_code == 412
    assert (
        await ada.get(path, headers={"If-None-Match": (await ada.get(path)).headers["etag"]})
    ).status_code == 304


@pytest.mark.parametrize(
    "body",
    [
        {"by_on": "2030-01-01"},
        {"body": "x"},
        {"body": " ", "by_on": "2030-01-01"},
        {"body": "x" * 10_001, "by_on": "2030-01-01"},
        {"body": "x", "by_on": "2020-01-01"},
        {"body": "x", "by_on": "soon"},
        {"body": "x", "by_on": "2030-01-01", "source": "exercise"},
        {"body": "x", "by_on": "2030-01-01", "source": "session"},
        {"body": "x", "by_on": "2030-01-01", "session_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"},
        {
            "body": "x",
            "by_on": "2030-01-01",
            "source": "session",
            "session_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f",
        },
        {"body": "x", "by_on": "2030-01-01", "owner_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"},
    ],
)
async def test_a_promise_says_what_and_by_when(world: World, body: dict[str, Any]) -> None:
    assert (await world.owner.post("/commitments", body)).status_code == 422


async def test_today_ends_where_the_owner_lives(world: World, clock: Any) -> None:
    there = await world.person(time_zone="Pacific/Kiritimati")
    elsewhere = await world.person(time_zone="Pacific/Pago_Pago")
    for who, zone in ((there, "Pacific/Kiritimati"), (elsewhere, "Pacific/Pago_Pago")):
        promise = await a_promise(world, who, by_on=day(world, 0, zone))
        due = dt.datetime.fromisoformat(promise["due_at"])
        assert dt.timedelta() < due - world.house.clock() <= dt.timedelta(days=1)
        before = day(world, -1, zone)
        assert (await who.post("/commitments", {"body": "x", "by_on": before})).status_code == 422
        clock.forward(seconds=(due - world.house.clock()).total_seconds() - 5)
        assert (await who.get(f"/commitments/{promise['id']}")).json()["overdue"] is False
        clock.forward(seconds=10)
        assert (await who.get(f"/commitments/{promise['id']}")).json()["overdue"] is True


async def test_a_retried_promise_is_made_once(world: World) -> None:
    ada = await world.person()
    body = {"body": "Once.", "by_on": day(world)}
    answers = [await ada.post("/commitments", body, headers={"Idempotency-Key": "k1"}) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len((await ada.get("/commitments")).json()["items"]) == 1


async def test_erasure_takes_promises_to_oneself_and_the_words_of_the_others(world: World) -> None:
    group = await a_group(world, members=2)
    ada = group.members[0]
    await a_promise(world, ada)
    promise = await planted(world, ada, group.id)
    erased = await world.owner.post(f"/people/{ada.person_id}/erase", {"words": "remove"})
    assert erased.status_code == 202, erased.text
    await Worker(world.house).drain()
    seen = (await group.members[1].get(f"/commitments/{promise}")).json()
    assert (seen["body"], seen["owner"]["name"]) == ("", "A former member")
    async with world.acting() as ctx:
        left = await ctx.db.scalars(select(Commitment.source).where(Commitment.owner_id == ada.person_id))
        assert left.all() == ["session"]
