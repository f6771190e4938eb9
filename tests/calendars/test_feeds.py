"""Feeds: who sees what in a calendar, and for how long."""

from pathlib import Path
from typing import Any

import httpx

from tests.calendars.reading import Read, by_ical_js, by_icalendar
from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, verb
from tests.sessions.factories import RUN_OF_SHOW, a_session, answered, done
from tests.sessions.test_reading import a_guest
from tests.world import Actor, World


async def a_feed(who: Actor) -> str:
    """The address of a new feed, without the server's name."""
    made = await who.post("/me/calendar-feeds", {"name": "Calendar on my phone"})
    assert made.status_code == 201, made.text
    return "/v1" + str(made.json()["address"]).partition("/v1")[2]


async def fetched(world: World, address: str, **headers: str) -> httpx.Response:
    """What a calendar program gets: it sends no token."""
    return await world.client.get(address, headers=headers)


async def read(world: World, address: str) -> Read:
    """The occurrences in a feed."""
    answer = await fetched(world, address)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return by_icalendar(answer.text)


def times(found: Read) -> list[str]:
    return [begin for _, begin, *_ in found]


async def test_a_feed_shows_when_the_sessions_of_ones_groups_are(world: World) -> None:
    group, other = await a_group(world), await a_group(world)
    session = await a_session(world, group, begins_in=60 * 24)
    await a_session(world, other, begins_in=60 * 24)
    draft = {"local_start": "2031-01-01T18:00"}
    assert (await group.moderator.post(f"/groups/{group.id}/sessions", draft)).status_code == 201
    (found,) = await read(world, await a_feed(group.members[0]))
    begin, end = session["starts_at"][:19] + "Z", session["ends_at"][:19] + "Z"
    assert found == (f"{session['id']}@peergroup", begin, end, 0, "CONFIRMED")


async def test_a_calendar_gives_nothing_away(world: World) -> None:
    group = await a_group(world)
    theme = (await world.owner.post("/themes", {"title": "Canary theme"})).json()
    more = {
        "title": "Canary title",
        "place": "Canary place",
        "theme_id": theme["id"],
        "host_id": str(group.members[0].person_id),
        "agenda": [RUN_OF_SHOW[0] | {"title": "Canary segment"}],
    }
    session = await a_session(world, group, begins_in=60 * 24, **more)
    address = await a_feed(group.members[0])
    alone = await group.members[0].get(f"/sessions/{session['id']}/calendar.ics")
    for text in ((await fetched(world, address)).text, alone.text):
        assert "BEGIN:VEVENT" in text
        for word in ("canary", "founders north", "fjord", group.members[0].name.lower()):
            assert word not in text.lower().replace("\r\n ", "")


async def test_changes_and_cancellations_reach_calendars(world: World, clock: Clock) -> None:
    group = await a_group(world)
    session = await a_session(world, group, begins_in=60 * 24)
    address = await a_feed(group.members[0])
    ((uid, *_),) = await read(world, address)
    clock.forward(minutes=1)
    later = {"local_start": "2031-03-04T18:00", "time_zone": "Europe/Berlin"}
    assert (await group.moderator.patch(f"/sessions/{session['id']}", later)).status_code == 200
    (moved,) = await read(world, address)
    assert moved[:2] == (uid, "2031-03-04T17:00:00Z")
    assert moved[3:] == (1, "CONFIRMED")
    await done(group.moderator, session["id"], "cancel", {"reason": "Snow."})
    (gone,) = await read(world, address)
    assert (gone[0], *gone[3:]) == (uid, 2, "CANCELLED")
    assert "Snow" not in (await fetched(world, address)).text


async def test_who_said_no_has_the_time_free(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group, begins_in=60 * 24)
    address = await a_feed(group.members[0])
    assert "TRANSP:OPAQUE" in (await fetched(world, address)).text
    await answered(group.members[0], session["id"], "no")
    assert "TRANSP:TRANSPARENT" in (await fetched(world, address)).text


