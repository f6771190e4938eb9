"""The stage: one organization with a cast of every role, and groups in which all of them have their place."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from peergroup.access import credentials, scopes
from peergroup.groups.models import ActivePeriod, Covenant, Group, Membership, Signature
from peergroup.kit.context import Context, House
from peergroup.kit.ids import new_id
from tests.matrix.roles import PLACES
from tests.world import Actor, World, a_client, a_world

_READ = ("active", "on_leave")
_SIGNED = ("provisional", "active", "on_leave", "suspended", "alumni", "removed")
_numbers = count(1)
_ENDED = ("alumni", "removed", "declined", "expired")


@dataclass
class Placed(Actor):
    """Somebody with a place in a group."""

    group: "Troupe" = field(kw_only=True)
    membership_id: UUID = field(kw_only=True)

    @property
    def group_id(self) -> UUID:
        return self.group.id


@dataclass
class Troupe:
    """A group in which everybody of the cast has their place."""

    id: UUID
    name: str
    memberships: dict[str, UUID]


class Stage:
    """A world with its cast; `elsewhere` is the same in another organization."""

    def __init__(self, world: World, mark: str) -> None:
        self.world, self.mark = world, mark
        self.elsewhere: Stage = self
        self.cast: dict[str, Actor] = {}
        self.ids: set[str] = {str(world.organization_id)}
        """Every identifier of this organization that has been on the stage."""
        self._keys: dict[tuple[Any, ...], Actor] = {}

    def __getattr__(self, name: str) -> Actor:
        """`stage.moderator`, and everybody else of the cast."""
        try:
            return self.__dict__["cast"][name]  # type: ignore[no-any-return]  # made there
        except KeyError:
            raise AttributeError(name) from None

    async def assemble(self) -> "Stage":
        """Let the cast come in; the outsider gets a group of their own."""
        self.cast["owner"] = self.world.owner
        self.cast["admin"] = await self.person("admin", role="admin")
        for name in (*PLACES, "outsider"):
            self.cast[name] = await self.person(name)
        self.cast["service"] = await self.world.service(*scopes.FOR_SERVICES)
        async with self.world.acting() as ctx:
            group, covenant = await _found(ctx, f"{self.mark} other group")
            _place(ctx, group.id, covenant, self.cast["outsider"], ("member", "active"), seat=1)
        self.ids |= {str(actor.person_id) for actor in self.cast.values()}
        return self

    def number(self) -> int:
        """A number that was not used on any stage before."""
        return next(_numbers)

    async def person(self, name: str = "somebody", **columns: Any) -> Actor:
        """A fresh person of this organization, in no group."""
        actor = await self.world.person(f"{self.mark} {name}", **columns)
        self.ids.add(str(actor.person_id))
        return actor

    async def group(self, state: str = "active", **columns: Any) -> Troupe:
        """A fresh group with the whole cast in it, its covenant written and signed."""
        async with self.world.acting() as ctx:
            group, covenant = await _found(
                ctx, f"{self.mark} group", **{"state": state, "capacity": 200} | columns
            )
            placed = {
                name: _place(ctx, group.id, covenant, self.cast[name], place, seat=seat)
                for seat, (name, place) in enumerate(PLACES.items(), 100)
            }
        self.ids |= {str(group.id), *map(str, placed.values())}
        return Troupe(group.id, group.name, placed)

    async def bare_group(self, state: str = "active", *, covenant: bool = True, **columns: Any) -> Troupe:
        """A fresh group with nobody in it."""
        async with self.world.acting() as ctx:
            group, written = await _found(
                ctx, f"{self.mark} group", **{"state": state, "capacity": 200} | columns
            )
            if not covenant:
                await ctx.db.execute(delete(Covenant).where(Covenant.id == written))
        self.ids.add(str(group.id))
        return Troupe(group.id, group.name, {})

    async def change(self, model: Any, id_: UUID, **values: Any) -> None:
        """Change a row behind everybody's back."""
        async with self.world.acting() as ctx:
            await ctx.db.execute(update(model).where(model.id == id_).values(**values))

    async def somebody(
        self, state: str = "active", *, group: Troupe | None = None, role: str = "member", signed: bool = True
    ) -> Placed:
        """A fresh person with a membership in this state, in `group` or in a fresh one."""
        group = group or await self.group()
        actor = await self.person()
        async with self.world.acting() as ctx:
            covenant = await _covenant_of(ctx, group.id) if signed else None
            membership = _place(ctx, group.id, covenant, actor, (role, state), seat=self.number() % 99 + 1)
        self.ids.add(str(membership))
        return Placed(
            actor.client, actor.token, actor.person_id, actor.name, group=group, membership_id=membership
        )

    async def service_without(self, scope: str) -> Actor:
        """A service key that holds every scope but this one."""
        key = ("service", scope)
        if key not in self._keys:
            held = [name for name in scopes.FOR_SERVICES if name != scope]
            self._keys[key] = await self.world.service(*held)
        return self._keys[key]

    async def cut_down(self, actor: Actor, scope: str) -> Actor:
        """The same person with a key that holds every scope but this one."""
        async with self.world.acting() as ctx:
            held = [name for name in scopes.EVERY if name != scope]
            _, token = await credentials.issue(ctx, "key", person_id=actor.person_id, scopes=held)
        return Actor(actor.client, token, actor.person_id, actor.name)


