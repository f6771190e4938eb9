"""What tests of exercises begin with."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation import exercises
from peergroup.facilitation.document import read
from peergroup.facilitation.library import builtin, builtin_keys
from peergroup.kit.events import Event
from peergroup.kit.ids import new_id
from tests.facilitation.people import DOCUMENTS, a_document
from tests.groups.factories import GroupOf, a_group
from tests.world import Actor, World


@dataclass
class Run:
    """An exercise, with everybody in its group."""

    world: World
    group: GroupOf
    id: str
    whose: Actor | None = None
    """Whose challenge it is about, if it is about one."""
    extra: dict[str, Any] = field(default_factory=dict)

    @property
    def moderator(self) -> Actor:
        return self.group.moderator

    @property
    def members(self) -> list[Actor]:
        return self.group.members

    @property
    def brains(self) -> list[Actor]:
        return [one for one in self.members if one is not self.whose]

    @property
    def owner(self) -> Actor:
        """Whose challenge it is about."""
        assert self.whose is not None
        return self.whose

    async def seen_by(self, actor: Actor) -> dict[str, Any]:
        """The exercise as somebody sees it."""
        answer = await actor.get(f"/exercises/{self.id}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def said_to(self, actor: Actor, **query: str) -> list[dict[str, Any]]:
        """What somebody sees of what was said."""
        answer = await actor.get(f"/exercises/{self.id}/contributions", params={"limit": 200} | query)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    async def verb(self, name: str, body: Any = None, *, by: Actor | None = None) -> Any:
        """Say a verb, the moderator unless somebody else does."""
        return await (by or self.moderator).post(f"/exercises/{self.id}/{name}", body)

    async def must(self, name: str, body: Any = None, *, by: Actor | None = None) -> dict[str, Any]:
        """Say a verb that has to succeed."""
        answer = await self.verb(name, body, by=by)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def post(self, actor: Actor, kind: str, body: str = "Some words.", **more: Any) -> Any:
        """Try to say something."""
        given = {"kind": kind, "body": body} | more
        return await actor.post(f"/exercises/{self.id}/contributions", given)

    async def say(self, actor: Actor, kind: str, body: str = "Some words.", **more: Any) -> dict[str, Any]:
        """Say something that has to be taken."""
        answer = await self.post(actor, kind, body, **more)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def go_to(self, phase: str) -> None:
        """Let phases end until this one is there."""
        seen = await self.seen_by(self.moderator)
        while seen["phase"]["key"] != phase:
            await self.close_lists()
            seen = await self.must("advance", {"override_reason": "The test goes on."})

    async def close_lists(self) -> None:
        """Take no more marks in the secret lists of the present phase."""
        results = (await self.moderator.get(f"/exercises/{self.id}/results")).json()
        for one in results["lists"]:
            if one["state"] == "hidden":
                given = {"list": one["list"], "close": True, "reason": "The test goes on."}
                await self.moderator.post(f"/exercises/{self.id}/decisions", given)

    async def everybody_passes(self) -> None:
        """Let everybody pass who may."""
        for actor in self.members:
            if "pass" in (await self.seen_by(actor))["allowed_actions"]:
                await self.must("pass", by=actor)


async def a_run(
    world: World,
    protocol: str = "ten_brains",
    *,
    members: int = 4,
    group: GroupOf | None = None,
    mode: Literal["live", "async"] = "live",
    start: bool = True,
    **more: Any,
) -> Run:
    """An exercise; of a method about a challenge the first member is the owner."""
    group = group or await a_group(world, members=members)
    owner = None
    if protocol in builtin_keys() and builtin(protocol).subject == "challenge":
        owner = group.members[0]
        more["subject"] = exercises.Subject("challenge", new_id(), owner.person_id, "How do I hire well?")
    async with world.acting() as ctx:
        made = await exercises.create(
            ctx,
            group_id=UUID(group.id),
            protocol=protocol,
            mode=mode,
            **({"subject": None} | more),
        )
    run = Run(world, group, str(made.id), owner)
    if start:
        await run.must("start")
    return run


async def a_method(world: World, name: str, **changes: Any) -> str:
    """The key of a method: of the house, or of the organization's own out of the documents beside the tests."""
    if name in builtin_keys():
        return name
    assert (DOCUMENTS / f"{name}.yaml").exists()
    document = a_document(name).model_dump(mode="json") | changes
    answer = await world.owner.post("/protocols", document)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key"])


async def written(world: World, text: str) -> str:
    """A method written for one test; gives its key."""
    answer = await world.owner.post("/protocols", read(text).model_dump(mode="json"))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["key"])


def in_days(days: int) -> str:
    """A by-when."""
    return (dt.datetime.now(dt.UTC) + dt.timedelta(days=days)).date().isoformat()


async def events_of(world: World) -> list[Any]:
    """Every event of the organization, in order."""
    async with world.acting() as ctx:
        return list((await ctx.db.scalars(select(Event).order_by(Event.sequence))).all())


def refused(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    found: dict[str, Any] = answer.json()
    return found


async def in_phase(world: World, phase: str, members: int = 4) -> Run:
    run = await a_run(world, members=members)
    await run.go_to(phase)
    return run


def code(answer: Any) -> str:
    return str(answer.json()["code"])


async def rows(world: World, model: Any) -> list[Any]:
    async with world.acting() as ctx:
        return list((await ctx.db.scalars(select(model))).all())
