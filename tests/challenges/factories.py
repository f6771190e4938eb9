"""What tests of challenges begin with, and the way through all six phases."""

from dataclasses import dataclass
from typing import Any

import httpx

from tests.commitments.factories import day
from tests.groups.factories import GroupOf, a_group
from tests.sessions.factories import a_running
from tests.world import Actor, World

TEXTS = {
    "question": "How do I hire a head of sales?",
    "context": "We are nine people in Bergen.",
    "tried": "Two agencies and a friend.",
    "help_wanted": "experience",
}
HELP = ("experience", "idea", "resource", "introduction", "caution")


async def a_challenge(owner: Actor, group: GroupOf, **more: Any) -> dict[str, Any]:
    """A parked challenge with the four texts."""
    answer = await owner.post(f"/groups/{group.id}/challenges", TEXTS | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def say(who: Actor, challenge_id: str, verb: str, body: Any = None, **more: Any) -> httpx.Response:
    """Say a verb about a challenge."""
    return await who.post(f"/challenges/{challenge_id}/{verb}", body, **more)


async def done(who: Actor, challenge_id: str, verb: str, body: Any = None) -> dict[str, Any]:
    """Say a verb that has to be carried out."""
    answer = await say(who, challenge_id, verb, body)
    assert answer.status_code == 200, f"{verb}: {answer.text}"
    return dict(answer.json())


async def an_accepted(group: GroupOf, owner: Actor, **more: Any) -> dict[str, Any]:
    """A challenge that waits for its hot seat."""
    made = await a_challenge(owner, group, **more)
    await done(owner, made["id"], "submit")
    return await done(group.moderator, made["id"], "accept")


@dataclass
class Run:
    """A challenge being worked on."""

    world: World
    group: GroupOf
    id: str
    exercise_id: str
    owner: Actor
    brains: list[Actor]
    session_id: str | None = None

    async def thread(self, who: Actor) -> dict[str, Any]:
        answer = await who.get(f"/challenges/{self.id}")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def advance(self, **body: Any) -> dict[str, Any]:
        answer = await self.group.moderator.post(f"/exercises/{self.exercise_id}/advance", body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def say(self, who: Actor, kind: str, body: str, **more: Any) -> httpx.Response:
        given = {"kind": kind, "body": body} | more
        return await who.post(f"/exercises/{self.exercise_id}/contributions", given)

    async def said(self, who: Actor, kind: str, body: str, **more: Any) -> dict[str, Any]:
        answer = await self.say(who, kind, body, **more)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def to_phase(self, key: str) -> None:
        """Go on to a phase without waiting for anybody."""
        for _ in range(6):
            exercise = (await self.group.moderator.get(f"/exercises/{self.exercise_id}")).json()
            if exercise["phase"]["key"] == key:
                return
            await self.advance(override_reason="Time is short.")
        raise AssertionError(f"never came to {key}")

    async def promise(self, days: int = 14, body: str = "Call three of them.") -> dict[str, Any]:
        """The owner's promise, in the last phase."""
        await self.to_phase("commit")
        return await self.said(self.owner, "commitment", body, by_on=day(self.world, days))


async def a_run(
    world: World, *, members: int = 4, live: bool = True, group: GroupOf | None = None, **more: Any
) -> Run:
    """A challenge in its first phase: live in a running session, or asynchronously."""
    group = group or await a_group(world, members=members)
    owner = group.members[0]
    accepted = await an_accepted(group, owner, **more)
    session_id = None
    if live:
        session_id = (await a_running(world, group))["id"]
        placed = await group.moderator.patch(f"/challenges/{accepted['id']}", {"session_id": session_id})
        assert placed.status_code == 200, placed.text
    started = await done(group.moderator, accepted["id"], "start")
    return Run(world, group, accepted["id"], started["exercise_id"], owner, group.members[1:], session_id)


async def committed(run: Run, days: int = 14) -> dict[str, Any]:
    """The owner has promised something, and closed the work."""
    await run.promise(days)
    return await done(run.owner, run.id, "commit")


async def resolved(run: Run, learned: str = "Ask customers to sit in.") -> dict[str, Any]:
    """The owner has told what came of it."""
    await committed(run)
    return await done(run.owner, run.id, "resolve", {"outcome": "worked", "learned": learned})


def codes(answer: Any) -> list[str]:
    return [guard["code"] for guard in answer.json().get("guards", [])]
