"""One group with its roster, read the short way: the same answer as the ordinary endpoint's, for every standing."""

import datetime as dt
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import update

from peergroup.access import credentials
from peergroup.access.models import Credential
from peergroup.groups.schemas import GroupOut
from peergroup.kit.secrets import checksum
from peergroup.people.models import Person
from tests.both_ways import assert_same, both_ways, counted_statements
from tests.groups.factories import GroupOf, a_group, a_member, invited, provisional, verb
from tests.world import Actor, World, a_world

AWKWARD = 'Zoë "Zed" \\ O\'Neill </script> \u2028 \t 🙂 \x7f \x01'


async def _mona(world: World, group: GroupOf) -> Actor:
    return group.moderator


async def _on_leave(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    assert (await verb(actor, group, actor, "take_leave")).status_code == 200
    return actor


async def _suspended(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    assert (await verb(group.moderator, group, actor, "suspend", {"reason": "Rude"})).status_code == 200
    return actor


async def _alumna(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    assert (await verb(actor, group, actor, "leave")).status_code == 200
    return actor


async def _co_moderator(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    path = f"/memberships/{group.memberships[actor.person_id]}"
    assert (await world.owner.patch(path, {"role": "co_moderator"})).status_code == 200
    return actor


async def _admin_suspended_here(world: World, group: GroupOf) -> Actor:
    actor = await _suspended(world, group)
    await _set(world, Person, actor.person_id, organization_role="admin")
    return actor


async def _revoked(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    await _set(world, Credential, _credential(actor), revoked_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return actor


async def _expired(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    await _set(world, Credential, _credential(actor), expires_at=world.house.clock())
    return actor


async def _deactivated(world: World, group: GroupOf) -> Actor:
    actor = await a_member(world, group)
    await _set(world, Person, actor.person_id, state="deactivated")
    return actor


async def _wrong_secret(world: World, group: GroupOf) -> Actor:
    mine, theirs = (await a_member(world, group)).token, world.owner.token
    body = f"{mine[:37]}{theirs[37:-6]}"
    return Actor(world.client, body + checksum(body))


async def _granted(world: World, group: GroupOf) -> Actor:
    async with world.acting() as ctx:
        key, _ = await credentials.issue(ctx, "service", name="crm", scopes=["groups:read"])
        _, token = await credentials.issue(ctx, "grant", parent_id=key.id, scopes=["groups:read"])
    return Actor(world.client, token)


async def _stranger(world: World, group: GroupOf) -> Actor:
    return (await a_world(world.house, world.client, "Elsewhere")).owner


def _credential(actor: Actor) -> Any:
    return UUID(actor.token[4:36])


async def _set(world: World, table: Any, id_: Any, **values: Any) -> None:
    async with world.acting() as ctx:
        await ctx.db.execute(update(table).where(table.id == id_).values(**values))


Make = Callable[[World, GroupOf], Awaitable[Actor]]
READERS: dict[str, tuple[Make, int]] = {
    "owner": (lambda world, _group: _owner(world), 200),
    "admin": (lambda world, _group: world.person(role="admin"), 200),
    "admin suspended here": (_admin_suspended_here, 200),
    "service key": (lambda world, _group: world.service("groups:read"), 200),
    "access token of a service key": (_granted, 200),
    "moderator": (_mona, 200),
    "co-moderator": (_co_moderator, 200),
    "member": (a_member, 200),
    "member with a narrow key": (lambda world, group: _narrow(world, group, "groups:read"), 200),
    "on leave": (_on_leave, 200),
    "invited": (invited, 200),
    "provisional": (provisional, 200),
    "suspended": (_suspended, 404),
    "alumna": (_alumna, 404),
    "somebody of the organization": (lambda world, _group: world.person(), 404),
    "admin of another organization": (_stranger, 404),
    "member whose key has another scope": (lambda world, group: _narrow(world, group, "people:read"), 403),
    "service key with another scope": (lambda world, _group: world.service("people:read"), 403),
    "revoked key": (_revoked, 401),
    "expired key": (_expired, 401),
    "deactivated person": (_deactivated, 401),
    "wrong secret": (_wrong_secret, 401),
    "no token": (lambda world, _group: _with_token(world, ""), 401),
    "mistyped token": (lambda world, _group: _with_token(world, "pgk_nonsense"), 401),
}


async def _owner(world: World) -> Actor:
    return world.owner


async def _with_token(world: World, token: str) -> Actor:
    return Actor(world.client, token)


async def _narrow(world: World, group: GroupOf, scope: str) -> Actor:
    member = await a_member(world, group)
    async with world.acting() as ctx:
        _, token = await credentials.issue(ctx, "key", person_id=member.person_id, scopes=[scope])
    return Actor(world.client, token, member.person_id)


@pytest.mark.parametrize("who", READERS)
async def test_both_ways_answer_alike(world: World, ordinary: httpx.AsyncClient, who: str) -> None:
    group = await a_group(world, members=2)
    await provisional(world, group)
    changed = await world.owner.patch(f"/groups/{group.id}", {"focus": "Growing", "name": 'Nörd \\ "Süd" 🙂'})
    assert changed.status_code == 200
    await _set(world, Person, group.members[0].person_id, name=AWKWARD)
    make, status = READERS[who]
    actor = await make(world, group)
    hot, slow = await both_ways(actor, ordinary, f"/groups/{group.id}")
    assert hot.status_code == status, hot.text
    assert_same(hot, slow)
    if status == 200:
        assert GroupOut.model_validate_json(hot.content).model_dump_json().encode() == hot.content
        unchanged = await both_ways(
            actor, ordinary, f"/groups/{group.id}", **{"If-None-Match": hot.headers["etag"]}
        )
        assert unchanged[0].status_code == 304
        assert_same(*unchanged)


async def test_the_short_way_is_one_statement(world: World) -> None:
    group = await a_group(world, members=1)
    await group.members[0].get(f"/groups/{group.id}")
    with counted_statements(world) as counts:
        assert (await group.members[0].get(f"/groups/{group.id}")).status_code == 200
    assert counts == {"ordinary": 0, "hot": 1}


UNUSUAL = {
    "an unknown parameter": ("GET", "/v1/groups/{id}?surprise=1", 422),
    "an id that is none": ("GET", "/v1/groups/nonsense", 422),
    "an id nobody has": ("GET", "/v1/groups/00000000-0000-7000-8000-000000000000", 404),
    "a capital id": ("GET", "/v1/groups/{ID}", 200),
    "HEAD": ("HEAD", "/v1/groups/{id}", 200),
}


@pytest.mark.parametrize("what", UNUSUAL)
async def test_what_is_unusual_takes_the_ordinary_way(
    world: World, ordinary: httpx.AsyncClient, what: str
) -> None:
    group = await a_group(world, members=1)
    method, path, status = UNUSUAL[what]
    path = path.format(id=group.id, ID=group.id.upper())
    headers = {"X-Request-Id": "the-same", "Authorization": f"Bearer {group.members[0].token}"}
    hot = await world.client.request(method, path, headers=headers)
    assert hot.status_code == status
    assert_same(hot, await ordinary.request(method, path, headers=headers))


async def test_leaving_holds_from_the_next_read(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    assert (await ada.get(f"/groups/{group.id}")).status_code == 200
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    assert (await ada.get(f"/groups/{group.id}")).status_code == 404
