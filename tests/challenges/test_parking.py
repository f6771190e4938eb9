"""Parking: who puts in what, who says "mine too", and the order in which challenges wait."""

from typing import Any

import pytest

from tests.challenges.factories import TEXTS, a_challenge, a_run, an_accepted, committed, done, resolved, say
from tests.groups.factories import a_group, provisional, verb
from tests.sessions.factories import a_draft, a_session
from tests.world import Actor, World


async def test_a_draft_is_its_owners_alone(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    draft = await a_challenge(ada, group, draft=True)
    path = f"/challenges/{draft['id']}"
    for other in (bob, group.moderator, world.owner):
        assert (await other.get(path)).status_code == 404
        assert (await other.patch(path, {"confidentiality": "chatham"})).status_code == 404
        assert (await say(other, draft["id"], "accept")).status_code == 404
        assert (await other.get("/events?types=challenge.*")).json()["items"] == []
    assert (await bob.put(f"{path}/second")).status_code == 404
    for lists in ("challenges", "parking-lot", "search?q=sales"):
        assert (await bob.get(f"/groups/{group.id}/{lists}")).json()["items"] == []
    assert (await ada.get(f"/groups/{group.id}/parking-lot")).json()["items"] == []
    mine = (await ada.get(f"/groups/{group.id}/challenges?owner=me")).json()["items"]
    assert [one["draft"] for one in mine] == [True]
    assert (await ada.patch(path, {"draft": True})).status_code == 422
    assert (await ada.patch(path, {"draft": False})).json()["draft"] is False
    assert (await bob.get(path)).status_code == 200
    told = (await bob.get("/events?types=challenge.*")).json()["items"]
    assert [one["type"] for one in told] == ["challenge.parked", "challenge.updated"]
    assert [one["id"] for one in (await bob.get(f"/groups/{group.id}/search?q=sales")).json()["items"]]


async def test_submitting_a_draft_shows_it(world: World) -> None:
    group = await a_group(world, members=2)
    draft = await a_challenge(group.members[0], group, draft=True)
    assert (await done(group.members[0], draft["id"], "submit"))["draft"] is False
    assert (await group.members[1].get(f"/challenges/{draft['id']}")).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": " "},
        {"question": "x" * 301},
        {"question": "How?", "importance": 0},
        {"question": "How?", "urgency": 6},
        {"question": "How?", "help_wanted": "money"},
        {"question": "How?", "confidentiality": "secret"},
        {"question": "How?", "protocol": "unheard_of"},
        {"question": "How?", "protocol": "icebreaker_round"},
        {"question": "How?", "owner_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"},
        {"question": "How?", "state": "accepted"},
        {"question": "a\x00b"},
    ],
)
async def test_what_a_challenge_cannot_be(world: World, body: dict[str, Any]) -> None:
    group = await a_group(world, members=1)
    assert (await group.members[0].post(f"/groups/{group.id}/challenges", body)).status_code == 422


async def test_who_parks(world: World) -> None:
    group = await a_group(world, members=2)
    away, gone = group.members
    assert (await verb(away, group, away, "take_leave")).status_code == 200
    assert (await verb(gone, group, gone, "leave")).status_code == 200
    newcomer = await provisional(world, group)
    path = f"/groups/{group.id}/challenges"
    assert (await group.moderator.post(path, TEXTS)).status_code == 201
    assert (await away.post(path, TEXTS)).status_code == 403
    assert (await away.get(path)).status_code == 200
    for other in (gone, newcomer, world.owner):
        assert (await other.post(path, TEXTS)).status_code == 404
        assert (await other.get(path)).status_code == 404
        assert (await other.get(f"/groups/{group.id}/parking-lot")).status_code == 404
    await world.owner.post(f"/groups/{group.id}/archive")
    assert (await group.moderator.post(path, TEXTS)).status_code == 409


async def test_what_waits_is_ordered_and_says_why(world: World) -> None:
    group = await a_group(world, members=5)
    ada, bob, eve, dan, _ = group.members
    run = await a_run(world, group=group, live=False)
    assert run.owner is ada
    low = await a_challenge(bob, group, question="Low?", importance=1, urgency=1)
    had = await a_challenge(ada, group, question="Had one?", importance=4, urgency=3)
    old = await a_challenge(eve, group, question="Old?", importance=4, urgency=3)
    new = await a_challenge(dan, group, question="New?", importance=3, urgency=4)
    returned = await a_challenge(eve, group, question="Returned?", importance=5, urgency=5)
    await done(eve, returned["id"], "submit")
    await done(group.moderator, returned["id"], "send_back", {"reason": "Say more."})
    lot = (await bob.get(f"/groups/{group.id}/parking-lot")).json()["items"]
    assert [one["id"] for one in lot] == [old["id"], new["id"], had["id"], low["id"]]
    assert [one["why"]["score"] for one in lot] == [12, 12, 12, 1]
    assert [one["why"]["hot_seats"] for one in lot] == [0, 0, 1, 0]
    assert lot[2]["why"]["said"].startswith("4 × 3 × 1 = 12; 1 hot seat in twelve months; waiting since 20")
    pages, cursor = [], ""
    while True:
        page = (await bob.get(f"/groups/{group.id}/parking-lot?limit=1{cursor}")).json()
        pages += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert pages == [one["id"] for one in lot]
    for one in (bob, eve):
        await one.put(f"/challenges/{had['id']}/second")
    again = (await bob.get(f"/groups/{group.id}/parking-lot")).json()["items"]
    assert (again[0]["id"], again[0]["why"]["score"], again[0]["seconded"]) == (had["id"], 36, True)


