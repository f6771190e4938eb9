"""The plan of a year: sessions by key, replaced as a whole."""

from typing import Any

import httpx

from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group
from tests.sessions.factories import RUN_OF_SHOW, answered, codes, done
from tests.sessions.test_cost import statements
from tests.world import World

YEAR = 2027
MONTHS = [f"{YEAR}-{month:02}" for month in range(1, 13)]
USUAL = {
    "rule": "FREQ=MONTHLY;BYDAY=3TU",
    "local_time": "18:00",
    "time_zone": "Europe/Berlin",
    "minutes": 120,
    "place": "Hotel Nord",
}


def months(*keys: str, **more: Any) -> list[dict[str, Any]]:
    """Entries that are as usual."""
    return [{"key": key} | more for key in keys]


async def planned(group: GroupOf, body: dict[str, Any], **more: Any) -> httpx.Response:
    """Replace the plan, whatever it is."""
    given = {"headers": {"If-Match": "*"}} | more
    return await group.moderator.put(f"/groups/{group.id}/plans/{YEAR}", body, **given)


async def the_plan(group: GroupOf, body: dict[str, Any]) -> dict[str, Any]:
    """Replace the plan, which has to work."""
    answer = await planned(group, body)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def outcomes(answer: dict[str, Any]) -> dict[str, str]:
    """What became of each entry."""
    return {one["key"]: one["change"] for one in answer["changes"]}


async def told(group: GroupOf) -> list[str]:
    """The types of what the group has heard of its sessions."""
    events = (await group.moderator.get("/events?limit=200")).json()["items"]
    return [one["type"] for one in events if one["type"].startswith(("session.", "plan."))]


def counted(answer: dict[str, Any]) -> dict[str, int]:
    """The outcomes that there were."""
    return {name: count for name, count in answer["summary"].items() if count}


async def test_a_year_is_made_with_one_request(world: World, clock: Clock) -> None:
    group = await a_group(world)
    made = await the_plan(group, {"usual": USUAL, "entries": months(*MONTHS)})
    assert (counted(made), made["version"]) == ({"created": 12}, 1)
    assert [one["key"] for one in made["entries"]] == MONTHS
    assert made["entries"][2]["local_start"] == "2027-03-16T18:00"
    assert {one["starts_at"][11:16] for one in made["entries"]} == {"17:00", "16:00"}  # winter and summer
    assert {(one["state"], one["place"]) for one in made["entries"]} == {("scheduled", "Hotel Nord")}
    listed = (await group.members[0].get(f"/groups/{group.id}/sessions?limit=50")).json()["items"]
    assert [one["id"] for one in listed] == [one["session_id"] for one in made["entries"]]
    assert await told(group) == ["session.scheduled"] * 12 + ["plan.changed"]


async def test_the_same_plan_twice_changes_nothing(world: World) -> None:
    group = await a_group(world)
    body = {"usual": USUAL, "entries": months(*MONTHS)}
    first, heard = await the_plan(group, body), await told(group)
    again = await the_plan(group, body)
    assert (counted(again), again["version"]) == ({"unchanged": 12}, 1)
    assert again["entries"] == first["entries"]
    assert await told(group) == heard


async def test_a_year_costs_as_many_statements_as_a_month(world: World) -> None:
    group, other = await a_group(world), await a_group(world)
    body = {"usual": USUAL, "entries": months(*MONTHS)}
    with statements(world) as for_a_month:
        await the_plan(other, {"usual": USUAL, "entries": months("2027-01")})
    with statements(world) as for_a_year:
        await the_plan(group, body)
    assert len(for_a_year) <= len(for_a_month) <= 12
    with statements(world) as again:
        await the_plan(group, body)
    assert len(again) <= 6, again


async def test_a_plan_is_read_with_the_version_that_changes_it(world: World) -> None:
    group = await a_group(world)
    address = f"/groups/{group.id}/plans/{YEAR}"
    empty = await group.members[0].get(address)
    assert (empty.json()["entries"], empty.json()["version"]) == ([], 0)
    body = {"usual": USUAL, "entries": months("2027-01")}
    blind = await group.moderator.put(address, body)
    assert (blind.status_code, blind.json()["code"]) == (428, "precondition_required")
    made = await planned(group, body, headers={"If-Match": empty.headers["etag"]})
    assert made.status_code == 200, made.text
    stale = await planned(group, body, headers={"If-Match": empty.headers["etag"]})
    assert stale.status_code == 412
    found = await group.moderator.get(address)
    assert found.json()["usual"] == USUAL
    assert found.json()["entries"] == made.json()["entries"]
    known = await group.moderator.get(address, headers={"If-None-Match": found.headers["etag"]})
    assert known.status_code == 304


