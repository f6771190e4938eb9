"""What tests of groups begin with."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import update

from peergroup.kit.ids import new_id
from peergroup.people.models import Company, Person
from tests.world import Actor, World


@dataclass
class GroupOf:
    """A group with its moderator and members, as actors."""

    id: str
    moderator: Actor
    members: list[Actor] = field(default_factory=list)
    memberships: dict[Any, str] = field(default_factory=dict)


async def a_group(world: World, *, members: int = 2, capacity: int = 10, active: bool = True) -> GroupOf:
    """A group with a moderator, a signed covenant, and this many active members."""
    moderator = await world.person("Mona Moderator")
    made = await world.owner.post(
        "/groups",
        {
            "name": "Founders North",
            "capacity": capacity,
            "moderators": [str(moderator.person_id)],
            "covenant": "What is said here stays here.",
        },
    )
    assert made.status_code == 201, made.text
    group = GroupOf(made.json()["id"], moderator)
    group.memberships[moderator.person_id] = made.json()["roster"][0]["membership_id"]
    assert (await moderator.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    if active:
        opened = await moderator.post(f"/groups/{group.id}/activate")
        assert opened.status_code == 200, opened.text
    for _ in range(members):
        group.members.append(await a_member(world, group))
    return group


async def invited(world: World, group: GroupOf, role: str = "member", who: Actor | None = None) -> Actor:
    """Somebody with an open invitation."""
    actor = who or await world.person()
    answer = await group.moderator.post(
        f"/groups/{group.id}/memberships", {"person_id": str(actor.person_id), "role": role}
    )
    assert answer.status_code == 201, answer.text
    group.memberships[actor.person_id] = answer.json()["id"]
    return actor


async def provisional(
    world: World, group: GroupOf, *, signed: bool = True, who: Actor | None = None
) -> Actor:
    """Somebody who accepted, and signed unless said otherwise."""
    actor = await invited(world, group, who=who)
    assert (await verb(actor, group, actor, "accept")).status_code == 200
    if signed:
        assert (await actor.post(f"/groups/{group.id}/covenants/1/sign")).status_code == 200
    return actor


async def a_member(world: World, group: GroupOf, who: Actor | None = None) -> Actor:
    """An active member; `who` if it is somebody known."""
    actor = await provisional(world, group, who=who)
    answer = await verb(group.moderator, group, actor, "activate")
    assert answer.status_code == 200, answer.text
    return actor


async def verb(who: Actor, group: GroupOf, whom: Actor, name: str, body: Any = None) -> Any:
    """Say a verb about somebody's membership."""
    return await who.post(f"/memberships/{group.memberships[whom.person_id]}/{name}", body)


async def colleagues(world: World, *people: Actor) -> None:
    """Let these people work for one company."""
    async with world.acting() as ctx:
        company = Company(name=f"Acme {new_id().hex}", created_at=ctx.now)
        ctx.db.add(company)
        await ctx.db.flush()
        ids = [person.person_id for person in people]
        await ctx.db.execute(update(Person).where(Person.id.in_(ids)).values(company_id=company.id))
