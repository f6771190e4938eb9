"""Many organizations with groups of ten, everybody with a key of their own: those who will listen."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks.bulk import Bulk
from benchmarks.threads import BEGAN
from peergroup.access import credentials
from peergroup.app import build_house
from peergroup.groups.models import ActivePeriod, Covenant, Group, Membership, Signature
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.kit.migrating import prepare_schema
from peergroup.kit.settings import Settings
from peergroup.organizations import actions as organizations
from peergroup.people.models import Person

MEMBERS = 10
GROUPS = 20
"""In each organization."""
Seats = list[tuple[UUID, list[UUID]]]


async def filled(listeners: int, crowd: int) -> list[dict[str, Any]]:
    """Organizations with so many members in groups of ten, and a last one whose only group is a crowd.

    Of each organization: its id, and of its groups the id and the tokens of their members.
    """
    settings = Settings()
    await prepare_schema(settings)
    house, made = build_house(settings), []
    for first in range(0, listeners, MEMBERS * GROUPS):
        groups = min(GROUPS, (listeners - first) // MEMBERS)
        made.append(await _organization(house, settings, groups, MEMBERS))
    made.append(await _organization(house, settings, 1, crowd))
    await house.database.close()
    return made


async def _organization(house: House, settings: Settings, groups: int, members: int) -> dict[str, Any]:
    tenant = new_id()
    seats: Seats = [(new_id(), [new_id() for _ in range(members)]) for _ in range(groups)]
    async with house.acting(house.system(tenant)) as ctx:
        await organizations.found(ctx, name="Fjord Founders")
    async with Bulk(settings.async_url).connected() as bulk:
        await _load(bulk, tenant, seats)
    found = []
    async with house.acting(house.system(tenant)) as ctx:
        for group, people in seats:
            issued = [await credentials.issue(ctx, "key", person_id=person) for person in people]
            found.append({"id": str(group), "tokens": [token for _, token in issued]})
    return {"id": str(tenant), "groups": found}


async def _load(bulk: Bulk, tenant: UUID, seats: Seats) -> None:
    own = {"organization_id": tenant, "created_at": BEGAN}
    covenants = {group: new_id() for group, _ in seats}
    everybody = [(group, person, seat) for group, people in seats for seat, person in enumerate(people)]
    named = {"state": "active", "name": "Ada Andersen", "name_folded": "ada andersen", "show_email": False}
    group = {"state": "active", "cadence": "monthly", "version": 3, "name": "Founders", "time_zone": "UTC"}
    text = {"number": 1, "text": "It stays here.", "effective_on": BEGAN.date(), "effective_at": BEGAN}
    rows: dict[Any, list[dict[str, Any]]] = {
        Person: [named | {"id": person, "updated_at": BEGAN} for _, person, _ in everybody],
        Group: [group | {"id": id_} for id_, _ in seats],
        Covenant: [text | {"id": covenants[id_], "group_id": id_} for id_, _ in seats],
        Membership: [_membership(*one) for one in everybody],
        Signature: [
            {"covenant_id": covenants[id_], "person_id": person, "signed_at": BEGAN}
            for id_, person, _ in everybody
        ],
        ActivePeriod: [
            {"id": new_id(), "group_id": id_, "person_id": person, "started_at": BEGAN}
            for id_, person, _ in everybody
        ],
    }
    for model, some in rows.items():
        await bulk.fill(model, (own | row for row in some))


def _membership(group: UUID, person: UUID, seat: int) -> dict[str, Any]:
    role: dict[str, Any] = {"role": "member", "seat_no": seat} if seat else {"role": "moderator"}
    there = {"state": "active", "version": 2, "group_id": group, "person_id": person}
    return role | there | {"id": new_id()}


if __name__ == "__main__":
    Path(sys.argv[3]).write_text(json.dumps(asyncio.run(filled(int(sys.argv[1]), int(sys.argv[2])))))
