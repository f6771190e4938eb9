"""Seasons: written down once, applied as often as you like."""

from typing import Any

import httpx

from tests.seasons.factories import RUN_OF_SHOW, YEAR, a_group, a_season, applied, became, counted, somebody
from tests.world import Actor, World


async def the_group(who: Actor, name: str = "Founders North") -> dict[str, Any]:
    """A group by its name, with its roster."""
    groups = (await who.get("/groups")).json()["items"]
    (found,) = [one for one in groups if one["name"] == name]
    return dict((await who.get(f"/groups/{found['id']}")).json())


async def test_a_whole_organization_is_set_up_with_one_document(world: World) -> None:
    mona, ada = await somebody(world, "Mona"), await somebody(world, "Ada")
    members = ["ada@example.com", {"name": "Bea", "email": "bea@example.com"}]
    season = a_season(a_group(moderators=["Mona@Example.com"], members=members))
    made = await applied(world.owner, season)
    # two themes, a template, a group, three people, twelve sessions; the moderator came with the group
    assert counted(made) == {"created": 18, "unchanged": 1}
    group = await the_group(world.owner)
    assert group["state"] == "active"
    states = {one["person"]["name"]: (one["role"], one["state"]) for one in group["roster"]}
    assert states == {
        "Mona": ("moderator", "active"),
        "Ada": ("member", "invited"),
        "Bea": ("member", "invited"),
    }
    sessions = (await mona.get(f"/groups/{group['id']}/sessions?limit=50")).json()["items"]
    assert len(sessions) == 12
    assert {one["state"] for one in sessions} == {"scheduled"}
    assert sessions[2]["local_start"] == f"{YEAR}-03-18T18:00"
    assert (await ada.get(f"/groups/{group['id']}")).json()["name"] == "Founders North"


async def test_the_same_season_twice_changes_nothing(world: World) -> None:
    await somebody(world, "Mona")
    members = ["mona@example.com", {"name": "Bea", "email": "bea@example.com"}]
    season = a_season(a_group(moderators=["mona@example.com"], members=members), a_group("Founders South"))
    season["groups"][1] |= {"active": False}
    await applied(world.owner, season)
    events = (await world.owner.get("/events?limit=200")).json()["items"]
    again = await applied(world.owner, season)
    assert set(counted(again)) == {"unchanged"}
    assert (await world.owner.get("/events?limit=200")).json()["items"] == events


async def test_a_dry_run_shows_what_would_come_and_changes_nothing(world: World) -> None:
    await somebody(world, "Mona")
    season = a_season(a_group(moderators=["mona@example.com"]))
    shown = await applied(world.owner, season, dry_run="true")
    assert became(shown, "group") == {"Founders North": "created"}
    assert list(became(shown, "session").values()) == ["created"] * 12
    assert {one["id"] for one in shown["changes"] if one["change"] == "created"} == {None}
    assert (await world.owner.get("/groups")).json()["items"] == []
    assert (await world.owner.get("/themes")).json()["items"] == []


async def test_changes_are_told_by_name(world: World) -> None:
    mona = await somebody(world, "Mona")
    season = a_season(a_group(moderators=["mona@example.com"]))
    await applied(world.owner, season)
    season["groups"][0] |= {"focus": "Growing", "capacity": 8}
    season["groups"][0]["sessions"][0] |= {
        "theme": "hiring WELL",
        "host": "mona@example.com",
        "hot_seats": [str(mona.person_id)],
    }
    season["groups"][0]["sessions"].pop()
    season["themes"][0]["description"] = "From the first conversation on."
    season["agenda_templates"][0]["segments"] = RUN_OF_SHOW[:2]
    changed = await applied(world.owner, season)
    told = {
        (one["kind"], one["name"]): {
            field["field"]: (field["before"], field["after"]) for field in one["fields"]
        }
        for one in changed["changes"]
        if one["change"] == "updated"
    }
    assert told["group", "Founders North"] == {"focus": (None, "Growing"), "capacity": (10, 8)}
    assert told["session", f"{YEAR}-01"] == {
        "theme": (None, "Hiring well"),
        "host": (None, "Mona"),
        "hot_seats": ([], ["Mona"]),
    }
    assert set(told["theme", "Hiring well"]) == {"description"}
    assert set(told["agenda_template", "Two hot seats"]) == {"segments"}
    assert became(changed, "session")[f"{YEAR}-12"] == "deleted"