async def test_pollers_are_told_that_nothing_changed(world: World) -> None:
    group = await a_group(world)
    await a_session(world, group, begins_in=60 * 24)
    address = await a_feed(group.members[0])
    first = await fetched(world, address)
    again = await fetched(world, address, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    await a_session(world, group, begins_in=60 * 48)
    changed = await fetched(world, address, **{"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200


async def test_whoever_leaves_finds_nothing_there(world: World) -> None:
    group = await a_group(world)
    await a_session(world, group, begins_in=60 * 24)
    address = await a_feed(group.members[0])
    assert len(await read(world, address)) == 1
    assert (await verb(group.members[0], group, group.members[0], "leave")).status_code == 200
    assert await read(world, address) == []


async def test_a_revoked_feed_leads_nowhere_and_is_in_no_list(world: World) -> None:
    ada = (await a_group(world)).members[0]
    address = await a_feed(ada)
    (listed,) = (await ada.get("/me/calendar-feeds")).json()["items"]
    assert (listed["name"], "address" in listed) == ("Calendar on my phone", False)
    assert (await ada.delete(f"/me/calendar-feeds/{listed['id']}")).status_code == 204
    assert (await fetched(world, address)).status_code == 404
    assert (await ada.get("/me/calendar-feeds")).json()["items"] == []
    assert (await ada.delete(f"/me/calendar-feeds/{listed['id']}")).status_code == 404


async def test_a_feed_ends_with_the_key_that_made_it_and_with_its_person(world: World) -> None:
    ada = (await a_group(world)).members[0]
    address = await a_feed(ada)
    (key,) = (await ada.get("/me/keys")).json()["items"]
    assert (await world.owner.delete(f"/keys/{key['id']}")).status_code == 204
    assert (await fetched(world, address)).status_code == 404
    bea = (await a_group(world)).members[0]
    address = await a_feed(bea)
    assert (await world.owner.post(f"/people/{bea.person_id}/deactivate")).status_code == 200
    assert (await fetched(world, address)).status_code == 404


async def test_the_secret_of_a_feed_opens_nothing_else(world: World) -> None:
    ada = (await a_group(world)).members[0]
    token = (await a_feed(ada)).split("/")[-2]
    thief = Actor(world.client, token)
    for path in ("/me", "/groups", "/me/calendar-feeds", "/events"):
        assert (await thief.get(path)).status_code == 401
    assert (await fetched(world, f"/v1/calendar-feeds/{ada.token}/calendar.ics")).status_code == 404
    wrong = token[:-1] + ("a" if token[-1] != "a" else "b")
    assert (await fetched(world, f"/v1/calendar-feeds/{wrong}/calendar.ics")).status_code == 404


async def test_only_people_have_feeds_and_not_without_end(world: World) -> None:
    service = await world.service("sessions:read")
    assert (await service.post("/me/calendar-feeds", {"name": "CRM"})).status_code == 403
    ada = await world.person()
    for _ in range(20):
        await a_feed(ada)
    refused = await ada.post("/me/calendar-feeds", {"name": "One more"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")


async def test_a_guest_sees_one_session(world: World) -> None:
    group = await a_group(world)
    first, second = [await a_session(world, group, begins_in=60 * 24 * day) for day in (1, 2)]
    guest = await a_guest(world, group, first["id"])
    found = await read(world, await a_feed(guest))
    assert [uid for uid, *_ in found] == [f"{first['id']}@peergroup"]
    assert (await guest.get(f"/sessions/{first['id']}/calendar.ics")).status_code == 200
    assert (await guest.get(f"/sessions/{second['id']}/calendar.ics")).status_code == 404


SERIES = {
    "rule": "FREQ=WEEKLY;COUNT=60",
    "local_start": "2031-01-05T02:30",
    "time_zone": "Europe/Berlin",
    "dst_policy": "shift_forward",
    "minutes": 90,
}


async def a_series(group: GroupOf, **more: Any) -> dict[str, Any]:
    """A series that meets where the clocks change."""
    made = await group.moderator.post(f"/groups/{group.id}/series", SERIES | more)
    assert made.status_code == 201, made.text
    return dict(made.json())


async def test_a_series_is_one_event_with_its_exceptions(world: World, folder: Path) -> None:
    group = await a_group(world)
    series = await a_series(group)
    ids = [one["session_id"] for one in series["occurrences"]]
    moved = {"local_start": "2031-02-03T19:00", "minutes": 45}
    assert (await group.moderator.patch(f"/sessions/{ids[4]}", moved)).status_code == 200
    await done(group.moderator, ids[6], "cancel", {"reason": "Snow."})
    assert (await group.moderator.delete(f"/sessions/{ids[8]}")).status_code in (200, 204)
    await answered(group.members[0], ids[9], "no")
    address = await a_feed(group.members[0])
    text = (await fetched(world, address)).text
    listed = (await group.moderator.get(f"/groups/{group.id}/sessions?limit=200")).json()["items"]
    wanted = sorted(
        (one["starts_at"][:19] + "Z", one["ends_at"][:19] + "Z", one["state"] == "cancelled")
        for one in listed
    )
    assert text.count("RRULE:") == 1
    assert text.count("BEGIN:VEVENT") < 12
    for found in (by_icalendar(text), *by_ical_js(folder, [text])):
        assert sorted((begin, end, status == "CANCELLED") for _, begin, end, _, status in found) == wanted
        assert {uid for uid, *_ in found} == {f"{series['id']}@peergroup"}


async def test_of_a_series_that_is_gone_nothing_is_left(world: World) -> None:
    group = await a_group(world)
    series = await a_series(group, rule="FREQ=WEEKLY;COUNT=3", local_start="2031-02-05T18:00")
    address = await a_feed(group.members[0])
    moved = series["occurrences"][0]["session_id"]
    await answered(group.members[0], moved, "yes")
    changed = {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=3", "local_start": "2031-02-06T18:00"}
    assert (await group.moderator.patch(f"/series/{series['id']}", changed)).status_code == 200
    assert (await group.moderator.delete(f"/series/{series['id']}")).status_code == 204
    found = await read(world, address)
    assert [(uid, status) for uid, *_, status in found] == [(f"{moved}@peergroup", "CANCELLED")]
    assert "RRULE" not in (await fetched(world, address)).text


async def test_one_session_of_a_series_is_known_as_that(world: World) -> None:
    group = await a_group(world)
    series = await a_series(group)
    one = series["occurrences"][3]
    alone = await group.members[0].get(f"/sessions/{one['session_id']}/calendar.ics")
    assert f"UID:{series['id']}@peergroup" in alone.text
    assert "RECURRENCE-ID;TZID=Europe/Berlin:20310126T023000" in alone.text
    guest = await a_guest(world, group, one["session_id"])
    text = (await fetched(world, await a_feed(guest))).text
    assert ("RRULE" in text, text.count("BEGIN:VEVENT")) == (False, 1)


async def test_a_draft_is_in_no_calendar(world: World) -> None:
    group = await a_group(world)
    body = {"local_start": "2031-01-01T18:00"}
    draft = (await group.moderator.post(f"/groups/{group.id}/sessions", body)).json()
    assert (await group.moderator.get(f"/sessions/{draft['id']}/calendar.ics")).status_code == 404
