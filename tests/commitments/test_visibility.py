"""Who reads a promise: to oneself, its owner alone; in a group, whoever reads what was said there."""

import datetime as dt

import pytest

from peergroup.kit.time import end_of_local_day, to_wire
from tests.commitments.factories import a_promise, day, planted, say
from tests.groups.factories import a_group, verb
from tests.world import World


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
