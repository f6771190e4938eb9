"""Who sees what of a session: every standing, every read."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import select

from peergroup.groups.models import Covenant, Membership, Signature
from tests.groups.factories import GroupOf, a_group, a_member, invited, provisional, verb
from tests.sessions.factories import a_session, answered, done
from tests.world import Actor, World, a_world

TIMES = {"id", "state", "local_start", "time_zone", "minutes", "starts_at", "ends_at", "group", "sequence"}


async def a_guest(world: World, group: GroupOf, session_id: str, *, signed: bool = True) -> Actor:
    """Somebody who was let in for one session."""
    actor = await world.person()
    async with world.acting() as ctx:
        membership = Membership(
            group_id=UUID(group.id),
            person_id=actor.person_id,
            role="guest",
            state="active",
            session_id=UUID(session_id),
            created_at=ctx.now,
        )
        ctx.db.add(membership)
        await ctx.db.flush()
    if signed:
        await _sign(world, group, actor)
    return actor


async def _sign(world: World, group: GroupOf, actor: Actor) -> None:
    covenants = (await group.moderator.get(f"/groups/{group.id}/covenants")).json()["items"]
    assert covenants
    async with world.acting() as ctx:
        covenant_id = await ctx.db.scalar(select(Covenant.id).where(Covenant.group_id == UUID(group.id)))
        ctx.db.add(Signature(covenant_id=covenant_id, person_id=actor.person_id, signed_at=ctx.now))


def is_whole(shown: dict[str, Any]) -> bool:
    return shown["title"] == "Hiring well" and len(shown["agenda"]) == 4 and shown["counts"] is not None


def is_times_only(shown: dict[str, Any]) -> bool:
    known = {name for name, value in shown.items() if value not in (None, [])}
    return known - {"version"} == TIMES


async def _suspend(group: GroupOf, actor: Actor) -> None:
    assert (await verb(group.moderator, group, actor, "suspend", {"reason": "Because."})).status_code == 200


async def test_every_standing_sees_what_it_may(world: World) -> None:
    group, other = await a_group(world), await a_group(world)
    session = await a_session(world, group)
    further = await a_session(world, group, begins_in=500)
    ada, ben = group.members
    on_leave, suspended, former = [await a_member(world, group) for _ in range(3)]
    await verb(on_leave, group, on_leave, "take_leave")
    await _suspend(group, suspended)
    await verb(former, group, former, "leave")
    await answered(ben, session["id"], "yes")
    guest = await a_guest(world, group, session["id"])
    unsigned = await a_guest(world, group, session["id"], signed=False)
    rows: list[tuple[str, Actor, str, int]] = [
        ("member", ada, "whole", 2),
        ("moderator", group.moderator, "whole", 2),
        ("on leave", on_leave, "whole", 2),
        ("admin", world.owner, "whole", 2),
        ("guest", guest, "whole", 1),
        ("guest who has not signed", unsigned, "times", 1),
        ("provisional", await provisional(world, group), "times", 2),
        ("service key", await world.service("sessions:read"), "times", 2),
        ("invited", await invited(world, group), "nothing", 0),
        ("suspended", suspended, "nothing", 0),
        ("former", former, "nothing", 0),
        ("of another group", other.members[0], "nothing", 0),
        ("stranger", await world.person(), "nothing", 0),
    ]
    for name, actor, sight, count in rows:
        judged = await _reads(actor, group.id, session["id"])
        _judge(name, judged, sight, count)
    assert (await guest.get(f"/sessions/{further['id']}")).status_code == 404
    assert (await guest.get(f"/sessions/{further['id']}/rsvps")).status_code == 404


async def _reads(actor: Actor, group_id: str, session_id: str) -> list[httpx.Response]:
    paths = (f"/sessions/{session_id}", f"/groups/{group_id}/sessions", f"/sessions/{session_id}/rsvps")
    return [await actor.get(path) for path in paths]


def _judge(name: str, judged: list[httpx.Response], sight: str, count: int) -> None:
    one, listed, rsvps = judged
    if sight == "nothing":
        assert {one.status_code, listed.status_code, rsvps.status_code} == {404}, name
        return
    items = listed.json()["items"]
    assert (one.status_code, len(items)) == (200, count), name
    assert rsvps.status_code == (200 if sight == "whole" else 404), name
    shown = next(item for item in items if item["id"] == one.json()["id"])
    if sight == "whole":
        assert is_whole(one.json()), name
        assert shown["counts"]["yes"] == 1, name
        assert rsvps.json()["items"][0]["answer"] == "yes"
    else:
        assert is_times_only(one.json()), (name, one.json())
        assert (shown["title"], shown["counts"], shown["my_answer"]) == (None, None, None), name


async def test_another_organization_finds_nothing(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    elsewhere = await a_world(world.house, world.client)
    for path in (
        f"/sessions/{session['id']}",
        f"/sessions/{session['id']}/rsvps",
        f"/groups/{group.id}/sessions",
    ):
        assert (await elsewhere.owner.get(path)).status_code == 404
    assert (await elsewhere.owner.post(f"/sessions/{session['id']}/schedule")).status_code == 404


async def test_after_leaving_the_next_request_finds_nothing(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_session(world, group)
    assert (await ada.get(f"/sessions/{session['id']}")).status_code == 200
    await verb(ada, group, ada, "leave")
    assert (await ada.get(f"/sessions/{session['id']}")).status_code == 404
    assert (await answered(ada, session["id"], "yes")).status_code == 404


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [(["sessions:read"], 200, 403), (["sessions:write"], 403, 200), (["groups:read"], 403, 403)],
)
async def test_a_key_reaches_as_far_as_its_scopes(
    world: World, scopes: list[str], read: int, write: int
) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    moderator = await world.person(scopes=scopes)
    invitation = await world.owner.post(
        f"/groups/{group.id}/memberships", {"person_id": str(moderator.person_id), "role": "moderator"}
    )
    async with world.acting() as ctx:
        row = await ctx.db.get_one(Membership, (ctx.organization_id, UUID(invitation.json()["id"])))
        row.state = "active"
    assert (await moderator.get(f"/sessions/{session['id']}")).status_code == read
    assert (await moderator.post(f"/sessions/{session['id']}/start")).status_code == write


async def test_a_service_key_changes_nothing(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    key = await world.service("sessions:read", "sessions:write")
    assert (await key.patch(f"/sessions/{session['id']}", {"place": "x"})).status_code == 403
    assert (await key.delete(f"/sessions/{session['id']}")).status_code == 403
    assert (
        await key.post(f"/groups/{group.id}/sessions", {"local_start": "2030-01-01T18:00"})
    ).status_code == 403
    attendance = f"/sessions/{session['id']}/attendance/{group.members[0].person_id}"
    assert (await key.put(attendance, {"mark": "present"})).status_code == 403
    assert (await key.get(f"/sessions/{session['id']}/minutes")).status_code == 404
    with_words = f"/sessions/{session['id']}/minutes/opened"
    assert (await key.put(with_words)).status_code == 404
    await done(group.moderator, session["id"], "start")
    assert (await key.get(f"/sessions/{session['id']}")).json()["started_at"] is None
