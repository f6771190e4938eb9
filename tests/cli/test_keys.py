"""`peergroup keys`: on the operator's machine, without impersonating anybody."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from peergroup.app import build_house
from tests.cli.conftest import Ended, Here
from tests.databases import settings_for
from tests.installed import Installed
from tests.world import Actor, World, a_client

Keys = Callable[..., Ended]


@pytest.fixture
def keys(here: Here, founded: Installed) -> Keys:
    """Run `peergroup keys …` on the organization Fjord."""
    url = founded.environment["PEERGROUP_DATABASE_URL"]
    return lambda *words: here("keys", *words, database_url=url)


def said(ended: Ended) -> Any:
    assert ended.code == 0, ended.err
    return json.loads(ended.out)


def status(installed: Installed, token: str) -> int:
    """How the service answers somebody with this token."""

    async def ask() -> int:
        house = build_house(settings_for(installed.environment["PEERGROUP_DATABASE_URL"]))
        async with a_client(house) as client:
            answer = await Actor(client, token).get("/organization")
        await house.database.close()
        return answer.status_code

    return asyncio.run(ask())


def test_a_service_key_works_until_it_is_revoked(keys: Keys, founded: Installed) -> None:
    made = said(keys("make", "--name", "crm", "--scope", "people:read,sync:write", "--json"))
    assert (made["kind"], made["scopes"]) == ("service", ["people:read", "sync:write"])
    assert status(founded, made["secret"]) == 200
    listed = said(keys("list", "--json"))["keys"]
    assert [key["id"] for key in listed] == [made["id"]]
    assert made["secret"] not in json.dumps(listed)
    assert keys("revoke", made["id"]).code == 0
    assert status(founded, made["secret"]) == 401
    again = keys("revoke", made["id"])
    assert (again.code, "nothing here" in again.err) == (1, True)


def test_an_owner_gets_a_personal_key_that_opens_no_words(keys: Keys, founded: Installed) -> None:
    words = ("make", "--name", "scripts", "--owner", "Ada@Example.com", "--scope")
    made = said(keys(*words, "people:read", "--scope", "groups:read", "--json"))
    assert (made["kind"], made["scopes"]) == ("personal", ["groups:read", "people:read"])
    assert status(founded, made["secret"]) == 200


@pytest.mark.parametrize("scope", ["content:read", "people:read,content:write", "everything", ","])
def test_no_key_from_the_operator_opens_words(here: Here, scope: str) -> None:
    for more in ((), ("--owner", "ada@example.com")):
        refused = here("keys", "make", "--name", "scripts", "--scope", scope, *more)
        assert (refused.code, refused.is_one_line, "Use some of" in refused.err) == (2, True, True)


def test_nobody_but_an_owner_gets_a_personal_key_from_the_operator(
    keys: Keys, founded: Installed, made: Any
) -> None:
    async def join() -> None:
        house = build_house(settings_for(founded.environment["PEERGROUP_DATABASE_URL"]))
        async with a_client(house) as client:
            world = World(house, client, UUID(made["organization"]["id"]))
            await world.person("Mia", email="mia@example.com", email_folded="mia@example.com")
        await house.database.close()

    asyncio.run(join())
    for email in ("mia@example.com", "nobody@example.com"):
        refused = keys("make", "--name", "x", "--scope", "people:read", "--owner", email)
        assert (refused.code, refused.out) == (1, "")


def test_among_several_organizations_one_has_to_be_named(keys: Keys, here: Here, founded: Installed) -> None:
    words = ("init", "--name", "Harbour", "--owner-email", "bo@example.com", "--another", "--json")
    said(here(*words, database_url=founded.environment["PEERGROUP_DATABASE_URL"]))
    unclear = keys("list")
    assert (unclear.code, "--organization" in unclear.err) == (2, True)
    crm = said(keys("make", "--name", "crm", "--scope", "scim", "--organization", "Harbour", "--json"))
    assert said(keys("list", "--organization", "Fjord", "--json"))["keys"] == []
    foreign = keys("revoke", crm["id"], "--organization", "Fjord")
    assert foreign.code == 1
    there = said(keys("list", "--organization", "Harbour", "--json"))["keys"]
    assert [key["id"] for key in there] == [crm["id"]]
