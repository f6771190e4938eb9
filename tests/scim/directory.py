"""What directories send, and somebody who sends it."""

from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import select, update

from peergroup.access import credentials
from peergroup.groups.models import Group, Membership
from tests.world import Actor, World

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
SCIM = {"Content-Type": "application/scim+json", "Accept": "application/scim+json"}


def user(name: str, /, **more: Any) -> dict[str, Any]:
    """A new user."""
    return {"schemas": [USER], "userName": name, "active": True} | more


def group(name: str, /, *members: str, **more: Any) -> dict[str, Any]:
    """A new group."""
    return {"schemas": [GROUP], "displayName": name, "members": [{"value": one} for one in members]} | more


def patch(*operations: dict[str, Any]) -> dict[str, Any]:
    """A change of something."""
    return {"schemas": [PATCH_OP], "Operations": list(operations)}


class Directory:
    """An organization's directory with its service key."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """A request below `/scim/v2`; headers with underscores for hyphens."""
        given = SCIM | {name.replace("_", "-"): value for name, value in headers.items()}
        more = {} if body is None else {"json": body}
        return await self.actor.call(method, f"/scim/v2{path}", headers=given, **more)

    async def made(self, path: str, body: Any) -> dict[str, Any]:
        """Something new."""
        answer = await self.ask("POST", path, body)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def user(self, name: str, /, **more: Any) -> str:
        """The id of a new user."""
        return str((await self.made("/Users", user(name, **more)))["id"])

    async def group(self, name: str, *members: str) -> str:
        """The id of a new group."""
        return str((await self.made("/Groups", group(name, *members)))["id"])

    async def found(self, path: str) -> list[dict[str, Any]]:
        """What a list or search gives."""
        answer = await self.ask("GET", path)
        assert answer.status_code == 200, answer.text
        return list(answer.json().get("Resources", []))

    async def members(self, group_id: str) -> set[str]:
        """The ids of a group's members."""
        seen = await self.ask("GET", f"/Groups/{group_id}")
        assert seen.status_code == 200, seen.text
        return {member["value"] for member in seen.json().get("members", [])}


async def a_directory(world: World) -> Directory:
    """A directory of this organization."""
    return Directory(await world.service("scim"))


def refused(answer: httpx.Response, status: int, scim_type: str | None = None) -> bool:
    """Whether this is a SCIM error with this status and type; says what it is otherwise."""
    assert answer.headers["content-type"] == "application/scim+json", answer.text
    body = answer.json()
    assert body["schemas"] == [ERROR], body
    assert body["detail"], body
    assert "X-Request-Id" in answer.headers
    said = (answer.status_code, body["status"], body.get("scimType"))
    assert said == (status, str(status), scim_type), (said, body["detail"])
    return True


async def signed_in(world: World, person_id: str) -> Actor:
    """The person behind a user, with a key of their own."""
    async with world.acting() as ctx:
        _, token = await credentials.issue(ctx, "key", person_id=UUID(person_id))
    return Actor(world.client, token, UUID(person_id))


async def states(world: World, group_id: str) -> dict[str, str]:
    """The state of the last membership of everybody who was ever in a group, by person."""
    query = select(Membership).where(Membership.group_id == UUID(group_id)).order_by(Membership.id)
    async with world.acting() as ctx:
        return {str(one.person_id): one.state for one in (await ctx.db.scalars(query)).all()}


async def join(world: World, group_id: str, person_id: str, role: str = "member") -> Actor:
    """Let a person of a group that a directory founded be active in it, with this role."""
    here = (Membership.group_id == UUID(group_id)) & (Membership.person_id == UUID(person_id))
    async with world.acting() as ctx:
        changed = update(Membership).where(here).values(state="active", role=role, expires_at=None)
        await ctx.db.execute(changed)
        await ctx.db.execute(update(Group).where(Group.id == UUID(group_id)).values(state="active"))
    return await signed_in(world, person_id)
