"""Making series: by which rules, where the clocks change, and what is refused."""

import pytest

from tests.groups.factories import a_group
from tests.sessions.factories import BERLIN, a_session, codes, event_types
from tests.sessions.recurring import (
    AGENDA,
    FIRST,
    MONTHLY,
    TUESDAYS,
    WEEKLY,
    a_rule,
    a_series,
    days,
    sessions_of,
)
from tests.world import World


async def test_a_series_is_real_sessions(world: World) -> None:
    group = await a_group(world)
    answer = await group.moderator.post(f"/groups/{group.id}/series", a_rule(agenda=AGENDA, place="Room 3"))
    made = answer.json()
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/series/{made['id']}")
    assert (made["rule"], made["ends_by"], made["last_occurrence"]) == (WEEKLY, "count", "2030-02-12T18:00")
    assert [one["became"] for one in made["changes"]] == ["made"] * 6
    listed = await sessions_of(group)
    assert days(listed) == TUESDAYS
    assert [one["session_id"] for one in made["occurrences"]] == [one["id"] for one in listed]
    first = (await group.members[0].get(f"/sessions/{listed[0]['id']}")).json()
    assert (first["state"], first["title"], first["place"]) == ("scheduled", "Evening", "Room 3")
    assert (first["series_id"], first["occurrence"], first["overridden"]) == (made["id"], FIRST, [])
    assert [one["title"] for one in first["agenda"]] == ["Welcome", "Talk"]
    assert (first["starts_at"], first["ends_at"]) == (
        "2030-01-08T17:00:00.000000Z",
        "2030-01-08T18:30:00.000000Z",
    )
    assert await event_types(world, first["id"]) == ["session.scheduled"]
    assert await event_types(world, made["id"]) == ["series.created"]
    read = (await group.members[0].get(f"/series/{made['id']}")).json()
    assert read == made | {"changes": None}


async def test_a_dry_run_shows_the_sessions_and_makes_none(world: World) -> None:
    group = await a_group(world)
    path = f"/groups/{group.id}/series"
    shown = await group.moderator.post(path, a_rule(MONTHLY), params={"dry_run": "true"})
    assert (shown.status_code, "location" in shown.headers) == (200, False)
    assert [one["occurrence"] for one in shown.json()["occurrences"]][:3] == [
        "2030-01-08T18:00",
        "2030-02-12T18:00",
        "2030-03-12T18:00",
    ]
    assert await sessions_of(group) == []
    assert (await group.moderator.get(path)).json()["items"] == []
    assert (await group.moderator.get(f"/series/{shown.json()['id']}")).status_code == 404


async def test_the_hour_on_the_wall_stays_where_the_clocks_change(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group, "FREQ=MONTHLY;COUNT=4")
    assert [one["starts_at"][:16] for one in made["occurrences"]] == [
        "2030-01-08T17:00",
        "2030-02-08T17:00",
        "2030-03-08T17:00",
        "2030-04-08T16:00",
    ]


