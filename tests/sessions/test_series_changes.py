"""Changing series: this session, it and those that follow, or all; what stays as it was, and what is refused."""

import datetime as dt
from typing import Any

import pytest

from peergroup.kit import time
from tests.conftest import Clock
from tests.groups.factories import a_group
from tests.sessions.factories import BERLIN, a_session, answered, codes, done, event_types
from tests.sessions.recurring import (
    AGENDA,
    FIRST,
    TUESDAYS,
    WEEKLY,
    a_series,
    changed,
    days,
    refused,
    sessions_of,
)
from tests.world import World


async def test_a_change_of_one_session_is_its_own(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    third = (await sessions_of(group))[2]
    own = await changed(group.moderator, f"/sessions/{third['id']}", {"place": "Room 9", "title": "Evening"})
    assert (own["place"], own["overridden"], own["occurrence"]) == ("Room 9", ["place"], third["occurrence"])
    moved = await changed(group.moderator, f"/sessions/{third['id']}", {"local_start": "2030-01-23T19:00"})
    assert moved["overridden"] == ["dst_policy", "local_start", "place", "time_zone"]
    assert (moved["occurrence"], moved["sequence"]) == ("2030-01-22T18:00", 1)
    back = {"local_start": "2030-01-22T18:00", "place": None}
    again = await changed(group.moderator, f"/sessions/{third['id']}", back)
    assert (again["overridden"], again["sequence"]) == ([], 2)
    assert all(one["overridden"] == [] for one in await sessions_of(group))


async def test_a_session_without_a_series_has_no_overrides(world: World) -> None:
    group = await a_group(world)
    single = await a_session(world, group)
    assert (single["series_id"], single["occurrence"], single["overridden"]) == (None, None, None)
    path = f"/sessions/{single['id']}"
    assert (await changed(group.moderator, path, {"place": "Room 9"}))["overridden"] is None
    for scope in ("following", "all"):
        assert (await refused(group.moderator, path, {"place": "1"}, scope))[:2] == (422, "scope")
        gone = await group.moderator.delete(path, params={"scope": scope})
        assert (gone.status_code, gone.json()["errors"][0]["pointer"]) == (422, "scope")
    assert (await refused(group.moderator, path, {"place": "1"}, "some"))[:2] == (422, "scope")


async def test_all_sessions_follow_their_series_but_for_what_was_changed_by_hand(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    before = await sessions_of(group)
    await changed(group.moderator, f"/sessions/{before[1]['id']}", {"place": "Room 9"})
    await changed(group.moderator, f"/sessions/{before[2]['id']}", {"local_start": "2030-01-23T20:00"})
    body = {"place": "Room 3", "local_start": "2030-01-08T19:00", "title": "Late evening"}
    after = await changed(group.moderator, f"/series/{made['id']}", body)
    assert (after["place"], after["local_start"], after["title"]) == (
        "Room 3",
        "2030-01-08T19:00",
        "Late evening",
    )
    assert [one["became"] for one in after["changes"]] == [
        "moved",
        "moved",
        "changed",
        "moved",
        "moved",
        "moved",
    ]
    assert after["version"] == made["version"] + 1
    listed = await sessions_of(group)
    assert [one["id"] for one in listed] == [one["id"] for one in before]
    assert [one["local_start"] for one in listed] == [
        "2030-01-08T19:00",
        "2030-01-15T19:00",
        "2030-01-23T20:00",
        "2030-01-29T19:00",
        "2030-02-05T19:00",
        "2030-02-12T19:00",
    ]
    assert [one["occurrence"] for one in listed] == [f"{day}T19:00" for day in TUESDAYS]
    assert {one["title"] for one in listed} == {"Late evening"}
    places = [(await group.moderator.get(f"/sessions/{one['id']}")).json()["place"] for one in listed]
    assert places == ["Room 3", "Room 9", "Room 3", "Room 3", "Room 3", "Room 3"]
    assert (await event_types(world, listed[0]["id"]))[1:] == ["session.rescheduled", "session.updated"]
    first = (await group.moderator.get(f"/sessions/{listed[0]['id']}")).json()
    assert (first["sequence"], first["starts_at"]) == (1, "2030-01-08T18:00:00.000000Z")


async def test_the_same_is_said_through_one_of_its_sessions(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    fourth = (await sessions_of(group))[3]
    body = {"local_start": "2030-01-29T17:00", "minutes": 60}
    seen = await changed(group.moderator, f"/sessions/{fourth['id']}", body, "all")
    assert (seen["id"], seen["local_start"], seen["minutes"], seen["overridden"]) == (
        fourth["id"],
        "2030-01-29T17:00",
        60,
        [],
    )
    listed = await sessions_of(group)
    assert [one["local_start"][11:] for one in listed] == ["17:00"] * 6
    assert (await group.moderator.get(f"/series/{made['id']}")).json()["local_start"] == "2030-01-08T17:00"


async def test_what_began_or_is_over_stays_as_it_was(world: World, clock: Clock) -> None:
    group = await a_group(world)
    made = await a_series(group, local_start="2030-01-08T18:00")
    listed = await sessions_of(group)
    clock.offset = dt.datetime(2030, 1, 15, 17, 5, tzinfo=dt.UTC) - time.now()
    await done(group.moderator, listed[1]["id"], "start")
    await changed(
        group.moderator, f"/series/{made['id']}", {"local_start": "2030-01-08T19:30", "place": "Room 3"}
    )
    after = await sessions_of(group)
    assert [one["local_start"][11:] for one in after] == ["18:00", "18:00", *["19:30"] * 4]
    assert [one["state"] for one in after][:3] == ["scheduled", "in_progress", "scheduled"]


async def test_a_new_rule_keeps_the_sessions_of_the_days_it_keeps(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    before = await sessions_of(group)
    assert (await answered(group.members[0], before[2]["id"], "yes")).status_code == 200
    assert (await answered(group.members[0], before[3]["id"], "yes")).status_code == 200
    body = {"rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=4"}
    dry = await group.moderator.patch(f"/series/{made['id']}", body, params={"dry_run": "true"})
    assert dry.status_code == 200
    assert [one["state"] for one in await sessions_of(group)] == ["scheduled"] * 6
    after = await changed(group.moderator, f"/series/{made['id']}", body)
    assert after["changes"] == no_ids(dry.json()["changes"], after["changes"])
    became = {one["occurrence"][:10]: (one["became"], one["reason"]) for one in after["changes"]}
    assert became == {
        "2030-01-15": ("deleted", None),
        "2030-01-29": ("cancelled", "people have said whether they come"),
        "2030-02-12": ("deleted", None),
        "2030-02-19": ("made", None),
    }
    listed = await sessions_of(group)
    by_day = {one["local_start"][:10]: one for one in listed}
    assert by_day["2030-01-22"]["id"] == before[2]["id"]
    assert by_day["2030-01-22"]["counts"]["yes"] == 1
    assert by_day["2030-01-29"]["state"] == "cancelled"
    assert [day for day, one in by_day.items() if one["state"] == "scheduled"] == [
        "2030-01-08",
        "2030-01-22",
        "2030-02-05",
        "2030-02-19",
    ]
    assert (await group.moderator.get(f"/sessions/{before[1]['id']}")).status_code == 404
    assert (await event_types(world, before[1]["id"]))[-1] == "session.deleted"
    assert (await event_types(world, before[3]["id"]))[-1] == "session.cancelled"
    cancelled = (await group.moderator.get(f"/sessions/{before[3]['id']}")).json()
    assert cancelled["reason"] == "It is no date of the series any more."


def no_ids(rehearsed: list[dict[str, Any]], done_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same changes; what was made has another identifier in the end."""
    for one, other in zip(rehearsed, done_, strict=True):
        if one["became"] == "made":
            one["session_id"] = other["session_id"]
    return rehearsed


async def test_a_rule_of_other_days_begins_on_the_first_of_them(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    after = await changed(group.moderator, f"/series/{made['id']}", {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=2"})
    assert after["local_start"] == "2030-01-10T18:00"
    assert days(await sessions_of(group)) == ["2030-01-10", "2030-01-17"]


async def test_following_sessions_become_a_series_of_their_own(world: World) -> None:
    group = await a_group(world)
    old = await a_series(group, place="Room 1")
    before = await sessions_of(group)
    await changed(group.moderator, f"/sessions/{before[4]['id']}", {"title": "Party"})
    assert (await answered(group.members[0], before[3]["id"], "yes")).status_code == 200
    body = {"place": "Room 2", "title": "Night", "local_start": f"{TUESDAYS[2]}T20:00"}
    seen = await changed(group.moderator, f"/sessions/{before[2]['id']}", body, "following")
    assert (seen["id"], seen["place"], seen["local_start"]) == (before[2]["id"], "Room 2", "2030-01-22T20:00")
    assert (seen["occurrence"], seen["overridden"], seen["sequence"]) == ("2030-01-22T20:00", [], 1)
    listed = await sessions_of(group)
    assert [one["id"] for one in listed] == [one["id"] for one in before]
    assert [one["series_id"] == old["id"] for one in listed] == [True, True, False, False, False, False]
    assert [one["local_start"][11:] for one in listed] == ["18:00", "18:00", *["20:00"] * 4]
    assert [one["title"] for one in listed] == ["Evening", "Evening", "Night", "Night", "Party", "Night"]
    assert listed[3]["counts"]["yes"] == 1
    kept = (await group.moderator.get(f"/series/{old['id']}")).json()
    assert (kept["rule"], kept["place"]) == ("FREQ=WEEKLY;UNTIL=20300121", "Room 1")
    assert (kept["ends_by"], kept["last_occurrence"]) == ("until", "2030-01-15T18:00")
    new = (await group.moderator.get(f"/series/{seen['series_id']}")).json()
    assert (new["rule"], new["local_start"], new["last_occurrence"]) == (
        "FREQ=WEEKLY;COUNT=4",
        "2030-01-22T20:00",
        "2030-02-12T20:00",
    )
    assert await event_types(world, new["id"]) == ["series.created"]
    assert (await event_types(world, old["id"]))[-1] == "series.changed"


async def test_following_the_first_session_is_the_whole_series(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    first = (await sessions_of(group))[0]
    await changed(group.moderator, f"/sessions/{first['id']}", {"title": "Night"}, "following")
    listed = await sessions_of(group)
    assert {(one["series_id"], one["title"]) for one in listed} == {(made["id"], "Night")}
    assert len((await group.moderator.get(f"/groups/{group.id}/series")).json()["items"]) == 1


async def test_a_split_may_bring_a_new_rule_and_day(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    before = await sessions_of(group)
    assert (await answered(group.members[0], before[2]["id"], "yes")).status_code == 200
    body = {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=3", "local_start": "2030-01-24T18:00"}
    seen = await changed(group.moderator, f"/sessions/{before[2]['id']}", body, "following")
    assert (seen["id"], seen["local_start"], seen["counts"]["yes"]) == (
        before[2]["id"],
        "2030-01-24T18:00",
        1,
    )
    assert days(await sessions_of(group)) == [*TUESDAYS[:2], "2030-01-24", "2030-01-31", "2030-02-07"]


async def test_a_split_onto_the_day_of_another_session_is_refused_in_plain_words(world: World) -> None:
    group = await a_group(world)
    await a_series(group, "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=6")
    before = await sessions_of(group)
    assert (await answered(group.members[0], before[3]["id"], "yes")).status_code == 200
    body = {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=3", "local_start": before[3]["local_start"]}
    found = await refused(group.moderator, f"/sessions/{before[2]['id']}", body, "following")
    assert found == (
        422,
        "/rule",
        "names no day for this very session: send the rule and its first local_start to the series itself",
    )
    assert days(await sessions_of(group)) == days(before)


async def test_nothing_is_split_at_a_session_that_is_no_date_any_more(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    last = (await sessions_of(group))[5]
    assert (await answered(group.members[0], last["id"], "yes")).status_code == 200
    await changed(group.moderator, f"/series/{made['id']}", {"rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=3"})
    path = f"/sessions/{last['id']}"
    found = await refused(group.moderator, path, {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=2"}, "following")
    assert found[:2] == (422, "/local_start")
    found = await refused(group.moderator, path, {"title": "Night"}, "following")
    assert found[:2] == (422, "/local_start")
    assert "called off" in found[2]
    assert len((await group.moderator.get(f"/groups/{group.id}/series")).json()["items"]) == 1


async def test_cancelled_sessions_move_with_a_split_and_stay_cancelled(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    before = await sessions_of(group)
    await done(group.moderator, before[3]["id"], "cancel", {"reason": "Snow."})
    seen = await changed(group.moderator, f"/sessions/{before[2]['id']}", {"title": "Night"}, "following")
    listed = await sessions_of(group)
    assert [one["id"] for one in listed] == [one["id"] for one in before]
    assert (listed[3]["state"], listed[3]["series_id"]) == ("cancelled", seen["series_id"])
    again = await changed(
        group.moderator, f"/series/{seen['series_id']}", {"local_start": "2030-01-22T19:00"}
    )
    assert [one["occurrence"][:10] for one in again["changes"]] == ["2030-01-22", "2030-02-05", "2030-02-12"]
    assert (await sessions_of(group))[3]["local_start"] == "2030-01-29T18:00"


@pytest.mark.parametrize(
    ("scope", "body", "status", "pointer"),
    [
        (None, {"rule": "FREQ=DAILY;COUNT=2"}, 422, "/rule"),
        ("this", {"rule": "FREQ=DAILY;COUNT=2"}, 422, "/rule"),
        ("following", {"local_start": "2030-01-24T18:00"}, 422, "/local_start"),
        ("all", {"local_start": "2030-01-24T18:00"}, 422, "/local_start"),
        ("all", {"host_id": None}, 422, "/host_id"),
        ("all", {"rule": "FREQ=WEEKLY;BYDAY=WE;COUNT=2"}, 422, "/rule"),
        ("all", {"minutes": 30}, 422, "/minutes"),
        ("following", {"minutes": 30}, 422, "/minutes"),
        ("all", {"rule": "FREQ=SECONDLY"}, 422, "/rule"),
        ("following", {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=3"}, 422, "/local_start"),
        ("all", {"theme_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"}, 422, "/theme_id"),
        ("following", {"local_start": "2030-01-22T18:00", "rule": None}, 422, "/rule"),
    ],
)
async def test_what_cannot_be_said_through_a_session_is_refused(
    world: World, scope: str | None, body: dict[str, Any], status: int, pointer: str
) -> None:
    group = await a_group(world, members=0)
    await a_series(group, agenda=AGENDA)
    before = await sessions_of(group)
    found = await refused(group.moderator, f"/sessions/{before[2]['id']}", body, scope)
    assert found[:2] == (status, pointer)
    assert await sessions_of(group) == before


async def test_a_move_into_skipped_hours_or_taken_time_is_refused(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group, "FREQ=DAILY;COUNT=4", local_start="2030-03-29T18:00")
    other = await a_session(world, group, local_start="2030-03-30T21:00", time_zone=BERLIN)
    path = f"/series/{made['id']}"
    skipped = await refused(group.moderator, path, {"local_start": "2030-03-29T02:30"})
    assert skipped[:2] == (422, "/local_start")
    assert "2030-03-31T02:30" in skipped[2]
    taken = await group.moderator.patch(path, {"local_start": "2030-03-29T20:00"})
    assert (taken.status_code, codes(taken), taken.json()["occurrence"]) == (
        409,
        {"overlap"},
        "2030-03-30T20:00",
    )
    shifted = await changed(
        group.moderator, path, {"local_start": "2030-03-29T02:30", "dst_policy": "shift_forward"}
    )
    assert shifted["occurrences"][2]["local_start"] == "2030-03-31T03:30"
    assert other["id"] in [one["id"] for one in await sessions_of(group)]


async def test_sessions_that_take_each_others_place_may_pass(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group, "FREQ=DAILY;COUNT=4", time_zone="Pacific/Kiritimati")
    before = await sessions_of(group)
    after = await changed(group.moderator, f"/series/{made['id']}", {"time_zone": "Pacific/Honolulu"})
    assert [one["became"] for one in after["changes"]] == ["moved"] * 4
    listed = await sessions_of(group)
    assert [one["id"] for one in listed] == [one["id"] for one in before]
    assert [one["starts_at"] for one in listed][:3] == [one["starts_at"] for one in before][1:]


async def test_a_new_agenda_is_for_all_but_those_with_their_own(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group, agenda=AGENDA)
    sessions = await sessions_of(group)
    own = f"/sessions/{sessions[1]['id']}"
    put = await group.moderator.put(
        f"{own}/agenda", {"segments": [{"title": "Mine", "minutes": 80}]}, headers={"If-Match": "*"}
    )
    assert (put.status_code, put.json()["overridden"]) == (200, ["agenda"])
    new = {"agenda": [{"title": "New", "minutes": 45}]}
    after = await changed(group.moderator, f"/series/{made['id']}", new)
    assert [one["occurrence"][:10] for one in after["changes"]] == [TUESDAYS[0], *TUESDAYS[2:]]
    titles = []
    for one in sessions[:3]:
        agenda = (await group.moderator.get(f"/sessions/{one['id']}")).json()["agenda"]
        titles.append([segment["title"] for segment in agenda])
    assert titles == [["New"], ["Mine"], ["New"]]
    short = await refused(group.moderator, f"/series/{made['id']}", {"minutes": 60})
    assert short == (422, "/minutes", "is shorter than the agenda of the occurrence 2030-01-15T18:00")


async def test_places_follow_the_capacity_of_the_series(world: World) -> None:
    group = await a_group(world, members=3)
    made = await a_series(group, capacity=1)
    first = (await sessions_of(group))[0]
    for one in group.members:
        await answered(one, first["id"], "yes")
    await changed(group.moderator, f"/series/{made['id']}", {"capacity": 2})
    counts = (await sessions_of(group))[0]["counts"]
    assert (counts["yes"], counts["waiting"]) == (2, 1)
    fewer = await group.moderator.patch(f"/series/{made['id']}", {"capacity": 1})
    assert (fewer.status_code, codes(fewer)) == (409, {"seats_taken"})


async def test_a_stale_change_of_a_series_is_refused(world: World) -> None:
    group = await a_group(world)
    path = f"/series/{(await a_series(group))['id']}"
    tag = (await group.moderator.get(path)).headers["etag"]
    named = {"headers": {"If-Match": tag}}
    assert (await group.moderator.patch(path, {"place": "1"}, **named)).status_code == 200
    assert (await group.moderator.patch(path, {"place": "2"}, **named)).status_code == 412
    assert (await group.moderator.delete(path, **named)).status_code == 412
    session = (await sessions_of(group))[0]
    stale = await group.moderator.patch(
        f"/sessions/{session['id']}", {"place": "2"}, params={"scope": "all"}, headers={"If-Match": '"1-0"'}
    )
    assert stale.status_code == 412


async def test_series_do_not_change_in_an_archived_group(world: World) -> None:
    group = await a_group(world, members=0)
    made = await a_series(group)
    archived = await world.owner.post(f"/groups/{group.id}/archive")
    assert archived.status_code == 200, archived.text
    found = await group.moderator.patch(f"/series/{made['id']}", {"place": "1"})
    assert (found.status_code, codes(found)) in [(409, {"group_inactive"}), (404, set())]


async def test_nothing_sent_changes_nothing(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    after = await changed(group.moderator, f"/series/{made['id']}", {})
    assert (after["changes"], after["version"]) == ([], made["version"])
    assert (await event_types(world, made["id"])) == ["series.created"]
    first = (await sessions_of(group))[0]
    await changed(group.moderator, f"/sessions/{first['id']}", {}, "all")
    assert WEEKLY in made["rule"]
    assert first["occurrence"] == FIRST


async def test_one_change_of_many_things_is_one_version(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    theme = (await group.moderator.post("/themes", {"title": "Growth"})).json()
    template = {"title": "Usual", "segments": AGENDA}
    template_id = (await group.moderator.post("/agenda-templates", template)).json()["id"]
    body = {"theme_id": theme["id"], "agenda_template_id": template_id, "place": "Room 3"}
    after = await changed(group.moderator, f"/series/{made['id']}", body)
    assert (after["version"], after["theme"]) == (made["version"] + 1, {"id": theme["id"], "name": "Growth"})
    first = (await group.moderator.get(f"/sessions/{(await sessions_of(group))[0]['id']}")).json()
    assert (first["version"], first["theme"]["name"], len(first["agenda"])) == (2, "Growth", 2)