async def test_the_words_are_the_owners_and_the_place_is_the_moderators(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    parked = await a_challenge(ada, group)
    path = f"/challenges/{parked['id']}"
    session = await a_session(world, group)
    place = {"session_id": session["id"], "position": 2}
    assert (await ada.patch(path, {"question": "How else?", "urgency": 5})).json()["urgency"] == 5
    assert (await group.moderator.patch(path, {"question": "Mine?"})).status_code == 403
    assert (await ada.patch(path, place)).status_code == 403
    assert (await bob.patch(path, place)).status_code == 403
    placed = await group.moderator.patch(path, place)
    assert (placed.json()["session_id"], placed.json()["position"]) == (session["id"], 2)
    listed = (await bob.get(f"/groups/{group.id}/challenges?session_id={session['id']}")).json()["items"]
    assert [one["id"] for one in listed] == [parked["id"]]
    foreign = await a_session(world, await a_group(world, members=1))
    assert (await group.moderator.patch(path, {"session_id": foreign["id"]})).status_code == 422
    for body in ({"position": 0}, {"question": None}, {"importance": None}, {"protocol": "icebreaker_round"}):
        assert (await group.moderator.patch(path, body)).status_code in (403, 422)
        assert (await ada.patch(path, body)).status_code in (403, 422)
    out = await group.moderator.patch(path, {"session_id": None})
    assert (out.json()["session_id"], out.json()["position"]) == (None, None)


async def test_who_accepts_too_early_is_told_what_comes_first(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    parked = await a_challenge(ada, group)
    for state in ("parked", "returned"):
        early = await say(group.moderator, parked["id"], "accept")
        assert (early.status_code, early.json()["code"], early.json()["state"]) == (
            409,
            "invalid_transition",
            state,
        )
        first = "First comes 'submit', which is for: owner of the challenge, active."
        assert early.json()["detail"] == f"'accept' is not possible while it is {state}. {first}"
        assert (await say(bob, parked["id"], "accept")).status_code == 403
        await done(ada, parked["id"], "submit")
        again = (await say(ada, parked["id"], "submit")).json()
        assert again["detail"] == "'submit' is not possible while it is submitted."
        if state == "parked":
            await done(group.moderator, parked["id"], "send_back", {"reason": "Say more."})
    await done(group.moderator, parked["id"], "accept")
    late = (await say(group.moderator, parked["id"], "accept")).json()
    assert late["detail"] == "'accept' is not possible while it is accepted."
    assert "start" in late["allowed"]


async def test_a_stale_version_is_refused(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    parked = await a_challenge(ada, group)
    path = f"/challenges/{parked['id']}"
    stale = {"If-Match": (await ada.get(path)).headers["etag"]}
    assert (await ada.patch(path, {"urgency": 5}, headers=stale)).status_code == 200
    assert (await ada.patch(path, {"urgency": 4}, headers=stale)).status_code == 412
    assert (await say(ada, parked["id"], "submit", headers=stale)).status_code == 412
    assert (await group.moderator.put(f"{path}/second", headers=stale)).status_code == 412


async def test_what_was_worked_on_is_not_reworded(world: World) -> None:
    run = await a_run(world, live=False)
    path = f"/challenges/{run.id}"
    assert (await run.owner.patch(path, {"question": "Other?"})).status_code == 409
    assert (await run.group.moderator.patch(path, {"position": 1})).status_code == 409


async def test_a_reason_is_for_the_owner_and_the_moderators(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    parked = await a_challenge(ada, group)
    await done(ada, parked["id"], "submit")
    assert (await say(group.moderator, parked["id"], "send_back")).status_code == 422
    await done(group.moderator, parked["id"], "send_back", {"reason": "Say more, please."})
    path = f"/challenges/{parked['id']}"
    assert (await ada.get(path)).json()["reason"] == "Say more, please."
    assert (await bob.get(path)).json()["reason"] is None
    assert "Say more" not in (await group.moderator.get("/events?limit=200")).text


async def test_a_moderator_does_not_run_their_own_challenge(world: World) -> None:
    group = await a_group(world, members=4)
    own = await a_challenge(group.moderator, group)
    await done(group.moderator, own["id"], "submit")
    for name, body in (("accept", None), ("drop", {"reason": "x"}), ("send_back", {"reason": "x"})):
        assert (await say(group.moderator, own["id"], name, body)).status_code == 403
    assert (await group.moderator.patch(f"/challenges/{own['id']}", {"position": 1})).status_code == 403
    second = group.members[0]
    role = {"role": "co_moderator"}
    membership = group.memberships[second.person_id]
    assert (await group.moderator.patch(f"/memberships/{membership}", role)).status_code == 200
    await done(second, own["id"], "accept")
    refused = await say(group.moderator, own["id"], "start", {"mode": "async"})
    assert refused.status_code == 403
    started = await done(second, own["id"], "start", {"mode": "async"})
    assert started["exercise"]["subject"]["owner"]["id"] == str(group.moderator.person_id)


async def test_release_needs_an_outcome_and_the_owners_word(world: World) -> None:
    run = await a_run(world, live=False, confidentiality="shareable")
    text = {"text": "Customers know best."}
    await committed(run)
    early = await say(run.owner, run.id, "release", text)
    assert [guard["code"] for guard in early.json()["guards"]] == ["not_resolved"]
    await done(run.owner, run.id, "resolve", {"outcome": "not", "learned": "It did not work."})
    assert (await say(run.group.moderator, run.id, "release", text)).status_code == 403
    assert (await say(run.owner, run.id, "release", {"text": ""})).status_code == 422
    assert (await say(run.owner, run.id, "release", text)).status_code == 200
    assert [one["text"] for one in (await world.owner.get("/outcomes")).json()["items"]] == [text["text"]]
    assert (await world.owner.get("/outcomes?q=unheard")).json()["items"] == []
    assert (await world.owner.get("/outcomes?q=-")).json()["items"] == []
    narrowed = await run.group.moderator.patch(f"/challenges/{run.id}", {"confidentiality": "group"})
    assert narrowed.json()["released_text"] is None
    assert (await world.owner.get("/outcomes")).json()["items"] == []


async def test_only_the_owner_widens(world: World) -> None:
    run = await a_run(world, live=False)
    await resolved(run)
    path = f"/challenges/{run.id}"
    wider, narrower = {"confidentiality": "shareable"}, {"confidentiality": "session_only"}
    assert (await run.group.moderator.patch(path, wider)).status_code == 403
    assert (await run.brains[0].patch(path, narrower)).status_code == 403
    assert (await run.group.moderator.patch(path, narrower)).status_code == 200
    assert (await run.group.moderator.patch(path, {"confidentiality": "group"})).status_code == 403
    assert (await run.owner.patch(path, {"confidentiality": "group"})).status_code == 200
    exercise = (await run.owner.get(f"/exercises/{run.exercise_id}")).json()
    assert exercise["confidentiality"] == "group"


async def test_challenges_are_found_by_their_owner_where_the_owner_is_shown(world: World) -> None:
    run = await a_run(world, live=False, confidentiality="chatham")
    ada, ben = run.owner, run.brains[0]
    own = await a_challenge(ben, run.group)

    async def found(reader: Actor, owner: Any) -> list[str]:
        answer = await reader.get(f"/groups/{run.group.id}/challenges?owner={owner}")
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await found(ben, ada.person_id) == [run.id]
    assert await found(ada, ben.person_id) == [own["id"]]
    await committed(run)
    assert await found(ben, ada.person_id) == [], "whoever asks by name would learn whose it is"
    assert await found(run.group.moderator, ada.person_id) == []
    assert await found(ada, ada.person_id) == await found(ada, "me") == [run.id]
    refused = await ada.get(f"/groups/{run.group.id}/challenges?owner=ben")
    expected = [{"pointer": "owner", "detail": "Use `me`, or the id of a person."}]
    assert (refused.status_code, refused.json()["errors"]) == (422, expected)


async def test_a_draft_for_which_a_challenge_waits_is_cancelled_and_not_deleted(world: World) -> None:
    group = await a_group(world)
    challenge = (await an_accepted(group, group.members[0]))["id"]
    draft = await a_draft(world, group)
    place = {"session_id": draft["id"], "position": 1}
    assert (await group.moderator.patch(f"/challenges/{challenge}", place)).status_code == 200
    refused = await group.moderator.delete(f"/sessions/{draft['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert "a challenge waits for it; cancel it" in refused.json()["detail"]
    gone = await group.moderator.post(f"/sessions/{draft['id']}/cancel", {"reason": "Nobody can."})
    assert gone.status_code == 200
    assert (await group.moderator.get(f"/challenges/{challenge}")).json()["session_id"] is None
