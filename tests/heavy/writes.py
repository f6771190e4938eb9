"""Writes of the ground floor, as a client makes them: people, companies, groups, memberships, keys."""

from typing import Any
from uuid import uuid4

from peergroup.people.personal_data import FORMER_MEMBER
from tests.heavy.journal import Client


async def person(client: Client) -> Any:
    made = await client.write("POST", "/people", {"name": f"P {uuid4()}", "email": f"{uuid4()}@example.com"})
    client.note("person", "person.created", made["id"], name=made["name"])
    return made


async def changed_person(client: Client) -> None:
    one = await person(client)
    title = f"T {uuid4()}"
    await client.write("PATCH", f"/people/{one['id']}", {"job_title": title})
    client.note("changed_person", "person.updated", one["id"], job_title=title)


async def deactivation(client: Client) -> None:
    one = await person(client)
    await client.write("POST", f"/people/{one['id']}/deactivate", {})
    client.note("deactivation", "person.deactivated", one["id"], state="deactivated")


async def erasure(client: Client) -> None:
    """The only one whose second half is the worker's."""
    one = await person(client)
    await client.write("POST", f"/people/{one['id']}/erase", {"words": "remove"})
    client.note("erasure", "person.erased", one["id"], state="erased", name=FORMER_MEMBER)


async def company(client: Client) -> None:
    made = await client.write("POST", "/companies", {"name": f"C {uuid4()}"})
    client.note("company", "company.created", made["id"], name=made["name"])


async def group(client: Client) -> Any:
    made = await client.write("POST", "/groups", {"name": f"G {uuid4()}", "covenant": "It stays here."})
    client.note("group", "group.founded", made["id"], name=made["name"])
    client.journal.numbers["covenant", made["id"]] += 1
    return made


async def changed_group(client: Client) -> None:
    one = await group(client)
    await client.write("PATCH", f"/groups/{one['id']}", {"focus": "hiring"})
    client.note("changed_group", "group.updated", one["id"], focus="hiring")


async def covenant(client: Client) -> None:
    one = await group(client)
    await client.write("POST", f"/groups/{one['id']}/covenants", {"text": "And it stays kind."})
    client.count("covenant", "covenant", one["id"])


async def archive(client: Client) -> None:
    one = await group(client)
    await client.write("POST", f"/groups/{one['id']}/archive", {})
    client.note("archive", "group.archived", one["id"], state="archived")


async def invitation(client: Client) -> Any:
    one, somebody = await group(client), await person(client)
    made = await client.write("POST", f"/groups/{one['id']}/memberships", {"person_id": somebody["id"]})
    client.note("invitation", "membership.invited", made["id"], state="invited")
    return made


async def removal(client: Client) -> None:
    one = await invitation(client)
    await client.write("POST", f"/memberships/{one['id']}/remove", {"reason": "A test."})
    client.note("removal", "membership.removed", one["id"], state="removed")


async def leave_of_absence(client: Client) -> None:
    who = client.circle.group.members[-1]
    membership = client.circle.group.memberships[who.person_id]
    for verb, event, state in (
        ("take_leave", "membership.leave_taken", "on_leave"),
        ("resume", "membership.resumed", "active"),
    ):
        await client.write("POST", f"/memberships/{membership}/{verb}", by=who)
        client.note("leave_of_absence", event, membership, state=state)


async def service_key(client: Client) -> None:
    made = await client.write("POST", "/service-keys", {"name": "k", "scopes": ["people:read"]})
    client.note("service_key", "key.created", made["id"])


KINDS = (
    person,
    changed_person,
    deactivation,
    erasure,
    company,
    group,
    changed_group,
    covenant,
    archive,
    invitation,
    removal,
    leave_of_absence,
    service_key,
)
