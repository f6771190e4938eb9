"""`peergroup keys`: on the operator's machine, without impersonating anybody."""

import json
from typing import Any
from uuid import UUID

import pytest

from peergroup.app import build_house
from tests.cli.conftest import Here
from tests.databases import settings_for
from tests.installed import Installed
from tests.world import Actor, World, a_client


def said(installed: Installed, *words: str) -> Any:
    ran = installed.run(*words, "--json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


async def status(installed: Installed, token: str) -> int:
    """How the service answers somebody with this token."""
    house = build_house(settings_for(installed.environment["PEERGROUP_DATABASE_URL"]))
    async with a_client(house) as client:
        answer = await Actor(client, token).get("/organization")
    await house.database.close()
    return answer.status_code


async def test_a_service_key_works_until_it_is_revoked(founded: Installed) -> None:
    made = said(founded, "keys", "make", "--name", "crm", "--scope", "people:read,sync:write")
    assert (made["kind"], made["scopes"]) == ("service", ["people:read", "sync:write"])
    assert await status(founded, made["secret"]) == 200
    listed = said(founded, "keys", "list")["keys"]
    assert [key["id"] for key in listed] == [made["id"]]
    assert made["secret"] not in json.dumps(listed)
    assert founded.run("keys", "revoke", made["id"]).returncode == 0
    assert await status(founded, made["secret"]) == 401
    again = founded.run("keys", "revoke", made["id"])
    assert (again.returncode, "nothing here" in again.stderr) == (1, True)


async def test_an_owner_gets_a_personal_key_that_opens_no_words(founded: Installed) -> None:
    words = ("keys", "make", "--name", "scripts", "--owner", "Ada@Example.com", "--scope")
    made = said(founded, *words, "people:read", "--scope", "groups:read")
    assert (made["kind"], made["scopes"]) == ("personal", ["groups:read", "people:read"])
    assert await status(founded, made["secret"]) == 200


@pytest.mark.parametrize("scope", ["content:read", "people:read,content:write", "everything", ","])
def test_no_key_from_the_operator_opens_words(here: Here, scope: str) -> None:
    for more in ((), ("--owner", "ada@example.com")):
        refused = here("keys", "make", "--name", "scripts", "--scope", scope, *more)
        assert (refused.code, refused.is_one_line, "Use some of" in refused.err) == (2, True, True)


async def test_nobody_but_an_owner_gets_a_personal_key_from_the_operator(
    founded: Installed, made: Any
) -> None:
    house = build_house(settings_for(founded.environment["PEERGROUP_DATABASE_URL"]))
    async with a_client(house) as client:
        world = World(house, client, UUID(made["organization"]["id"]))
        await world.person("Mia", email="mia@example.com", email_folded="mia@example.com")
    await house.database.close()
    for email in ("mia@example.com", "nobody@example.com"):
        refused = founded.run("keys", "make", "--name", "x", "--scope", "people:read", "--owner", email)
        assert (refused.returncode, refused.stdout) == (1, "")


def test_among_several_organizations_one_has_to_be_named(founded: Installed) -> None:
    said(founded, "init", "--name", "Harbour", "--owner-email", "bo@example.com", "--another")
    unclear = founded.run("keys", "list")
    assert (unclear.returncode, "--organization" in unclear.stderr) == (2, True)
    crm = said(founded, "keys", "make", "--name", "crm", "--scope", "scim", "--organization", "Harbour")
    assert said(founded, "keys", "list", "--organization", "Fjord")["keys"] == []
    foreign = founded.run("keys", "revoke", crm["id"], "--organization", "Fjord")
    assert foreign.returncode == 1
    assert [key["id"] for key in said(founded, "keys", "list", "--organization", "Harbour")["keys"]] == [
        crm["id"]
    ]
