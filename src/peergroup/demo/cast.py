"""Who is in the made-up organization: imported from its own CRM export, grouped, signed, active."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any
from uuid import UUID

import httpx

from peergroup.demo.voices import Voice, service_voice, voice_of
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.organizations import actions as organizations
from peergroup.people.provision import find_or_make


@dataclass
class Cast:
    """An organization with the voices of its people, by their reference in the export."""

    house: House
    client: httpx.AsyncClient
    organization_id: UUID
    owner: Voice
    voices: dict[str, Voice] = field(default_factory=dict)


@dataclass
class Circle:
    """A group with its people."""

    id: str
    moderator: Voice
    members: list[Voice]

    @property
    def everybody(self) -> list[Voice]:
        return [self.moderator, *self.members]


async def found(
    house: House, client: httpx.AsyncClient, name: str, owner: str, email: str, zone: str
) -> Cast:
    """An organization with its owner, and nobody else."""
    organization = new_id()
    async with house.acting(house.system(organization)) as ctx:
        await organizations.found(ctx, name=name, time_zone=zone)
        person = await find_or_make(ctx, name=owner, email=email)
        person.organization_role = "owner"
        ctx.record("person.role_changed", person, to="owner")
        person_id = person.id
    return Cast(house, client, organization, await voice_of(house, client, organization, person_id, owner))


async def bring_in(cast: Cast, export: bytes, source: str) -> None:
    """Import an export through a synchronization run, as an integrator does, and give everybody a voice."""
    crm = await service_voice(
        cast.house, cast.client, cast.organization_id, "CRM", ["sync:write", "people:read"]
    )
    run = await crm.post("/sync-runs", {"source": source, "on_conflict": "link"})
    path = f"/sync-runs/{run['id']}"
    await crm.call("POST", f"{path}/records", content=export, headers={"Content-Type": "text/csv"})
    await crm.post(f"{path}/apply")
    for result in (await crm.get(f"{path}/results?limit=200"))["items"]:
        if result["id"] is not None:
            person = await crm.get(f"/people/{result['id']}")
            voice = await voice_of(
                cast.house, cast.client, cast.organization_id, UUID(person["id"]), person["name"]
            )
            cast.voices[result["external_id"]] = voice


async def gather(
    cast: Cast, *, name: str, focus: str, covenant: str, moderator: Voice, members: Sequence[Voice]
) -> Circle:
    """An active group whose members accepted, signed and were activated."""
    group: Any = await cast.owner.post(
        "/groups",
        {"name": name, "focus": focus, "covenant": covenant, "cadence": "second Tuesday of the month",
         "time_zone": "Europe/Berlin", "moderators": [str(moderator.person_id)]},
    )  # fmt: skip
    await moderator.post(f"/groups/{group['id']}/covenants/1/sign")
    await moderator.post(f"/groups/{group['id']}/activate")
    for member in members:
        await join(group["id"], moderator, member)
    return Circle(group["id"], moderator, list(members))


async def join(group_id: str, moderator: Voice, member: Voice) -> str:
    """Somebody's way into a group, from the invitation to the first day. The membership's id."""
    invited = await moderator.post(f"/groups/{group_id}/memberships", {"person_id": str(member.person_id)})
    await member.post(f"/memberships/{invited['id']}/accept")
    await member.post(f"/groups/{group_id}/covenants/1/sign")
    await moderator.post(f"/memberships/{invited['id']}/activate")
    return str(invited["id"])


def shipped(name: str) -> bytes:
    """A file that ships with the package."""
    return (files("peergroup.demo") / name).read_bytes()
