"""Planning: drafts, times that exist and times that do not, changes, and what cannot be changed any more."""

import pytest

from tests.conftest import Clock
from tests.groups.factories import a_group
from tests.sessions.factories import (
    RUN_OF_SHOW,
    a_draft,
    a_plan,
    a_running,
    a_session,
    codes,
    done,
    event_types,
    in_minutes,
)
from tests.world import World


async def test_a_draft_says_when_it_is(world: World) -> None:
    group = await a_group(world)
    body = {"local_start": "2030-12-15T18:00", "time_zone": "Europe/Berlin", "minutes": 90, "place": "Room 3"}
    answer = await group.moderator.post(f"/groups/{group.id}/sessions", body)
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/sessions/{made['id']}")
    assert (made["starts_at"], made["ends_at"]) == (
        "2030-12-15T17:00:00.000000Z",
        "2030-12-15T18:30:00.000000Z",
    )
    assert (made["state"], made["sequence"], made["place"], made["agenda"]) == ("draft", 0, "Room 3", [])
    assert made["group"] == {"id": group.id, "name": "Founders North"}
    assert (await group.moderator.get(f"/sessions/{made['id']}")).json() == made


async def test_zone_and_length_have_defaults(world: World) -> None:
    group = await a_group(world)
    plain = await group.moderator.post(f"/groups/{group.id}/sessions", {"local_start": "2030-01-01T18:00"})
    assert (plain.json()["time_zone"], plain.json()["minutes"]) == ("UTC", 120)
    planned = await group.moderator.post(
        f"/groups/{group.id}/sessions", {"local_start": "2030-01-01T18:00", "agenda": RUN_OF_SHOW}
    )
    assert planned.json()["minutes"] == 110


SPRING, AUTUMN = "2030-03-31T02:30", "2030-10-27T02:30"


async def test_a_time_that_the_clocks_skip_is_refused(world: World) -> None:
    group = await a_group(world)
    body = {"local_start": SPRING, "time_zone": "Europe/Berlin"}
    refused = await group.moderator.post(f"/groups/{group.id}/sessions", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_time")
    assert refused.json()["errors"][0]["pointer"] == "/local_start"


async def test_a_time_that_the_clocks_skip_is_shifted_where_so_told(world: World) -> None:
    group = await a_group(world)
    body = {"local_start": SPRING, "time_zone": "Europe/Berlin", "dst_policy": "shift_forward"}
    made = (await group.moderator.post(f"/groups/{group.id}/sessions", body)).json()
    assert (made["local_start"], made["starts_at"]) == ("2030-03-31T03:30", "2030-03-31T01:30:00.000000Z")


async def test_of_a_time_that_comes_twice_the_first_is_meant(world: World) -> None:
    group = await a_group(world)
    body = {"local_start": AUTUMN, "time_zone": "Europe/Berlin", "minutes": 60}
    made = (await group.moderator.post(f"/groups/{group.id}/sessions", body)).json()
    assert (made["local_start"], made["starts_at"]) == (AUTUMN, "2030-10-27T00:30:00.000000Z")
    assert made["ends_at"] == "2030-10-27T01:30:00.000000Z"


async def test_moving_into_a_skipped_hour_is_refused_too(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    path = f"/sessions/{session['id']}"
    refused = await group.moderator.patch(path, {"local_start": SPRING})
    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_time")
    moved = await group.moderator.patch(path, {"local_start": SPRING, "dst_policy": "shift_forward"})
    assert moved.json()["local_start"] == "2030-03-31T03:30"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"local_start": "2030-02-30T18:00"},
        {"local_start": "2030-01-01T25:00"},
        {"local_start": "2030-01-01 18:00"},
        {"local_start": "2030-01-01T18:00Z"},
        {"local_start": "1999-12-31T18:00"},
        {"local_start": "２０３０-01-01T18:00"},
        {"local_start": "2030-01-01T18:00", "time_zone": "Mars/Olympus"},
        {"local_start": "2030-01-01T18:00", "minutes": 4},
        {"local_start": "2030-01-01T18:00", "minutes": 1441},
        {"local_start": "2030-01-01T18:00", "capacity": 0},
        {"local_start": "2030-01-01T18:00", "title": "two\nlines"},
        {"local_start": "2030-01-01T18:00", "state": "completed"},
        {"local_start": "2030-01-01T18:00", "minutes": 30, "agenda": RUN_OF_SHOW},
        {"local_start": "2030-01-01T18:00", "agenda": [{"title": "x", "kind": "party", "minutes": 5}]},
        {"local_start": "2030-01-01T18:00", "agenda": [{"title": "x", "minutes": 0}]},
        {"local_start": "2030-01-01T18:00", "theme_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"},
        {"local_start": "2030-01-01T18:00", "agenda_template_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"},
    ],
)
async def test_what_makes_no_sense_is_refused(world: World, body: dict[str, object]) -> None:
    group = await a_group(world, members=0)
    refused = await group.moderator.post(f"/groups/{group.id}/sessions", body)
    assert refused.status_code == 422, refused.text