async def test_a_dry_run_shows_the_difference_and_changes_nothing(world: World) -> None:
    group = await a_group(world)
    await the_plan(group, {"usual": USUAL, "entries": months("2027-01", "2027-02")})
    before = (await group.moderator.get(f"/groups/{group.id}/plans/{YEAR}")).json()
    body = {"usual": USUAL, "entries": [{"key": "2027-01", "title": "Hiring"}, {"key": "2027-03"}]}
    shown = await planned(group, body, params={"dry_run": "true"}, headers={})
    assert shown.status_code == 200, shown.text
    assert outcomes(shown.json()) == {"2027-01": "updated", "2027-02": "deleted", "2027-03": "created"}
    (updated,) = [one for one in shown.json()["changes"] if one["change"] == "updated"]
    assert updated["fields"] == [{"field": "title", "before": None, "after": "Hiring"}]
    (new,) = [one for one in shown.json()["entries"] if one["key"] == "2027-03"]
    assert new["session_id"] is None
    assert (await group.moderator.get(f"/groups/{group.id}/plans/{YEAR}")).json() == before


async def test_times_change_and_calendars_hear_of_it(world: World) -> None:
    group = await a_group(world)
    made = await the_plan(group, {"usual": USUAL, "entries": months("2027-01")})
    entry = {"key": "2027-01", "local_start": "2027-01-20T09:00", "minutes": 60, "place": None}
    moved = await the_plan(group, {"usual": USUAL, "entries": [entry]})
    session = (await group.moderator.get(f"/sessions/{made['entries'][0]['session_id']}")).json()
    assert (session["local_start"], session["minutes"], session["place"]) == ("2027-01-20T09:00", 60, None)
    assert session["sequence"] == 1
    fields = {one["field"] for one in moved["changes"][0]["fields"]}
    assert fields == {"local_start", "minutes", "place"}
    assert "session.rescheduled" in await told(group)


async def test_two_sessions_change_places(world: World) -> None:
    group = await a_group(world)
    entries = [
        {"key": "hiring", "local_start": "2027-01-19T18:00"},
        {"key": "firing", "local_start": "2027-02-16T18:00"},
    ]
    await the_plan(group, {"entries": entries})
    entries[0]["local_start"], entries[1]["local_start"] = (
        entries[1]["local_start"],
        entries[0]["local_start"],
    )
    swapped = await the_plan(group, {"entries": entries})
    assert [one["key"] for one in swapped["entries"]] == ["firing", "hiring"]
    assert {one["state"] for one in swapped["entries"]} == {"scheduled"}


async def test_what_is_left_out_goes_unless_something_hangs_on_it(world: World) -> None:
    group = await a_group(world)
    made = await the_plan(group, {"usual": USUAL, "entries": months("2027-01", "2027-02", "2027-03")})
    ids = {one["key"]: one["session_id"] for one in made["entries"]}
    assert (await answered(group.members[0], ids["2027-02"], "yes")).status_code == 200
    left = await the_plan(group, {"usual": USUAL, "entries": months("2027-01")})
    assert outcomes(left) == {"2027-01": "unchanged", "2027-02": "kept", "2027-03": "deleted"}
    (kept,) = [one for one in left["changes"] if one["change"] == "kept"]
    assert kept["reason"] == "People have said whether they come."
    assert [one["key"] for one in left["entries"]] == ["2027-01", "2027-02"]
    assert (await group.moderator.get(f"/sessions/{ids['2027-03']}")).status_code == 404


async def test_a_challenge_keeps_its_session(world: World) -> None:
    group = await a_group(world)
    made = await the_plan(group, {"usual": USUAL, "entries": months("2027-01")})
    owner = group.members[0]
    parked = await owner.post(f"/groups/{group.id}/challenges", {"question": "How do I hire?"})
    place = {"session_id": made["entries"][0]["session_id"], "position": 1}
    assert (await group.moderator.patch(f"/challenges/{parked.json()['id']}", place)).status_code == 200
    left = await the_plan(group, {"usual": USUAL, "entries": []})
    assert left["changes"][0]["reason"] == "A challenge waits for it."


async def test_what_has_begun_is_locked(world: World, clock: Clock) -> None:
    group = await a_group(world)
    begins = "2030-01-15T18:00"
    address = f"/groups/{group.id}/plans/2030"
    given = {"headers": {"If-Match": "*"}}
    body = {"entries": [{"key": "first", "local_start": begins, "time_zone": "UTC", "title": "Hiring"}]}
    made = (await group.moderator.put(address, body, **given)).json()
    session_id = made["entries"][0]["session_id"]
    await done(group.moderator, session_id, "start", {"reason": "Everybody is here."})
    same = (await group.moderator.put(address, body, **given)).json()
    assert outcomes(same) == {"first": "unchanged"}
    body["entries"][0]["title"] = "Firing"
    locked = (await group.moderator.put(address, body, **given)).json()
    assert (outcomes(locked), locked["changes"][0]["reason"]) == ({"first": "locked"}, "It is running.")
    assert locked["entries"][0]["title"] == "Hiring"
    gone = (await group.moderator.put(address, {"entries": []}, **given)).json()
    assert outcomes(gone) == {"first": "kept"}
    cancelled = {"entries": [{"key": "second", "local_start": "2030-02-15T18:00", "time_zone": "UTC"}]}
    two = (
        await group.moderator.put(address, {"entries": body["entries"] + cancelled["entries"]}, **given)
    ).json()
    await done(group.moderator, two["entries"][1]["session_id"], "cancel", {"reason": "Snow."})
    after = (await group.moderator.put(address, cancelled, **given)).json()
    assert outcomes(after) == {"first": "kept", "second": "unchanged"}


