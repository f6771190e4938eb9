"""Ten kinds of writes, as a client makes them: each retried with its key until it is acknowledged, then noted."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx


@dataclass(frozen=True)
class Acknowledged:
    """What the client was told is done."""

    kind: str
    subject_id: str
    event: str
    state: dict[str, Any]


@dataclass
class Journal:
    """What a client keeps of its acknowledged writes."""

    entries: list[Acknowledged] = field(default_factory=list)
    repeated: int = 0
    """How many requests had to be sent again."""


@dataclass
class Client:
    """Sends each write to one of several servers, and to another one when that does not answer."""

    servers: list[str]
    token: str
    journal: Journal
    session: httpx.AsyncClient

    async def write(self, method: str, path: str, body: Any, *, token: str | None = None) -> Any:
        """The answer's body, however often it takes; a refusal that is not about the server is a failure."""
        headers = {"Authorization": f"Bearer {token or self.token}", "Idempotency-Key": str(uuid4())}
        for attempt in range(400):
            address = random.choice(self.servers) + "/v1" + path
            try:
                answer = await self.session.request(method, address, json=body, headers=headers, timeout=20)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 300:
                return answer.json()
            if answer is not None and answer.status_code not in (409, 500, 502, 503):
                raise AssertionError(f"{method} {path}: {answer.status_code} {answer.text}")
            if answer is not None and answer.status_code == 409 and answer.json()["code"] != "in_progress":
                raise AssertionError(f"{method} {path}: {answer.text}")
            if answer is not None and answer.status_code == 500:
                raise AssertionError(f"{method} {path}: {answer.text}")
            self.journal.repeated += 1
            await asyncio.sleep(min(0.02 * 2 ** min(attempt, 5), 0.5))
        raise TimeoutError(f"{method} {path} was never acknowledged")

    def note(self, kind: str, answer: Any, event: str, **state: Any) -> None:
        self.journal.entries.append(Acknowledged(kind, answer["id"], event, state))


async def person(client: Client) -> Any:
    made = await client.write("POST", "/people", {"name": f"P {uuid4()}", "email": f"{uuid4()}@example.com"})
    client.note("person", made, "person.created", name=made["name"])
    return made


async def changed_person(client: Client) -> None:
    one = await person(client)
    title = f"T {uuid4()}"
    changed = await client.write("PATCH", f"/people/{one['id']}", {"job_title": title})
    client.note("changed_person", changed, "person.updated", job_title=title)


async def company(client: Client) -> None:
    made = await client.write("POST", "/companies", {"name": f"C {uuid4()}"})
    client.note("company", made, "company.created", name=made["name"])


async def group(client: Client) -> Any:
    made = await client.write("POST", "/groups", {"name": f"G {uuid4()}", "covenant": "It stays here."})
    client.note("group", made, "group.founded", name=made["name"])
    return made


async def changed_group(client: Client) -> None:
    one = await group(client)
    changed = await client.write("PATCH", f"/groups/{one['id']}", {"focus": "hiring"})
    client.note("changed_group", changed, "group.updated", focus="hiring")


async def covenant(client: Client) -> None:
    one = await group(client)
    await client.write("POST", f"/groups/{one['id']}/covenants", {"text": "And it stays kind."})
    client.journal.entries.append(Acknowledged("covenant", one["id"], "covenant.written", {"covenants": 2}))


async def invitation(client: Client) -> Any:
    one, somebody = await group(client), await person(client)
    made = await client.write("POST", f"/groups/{one['id']}/memberships", {"person_id": somebody["id"]})
    client.note("invitation", made, "membership.invited", state="invited")
    return made


async def removal(client: Client) -> None:
    one = await invitation(client)
    removed = await client.write("POST", f"/memberships/{one['id']}/remove", {"reason": "A test."})
    # The invitation is no longer what is true of this membership.
    client.journal.entries[:] = [entry for entry in client.journal.entries if entry.subject_id != one["id"]]
    client.note("removal", removed, "membership.removed", state="removed")


async def deactivation(client: Client) -> None:
    one = await person(client)
    done = await client.write("POST", f"/people/{one['id']}/deactivate", {})
    client.note("deactivation", done, "person.deactivated", state="deactivated")


async def archive(client: Client) -> None:
    one = await group(client)
    done = await client.write("POST", f"/groups/{one['id']}/archive", {})
    client.note("archive", done, "group.archived", state="archived")


async def service_key(client: Client) -> None:
    made = await client.write("POST", "/service-keys", {"name": "k", "scopes": ["people:read"]})
    client.note("service_key", made, "key.created")


KINDS: tuple[Callable[[Client], Awaitable[Any]], ...] = (
    person,
    changed_person,
    company,
    group,
    changed_group,
    covenant,
    invitation,
    removal,
    deactivation,
    archive,
    service_key,
)
