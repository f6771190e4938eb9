"""What a season cannot say: the same thing twice, too much at once, and what its credential may not."""

from typing import Any

import pytest

from peergroup.worker import Worker
from tests.groups.factories import a_group as a_real_group
from tests.seasons.factories import YEAR, a_group, a_season, applied, became, somebody
from tests.seasons.test_applying import refused
from tests.world import World

COFFEE = {"title": "Coffee", "rule": "FREQ=WEEKLY;COUNT=5", "local_start": f"{YEAR}-02-03T09:00"}
TWICE: dict[str, dict[str, Any]] = {
    "/themes/1/title": {"themes": [{"title": "Alpha"}, {"title": "alpha"}]},
    "/agenda_templates/1/title": {
        "agenda_templates": [{"title": "A", "segments": []}, {"title": "a", "segments": []}]
    },
    "/groups/1/name": {"groups": [a_group("A"), a_group("A")]},
    "/groups/0/series/1/title": {"groups": [a_group(series=[COFFEE, COFFEE | {"title": "coffee"}])]},
    "/groups": {"groups": [{"name": f"G {n}", "active": False} for n in range(101)]},
}


@pytest.mark.parametrize("pointer", TWICE)
async def test_what_is_there_twice_is_refused_where_it_stands(world: World, pointer: str) -> None:
    assert await refused(world.owner, {"season": YEAR} | TWICE[pointer]) == (422, pointer)


async def test_a_large_season_is_counted(world: World) -> None:
    sessions = [{"key": f"{YEAR}-{month:02}"} for month in range(1, 13)]
    groups = [a_group(f"G {n}", active=False, sessions=sessions) for n in range(90)]
    answer = await applied(world.owner, a_season(*groups), dry_run="true")
    assert answer["summary"]["created"] == 3 + 90 * 13


async def test_a_bad_address_is_refused_and_nothing_breaks(world: World) -> None:
    member = {"name": "Grace", "email": "grace@localhost"}
    answer = await world.owner.post("/seasons", a_season(a_group(members=[member], active=False)))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_two_series_of_one_title_are_told_apart_by_id(world: World) -> None:
    mona = await somebody(world, "Mona")
    led = {"moderators": ["mona@example.com"], "sessions": None}
    await applied(world.owner, a_season(a_group(**led)))
    season = a_season(a_group(**led, series=[COFFEE]))
    made = await applied(mona, season)
    series = next(one["id"] for one in made["changes"] if one["kind"] == "series")
    occurrences = (await mona.get(f"/series/{series}")).json()["occurrences"]
    split = await mona.patch(f"/sessions/{occurrences[2]['session_id']}?scope=following", {"place": "Café"})
    assert split.status_code == 200, split.text
    assert await refused(mona, season) == (422, "/groups/0/series/0/title")
    group = next(one["id"] for one in made["changes"] if one["kind"] == "group")
    written = (await mona.get(f"/groups/{group}/seasons/{YEAR}")).json()
    assert len({one["id"] for one in written["groups"][0]["series"]}) == 2
    assert became(await applied(mona, written), "series") == {"Coffee": "unchanged"}


async def test_a_season_takes_every_scope_of_what_it_does(world: World) -> None:
    await somebody(world, "Mona")
    group = await a_real_group(world)
    narrow = await world.person(role="admin", scopes=["groups:write", "sessions:write"])
    named = a_season(a_group(moderators=["mona@example.com"]))
    assert (await refused(narrow, named))[0] == 403
    await applied(narrow, a_season(a_group(active=False)))
    for scopes in (["sessions:read"], ["sessions:read", "people:read"], ["sessions:read", "groups:read"]):
        reader = await world.person(role="admin", scopes=scopes)
        assert (await reader.get(f"/groups/{group.id}/seasons/{YEAR}")).status_code == 403
    whole = await world.person(role="admin", scopes=["sessions:read", "groups:read", "people:read"])
    assert (await whole.get(f"/groups/{group.id}/seasons/{YEAR}")).status_code == 200


async def test_who_is_only_invited_learns_nothing_of_a_group(world: World) -> None:
    led, other = await a_real_group(world), await a_real_group(world)
    mona, inside = led.moderator, other.members[0]
    invited = await other.moderator.post(
        f"/groups/{other.id}/memberships", {"person_id": str(mona.person_id)}
    )
    assert invited.status_code == 201
    for who in (inside, led.members[0]):
        asked = {"name": "Founders North", "id": other.id, "members": [str(who.person_id)], "active": False}
        answer = await mona.post("/seasons?dry_run=true", {"season": YEAR, "groups": [asked]})
        assert answer.status_code == 403


async def test_a_kept_answer_about_an_erased_person_is_gone(world: World) -> None:
    season = a_season(a_group(active=False, members=[{"name": "Bea", "email": "bea@example.com"}]))
    key = {"headers": {"Idempotency-Key": "once"}}
    made = await world.owner.post("/seasons", season, **key)
    person = next(one["person_id"] for one in made.json()["changes"] if one["kind"] == "member")
    erased = await world.owner.post(f"/people/{person}/erase", {"words": "remove"})
    assert erased.status_code == 202, erased.text
    await Worker(world.house).drain()
    again = await world.owner.post("/seasons", season, **key)
    assert "bea@example.com" not in again.text


async def test_a_kept_answer_is_for_whoever_still_guides_the_group(world: World) -> None:
    mona = await somebody(world, "Mona")
    nils = await somebody(world, "Nils")
    led = {"moderators": ["mona@example.com", "nils@example.com"], "sessions": None}
    made = await applied(world.owner, a_season(a_group(**led)))
    assert nils.person_id is not None
    season = {"season": YEAR, "groups": [{"name": "Founders North"}]}
    key = {"headers": {"Idempotency-Key": "kept"}}
    first = await mona.post("/seasons", season, **key)
    assert first.status_code == 200, first.text
    again = await mona.post("/seasons", season, **key)
    assert (again.status_code, again.headers["idempotent-replayed"]) == (200, "true")
    group = next(one["id"] for one in made["changes"] if one["kind"] == "group")
    places = (await world.owner.get(f"/groups/{group}/memberships")).json()["items"]
    mine = next(one["id"] for one in places if one["person"]["id"] == str(mona.person_id))
    gone = await world.owner.post(f"/memberships/{mine}/remove", {"reason": "She moved away."})
    assert gone.status_code == 200, gone.text
    assert (await mona.post("/seasons", season, **key)).status_code in (403, 404)