async def test_a_plan_names_themes_hosts_and_who_sits_in_the_hot_seats(world: World) -> None:
    group = await a_group(world)
    ada, bea = group.members
    theme = (await world.owner.post("/themes", {"title": "Hiring well"})).json()
    template = (
        await world.owner.post("/agenda-templates", {"title": "Usual", "segments": RUN_OF_SHOW})
    ).json()
    entry = {
        "key": "2027-01",
        "theme_id": theme["id"],
        "host_id": str(ada.person_id),
        "hot_seats": [str(bea.person_id), str(ada.person_id)],
    }
    usual = USUAL | {"agenda_template_id": template["id"]}
    body = {"usual": usual, "entries": [entry]}
    made = (await the_plan(group, body))["entries"][0]
    assert (made["theme"], made["host"]["name"]) == ({"id": theme["id"], "name": "Hiring well"}, ada.name)
    assert [one["name"] for one in made["hot_seats"]] == [bea.name, ada.name]
    session = (await bea.get(f"/sessions/{made['session_id']}")).json()
    assert [one["person"] and one["person"]["name"] for one in session["agenda"]] == [
        None,
        bea.name,
        ada.name,
        None,
    ]
    assert outcomes(await the_plan(group, body)) == {"2027-01": "unchanged"}
    entry["hot_seats"] = [str(ada.person_id)]
    changed = await the_plan(group, body)
    assert [one["name"] for one in changed["entries"][0]["hot_seats"]] == [ada.name]
    del entry["hot_seats"]
    assert outcomes(await the_plan(group, body)) == {"2027-01": "unchanged"}  # left out: as it is
    entry["agenda"] = [{"title": "Only this", "kind": "hot_seat", "minutes": 60}]
    rebuilt = await the_plan(group, body)
    assert [one["field"] for one in rebuilt["changes"][0]["fields"]] == ["agenda"]
    assert [one["name"] for one in rebuilt["entries"][0]["hot_seats"]] == [ada.name]
    entry["hot_seats"] = [str(ada.person_id), str(bea.person_id)]
    refused = await planned(group, body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/entries/0/hot_seats")


async def test_a_changed_agenda_stays_as_hands_made_it(world: World) -> None:
    group = await a_group(world)
    entry = {"key": "2027-01", "agenda": RUN_OF_SHOW}
    made = await the_plan(group, {"usual": USUAL, "entries": [entry]})
    address = f"/sessions/{made['entries'][0]['session_id']}"
    by_hand = {"segments": [RUN_OF_SHOW[1]]}
    given = {"headers": {"If-Match": "*"}}
    assert (await group.moderator.put(f"{address}/agenda", by_hand, **given)).status_code == 200
    assert outcomes(await the_plan(group, {"usual": USUAL, "entries": [entry]})) == {"2027-01": "unchanged"}
    assert len((await group.moderator.get(address)).json()["agenda"]) == 1


async def test_nothing_is_scheduled_before_a_group_is_active(world: World) -> None:
    group = await a_group(world, members=0, active=False)
    body = {"usual": USUAL, "entries": months("2027-01")}
    assert (await the_plan(group, body))["entries"][0]["state"] == "draft"
    assert outcomes(await the_plan(group, body)) == {"2027-01": "unchanged"}
    assert (await group.moderator.post(f"/groups/{group.id}/activate")).status_code == 200
    scheduled = await the_plan(group, body)
    assert scheduled["entries"][0]["state"] == "scheduled"
    assert scheduled["changes"][0]["fields"] == [{"field": "state", "before": "draft", "after": "scheduled"}]


async def test_two_sessions_of_a_plan_cannot_overlap_nor_with_another_one(world: World) -> None:
    group = await a_group(world)
    body = {"local_start": "2027-01-19T17:30", "time_zone": "Europe/Berlin", "minutes": 60}
    other = (await group.moderator.post(f"/groups/{group.id}/sessions", body)).json()
    await done(group.moderator, other["id"], "schedule")
    refused = await planned(group, {"usual": USUAL, "entries": months("2027-01")})
    assert (refused.status_code, codes(refused)) == (409, {"overlap"})
    assert "2027-01 takes time" in refused.json()["detail"]
    entries = [
        {"key": "a", "local_start": "2027-02-19T18:00"},
        {"key": "b", "local_start": "2027-02-19T19:00"},
    ]
    refused = await planned(group, {"entries": entries})
    assert (refused.status_code, codes(refused)) == (409, {"overlap"})
    assert (await group.moderator.get(f"/groups/{group.id}/plans/{YEAR}")).json()["version"] == 0