@pytest.mark.parametrize(
    ("rule", "first", "expected"),
    [
        (
            "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3",
            "2030-01-31T18:00",
            ["2030-01-31", "2030-02-28", "2030-03-31"],
        ),
        ("FREQ=MONTHLY;COUNT=3", "2030-01-31T18:00", ["2030-01-31", "2030-03-31", "2030-05-31"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
            "2030-01-31T18:00",
            ["2030-01-31", "2030-02-28"],
        ),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=3", FIRST, ["2030-01-08", "2030-01-10", "2030-01-22"]),
        ("FREQ=WEEKLY;UNTIL=20300122", FIRST, ["2030-01-08", "2030-01-15", "2030-01-22"]),
        ("FREQ=WEEKLY;UNTIL=20300122T170000Z", FIRST, ["2030-01-08", "2030-01-15", "2030-01-22"]),
        ("FREQ=WEEKLY;UNTIL=20300122T165959Z", FIRST, ["2030-01-08", "2030-01-15"]),
        ("FREQ=YEARLY;UNTIL=20320101", "2030-01-08T18:00", ["2030-01-08", "2031-01-08"]),
        ("FREQ=DAILY;INTERVAL=3;BYMONTH=1;COUNT=2", FIRST, ["2030-01-08", "2030-01-11"]),
    ],
)
async def test_rules_name_days(world: World, rule: str, first: str, expected: list[str]) -> None:
    group = await a_group(world, members=0)
    made = await a_series(group, rule, local_start=first)
    assert [one["occurrence"][:10] for one in made["occurrences"]] == expected


async def test_a_rule_without_an_end_reaches_as_far_as_a_series_may(world: World) -> None:
    group = await a_group(world, members=0)
    weekly = await a_series(group, "FREQ=WEEKLY")
    assert (weekly["ends_by"], len(weekly["occurrences"])) == ("horizon", 200)
    monthly = await a_series(group, "FREQ=MONTHLY;BYDAY=2WE", local_start="2030-01-09T18:00")
    assert (len(monthly["occurrences"]), monthly["last_occurrence"]) == (60, "2034-12-13T18:00")


@pytest.mark.parametrize(
    ("more", "pointer", "detail"),
    [
        ({"rule": "FREQ=HOURLY"}, "/rule", "once a day"),
        ({"rule": "FREQ=WEEKLY;BYHOUR=9"}, "/rule", "one time of the day"),
        ({"rule": "FREQ=WEEKLY;BYWEEKNO=9"}, "/rule", "no other parts"),
        ({"rule": "FREQ=WEEKLY;BYDAY=2TU"}, "/rule", "within months"),
        ({"rule": "FREQ=YEARLY;BYDAY=2TU"}, "/rule", "within months"),
        ({"rule": "FREQ=WEEKLY;BYMONTHDAY=8"}, "/rule", "no days of the month"),
        ({"rule": "FREQ=MONTHLY;BYDAY=2TU;BYMONTHDAY=8"}, "/rule", "not both"),
        ({"rule": "FREQ=DAILY;BYDAY=TU;BYSETPOS=1"}, "/rule", "BYSETPOS"),
        ({"rule": "FREQ=MONTHLY;BYSETPOS=1"}, "/rule", "BYSETPOS"),
        ({"rule": "FREQ=WEEKLY;COUNT=201"}, "/rule", "from 1 to 200"),
        ({"rule": "FREQ=WEEKLY;COUNT=0"}, "/rule", "from 1 to 200"),
        ({"rule": "FREQ=WEEKLY;COUNT=2;UNTIL=20300401"}, "/rule", "not with both"),
        ({"rule": "FREQ=WEEKLY;COUNT=2;COUNT=3"}, "/rule", "twice"),
        ({"rule": "FREQ=WEEKLY;INTERVAL=300"}, "/rule", "at most 265"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20300230"}, "/rule", "UNTIL as a day"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20300401T180000"}, "/rule", "UNTIL as a day"),
        ({"rule": "FREQ=WEEKLY;UNTIL=20300101"}, "/rule", "ends before"),
        ({"rule": "FREQ=MONTHLY;UNTIL=20400101"}, "/rule", "beyond 5 years"),
        ({"rule": "FREQ=YEARLY;COUNT=7"}, "/rule", "it has 6 occurrences"),
        ({"rule": "FREQ=DAILY;UNTIL=20300801"}, "/rule", "more than 200"),
        ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "/rule", "names no day"),
        ({"rule": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31"}, "/rule", "names no day"),
        ({"rule": "FREQ=MONTHLY;BYMONTHDAY=1,2,3;BYDAY=MO;BYSETPOS=2"}, "/rule", "names no day"),
        ({"rule": "FREQ=WEEKLY;BYDAY=WE"}, "/local_start", "the first one from there on is 2030-01-09"),
        ({"rule": "weekly"}, "/rule", "Use the form"),
        ({"rule": "FREQ=WEEKLY;DTSTART=20300101"}, "/rule", "no other parts"),
        ({"rule": None}, "/rule", ""),
        ({"local_start": "2020-01-07T18:00"}, "/local_start", "nothing to come"),
        (
            {"local_start": "2030-03-26T02:30", "rule": "FREQ=DAILY;COUNT=9"},
            "/local_start",
            "skip 2030-03-31T02:30",
        ),
        ({"minutes": 50, "agenda": AGENDA}, "/agenda", "60 minutes"),
        ({"theme_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"}, "/theme_id", "no theme"),
        (
            {"agenda_template_id": "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"},
            "/agenda_template_id",
            "no template",
        ),
        ({"time_zone": "Mars/Olympus"}, "/time_zone", "IANA"),
        ({"exdates": ["2030-01-08"]}, "/exdates", "not known"),
    ],
)
async def test_what_makes_no_series_is_refused(
    world: World, more: dict[str, object], pointer: str, detail: str
) -> None:
    group = await a_group(world, members=0)
    answer = await group.moderator.post(f"/groups/{group.id}/series", a_rule() | more)
    assert answer.status_code == 422, answer.text
    (error,) = answer.json()["errors"]
    assert error["pointer"] == pointer
    assert detail in error["detail"]
    assert await sessions_of(group) == []


async def test_a_time_that_the_clocks_skip_comes_later_where_so_told(world: World) -> None:
    group = await a_group(world, members=0)
    body = {"local_start": "2030-03-30T02:30", "dst_policy": "shift_forward"}
    made = await a_series(group, "FREQ=DAILY;COUNT=3", **body)
    assert [
        (one["occurrence"], one["local_start"], one["starts_at"][:16]) for one in made["occurrences"]
    ] == [
        ("2030-03-30T02:30", "2030-03-30T02:30", "2030-03-30T01:30"),
        ("2030-03-31T02:30", "2030-03-31T03:30", "2030-03-31T01:30"),
        ("2030-04-01T02:30", "2030-04-01T02:30", "2030-04-01T00:30"),
    ]


async def test_of_a_time_that_comes_twice_the_first_is_meant(world: World) -> None:
    group = await a_group(world, members=0)
    made = await a_series(group, "FREQ=DAILY;COUNT=2", local_start="2030-10-27T02:30")
    assert [one["starts_at"][:16] for one in made["occurrences"]] == ["2030-10-27T00:30", "2030-10-28T01:30"]


async def test_the_occurrence_that_collides_is_named(world: World) -> None:
    group = await a_group(world)
    other = await a_session(world, group, local_start="2030-01-22T19:00", time_zone=BERLIN)
    answer = await group.moderator.post(f"/groups/{group.id}/series", a_rule())
    assert (answer.status_code, codes(answer)) == (409, {"overlap"})
    assert answer.json()["occurrence"] == "2030-01-22T18:00"
    assert "2030-01-22T18:00" in answer.json()["detail"]
    assert [one["id"] for one in await sessions_of(group)] == [other["id"]]


async def test_a_series_does_not_overlap_itself(world: World) -> None:
    group = await a_group(world, members=0)
    body = a_rule("FREQ=DAILY;COUNT=4", local_start="2030-03-29T12:00", minutes=1440)
    answer = await group.moderator.post(f"/groups/{group.id}/series", body)
    assert (answer.status_code, codes(answer)) == (409, {"overlap"})
    assert answer.json()["occurrence"] == "2030-03-31T12:00"


async def test_nothing_recurs_before_a_group_is_active(world: World) -> None:
    group = await a_group(world, members=0, active=False)
    answer = await group.moderator.post(f"/groups/{group.id}/series", a_rule())
    assert (answer.status_code, codes(answer)) == (409, {"group_inactive"})
    assert "schedules its sessions at once" in answer.json()["detail"]


async def test_zone_length_and_agenda_have_defaults(world: World) -> None:
    group = await a_group(world, members=0)
    path = f"/groups/{group.id}/series"
    plain = await group.moderator.post(path, {"rule": "FREQ=WEEKLY;COUNT=1", "local_start": FIRST})
    assert (plain.json()["time_zone"], plain.json()["minutes"], plain.json()["agenda"]) == ("UTC", 120, [])
    body = {"rule": "FREQ=WEEKLY;COUNT=1", "local_start": "2030-01-09T18:00", "agenda": AGENDA}
    assert (await group.moderator.post(path, body)).json()["minutes"] == 60


async def test_who_may_make_and_see_series(world: World) -> None:
    group, strangers = await a_group(world), await a_group(world)
    made = await a_series(group)
    member, stranger = group.members[0], strangers.members[0]
    assert (await member.post(f"/groups/{group.id}/series", a_rule())).status_code == 403
    assert (await member.patch(f"/series/{made['id']}", {"title": "Mine"})).status_code == 403
    assert (await member.delete(f"/series/{made['id']}")).status_code == 403
    assert (await stranger.post(f"/groups/{group.id}/series", a_rule())).status_code == 404
    for path in (f"/series/{made['id']}", f"/groups/{group.id}/series"):
        assert (await stranger.get(path)).status_code == 404
        assert (await member.get(path)).status_code == 200
    service = await world.service("sessions:read")
    times = (await service.get(f"/series/{made['id']}")).json()
    assert (times["rule"], times["title"], times["place"], times["agenda"]) == (WEEKLY, None, None, [])
    (brief,) = (await service.get(f"/groups/{group.id}/series")).json()["items"]
    assert (brief["id"], brief["title"]) == (made["id"], None)


async def test_series_are_listed_in_pages(world: World) -> None:
    group = await a_group(world, members=0)
    first = await a_series(group)
    second = await a_series(group, local_start="2030-01-09T18:00")
    path = f"/groups/{group.id}/series"
    page = (await group.moderator.get(path, params={"limit": 1})).json()
    rest = (await group.moderator.get(path, params={"cursor": page["next_cursor"]})).json()
    assert [one["id"] for one in (*page["items"], *rest["items"])] == [first["id"], second["id"]]


async def test_a_retried_series_is_one_series(world: World) -> None:
    group = await a_group(world, members=0)
    keyed = {"headers": {"Idempotency-Key": "series-1"}}
    answers = [await group.moderator.post(f"/groups/{group.id}/series", a_rule(), **keyed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
    assert len(await sessions_of(group)) == 6
