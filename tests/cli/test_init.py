"""`peergroup init`: an organization, its owner, and a link that signs them in."""

import json
from typing import Any

import pytest

from peergroup.app import build_house
from tests.cli.conftest import Here
from tests.databases import settings_for
from tests.installed import Installed
from tests.world import a_client

FJORD = ("init", "--name", "Fjord Founders", "--owner-email", "ada@example.com", "--time-zone", "Europe/Oslo")


def founded_on(installed: Installed, *more: str) -> Any:
    ran = installed.run(*FJORD, *more, "--json")
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


async def test_the_link_signs_the_owner_in(on_either: Installed) -> None:
    made = founded_on(on_either)
    house = build_house(settings_for(on_either.environment["PEERGROUP_DATABASE_URL"]))
    token = made["sign_in_link"].partition("#token=")[2]
    async with a_client(house) as client:
        redeemed = await client.post("/v1/sign-in/redeem", json={"token": token})
        assert redeemed.status_code == 200, redeemed.text
        bearer = {"Authorization": f"Bearer {redeemed.json()['access_token']}"}
        organization = (await client.get("/v1/organization", headers=bearer)).json()
        renamed = await client.patch("/v1/organization", headers=bearer, json={"name": "Harbour"})
    await house.database.close()
    assert (organization["id"], organization["time_zone"]) == (made["organization"]["id"], "Europe/Oslo")
    assert renamed.status_code == 200


def test_a_second_time_is_refused_unless_another_one_is_meant(founded: Installed, made: Any) -> None:
    again = founded.run(*FJORD)
    assert (again.returncode, again.stdout) == (1, "")
    assert "--another" in again.stderr
    second = founded.run(*FJORD, "--another")
    assert second.returncode == 0, second.stderr
    assert made["organization"]["id"] not in second.stdout
    assert "/sign-in#token=pgl_" in second.stdout
    assert "15 minutes" in second.stdout


@pytest.mark.parametrize(
    ("flag", "value"),
    [("--owner-email", "ada"), ("--time-zone", "Atlantis/Center"), ("--name", " "), ("--name", "x" * 201)],
)
def test_what_makes_no_sense_is_refused_before_anything_is_made(here: Here, flag: str, value: str) -> None:
    words = [value if before == flag else word for before, word in zip((None, *FJORD), FJORD, strict=False)]
    refused = here(*words, database_url="postgresql://127.0.0.1:1/none")
    assert (refused.code, refused.is_one_line) == (2, True)
    assert flag in refused.err
