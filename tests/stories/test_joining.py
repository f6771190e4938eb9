"""From a CRM export to a member who leaves: the whole way over HTTP, with each refusal on it."""

from typing import Any

from tests.access.factories import Device, a_postbox, bearing, mailed
from tests.sync.test_run import imported
from tests.world import Actor, World, a_world

EXPORTS = (
    ("hubspot-contacts.csv", "hubspot", (17, 1, 2, 0), 18),
    ("salesforce-report.csv", "salesforce", (2, 1, 0, 3), 2),
    ("excel-german.csv", "excel", (2, 0, 0, 0), 2),
)


async def test_from_an_export_to_a_member_who_leaves(world: World) -> None:
    await _exports_come_in_twice(world)
    moderator = await world.person("Mona Moderator")
    group = await _a_group_begins(world, moderator)
    maren = await _signs_in(world, "maren@fjordlogic.example")
    membership = await _becomes_active(world, moderator, maren, group)
    await _leaves(moderator, maren, group, membership)


async def _exports_come_in_twice(world: World) -> None:
    member = await world.person()
    assert (await member.post("/sync-runs", {"source": "hubspot"})).status_code == 403
    reader = await world.service("people:read")
    assert (await reader.post("/sync-runs", {"source": "hubspot"})).status_code == 403
    service = await world.service("sync:write", "people:read")
    for name, source, first, unchanged in EXPORTS:
        one = (await imported(service, name, source))["summary"]
        two = (await imported(service, name, source))["summary"]
        assert (one["created"], one["conflict"], one["rejected"], one["footer_rows"]) == first
        assert (two["unchanged"], two["conflict"], two["rejected"], two["footer_rows"]) == (
            unchanged,
            *first[1:],
        )
        assert (two["created"], two["updated"]) == (0, 0)


async def _a_group_begins(world: World, moderator: Actor) -> str:
    body: dict[str, Any] = {"name": "Founders North", "moderators": [str(moderator.person_id)]}
    assert (await moderator.post("/groups", body)).status_code == 403
    group = str((await world.owner.post("/groups", body)).json()["id"])
    early = await moderator.post(f"/groups/{group}/activate")
    assert early.json()["guards"][0]["code"] == "no_covenant"
    written = await moderator.post(f"/groups/{group}/covenants", {"text": "What is said here stays here."})
    assert written.status_code == 201
    assert (await moderator.post(f"/groups/{group}/activate")).status_code == 200
    return group


async def _signs_in(world: World, email: str) -> Actor:
    """With the link from a real mail, on the device that asked."""
    async with a_postbox(world.house) as postbox:
        device, other = Device(world.client), Device(world.client)
        asked = await device.ask(email, organization=str(world.organization_id))
        nobody = await device.ask("nobody@nowhere.example")
        assert (asked.status_code, asked.content) == (202, nobody.content)
        [link] = (await mailed(world.house, postbox)).links
        assert (await other.open(link)).status_code >= 400
        tokens = (await device.open(link)).json()
        assert (await device.open(link)).status_code >= 400
    actor = bearing(world.client, tokens["access_token"])
    me = await actor.get("/me")
    assert me.status_code == 200, me.text
    actor.person_id = me.json()["person"]["id"]
    return actor


async def _becomes_active(world: World, moderator: Actor, maren: Actor, group: str) -> str:
    body = {"person_id": str(maren.person_id)}
    assert (await maren.post(f"/groups/{group}/memberships", body)).status_code == 404
    invited = await moderator.post(f"/groups/{group}/memberships", body)
    membership = str(invited.json()["id"])
    assert (await maren.get(f"/groups/{group}/memberships")).status_code == 403
    assert (await moderator.post(f"/memberships/{membership}/activate")).status_code == 409
    assert (await maren.post(f"/memberships/{membership}/accept")).status_code == 200
    unsigned = await moderator.post(f"/memberships/{membership}/activate")
    assert unsigned.json()["guards"][0]["code"] == "covenant_unsigned"
    assert (await maren.post(f"/groups/{group}/covenants/7/sign")).status_code == 404
    assert (await maren.post(f"/groups/{group}/covenants/1/sign")).status_code == 200
    assert (await maren.post(f"/memberships/{membership}/activate")).status_code == 403
    stranger = (await a_world(world.house, world.client, "Elsewhere")).owner
    assert (await stranger.post(f"/memberships/{membership}/activate")).status_code == 404
    active = await moderator.post(f"/memberships/{membership}/activate")
    assert (active.status_code, active.json()["state"]) == (200, "active")
    assert (await maren.get(f"/groups/{group}/memberships")).status_code == 200
    return membership


async def _leaves(moderator: Actor, maren: Actor, group: str, membership: str) -> None:
    assert (await moderator.post(f"/memberships/{membership}/leave")).status_code == 403
    left = await maren.post(f"/memberships/{membership}/leave", {"reason": "time"})
    assert (left.status_code, left.json()["state"]) == (200, "alumni")
    for path in (f"/groups/{group}", f"/groups/{group}/memberships", f"/groups/{group}/covenants"):
        assert (await maren.get(path)).status_code == 404
    assert (await maren.get(f"/memberships/{membership}")).json()["state"] == "alumni"
    assert (await maren.post(f"/memberships/{membership}/leave")).json()["code"] == "invalid_transition"
