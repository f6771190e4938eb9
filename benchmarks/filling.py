"""A database with any number of contributions, loaded in bulk: one organization, groups of ten, readers with keys."""

import asyncio
import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from benchmarks import naive
from benchmarks.bulk import Bulk
from benchmarks.naive_challenges import SOURCES
from benchmarks.threads import BEGAN, CHALLENGES, CONTRIBUTIONS, Threads
from peergroup.access import credentials
from peergroup.app import build_house
from peergroup.groups.models import Covenant, Group, Membership, Signature
from peergroup.kit.context import House
from peergroup.kit.ids import new_id
from peergroup.kit.migrating import prepare_schema
from peergroup.kit.settings import Settings
from peergroup.organizations import actions as organizations
from peergroup.people.models import Person

MEMBERS = 10
READERS = 40
"""Groups whose ten people have a key: enough that nobody meets the rate limit of a real service."""


@dataclass
class Filled:
    """What a case needs to know of the database it asks. Ids are texts, so that it can be kept as JSON."""

    url: str
    organization_id: str
    rows: int
    groups: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    keys: list[tuple[str, str, str]] = field(default_factory=list)
    """Group, person and token of each reader; the first of each ten moderates."""
    finished: dict[str, list[str]] = field(default_factory=dict)
    """Challenges with ten contributions, by the groups that have readers."""
    running: dict[str, str] = field(default_factory=dict)
    """The exercise that runs in each of them."""

    def keep(self, file: Path) -> None:
        """Write it down beside the database."""
        file.write_text(json.dumps(asdict(self)))

    @classmethod
    def kept(cls, file: Path, url: str) -> "Filled":
        """What was written down, for a copy of that database."""
        return cls(**json.loads(file.read_text()) | {"url": url})


async def filled(rows: int) -> Filled:
    """An empty database with `rows` contributions and everything they need, for us and for the twin."""
    settings = Settings()
    await prepare_schema(settings)
    house, tenant = build_house(settings), new_id()
    groups = [new_id() for _ in range(max(rows // (CONTRIBUTIONS * CHALLENGES), READERS))]
    people = [new_id() for _ in range(2 * MEMBERS * len(groups))]
    seats = [(group, people[place * MEMBERS : (place + 1) * MEMBERS]) for place, group in enumerate(groups)]
    threads = Threads(tenant, seats, rows)
    made = Filled(settings.async_url, str(tenant), rows, [*map(str, groups)], [*map(str, people)])
    async with house.acting(house.system(tenant)) as ctx:
        await organizations.found(ctx, name="Fjord Founders")
    async with Bulk(settings.async_url).connected() as bulk:
        await _load(bulk, tenant, people, seats)
        await threads.fill(bulk)
    step = len(groups) // READERS
    await _issue_keys(house, made, seats[: step * READERS : step])
    for group, _ in seats[: step * READERS : step]:
        made.finished[str(group)] = [*map(str, threads.finished[group])]
        made.running[str(group)] = str(threads.running[group])
    await house.database.close()
    await _fill_naive(made)
    return made


async def _load(bulk: Bulk, tenant: UUID, people: list[UUID], seats: list[tuple[UUID, list[UUID]]]) -> None:
    covenants = {group: new_id() for group, _ in seats}
    own = {"organization_id": tenant, "created_at": BEGAN}
    await bulk.fill(
        Person,
        (
            own | {"id": id_, "state": "active", "name": f"Person {place:07d}", "updated_at": BEGAN}
            | {"name_folded": f"person {place:07d}", "show_email": False}
            for place, id_ in enumerate(people)
        ),
    )  # fmt: skip
    plain = {
        "state": "active",
        "focus": "Growing past twenty people",
        "cadence": "third Tuesday",
        "version": 3,
    }
    await bulk.fill(
        Group,
        (
            own | plain | {"id": group, "name": f"Founders {place}", "time_zone": "Europe/Berlin"}
            for place, (group, _) in enumerate(seats)
        ),
    )
    said = {
        "number": 1,
        "text": "What is said here stays here.",
        "effective_on": BEGAN.date(),
        "effective_at": BEGAN,
    }
    await bulk.fill(
        Covenant, (own | said | {"id": covenants[group], "group_id": group} for group, _ in seats)
    )
    await bulk.fill(Membership, (own | membership for membership in _memberships(seats)))
    await bulk.fill(
        Signature,
        (
            own | {"covenant_id": covenants[group], "person_id": person, "signed_at": BEGAN}
            for group, members in seats
            for person in members
        ),
    )


def _memberships(seats: list[tuple[UUID, list[UUID]]]) -> Iterator[dict[str, Any]]:
    """Each group with its ten people, the first one its moderator."""
    for group, members in seats:
        for seat, person in enumerate(members):
            role = {"role": "member", "seat_no": seat} if seat else {"role": "moderator"}
            yield {
                "id": new_id(),
                "group_id": group,
                "person_id": person,
                "state": "active",
                "version": 2,
            } | role


async def _issue_keys(house: House, made: Filled, seats: list[tuple[UUID, list[UUID]]]) -> None:
    """Keys for the people of groups that lie spread over the whole table."""
    async with house.acting(house.system(UUID(made.organization_id))) as ctx:
        for group, members in seats:
            for person in members:
                _, token = await credentials.issue(ctx, "key", person_id=person)
                made.keys.append((str(group), str(person), token))


async def _fill_naive(made: Filled) -> None:
    """The same content in the tables of the naive twin, which have plain keys and no tenant."""
    async with naive.engine.begin() as connection:
        await connection.run_sync(naive.Base.metadata.create_all)
    async with Bulk(made.url).connected() as bulk:
        for table, source in SOURCES.items():
            names = [column.name for column in naive.Base.metadata.tables[table].c]
            values = [_naive_value(name, source, bulk.is_sqlite) for name in names]
            await bulk.say(
                f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {source}"
            )
        keys = [
            (hashlib.sha256(token.encode()).hexdigest(), UUID(person).hex if bulk.is_sqlite else UUID(person))
            for _, person, token in made.keys
        ]
        await bulk.load("naive_key", "hash person_id", keys)
    await naive.engine.dispose()


def _naive_value(name: str, source: str, is_sqlite: bool) -> str:
    """SQLAlchemy's own types store ids as 32 characters and instants with a blank."""
    whole = f"{source.split(' ', maxsplit=1)[0]}.{name}"
    if not is_sqlite:
        return whole
    if name == "id" or name.endswith("_id"):
        return f"replace({whole}, '-', '')"
    return f"replace(replace({whole}, 'T', ' '), 'Z', '')" if name.endswith("_at") else whole


if __name__ == "__main__":
    asyncio.run(filled(int(sys.argv[1]))).keep(Path(sys.argv[2]))
