"""The library: themes for everybody in a group, agenda templates for those who lead one."""

from tests.groups.factories import a_group, provisional
from tests.sessions.factories import RUN_OF_SHOW, a_draft
from tests.world import World, a_world


async def test_moderators_and_admins_keep_themes(world: World) -> None:
    group = await a_group(world)
    made = await group.moderator.post("/themes", {"title": "Hiring well", "description": "From A to Z."})
    assert (made.status_code, made.headers["location"]) == (201, f"/v1/themes/{made.json()['id']}")
    assert (await world.owner.post("/themes", {"title": "Pricing"})).status_code == 201
    twice = await world.owner.post("/themes", {"title": "HIRING WELL "})
    assert (twice.status_code, twice.json()["theme_id"]) == (409, made.json()["id"])
    listed = (await group.members[0].get("/themes")).json()["items"]
    assert [one["title"] for one in listed] == ["Hiring well", "Pricing"]
    assert (await group.members[0].post("/themes", {"title": "Mine"})).status_code == 403


async def test_a_theme_changes_and_is_archived(world: World) -> None:
    made = (await world.owner.post("/themes", {"title": "Hiring", "description": "…"})).json()
    other = (await world.owner.post("/themes", {"title": "Pricing"})).json()
    path = f"/themes/{made['id']}"
    assert (await world.owner.patch(path, {"title": "pricing"})).json()["theme_id"] == other["id"]
    assert (await world.owner.patch(path, {"title": None})).status_code == 422
    assert (await world.owner.patch(path, {"colour": "red"})).status_code == 422
    changed = await world.owner.patch(path, {"title": "HIRING", "description": None, "archived": True})
    assert (changed.json()["title"], changed.json()["description"], changed.json()["version"]) == (
        "HIRING",
        None,
        2,
    )
    stale = await world.owner.patch(path, {"title": "x"}, headers={"If-Match": '"1-0"'})
    assert stale.status_code == 412
    assert [one["id"] for one in (await world.owner.get("/themes")).json()["items"]] == [other["id"]]
    archived = (await world.owner.get("/themes?archived=true")).json()["items"]
    assert [one["id"] for one in archived] == [made["id"]]


async def test_strangers_to_every_group_read_no_library(world: World) -> None:
    group = await a_group(world)
    theme = (await world.owner.post("/themes", {"title": "Hiring"})).json()
    readers = [
        (group.members[0], 200),
        (await world.person(), 403),
        (await provisional(world, group), 403),
        (await world.service("sessions:read", "sessions:write"), 403),
    ]
    for reader, status in readers:
        assert (await reader.get("/themes")).status_code == status
        assert (await reader.get(f"/themes/{theme['id']}")).status_code == status
    elsewhere = await a_world(world.house, world.client)
    assert (await elsewhere.owner.get(f"/themes/{theme['id']}")).status_code == 404
    assert (await elsewhere.owner.get("/themes")).json()["items"] == []


async def test_templates_are_for_those_who_lead(world: World) -> None:
    group = await a_group(world)
    body = {"title": "Usual", "segments": RUN_OF_SHOW}
    made = (await world.owner.post("/agenda-templates", body)).json()
    path = f"/agenda-templates/{made['id']}"
    assert (await group.moderator.get(path)).json() == made
    assert (await group.members[0].get(path)).status_code == 403
    assert (await group.members[0].get("/agenda-templates")).status_code == 403
    assert (await group.members[0].post("/agenda-templates", body)).status_code == 403
    changed = await group.moderator.patch(path, {"segments": RUN_OF_SHOW[:1]})
    assert (changed.json()["minutes"], changed.json()["version"]) == (10, 2)
    assert (await group.moderator.patch(path, {"segments": None})).status_code == 422
    stale = await group.moderator.patch(path, {"title": "x"}, headers={"If-Match": '"1-0"'})
    assert stale.status_code == 412
    await group.moderator.patch(path, {"archived": True})
    assert (await group.moderator.get("/agenda-templates")).json()["items"] == []
    with_id = [RUN_OF_SHOW[0] | {"id": made["id"]}]
    refused = await world.owner.post("/agenda-templates", {"title": "x", "segments": with_id})
    assert refused.status_code == 422


async def test_a_session_has_a_theme(world: World) -> None:
    group = await a_group(world)
    theme = (await world.owner.post("/themes", {"title": "Hiring"})).json()
    draft = await a_draft(world, group, theme_id=theme["id"])
    assert draft["theme"] == {"id": theme["id"], "name": "Hiring"}
    shown = (await group.members[0].get(f"/groups/{group.id}/sessions")).json()["items"][0]
    assert shown["theme"]["name"] == "Hiring"
    cleared = await group.moderator.patch(f"/sessions/{draft['id']}", {"theme_id": None})
    assert cleared.json()["theme"] is None
    again = await group.moderator.patch(f"/sessions/{draft['id']}", {"theme_id": theme["id"]})
    assert again.json()["theme"]["name"] == "Hiring"
    unknown = await group.moderator.patch(f"/sessions/{draft['id']}", {"theme_id": group.id})
    assert unknown.status_code == 422