async def _found(ctx: Context, name: str, **columns: Any) -> tuple[Any, Any]:
    before = ctx.now - dt.timedelta(days=30)
    kept = {"state": "active", "time_zone": "UTC", "created_at": before} | columns
    group = Group(name=name, focus=f"{name}: its focus", **kept)
    ctx.db.add(group)
    await ctx.db.flush()
    covenant = Covenant(
        group_id=group.id,
        number=1,
        text=f"{name}: its rules",
        effective_on=before.date(),
        effective_at=before,
        created_at=before,
    )
    ctx.db.add(covenant)
    await ctx.db.flush()
    return group, covenant.id


async def _covenant_of(ctx: Context, group_id: UUID) -> Any:
    return await ctx.db.scalar(select(Covenant.id).where(Covenant.group_id == group_id))


def _place(
    ctx: Context, group_id: UUID, covenant: Any, who: Actor, place: tuple[str, str], *, seat: int
) -> UUID:
    role, state = place
    seated = role == "member" and state in _READ
    membership = Membership(
        id=new_id(),
        group_id=group_id,
        person_id=who.person_id,
        role=role,
        state=state,
        seat_no=seat if seated else None,
        suspended_from="active" if state == "suspended" else None,
        expires_at=ctx.now + dt.timedelta(days=14) if state == "invited" else None,
        ended_at=ctx.now if state in _ENDED else None,
        created_at=ctx.now,
    )
    ctx.db.add(membership)
    if state in (*_READ, "suspended", "alumni", "removed"):
        ended = None if state in _READ else ctx.now
        ctx.db.add(
            ActivePeriod(
                group_id=group_id,
                person_id=who.person_id,
                started_at=ctx.now - dt.timedelta(days=1),
                ended_at=ended,
                created_at=ctx.now,
            )
        )
    if covenant is not None and state in _SIGNED:
        ctx.db.add(Signature(covenant_id=covenant, person_id=who.person_id, signed_at=ctx.now))
    return membership.id


async def a_stage(house: House) -> Stage:
    """A stage, and the one of another organization beside it."""
    client = a_client(house)
    made = []
    for mark in ("Kestrel", "Osprey"):
        world = await a_world(house, client, f"{mark} {new_id().hex[-6:]}")
        made.append(await Stage(world, world_mark(mark)).assemble())
    made[0].elsewhere, made[1].elsewhere = made[1], made[0]
    return made[0]


def world_mark(name: str) -> str:
    """A word that stands in every name of one stage and nowhere else."""
    return f"{name}{new_id().hex[-6:]}"


@pytest.fixture(scope="session")
async def stage(house: House) -> AsyncIterator[Stage]:
    """The stage of this database, shared by all tests: what a test needs to change, it makes anew."""
    made = await a_stage(house)
    yield made
    await made.world.client.aclose()
