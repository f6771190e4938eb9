"""Questions to begin with, over HTTP."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

from peergroup.worker import Worker
from tests.groups.factories import GroupOf, a_group, a_member
from tests.sessions.factories import a_running, a_session, done
from tests.world import Actor, World


async def drawn(who: Actor, session_id: str, **wanted: Any) -> dict[str, Any]:
    """A draw that has to succeed."""
    answer = await who.post(f"/sessions/{session_id}/icebreaker", wanted)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def over(world: World, group: GroupOf, **wanted: Any) -> dict[str, Any]:
    """The question of a session that was held, with everybody there."""
    session = await a_running(world, group)
    made = await drawn(group.moderator, session["id"], **wanted)
    for person in (group.moderator, *group.members):
        path = f"/sessions/{session['id']}/attendance/{person.person_id}"
        assert (await group.moderator.put(path, {"mark": "present"})).status_code == 200
    await done(group.moderator, session["id"], "complete")
    return made


async def test_a_session_begins_with_a_question_and_why(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    nothing = await group.members[0].get(f"/sessions/{session['id']}/icebreaker")
    assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")
    made = await drawn(group.moderator, session["id"])
    assert (made["depth"], made["first"], made["exercise_id"]) == (1, None, None)
    assert made["why"] == "New to this group, and nobody here has answered it."
    for reader in (group.moderator, group.members[0], world.owner):
        assert (await reader.get(f"/sessions/{session['id']}/icebreaker")).json() == made
    stranger = await world.person()
    assert (await stranger.get(f"/sessions/{session['id']}/icebreaker")).status_code == 404
    for somebody, status in ((group.members[0], 403), (world.owner, 403), (stranger, 404)):
        answer = await somebody.post(f"/sessions/{session['id']}/icebreaker", {})
        assert answer.status_code == status


async def test_skipping_draws_another_one_and_nobody_asks_why(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    keys = [(await drawn(group.moderator, session["id"]))["key"] for _ in range(20)]
    assert len(set(keys)) == 20
    refused = await group.moderator.post(f"/sessions/{session['id']}/icebreaker", {})
    assert (refused.status_code, "another depth" in refused.json()["detail"]) == (409, True)
    assert (await group.members[0].get(f"/sessions/{session['id']}/icebreaker")).json()["key"] == keys[-1]
    deeper = await drawn(group.moderator, session["id"], depth=3)
    assert deeper["depth"] == 3


async def test_a_group_goes_deeper_and_is_never_asked_twice(world: World, clock: Any) -> None:
    group = await a_group(world, members=1)
    asked = []
    for _ in range(4):
        asked.append(await over(world, group))
        clock.forward(days=30)
    assert len({one["key"] for one in asked}) == 4
    assert [one["depth"] for one in asked] == [1, 1, 1, 2]


async def test_what_somebody_answered_elsewhere_is_avoided(world: World, clock: Any) -> None:
    here, elsewhere = await a_group(world, members=1), await a_group(world, members=0)
    ada = here.members[0]
    invited = await elsewhere.moderator.post(
        f"/groups/{elsewhere.id}/memberships", {"person_id": str(ada.person_id)}
    )
    membership = invited.json()["id"]
    for who, path in (
        (ada, f"/memberships/{membership}/accept"),
        (ada, f"/groups/{elsewhere.id}/covenants/1/sign"),
        (elsewhere.moderator, f"/memberships/{membership}/activate"),
    ):
        assert (await who.post(path)).status_code == 200
    elsewhere.members.append(ada)
    answered = {(await over(world, elsewhere, depth=1))["key"]}
    clock.forward(days=1)
    session = await a_session(world, here)
    keys = [(await drawn(here.moderator, session["id"], depth=1))["key"] for _ in range(20)]
    assert keys[-1] in answered, "it comes last, when everything else was skipped"
    last = (await ada.get(f"/sessions/{session['id']}/icebreaker")).json()
    assert last["why"] == "New to this group, and only 1 of you has answered it elsewhere."


async def test_somebody_may_be_drawn_to_begin(world: World, clock: Any) -> None:
    group = await a_group(world, members=2)
    begun = []
    for _ in range(3):
        made = await over(world, group, first="drawn")
        rounds = f"{len(begun)} round" if len(begun) == 1 else f"{len(begun)} rounds"
        begun.append(made["first"]["person"]["id"])
        why = f"Drawn among those who begin least often: has never begun here, in {rounds}."
        assert made["first"]["why"] == why
        clock.forward(days=30)
    assert set(begun) == {str(one.person_id) for one in (group.moderator, *group.members)}


async def test_whoever_is_absent_is_not_drawn(world: World) -> None:
    group = await a_group(world, members=1)
    session = await a_running(world, group)
    path = f"/sessions/{session['id']}/attendance"
    absent = await group.moderator.put(f"{path}/{group.moderator.person_id}", {"mark": "absent"})
    assert absent.status_code == 200
    for _ in range(5):
        made = await drawn(group.moderator, session["id"], first="drawn")
        assert made["first"]["person"]["id"] == str(group.members[0].person_id)


async def test_a_round_in_which_everybody_writes(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    made = await drawn(group.moderator, session["id"], round="live")
    seen = (await group.members[0].get(f"/exercises/{made['exercise_id']}")).json()
    assert (seen["state"], seen["mode"], seen["subject"]["title"]) == ("running", "live", made["text"])
    refused = await group.moderator.post(f"/sessions/{session['id']}/icebreaker", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    said = await group.members[0].post(
        f"/exercises/{made['exercise_id']}/contributions", {"kind": "answer", "body": "Something."}
    )
    assert said.status_code == 201
    assert (await group.members[1].post(f"/exercises/{made['exercise_id']}/pass")).status_code == 200
    finished = await group.moderator.post(f"/exercises/{made['exercise_id']}/finish")
    assert finished.status_code == 200, finished.text
    again = await drawn(group.moderator, session["id"])
    assert again["key"] != made["key"]


async def test_a_round_before_the_session_ends_when_it_begins(world: World, clock: Any) -> None:
    group = await a_group(world)
    session = await a_session(world, group, begins_in=60 * 24)
    made = await drawn(group.moderator, session["id"], round="async")
    seen = (await group.members[0].get(f"/exercises/{made['exercise_id']}")).json()
    assert (seen["mode"], seen["phase"]["ends_at"]) == ("async", session["starts_at"])
    answer = {"kind": "answer", "body": "From home."}
    path = f"/exercises/{made['exercise_id']}/contributions"
    assert (await group.members[0].post(path, answer)).status_code == 201
    clock.forward(days=1, minutes=1)
    late = await group.members[1].post(path, answer)
    assert (late.status_code, late.json()["code"]) == (409, "phase_over")
    await Worker(world.house).drain()
    assert (await group.members[0].get(f"/exercises/{made['exercise_id']}")).json()["state"] == "finished"


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"round": "live"}, 422),
        ({"ends_at": "2030-01-01T00:00:00Z"}, 422),
        ({"round": "async", "ends_at": "2020-01-01T00:00:00Z"}, 422),
        ({"depth": 4}, 422),
        ({"first": "me"}, 422),
    ],
)
async def test_what_makes_no_sense_is_refused(world: World, wanted: dict[str, Any], status: int) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    answer = await group.moderator.post(f"/sessions/{session['id']}/icebreaker", wanted)
    assert answer.status_code == status, answer.text


async def test_nothing_is_drawn_when_it_is_over(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    await done(group.moderator, session["id"], "cancel", {"reason": "Snow."})
    answer = await group.moderator.post(f"/sessions/{session['id']}/icebreaker", {})
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")


async def test_two_who_draw_at_once_leave_one_question(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    path = f"/sessions/{session['id']}/icebreaker"
    answers = await asyncio.gather(*(group.moderator.post(path, {}) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["key"] for answer in answers}) == 5
    present = (await group.members[0].get(path)).json()["key"]
    assert present in {answer.json()["key"] for answer in answers}


async def test_an_organization_adds_and_retires_questions(world: World) -> None:
    group = await a_group(world)
    member, text = group.members[0], "What did your town teach you?"
    refused = await member.post("/icebreakers", {"text": text, "depth": 2})
    assert refused.status_code == 403
    made = (await group.moderator.post("/icebreakers", {"text": text, "depth": 2})).json()
    offered = (await member.get("/icebreakers", params={"depth": 2})).json()["items"]
    assert len(offered) == 21
    assert offered[-1] == made == {"key": made["key"], "text": text, "depth": 2, "builtin": False}
    session = await a_session(world, group)
    keys = {(await drawn(group.moderator, session["id"], depth=2))["key"] for _ in range(21)}
    assert made["key"] in keys
    assert (await member.delete(f"/icebreakers/{made['key']}")).status_code == 403
    for status in (204, 404):
        assert (await group.moderator.delete(f"/icebreakers/{made['key']}")).status_code == status
    assert len((await member.get("/icebreakers", params={"depth": 2})).json()["items"]) == 20
    assert (await (await world.person()).get("/icebreakers")).status_code == 403


async def test_a_newcomer_is_not_told_of_what_was_drawn_before(world: World, clock: Any) -> None:
    group = await a_group(world, members=1)
    await over(world, group)
    clock.forward(minutes=1)
    newcomer = await a_member(world, group)
    events = (await newcomer.get("/events", params={"limit": 200})).json()["items"]
    assert not [one for one in events if one["type"] == "icebreaker.drawn"]
    told = (await group.members[0].get("/events", params={"limit": 200})).json()["items"]
    facts = [one["facts"] for one in told if one["type"] == "icebreaker.drawn"]
    assert [set(one) for one in facts] == [{"draw_id", "key", "depth"}]
    assert UUID(facts[0]["draw_id"])
