"""The table walked: every state × verb × role, over HTTP."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from peergroup.sessions.lifecycles import SESSION
from peergroup.sessions.models import Session, SessionTouch
from tests.groups.factories import GroupOf, a_group, a_member
from tests.sessions.factories import a_draft, say
from tests.world import Actor, World

BODIES: dict[str, Any] = {"extend": {"minutes": 5}, "cancel": {"reason": "Because."}}
MEMBERS_MAY = {"claim"}
CLAIMANTS_MAY = MEMBERS_MAY | {"pause", "complete"}
LEADING = {"moderator", "co_moderator"}


async def the_cast(world: World, group: GroupOf) -> dict[str, Actor]:
    """Who stands differently inside the group; who stands outside is the generated walk's."""
    cast = {"moderator": group.moderator}
    cast["member"], cast["claimant"] = await a_member(world, group), await a_member(world, group)
    cast["co_moderator"] = await a_member(world, group)
    membership = group.memberships[cast["co_moderator"].person_id]
    promoted = await group.moderator.patch(f"/memberships/{membership}", {"role": "co_moderator"})
    assert promoted.status_code == 200
    return cast


async def put_into(world: World, session_id: str, state: str, claimant: Actor) -> None:
    """A session in a state, claimed by a member."""
    values = {"state": state, "claimed_by_id": claimant.person_id}
    async with world.acting() as ctx:
        await ctx.db.execute(update(Session).where(Session.id == UUID(session_id)).values(values))
        await ctx.db.execute(delete(SessionTouch).where(SessionTouch.session_id == UUID(session_id)))


@pytest.mark.parametrize("state", SESSION.states)
async def test_every_verb_is_for_its_states_and_roles(world: World, state: str) -> None:
    group = await a_group(world, members=0)
    cast = await the_cast(world, group)
    session = await a_draft(world, group)
    await put_into(world, session["id"], state, cast["claimant"])
    for name, row in SESSION.public():
        fits = state in row.sources
        for role, actor in cast.items():
            if fits and _may(role, name):
                answer = await say(actor, session["id"], name, BODIES.get(name))
                carried_out = answer.status_code == 200 or answer.json()["code"] == "guard_failed"
                assert carried_out, (state, name, role, answer.text)
                await put_into(world, session["id"], state, cast["claimant"])
                continue
            answer = await say(actor, session["id"], name, BODIES.get(name))
            expected = 409 if _may(role, name) else 403
            assert answer.status_code == expected, (state, name, role, answer.text)
            if expected == 409:
                assert answer.json()["code"] == "invalid_transition"
    for role, actor in cast.items():
        shown = await actor.get(f"/sessions/{session['id']}")
        allowed = [name for name, row in SESSION.public() if state in row.sources and _may(role, name)]
        assert shown.json()["allowed_actions"] == allowed, (state, role)


def _may(role: str, name: str) -> bool:
    return (
        role in LEADING
        or (role == "member" and name in MEMBERS_MAY)
        or (role == "claimant" and name in CLAIMANTS_MAY)
    )
