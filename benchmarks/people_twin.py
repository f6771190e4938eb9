"""The twin of bulk changes: COPY into a temporary table and a merge from there, as one writes it by hand.

It knows the tables and none of the promises: no conflicts, no doubles, no warnings, nobody who left, no outcome
for each record, no walls between organizations. Lines of JSON in, `{"seconds": …}` out.
"""

import asyncio
import csv
import datetime as dt
import json
import os
import sqlite3
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import asyncpg
import orjson
from sqlalchemy import make_url

from benchmarks import servers
from peergroup.kit.ids import new_id
from peergroup.kit.secrets import Vault
from peergroup.kit.text import fold
from peergroup.kit.time import to_wire

VAULT = Vault(servers.SECRET.encode())
TEXTS = ("name", "email", "company", "job_title", "industry", "time_zone")
GIVEN = ("external_id", *TEXTS, "name_folded", "email_folded", "company_folded", "key_hash")
OURS = "name, name_folded, email, email_folded, company_id, job_title, industry, time_zone"
CHANGES = {"company_id": "company"} | {name: name for name in TEXTS if name != "company"}
WHAT = " || ".join(
    f"CASE WHEN p.{column} IS DISTINCT FROM k.{column} THEN '\"{name}\", ' ELSE '' END"
    for column, name in sorted(CHANGES.items(), key=lambda one: one[1])
)
DIFFERS = " OR ".join(f"p.{column} IS DISTINCT FROM k.{column}" for column in CHANGES)
STEPS = f"""
CREATE TEMP TABLE made AS SELECT uuidv7() AS id, name, folded FROM (
  SELECT min(company) AS name, company_folded AS folded FROM given
  LEFT JOIN company c ON c.organization_id = {{org}} AND c.name_folded = company_folded
  WHERE c.id IS NULL GROUP BY company_folded) AS unknown;
INSERT INTO company (organization_id, id, name, name_folded, created_at, version)
  SELECT {{org}}, id, name, folded, {{now}}, 1 FROM made;
CREATE TEMP TABLE known AS
  SELECT g.*, c.id AS company_id, r.person_id AS old_id, coalesce(r.person_id, uuidv7()) AS id FROM given g
  LEFT JOIN company c ON c.organization_id = {{org}} AND c.name_folded = g.company_folded
  LEFT JOIN person_reference r
    ON r.organization_id = {{org}} AND r.source = 'crm' AND r.external_id = g.external_id;
INSERT INTO person (organization_id, id, {OURS},
    state, show_email, offers, needs, gaps, "values", created_at, updated_at, version)
  SELECT {{org}}, id, {OURS}, 'active', FALSE, '[]', '[]', '[]', '[]', {{now}}, {{now}}, 1
  FROM known WHERE old_id IS NULL;
INSERT INTO person_reference (organization_id, source, external_id, person_id)
  SELECT {{org}}, 'crm', external_id, id FROM known WHERE old_id IS NULL;
CREATE TEMP TABLE changed AS SELECT k.*, rtrim({WHAT}, ', ') AS what FROM known k
  JOIN person p ON p.organization_id = {{org}} AND p.id = k.old_id WHERE {DIFFERS};
UPDATE person SET {", ".join(f"{name} = k.{name}" for name in OURS.split(", "))},
  updated_at = {{now}}, version = version + 1
  FROM changed k WHERE person.organization_id = {{org}} AND person.id = k.id;
DELETE FROM directory WHERE organization_id = {{org}} AND kind = 'email'
  AND subject_id IN (SELECT id FROM changed WHERE what LIKE '%"email"%');
INSERT INTO directory (kind, key_hash, organization_id, subject_id)
  SELECT 'email', key_hash, {{org}}, id FROM known WHERE old_id IS NULL;
INSERT INTO directory (kind, key_hash, organization_id, subject_id)
  SELECT 'email', key_hash, {{org}}, id FROM changed WHERE what LIKE '%"email"%';
CREATE TEMP TABLE fact AS SELECT 'company.created' AS type, id, '{{{{}}}}' AS facts FROM made
  UNION ALL SELECT 'person.created', id, '{{{{}}}}' FROM known WHERE old_id IS NULL
  UNION ALL SELECT 'person.updated', id, '{{{{"changed": [' || what || ']}}}}' FROM changed
  UNION ALL SELECT 'person.address_changed', id, '{{{{}}}}' FROM changed WHERE what LIKE '%"email"%';
UPDATE event_counter SET last = last + (SELECT count(*) FROM fact) WHERE organization_id = {{org}};
INSERT INTO event (organization_id, sequence, type, subject_id, facts, occurred_at)
  SELECT {{org}}, c.last - (SELECT count(*) FROM fact) + row_number() OVER (), type, id, facts{{json}}, {{now}}
  FROM fact JOIN event_counter c ON c.organization_id = {{org}};
DROP TABLE made;
DROP TABLE known;
DROP TABLE changed;
DROP TABLE fact;
DROP TABLE given
"""


def _given(row: dict[str, str]) -> tuple[str, ...]:
    email = fold(row["email"])
    texts = (row[name] for name in TEXTS)
    derived = (fold(row["name"]), email, fold(row["company"]), VAULT.hash("directory", email))
    return (row["external_id"], *texts, *derived)


def _steps(organization: str, is_sqlite: bool) -> Iterable[str]:
    now = f"'{to_wire(dt.datetime.now(dt.UTC))}'"
    return STEPS.format(org=f"'{organization}'", now=now, json="" if is_sqlite else "::jsonb").split(";\n")


async def merge(url: str, organization: str, parts: Iterable[list[dict[str, str]]]) -> None:
    """Take over people, one transaction for each part."""
    address, create = make_url(url), f"CREATE TEMP TABLE given ({', '.join(f'{n} TEXT' for n in GIVEN)})"
    if url.startswith("sqlite"):
        database = sqlite3.connect(str(address.database), isolation_level=None)
        database.create_function("uuidv7", 0, lambda: str(new_id()))
        into = f"INSERT INTO given VALUES ({', '.join('?' * len(GIVEN))})"
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
            database.execute(f"PRAGMA {pragma}")
        for part in parts:
            database.execute("BEGIN IMMEDIATE")
            database.execute(create)
            database.executemany(into, map(_given, part))
            for step in _steps(organization, True):
                database.execute(step)
            database.execute("COMMIT")
        database.close()
        return
    connection = await asyncpg.connect(address.set(drivername="postgresql").render_as_string(False))
    for part in parts:
        async with connection.transaction():
            await connection.execute(create)
            await connection.copy_records_to_table("given", records=map(_given, part), columns=GIVEN)
            await connection.execute("ANALYZE given")
            await connection.execute(";".join(_steps(organization, False)))
    await connection.close()


def read(file: Path) -> Iterable[list[dict[str, str]]]:
    """The people of a file: all at once from CSV, a batch for each line of JSON."""
    if file.suffix == ".csv":
        with file.open(newline="") as lines:
            names = {"Record ID": "external_id", "Full name": "name"}
            header = [names.get(name, name) for name in next(csv.reader(lines))]
            yield list(csv.DictReader(lines, header))
    else:
        yield from (orjson.loads(line)["people"] for line in file.read_bytes().splitlines())


if __name__ == "__main__":
    os.sched_setaffinity(0, {servers.SERVER_CORE})
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        began = time.monotonic()
        asyncio.run(merge(order["url"], order["organization"], read(Path(order["file"]))))
        print(json.dumps({"seconds": time.monotonic() - began}), flush=True)
