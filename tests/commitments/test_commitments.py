"""Promises: who makes and reads them, what becomes of them, and what the clock does."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from peergroup.commitments.models import Commitment
from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from peergroup.kit.time import end_of_local_day, to_wire
from peergroup.worker import Worker
from tests.commitments.factories import a_promise, day, say
from tests.groups.factories import a_group, verb
from tests.sessions.factories import a_running
from tests.world import Actor, World


async def events_of(world: World, promise_id: str) -> list[tuple[str, Any, Any]]:
    async with world.acting() as ctx:
        query = select(Event.type, Event.only_for, Event.facts).where(Event.subject_id == promise_id)
        return [tuple(row) for row in await ctx.db.execute(query.order_by(Event.sequence))]


async def planted(world: World, owner: Actor, group_id: str, **columns: Any) -> str:
    """A promise made in a session of a group, a day ago unless said otherwise."""
    async with world.acting() as ctx:
        given = {"began_at": ctx.now, "session_id": new_id()} | columns
        made = Commitment(
            owner_id=owner.person_id,
            source="session",
            group_id=group_id,
            body="Call three customers.",
            by_on=dt.date.fromisoformat(day(world)),
            created_at=ctx.now,
            **given,
        )
        ctx.db.add(made)
        await ctx.db.flush()
        return str(made.id)


async def test_a_promise_to_oneself_is_nobody_elses_to_read(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    promise = await a_promise(world, ada, action="Ask Bob.")
    assert promise["mine"] is True
    assert promise["owner"]["id"] == str(ada.person_id)
    assert (promise["state"], promise["overdue"], promise["group"]) == ("open", False, None)
    assert promise["allowed_actions"] == ["complete", "renegotiate", "miss", "drop"]
    for other in (bob, group.moderator, world.owner):
        assert (await other.get(f"/commitments/{promise['id']}")).status_code == 404
        assert (await say(other, promise["id"], "complete")).status_code == 404
        assert (await other.get("/commitments")).json()["items"] == []
        assert (await other.get("/events?types=commitment.*")).json()["items"] == []
    assert [one["type"] for one in (await ada.get("/events?types=commitment.*")).json()["items"]] == [
        "commitment.made"
    ]


async def test_a_promise_of_a_group_is_read_by_whoever_reads_its_words(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    promise = await planted(world, ada, group.id)
    seen = (await bob.get(f"/commitments/{promise}")).json()
    assert (seen["owner"]["name"], seen["mine"], seen["allowed_actions"]) == (ada.name, False, [])
    assert seen["group"]["id"] == group.id
    listed = (await group.moderator.get(f"/commitments?group_id={group.id}&state=open")).json()["items"]
    assert [one["id"] for one in listed] == [promise]
    assert (await say(bob, promise, "complete")).status_code == 403
    assert (await bob.patch(f"/commitments/{promise}", {"action": "Mine."})).status_code == 403
    assert (await world.owner.get(f"/commitments/{promise}")).status_code == 404
    outsider = (await a_group(world, members=1)).members[0]
    assert (await outsider.get(f"/commitments/{promise}")).status_code == 404
    assert (await outsider.get(f"/commitments?group_id={group.id}")).json()["items"] == []


@pytest.mark.parametrize("end", ["leave", "remove", "suspend", "new covenant"])
async def test_without_the_words_of_a_group_only_promises_to_oneself_are_left(world: World, end: str) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    hers, his = await planted(world, ada, group.id), await planted(world, bob, group.id)
    alone = await a_promise(world, ada)
    key = {"Idempotency-Key": "k1"}
    later = {"by_on": day(world, 14), "reason": "Two were away."}
    assert (await say(ada, hers, "renegotiate", later, headers=key)).status_code == 200
    if end == "new covenant":
        await group.moderator.post(f"/groups/{group.id}/covenants", {"text": "New rules."})
    else:
        who, body = (ada, None) if end == "leave" else (group.moderator, {"reason": "Away."})
        assert (await verb(who, group, ada, end, body)).status_code == 200
        assert (await say(ada, hers, "renegotiate", later, headers=key)).status_code == 404
    for promise in (hers, his):
        assert (await ada.get(f"/commitments/{promise}")).status_code == 404
        assert (await ada.patch(f"/commitments/{promise}", {"body": "Call nobody."})).status_code == 404
        for name, body in (("complete", None), ("miss", None), ("drop", None), ("renegotiate", later)):
            assert (await say(ada, promise, name, body)).status_code == 404
    for query in ("", "?owner=me", f"?group_id={group.id}", "?state=open"):
        listed = (await ada.get(f"/commitments{query}")).json()["items"]
        assert [one["id"] for one in listed] == ([] if "group_id" in query else [alone["id"]])
    assert (await say(ada, alone["id"], "complete")).status_code == 200


async def test_on_leave_one_closes_and_moves_promises_and_rewords_none(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    kept, moved = await planted(world, ada, group.id), await planted(world, ada, group.id)
    assert (await ada.patch(f"/commitments/{kept}", {"body": "Call four."})).status_code == 200
    assert (await verb(ada, group, ada, "take_leave")).status_code == 200
    assert (await ada.get(f"/commitments/{kept}")).status_code == 200
    assert (await ada.patch(f"/commitments/{kept}", {"body": "Call two."})).status_code == 403
    later = {"by_on": day(world, 14), "reason": "I am away."}
    assert (await say(ada, moved, "renegotiate", later)).status_code == 200
    assert (await say(ada, kept, "complete")).status_code == 200


@pytest.mark.parametrize("end", ["remove", "take_leave"])
async def test_who_does_not_read_a_promise_is_not_reminded_of_it(world: World, clock: Any, end: str) -> None:
    group = await a_group(world, members=1)
    ada, session = group.members[0], await a_running(world, group)
    body = {"source": "session", "session_id": session["id"]}
    promise = await a_promise(world, ada, days=3, **body)
    who, why = (group.moderator, {"reason": "Away."}) if end == "remove" else (ada, None)
    assert (await verb(who, group, ada, end, why)).status_code == 200
    for _ in range(20):
        clock.forward(days=1)
        await Worker(world.house).drain()
    told = [kind for kind, _, _ in await events_of(world, promise["id"])]
    reminded = [] if end == "remove" else ["commitment.reminded"] * 3
    assert told == ["commitment.made", *reminded, "commitment.missed"]


async def test_an_unnamed_promise_is_due_where_its_group_is_at_home(world: World) -> None:
    group = await a_group(world, members=2)
    (far, other), shown = group.members, []
    moved = await world.owner.patch(f"/people/{far.person_id}", {"time_zone": "Pacific/Kiritimati"})
    assert moved.status_code == 200, moved.text
    named = await planted(world, far, group.id)
    unnamed = await planted(world, far, group.id, confidentiality="chatham")
    for promise in (named, unnamed):
        shown += [(await who.get(f"/commitments/{promise}")).json() for who in (far, other)]
    by_on = dt.date.fromisoformat(shown[0]["by_on"])
    there, here = (to_wire(end_of_local_day(by_on, zone)) for zone in ("Pacific/Kiritimati", "UTC"))
    assert [one["due_at"] for one in shown] == [there, there, there, here]


async def test_newcomers_and_the_unsigned_do_not_read_what_was_promised_before(world: World) -> None:
    group = await a_group(world, members=1)
    async with world.acting() as ctx:
        before = ctx.now - dt.timedelta(days=3)
    old = await planted(world, group.members[0], group.id, began_at=before)
    new = await planted(world, group.members[0], group.id)
    assert (await group.moderator.get(f"/commitments/{old}")).status_code == 404
    assert (await group.moderator.get(f"/commitments/{new}")).status_code == 200
    written = await group.moderator.post(f"/groups/{group.id}/covenants", {"text": "New rules."})
    assert written.status_code == 201
    assert (await group.moderator.get(f"/commitments/{new}")).status_code == 404


async def test_an_unnamed_promise_never_tells_whose_it_is(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    promise = await planted(world, ada, group.id, confidentiality="chatham")
    seen = await bob.get(f"/commitments/{promise}")
    assert seen.json()["owner"] is None
    assert str(ada.person_id) not in seen.text
    assert (await bob.get(f"/commitments?owner={ada.person_id}")).json()["items"] == []
    assert [one["id"] for one in (await ada.get("/commitments?owner=me")).json()["items"]] == [promise]
    assert (await say(ada, promise, "complete")).status_code == 200
    assert (await bob.get("/events?types=commitment.*")).json()["items"] == []
    told = (await ada.get("/events?types=commitment.*")).json()["items"]
    assert [one["type"] for one in told] == ["commitment.completed"]


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


async def test_the_clock_reminds_its_owner_and_at_last_counts_it_as_missed(world: World, clock: Any) -> None:
    ada = await world.person(time_zone="America/New_York")
    promise = await a_promise(world, ada, days=3)
    version = promise["version"]
    told = []
    for _ in range(20 * 24):
        clock.forward(hours=1)
        if await Worker(world.house).drain():
            found = await events_of(world, promise["id"])
            told += [(kind, facts.get("when"), who) for kind, who, facts in found[len(told) + 1 :]]
    assert [(kind, when) for kind, when, _ in told] == [
        ("commitment.reminded", "day_before"),
        ("commitment.reminded", "due_today"),
        ("commitment.reminded", "overdue"),
        ("commitment.missed", None),
    ]
    assert {str(who) for _, _, who in told} == {str(ada.person_id)}
    lapsed = (await ada.get(f"/commitments/{promise['id']}")).json()
    assert (lapsed["state"], lapsed["overdue"]) == ("missed", False)
    assert lapsed["version"] == version + 1


async def test_a_worker_that_was_away_reminds_once(world: World, clock: Any) -> None:
    ada = await world.person()
    promise = await a_promise(world, ada, days=3)
    clock.forward(days=6)
    await Worker(world.house).drain()
    await Worker(world.house).drain()
    assert [kind for kind, _, _ in await events_of(world, promise["id"])] == [
        "commitment.made",
        "commitment.reminded",
    ]


async def test_settled_and_moved_promises_are_not_reminded_of(world: World, clock: Any) -> None:
    ada = await world.person()
    kept, moved = await a_promise(world, ada, days=3), await a_promise(world, ada, days=3)
    assert (await say(ada, kept["id"], "complete")).status_code == 200
    later = {"by_on": day(world, 60), "reason": "Later."}
    assert (await say(ada, moved["id"], "renegotiate", later)).status_code == 200
    clock.forward(days=30)
    await Worker(world.house).drain()
    for promise in (kept, moved):
        assert "commitment.reminded" not in [kind for kind, _, _ in await events_of(world, promise["id"])]


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
