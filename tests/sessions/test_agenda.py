"""The agenda: where it comes from, what it may become, and what has already happened."""

from typing import Any

import httpx

from peergroup.kit.ids import new_id
from tests.groups.factories import GroupOf, a_group
from tests.sessions.factories import RUN_OF_SHOW, a_draft, a_running, a_session, done
from tests.world import World


async def replaced(group: GroupOf, session: dict[str, Any], segments: Any, tag: str = "*") -> httpx.Response:
    """Replace the agenda as the moderator."""
    headers = {"If-Match": tag} if tag else {}
    return await group.moderator.put(
        f"/sessions/{session['id']}/agenda", {"segments": segments}, headers=headers
    )


async def test_an_agenda_is_only_replaced_by_whoever_read_it(world: World) -> None:
    group = await a_group(world)
    session = await a_draft(world, group)
    blind = await replaced(group, session, RUN_OF_SHOW, tag="")
    assert (blind.status_code, blind.json()["code"]) == (428, "precondition_required")
    tag = (await group.moderator.get(f"/sessions/{session['id']}")).headers["etag"]
    first = await replaced(group, session, RUN_OF_SHOW[:2], tag)
    assert (first.status_code, len(first.json()["agenda"])) == (200, 2)
    assert first.json()["version"] == session["version"] + 1
    stale = await replaced(group, session, RUN_OF_SHOW, tag)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")


async def test_the_same_agenda_again_counts_as_a_change(world: World) -> None:
    group = await a_group(world)
    session = await a_draft(world, group)
    again = (await replaced(group, session, RUN_OF_SHOW)).json()
    assert again["agenda"] == session["agenda"]
    assert again["version"] == session["version"] + 1


async def test_segments_keep_their_identity(world: World) -> None:
    group = await a_group(world)
    session = await a_draft(world, group)
    welcome, first, second, _ = session["agenda"]
    turned = [
        {"id": second["id"], "title": "Second", "kind": "hot_seat", "minutes": 50},
        {"title": "Welcome", "kind": "opening", "minutes": 10},
        {"title": "New", "kind": "break", "minutes": 5},
    ]
    agenda = (await replaced(group, session, turned)).json()["agenda"]
    assert [one["id"] for one in agenda[:2]] == [second["id"], welcome["id"]]
    assert (agenda[0]["title"], agenda[0]["minutes"]) == ("Second", 50)
    assert agenda[2]["id"] not in {one["id"] for one in session["agenda"]}
    assert first["id"] not in {one["id"] for one in agenda}
    assert (await group.moderator.get(f"/sessions/{session['id']}")).json()["agenda"] == agenda


async def test_a_segment_of_another_session_is_refused(world: World) -> None:
    group = await a_group(world)
    one, other = await a_draft(world, group), await a_draft(world, group)
    foreign = {"id": other["agenda"][0]["id"], "title": "x", "minutes": 5}
    refused = await replaced(group, one, [foreign])
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/segments/0/id")
    twice = {"id": one["agenda"][0]["id"], "title": "x", "minutes": 5}
    refused = await replaced(group, one, [twice, twice])
    assert refused.json()["errors"][0]["pointer"] == "/segments/1/id"


async def test_the_sum_fits_the_session(world: World) -> None:
    group = await a_group(world)
    session = await a_draft(world, group)
    long = [{"title": "x", "minutes": 60}, {"title": "y", "minutes": 60}]
    assert (await replaced(group, session, long)).status_code == 200
    refused = await replaced(group, session, [*long, {"title": "z", "minutes": 1}])
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/segments")


async def test_what_started_is_locked(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    session = await done(group.moderator, session["id"], "next")
    past = session["agenda"][:2]
    kept = [{name: one[name] for name in ("id", "title", "kind", "minutes")} for one in past]
    changed = await replaced(group, session, [kept[0] | {"minutes": 5}, kept[1]])
    assert (changed.status_code, changed.json()["code"]) == (409, "segment_locked")
    assert (await replaced(group, session, [kept[1], kept[0]])).status_code == 409
    assert (await replaced(group, session, [kept[1]])).status_code == 409
    assert (await replaced(group, session, [])).status_code == 409
    ahead = [*kept, {"title": "A break", "kind": "break", "minutes": 10}]
    agenda = (await replaced(group, session, ahead)).json()["agenda"]
    assert [one["title"] for one in agenda] == ["Welcome", "Ten brains", "A break"]
    moved = await done(group.moderator, session["id"], "next")
    assert moved["clock"]["segment_id"] == agenda[2]["id"]
    unnamed = [{name: one[name] for name in ("title", "kind", "minutes")} for one in agenda]
    assert (await replaced(group, session, unnamed)).json()["agenda"] == moved["agenda"]


async def test_the_agenda_of_what_is_over_stays(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    await done(group.moderator, session["id"], "complete")
    refused = await replaced(group, session, RUN_OF_SHOW)
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")


async def test_members_do_not_change_the_agenda(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    body = {"segments": []}
    path, any_version = f"/sessions/{session['id']}/agenda", {"headers": {"If-Match": "*"}}
    assert (await group.members[0].put(path, body, **any_version)).status_code == 403
    assert (await world.owner.put(path, body, **any_version)).status_code == 403
    stranger = await world.person()
    assert (await stranger.put(path, body, **any_version)).status_code == 404


async def test_a_session_begins_with_a_template(world: World) -> None:
    group = await a_group(world)
    lead = group.moderator
    named = (await lead.post("/agenda-templates", {"title": "Usual", "segments": RUN_OF_SHOW})).json()
    short = (
        await lead.post(
            "/agenda-templates", {"title": "Short", "segments": [{"title": "Talk", "minutes": 20}]}
        )
    ).json()
    assert (named["minutes"], short["segments"][0]["kind"]) == (110, "custom")
    body = {"local_start": "2030-01-01T18:00"}
    made = await lead.post(f"/groups/{group.id}/sessions", body | {"agenda_template_id": named["id"]})
    assert [one["title"] for one in made.json()["agenda"]] == [one["title"] for one in RUN_OF_SHOW]
    unknown = await lead.patch(f"/groups/{group.id}", {"agenda_template_id": str(new_id())})
    assert unknown.status_code == 422
    assert [error["pointer"] for error in unknown.json()["errors"]] == ["/agenda_template_id"]
    chosen = await lead.patch(f"/groups/{group.id}", {"agenda_template_id": short["id"]})
    assert chosen.json()["agenda_template_id"] == short["id"]
    usual = (await lead.post(f"/groups/{group.id}/sessions", body)).json()
    assert ([one["title"] for one in usual["agenda"]], usual["minutes"]) == (["Talk"], 20)
    own = (await lead.post(f"/groups/{group.id}/sessions", body | {"agenda": []})).json()
    assert own["agenda"] == []
