"""Seeds: a small organization in a known state, for whoever builds or tests against the service."""

import datetime as dt
from typing import Any

import httpx

from peergroup.access.scopes import FOR_SERVICES
from peergroup.demo import meeting
from peergroup.demo.cast import Cast, Circle, found, gather
from peergroup.demo.voices import Voice, service_voice, voice_of
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.people.provision import find_or_make

_NAMES = (
    "Wilma Ortega", "Bo Nakamura", "Farida Aziz", "Gus Thorvald", "Hana Kimura", "Igor Baranov", "Jun Park",
    "Kira Solano", "Leif Madsen", "Mila Rossi",
)  # fmt: skip
_CHALLENGE = {
    "question": "How do I stop being the person everybody asks?",
    "context": "Forty people, three leads, and still a queue at my door.",
    "tried": "A weekly meeting with the leads. They ask anyway.",
    "help_wanted": "experience",
}


async def seed(house: House, client: httpx.AsyncClient) -> dict[str, Any]:
    """A fresh organization with a group that may start its session now, and tokens for every kind of actor."""
    mark = new_id().hex[-8:]
    cast = await _organization(house, client, f"Seeded Circle {mark}", mark)
    moderator = await _somebody(cast, "Moira Lund", mark)
    members = [await _somebody(cast, name, mark) for name in _NAMES]
    circle = await _circle(cast, "Seeded Group", moderator, members)
    session, challenge = await _session(house, circle)
    outsider = await _outsider(cast, mark)
    integrator = await service_voice(house, client, cast.organization_id, "integrator", list(FOR_SERVICES))
    scim = await service_voice(house, client, cast.organization_id, "scim", ["scim"])
    stranger, elsewhere = await _stranger(house, client, mark)
    return {
        "organization_id": str(cast.organization_id),
        "group_id": circle.id,
        "session_id": session,
        "challenge_id": challenge,
        "tokens": {
            "admin": cast.owner.token,
            "moderator": moderator.token,
            "members": [member.token for member in members],
            "integrator": integrator.token,
            "scim": scim.token,
            "outsider": outsider.token,
            "stranger": stranger.token,
        },
        "people": {
            "moderator": str(moderator.person_id),
            "members": [str(member.person_id) for member in members],
        },
        "stranger": elsewhere,
    }


async def _organization(house: House, client: httpx.AsyncClient, name: str, mark: str) -> Cast:
    return await found(
        house, client, name=name, owner="Olga Brandvold", email=f"olga.{mark}@seed.example", zone=meeting.ZONE
    )


async def _somebody(cast: Cast, name: str, mark: str) -> Voice:
    address = f"{name.lower().replace(' ', '.')}.{mark}@seed.example"
    async with cast.house.acting(cast.house.system(cast.organization_id)) as ctx:
        person_id = (await find_or_make(ctx, name=name, email=address)).id
    return await voice_of(cast.house, cast.client, cast.organization_id, person_id, name)


async def _circle(cast: Cast, name: str, moderator: Voice, members: list[Voice]) -> Circle:
    return await gather(
        cast, name=name, focus="Trying things out", covenant="What is said here stays here.", moderator=moderator,
        members=members,
    )  # fmt: skip


async def _session(house: House, circle: Circle) -> tuple[str, str]:
    """A scheduled session that begins within the hour, with an accepted challenge of the first member."""
    soon = house.clock().astimezone(meeting.zone()) + dt.timedelta(minutes=45)
    session = await meeting.plan(circle.moderator, circle.id, "A session to start", soon, None)
    owner = circle.members[0]
    challenge = (await owner.post(f"/groups/{circle.id}/challenges", _CHALLENGE))["id"]
    await owner.post(f"/challenges/{challenge}/submit")
    await circle.moderator.post(f"/challenges/{challenge}/accept")
    await circle.moderator.patch(f"/challenges/{challenge}", {"session_id": session["id"], "position": 1})
    return str(session["id"]), str(challenge)


async def _outsider(cast: Cast, mark: str) -> Voice:
    """A member of another group of the same organization."""
    leader, outsider = await _somebody(cast, "Nils Berg", mark), await _somebody(cast, "Odette Roy", mark)
    await _circle(cast, "Another Group", leader, [outsider])
    return outsider


async def _stranger(house: House, client: httpx.AsyncClient, mark: str) -> tuple[Voice, dict[str, str]]:
    """An admin of another organization, with a group and a challenge there."""
    other = await _organization(house, client, f"Elsewhere {mark}", f"elsewhere.{mark}")
    leader, member = await _somebody(other, "Pia Stern", mark), await _somebody(other, "Quinn Dale", mark)
    circle = await _circle(other, "Their Group", leader, [member])
    challenge = await member.post(f"/groups/{circle.id}/challenges", _CHALLENGE)
    return other.owner, {
        "organization_id": str(other.organization_id),
        "group_id": circle.id,
        "challenge_id": str(challenge["id"]),
    }
