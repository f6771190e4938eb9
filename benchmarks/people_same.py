"""Whether two databases hold the same people, references, entries for sign-in and events; ids and times aside."""

import sqlite3
from typing import Any

import asyncpg
from sqlalchemy import make_url

QUESTIONS = (
    """SELECT r.external_id, r.source, r.gone_at, p.name, p.name_folded, p.email, p.email_folded, c.name,
         c.name_folded, p.job_title, p.industry, p.time_zone, p.state, p.organization_role, p.level, p.show_email,
         p.zone_of_genius, p.offers, p.needs, p.gaps, p."values", p.version, d.key_hash
       FROM person p LEFT JOIN person_reference r ON r.organization_id = p.organization_id AND r.person_id = p.id
       LEFT JOIN company c ON c.organization_id = p.organization_id AND c.id = p.company_id
       LEFT JOIN directory d ON d.organization_id = p.organization_id AND d.subject_id = p.id AND d.kind = 'email'
       WHERE p.organization_id = '{org}' ORDER BY r.external_id, d.key_hash""",
    """SELECT e.type, coalesce(r.external_id, c.name) AS about, e.facts, e.actor_id, e.group_id, e.only_for
       FROM event e LEFT JOIN company c ON c.organization_id = e.organization_id AND c.id = e.subject_id
       LEFT JOIN person_reference r ON r.organization_id = e.organization_id AND r.person_id = e.subject_id
       WHERE e.organization_id = '{org}' AND e.type NOT LIKE 'sync_run.%' ORDER BY e.type, about, e.sequence""",
    "SELECT count(*) FROM directory WHERE organization_id = '{org}' AND kind = 'email'",
    """SELECT count(*) - max(e.sequence), c.last - max(e.sequence) FROM event e
       JOIN event_counter c ON c.organization_id = e.organization_id
       WHERE e.organization_id = '{org}' GROUP BY c.last""",
)


async def assert_same(urls: dict[str, str], organization: str) -> None:
    """End the benchmark where the twin left something else behind than we did."""
    for question in QUESTIONS:
        ours, twin = [await _rows(url, question.format(org=organization)) for url in urls.values()]
        if len(ours) != len(twin) or not ours:
            raise SystemExit(f"{len(ours)} rows of ours, {len(twin)} of the twin: {question}")
        apart = next((pair for pair in zip(ours, twin, strict=True) if pair[0] != pair[1]), None)
        if apart:
            raise SystemExit(f"ours and the twin's differ: {apart}")


async def _rows(url: str, question: str) -> list[tuple[Any, ...]]:
    address = make_url(url)
    if url.startswith("sqlite"):
        database = sqlite3.connect(str(address.database))
        found = database.execute(question).fetchall()
        database.close()
        return found
    connection = await asyncpg.connect(address.set(drivername="postgresql").render_as_string(False))
    # Nothing was counted yet: it would compare all with all.
    await connection.execute("SET enable_nestloop = off")
    rows = [tuple(row) for row in await connection.fetch(question)]
    await connection.close()
    return rows