async def test_series_are_known_by_their_title(world: World) -> None:
    mona = await somebody(world, "Mona")
    series = {"title": "Coffee", "rule": "FREQ=WEEKLY;COUNT=5", "local_start": f"{YEAR}-02-03T09:00"}
    season = a_season(a_group(moderators=["mona@example.com"], sessions=None, series=[series]))
    await applied(world.owner, a_season(a_group(moderators=["mona@example.com"], sessions=None)))
    made = await applied(mona, season)
    assert became(made, "series") == {"Coffee": "created"}
    assert set(counted(await applied(mona, season))) == {"unchanged"}
    series["local_start"] = f"{YEAR}-02-03T10:00"
    moved = await applied(mona, season)
    (told,) = [one for one in moved["changes"] if one["kind"] == "series"]
    assert [one["field"] for one in told["fields"]] == ["local_start"]
    series["rule"] = "FREQ=WEEKLY;COUNT=500"
    refused = await mona.post("/seasons", season)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/groups/0/series/0/rule")


async def refused(who: Actor, season: dict[str, Any]) -> tuple[int, str]:
    """How a season is refused, and at which place."""
    answer: httpx.Response = await who.post("/seasons", season)
    errors = answer.json().get("errors", [{"pointer": answer.json().get("detail")}])
    return answer.status_code, str(errors[0]["pointer"])


async def test_what_is_wrong_is_named_where_it_stands(world: World) -> None:
    await somebody(world, "Mona")
    led = {"moderators": ["mona@example.com"]}
    wrong = {
        "/groups/1/moderators/0": a_season(a_group("A", **led), a_group("B", moderators=["no@example.com"])),
        "/groups/0/members/0": a_season(a_group(**led, members=["no@example.com"])),
        "/groups/0/sessions/0/theme": a_season(
            a_group(**led, sessions=[{"key": "2031-01", "theme": "What?"}])
        ),
        "/groups/0/sessions/1/host": a_season(
            a_group(**led, sessions=[{"key": "2031-01"}, {"key": "2031-02", "host": "no@example.com"}])
        ),
        "/groups/0/sessions/0/hot_seats/1": a_season(
            a_group(**led, sessions=[{"key": "2031-01", "hot_seats": ["mona@example.com", "crm/17"]}])
        ),
        "/groups/0/usual/agenda_template": a_season(a_group(**led), agenda_templates=[]),
        "/groups/0/sessions/0/local_start": a_season(
            a_group(**led, sessions=[{"key": "x", "local_start": "2030-01-01T10:00"}])
        ),
    }
    for pointer, season in wrong.items():
        assert await refused(world.owner, season) == (422, pointer)
    assert (await world.owner.get("/groups")).json()["items"] == []  # all of it or nothing
    nobody_leads = await world.owner.post("/seasons", a_season(a_group()))
    assert (nobody_leads.status_code, nobody_leads.json()["code"]) == (409, "guard_failed")
    assert nobody_leads.json()["detail"].startswith("Group 1 of the season: ")


async def test_two_groups_of_one_name_are_told_apart_by_id(world: World) -> None:
    season = a_season(a_group(active=False, sessions=None))
    await applied(world.owner, season)
    body = {"name": "Founders North"}
    twin = (await world.owner.post("/groups", body)).json()
    assert await refused(world.owner, season) == (422, "/groups/0/name")
    season["groups"][0] |= {"id": twin["id"], "name": "Founders West"}
    renamed = await applied(world.owner, season)
    assert became(renamed, "group") == {"Founders West": "updated"}


async def test_moderators_apply_seasons_to_their_own_groups(world: World) -> None:
    mona, nils = await somebody(world, "Mona"), await somebody(world, "Nils")
    season = a_season(a_group(moderators=["mona@example.com"]))
    await applied(world.owner, season)
    season["groups"][0] = a_group(moderators=["mona@example.com"], members=["nils@example.com"])
    assert became(await applied(mona, season), "member") == {
        "mona@example.com": "unchanged",
        "nils@example.com": "created",
    }
    season["groups"][0]["capacity"] = 3
    assert (await refused(mona, season))[0] == 403  # the admin's
    assert (await refused(nils, season))[0] == 403
    foreign = await applied(world.owner, a_season(a_group("Elsewhere", active=False, sessions=None)))
    assert became(foreign, "group") == {"Elsewhere": "created"}
    assert (await refused(mona, a_season(a_group("Elsewhere"))))[0] == 403  # for her, it would be a new one
    service = await world.service("groups:write", "sessions:write")
    assert (await refused(service, season))[0] == 403


async def test_both_scopes_are_needed(world: World) -> None:
    season = a_season(a_group(active=False))
    for scopes in (["groups:write"], ["sessions:write"]):
        cut = await world.person(role="admin", scopes=scopes)
        assert (await refused(cut, season))[0] == 403
    whole = await world.person(role="admin", scopes=["groups:write", "sessions:write"])
    await applied(whole, season)


async def test_archived_themes_come_back(world: World) -> None:
    made = (await world.owner.post("/themes", {"title": "Money"})).json()
    assert (await world.owner.patch(f"/themes/{made['id']}", {"archived": True})).status_code == 200
    changed = await applied(world.owner, a_season())
    assert became(changed, "theme") == {"Hiring well": "created", "Money": "updated"}
