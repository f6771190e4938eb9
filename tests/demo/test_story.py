"""The demo's story and the seed, told to the real application; what they leave behind is what was promised."""

from typing import Any

import httpx

from peergroup.access.scopes import FOR_SERVICES
from peergroup.demo.seeding import seed
from peergroup.demo.year import tell
from peergroup.kit import time
from peergroup.kit.context import House
from tests.world import Actor


def _silently(_what: str) -> None:
    """No progress in tests."""


async def _get(client: httpx.AsyncClient, token: str, path: str) -> Any:
    answer = await Actor(client, token).get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_story_leaves_challenges_in_every_state_and_a_session_to_start(
    house: House, client: httpx.AsyncClient
) -> None:
    told = await tell(house, client, _silently, months=3)
    north, south = told.circles["Founders North"], told.circles["Makers South"]
    states = set()
    for circle in (north, south):
        for voice in circle.everybody:
            page = await _get(client, voice.token, f"/groups/{circle.id}/challenges?limit=200")
            states |= {entry["state"] for entry in page["items"]}
    assert states >= {"parked", "accepted", "in_progress", "committed", "returned", "withdrawn", "dropped"}
    session = told.ready["session"]["id"]
    started = await Actor(client, north.moderator.token).post(f"/sessions/{session}/start")
    assert (started.status_code, started.json()["state"]) == (200, "in_progress"), started.text
    hot = await Actor(client, north.moderator.token).post(f"/challenges/{told.ready['challenge_id']}/start")
    assert hot.status_code == 200, hot.text
    for circle in (north, south):
        await _is_written_down_as_it_is(Actor(client, told.cast.owner.token), circle.id)


async def _is_written_down_as_it_is(owner: Actor, group_id: str) -> None:
    """The season of this and of the next year applies as unchanged."""
    now = time.now()
    planned = 0
    for year in (now.year, now.year + 1):
        season = (await owner.get(f"/groups/{group_id}/seasons/{year}")).json()
        planned += len(season["groups"][0].get("sessions", []))
        again = await owner.post("/seasons", season)
        assert again.status_code == 200, again.text
        assert {one["change"] for one in again.json()["changes"]} == {"unchanged"}
    assert planned == (6 if "Makers" in season["groups"][0]["name"] else 0)


async def test_a_seed_is_what_it_says(house: House, client: httpx.AsyncClient) -> None:
    made, again = await seed(house, client), await seed(house, client)
    assert made["organization_id"] != again["organization_id"]
    tokens = made["tokens"]
    assert len(tokens["members"]) == len(set(tokens["members"])) == len(made["people"]["members"]) == 10
    group = await _get(client, tokens["moderator"], f"/groups/{made['group_id']}")
    assert [entry["state"] for entry in group["roster"]] == ["active"] * 11
    challenge = await _get(client, tokens["members"][0], f"/challenges/{made['challenge_id']}")
    assert (challenge["state"], challenge["exercise"]) == ("accepted", None)
    assert challenge["owner"]["id"] == made["people"]["members"][0]
    session = await _get(client, tokens["moderator"], f"/sessions/{made['session_id']}")
    assert (session["state"], session["time_zone"]) == ("scheduled", "Europe/Berlin")
    assert "hot_seat" in {segment["kind"] for segment in session["agenda"]}
    integrator = await _get(client, tokens["integrator"], "/me")
    assert set(integrator["scopes"]) == set(FOR_SERVICES)
    for token in (tokens["outsider"], tokens["stranger"]):
        assert (await Actor(client, token).get(f"/groups/{made['group_id']}")).status_code == 404
    theirs = await Actor(client, tokens["stranger"]).get(f"/groups/{made['stranger']['group_id']}")
    assert theirs.status_code == 200
    assert (
        await Actor(client, tokens["admin"]).get(f"/challenges/{made['challenge_id']}")
    ).status_code == 404
    started = await Actor(client, tokens["moderator"]).post(f"/sessions/{made['session_id']}/start")
    assert started.status_code == 200, started.text
