"""The people of a bulk change as files, and an organization that nobody is in yet."""

import asyncio
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from peergroup.access import credentials
from peergroup.app import build_house
from peergroup.kit.ids import new_id
from peergroup.kit.migrating import prepare_schema
from peergroup.kit.settings import Settings
from peergroup.organizations import actions as organizations

PASSES = ("all new", "nothing changes", "a tenth changes")
BATCH = 1_000
COLUMNS = {"external_id": "Record ID", "name": "Full name"}
_FIRST = ("Ada", "Grace", "Søren", "Zoë", "Barbara", "Émile", "Frances", "Radia", "Günther", "Łukasz")
_LAST = ("Lovelace", "Hopper", "Ångström", "Liskov", "Wirth", "Hamilton", "Borg", "Müller", "Díaz")
_TITLES = ("Managing Director", "CTO", "Head of Sales", "Founder", "Partner")
_INDUSTRIES = ("Software", "Maschinenbau", "Healthcare", "Retail")
_ZONES = ("Europe/Berlin", "Europe/London", "America/New_York")


def people(count: int, changed: bool) -> Iterator[dict[str, str]]:
    """Everybody as the other system describes them, twenty to a company; changed: of each fifty, four are
    something else and one has another address."""
    for number in range(count):
        first, last = _FIRST[number % len(_FIRST)], _LAST[number // 10 % len(_LAST)]
        moved = changed and number % 50 == 0
        risen = changed and number % 10 == 0 and not moved
        yield {
            "external_id": f"{1_000_000 + number}",
            "name": f"{first} {last}-{number}",
            "email": f"{first}.{last}.{number}@{'moved' if moved else 'mail'}.example.com",
            "company": f"{_LAST[number // 20 % len(_LAST)]} & Söhne GmbH {number // 20}",
            "job_title": "Chair" if risen else _TITLES[number % len(_TITLES)],
            "industry": _INDUSTRIES[number % len(_INDUSTRIES)],
            "time_zone": _ZONES[number % len(_ZONES)],
        }


def write(folder: Path, way: str, count: int) -> list[Path]:
    """A file for each pass: CSV for a sync run, the bodies of requests line by line for batches."""
    files = []
    for place, changed in enumerate((False, False, True)):
        file = folder / f"people_{place}.{'csv' if way == 'sync' else 'jsonl'}"
        with file.open("w", newline="") as out:
            if way == "sync":
                rows = people(count, changed)
                lines = csv.writer(out)
                for number, row in enumerate(rows):
                    if number == 0:
                        lines.writerow([COLUMNS.get(name, name) for name in row])
                    lines.writerow(row.values())
            else:
                everybody = [row | {"source": "crm"} for row in people(count, changed)]
                for start in range(0, count, BATCH):
                    out.write(json.dumps({"people": everybody[start : start + BATCH]}) + "\n")
        files.append(file)
    return files


async def found() -> dict[str, str]:
    """An organization with a service key, in a new schema."""
    settings, organization = Settings(), new_id()
    await prepare_schema(settings)
    house = build_house(settings)
    async with house.acting(house.system(organization)) as ctx:
        await organizations.found(ctx, name="Fjord Founders")
        _, token = await credentials.issue(
            ctx, "service", name="crm", scopes=["people:read", "people:write", "sync:write"]
        )
    await house.database.close()
    return {"organization": str(organization), "token": token}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(asyncio.run(found())))