async def test_two_sessions_of_a_group_do_not_overlap(world: World) -> None:
    group, other = await a_group(world), await a_group(world)
    await a_session(world, group, begins_in=60)
    inside = await a_draft(world, group, begins_in=100)
    refused = await group.moderator.post(f"/sessions/{inside['id']}/schedule")
    assert (refused.status_code, codes(refused)) == (409, {"overlap"})
    before = await a_session(world, group, begins_in=-60, minutes=120)
    assert before["state"] == "scheduled"
    await a_session(world, group, begins_in=180)
    await a_session(world, other, begins_in=60)
    moved = await group.moderator.patch(f"/sessions/{before['id']}", {"minutes": 125})
    assert (moved.status_code, codes(moved)) == (409, {"overlap"})


async def test_what_was_cancelled_takes_no_time(world: World) -> None:
    group = await a_group(world)
    first = await a_session(world, group)
    await done(group.moderator, first["id"], "cancel", {"reason": "Another day."})
    assert (await a_session(world, group))["state"] == "scheduled"


async def test_another_time_is_recorded_and_tells_calendars(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    path = f"/sessions/{session['id']}"
    moved = (await group.moderator.patch(path, {"local_start": in_minutes(world, 400)})).json()
    assert (moved["sequence"], moved["version"]) == (1, session["version"] + 1)
    same = (await group.moderator.patch(path, {"local_start": moved["local_start"]})).json()
    assert same["sequence"] == 1
    zone = (await group.moderator.patch(path, {"time_zone": "Europe/Paris"})).json()
    assert (zone["sequence"], zone["starts_at"]) == (2, moved["starts_at"])
    renamed = (await group.moderator.patch(path, {"title": None, "place": "Room 9"})).json()
    assert (renamed["sequence"], renamed["title"], renamed["place"]) == (2, None, "Room 9")
    types = await event_types(world, session["id"])
    assert types.count("session.rescheduled") == 2
    assert types[-1] == "session.updated"


async def test_nothing_is_moved_into_the_past(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    refused = await group.moderator.patch(f"/sessions/{session['id']}", {"local_start": "2020-01-01T18:00"})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/local_start")


async def test_a_session_is_no_shorter_than_its_agenda(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    refused = await group.moderator.patch(f"/sessions/{session['id']}", {"minutes": 60})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/minutes")


async def test_times_cannot_be_cleared(world: World) -> None:
    group = await a_group(world)
    draft = await a_draft(world, group)
    for name in ("local_start", "time_zone", "minutes", "dst_policy"):
        refused = await group.moderator.patch(f"/sessions/{draft['id']}", {name: None})
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, f"/{name}")


async def test_the_time_of_a_running_session_is_settled(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    path = f"/sessions/{session['id']}"
    refused = await group.moderator.patch(path, {"minutes": 240})
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")
    assert (await group.moderator.patch(path, {"place": "Room 9"})).json()["place"] == "Room 9"
    await done(group.moderator, session["id"], "complete")
    assert (await group.moderator.patch(path, {"place": "Room 10"})).status_code == 409


async def test_a_stale_change_is_refused(world: World) -> None:
    group = await a_group(world)
    draft = await a_draft(world, group)
    path = f"/sessions/{draft['id']}"
    tag = (await group.moderator.get(path)).headers["etag"]
    assert (await group.moderator.patch(path, {"place": "1"}, headers={"If-Match": tag})).status_code == 200
    assert (await group.moderator.patch(path, {"place": "2"}, headers={"If-Match": tag})).status_code == 412
    assert (await group.moderator.delete(path, headers={"If-Match": tag})).status_code == 412


async def test_only_drafts_are_deleted(world: World) -> None:
    group = await a_group(world)
    draft, session = await a_draft(world, group, begins_in=500), await a_session(world, group)
    assert (await group.members[0].delete(f"/sessions/{draft['id']}")).status_code == 403
    assert (await group.moderator.delete(f"/sessions/{draft['id']}")).status_code == 204
    assert (await group.moderator.get(f"/sessions/{draft['id']}")).status_code == 404
    assert (await event_types(world, draft["id"]))[-1] == "session.deleted"
    refused = await group.moderator.delete(f"/sessions/{session['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")


async def test_a_session_that_stands_is_not_changed_by_reading_it(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    answer = await group.members[0].get(f"/sessions/{session['id']}")
    again = await group.members[0].get(
        f"/sessions/{session['id']}", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304


async def test_sessions_are_listed_in_time_and_narrowed(world: World, clock: Clock) -> None:
    group = await a_group(world)
    later = await a_session(world, group, begins_in=500)
    draft = await a_draft(world, group, begins_in=1_000)
    sooner = await a_session(world, group, begins_in=100)
    ada = group.members[0]
    path = f"/groups/{group.id}/sessions"

    async def ids(**query: str) -> list[str]:
        return [one["id"] for one in (await ada.get(path, params=query)).json()["items"]]

    assert await ids() == [sooner["id"], later["id"], draft["id"]]
    assert await ids(state="draft") == [draft["id"]]
    assert await ids(**{"from": sooner["ends_at"]}) == [later["id"], draft["id"]]
    assert await ids(to=later["starts_at"]) == [sooner["id"]]
    first = (await ada.get(path, params={"limit": 2})).json()
    second = (await ada.get(path, params={"limit": 2, "cursor": first["next_cursor"]})).json()
    assert [one["id"] for one in second["items"]] == [draft["id"]]
    assert (await ada.get(path, params={"state": "nothing"})).status_code == 422
    assert (await ada.get(path, params={"scope": "all"})).status_code == 422


async def test_a_retried_draft_is_one_draft(world: World) -> None:
    group = await a_group(world)
    body = a_plan(world)
    keyed = {"headers": {"Idempotency-Key": "draft-1"}}
    first = await group.moderator.post(f"/groups/{group.id}/sessions", body, **keyed)
    again = await group.moderator.post(f"/groups/{group.id}/sessions", body, **keyed)
    assert (again.status_code, again.content) == (201, first.content)
    assert len((await group.moderator.get(f"/groups/{group.id}/sessions")).json()["items"]) == 1


async def test_what_is_wrong_with_a_plan_is_said_in_plain_words(world: World) -> None:
    group = await a_group(world)
    for unclear in ("tomorrow", "2030-01-01 18:00", "2030-01-01T18:00:00Z"):
        body = {"local_start": unclear, "colour": "blue"}
        refused = await group.moderator.post(f"/groups/{group.id}/sessions", body)
        said = {error["pointer"]: error["detail"] for error in refused.json()["errors"]}
        assert said["/local_start"] == "Use the form 2026-12-15T18:00."
        assert said["/colour"] == "This field is not known here."
