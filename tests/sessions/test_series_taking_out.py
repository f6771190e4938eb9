"""Taking sessions out of series, and series back: what is cancelled, what is gone, and what never comes back."""

import datetime as dt

from peergroup.kit import time
from peergroup.sessions.occurrences import fit
from peergroup.sessions.series_models import Series
from tests.challenges.factories import a_challenge
from tests.conftest import Clock
from tests.groups.factories import a_group
from tests.sessions.factories import a_draft, a_session, answered, done, event_types
from tests.sessions.recurring import FIRST, TUESDAYS, a_series, changed, days, refused, sessions_of
from tests.world import World

LEFT = [*TUESDAYS[:2], *TUESDAYS[3:]]


async def test_one_that_is_taken_out_is_cancelled_for_everybody_to_hear(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    third = (await sessions_of(group))[2]
    assert (await group.moderator.delete(f"/sessions/{third['id']}")).status_code == 204
    seen = (await group.members[0].get(f"/sessions/{third['id']}")).json()
    assert (seen["state"], seen["reason"], seen["sequence"]) == (
        "cancelled",
        "It was taken out of the series.",
        1,
    )
    assert (await event_types(world, third["id"]))[-1] == "session.cancelled"
    series = (await group.moderator.get(f"/series/{made['id']}")).json()
    assert (series["exdates"], series["version"]) == (["2030-01-22"], made["version"] + 1)
    again = await group.moderator.delete(f"/sessions/{third['id']}")
    assert (again.status_code, again.json()["code"]) == (409, "invalid_transition")


async def test_a_day_that_was_taken_out_never_comes_back(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    third = (await sessions_of(group))[2]
    await group.moderator.delete(f"/sessions/{third['id']}")
    path = f"/series/{made['id']}"
    await changed(group.moderator, path, {"local_start": "2030-01-08T20:00"})
    await changed(group.moderator, path, {"rule": "FREQ=WEEKLY;BYDAY=TH;COUNT=6"})
    await changed(group.moderator, path, {"rule": "FREQ=WEEKLY;COUNT=6", "local_start": FIRST})
    await changed(group.moderator, path, {"rule": "FREQ=DAILY;COUNT=36", "local_start": FIRST})
    await changed(group.moderator, path, {"rule": "FREQ=WEEKLY;COUNT=6", "local_start": "2030-01-08T21:00"})
    standing = [one for one in await sessions_of(group) if one["state"] == "scheduled"]
    assert days(standing) == LEFT
    second = standing[1]["id"]
    seen = await changed(group.moderator, f"/sessions/{second}", {"title": "Night"}, "following")
    again = {"local_start": "2030-01-15T17:00"}
    after = await changed(group.moderator, f"/series/{seen['series_id']}", again)
    assert after["exdates"] == ["2030-01-22"]
    assert days([one for one in await sessions_of(group) if one["state"] == "scheduled"]) == LEFT


async def test_what_was_called_off_stays_called_off(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    second = (await sessions_of(group))[1]
    await done(group.moderator, second["id"], "cancel", {"reason": "Snow."})
    await changed(group.moderator, f"/series/{made['id']}", {"local_start": "2030-01-08T20:00"})
    listed = await sessions_of(group)
    assert [one["id"] for one in listed if one["local_start"][:10] == TUESDAYS[1]] == [second["id"]]
    assert (listed[1]["state"], listed[1]["local_start"]) == ("cancelled", "2030-01-15T18:00")


async def test_following_ones_go_or_are_cancelled_where_something_hangs_on_them(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    before = await sessions_of(group)
    assert (await answered(group.members[0], before[4]["id"], "no")).status_code == 200
    third = f"/sessions/{before[2]['id']}"
    assert (await group.moderator.delete(third, params={"scope": "following"})).status_code == 204
    listed = await sessions_of(group)
    assert [(one["id"], one["state"]) for one in listed] == [
        (before[0]["id"], "scheduled"),
        (before[1]["id"], "scheduled"),
        (before[4]["id"], "cancelled"),
    ]
    series = (await group.moderator.get(f"/series/{made['id']}")).json()
    assert (series["rule"], series["ended_at"]) == ("FREQ=WEEKLY;UNTIL=20300121", None)
    assert (await event_types(world, made["id"]))[-1] == "series.changed"


async def test_a_series_of_which_nothing_is_left_is_gone(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    first = (await sessions_of(group))[0]
    assert (await group.moderator.delete(f"/sessions/{first['id']}?scope=all")).status_code == 204
    assert await sessions_of(group) == []
    assert (await group.moderator.get(f"/series/{made['id']}")).status_code == 404
    assert (await event_types(world, made["id"]))[-1] == "series.ended"
    assert (await group.moderator.delete(f"/series/{made['id']}")).status_code == 404


async def test_what_happened_stays_when_a_series_is_taken_back(world: World, clock: Clock) -> None:
    group = await a_group(world)
    made = await a_series(group)
    before = await sessions_of(group)
    await answered(group.members[0], before[3]["id"], "yes")
    clock.offset = dt.datetime(2030, 1, 8, 17, 0, tzinfo=dt.UTC) - time.now()
    await done(group.moderator, before[0]["id"], "start")
    assert (await group.moderator.delete(f"/series/{made['id']}")).status_code == 204
    listed = await sessions_of(group)
    assert [(one["id"], one["state"]) for one in listed] == [
        (before[0]["id"], "in_progress"),
        (before[3]["id"], "cancelled"),
    ]
    assert (await group.moderator.get(f"/sessions/{before[3]['id']}")).json()[
        "reason"
    ] == "The series was ended."
    ended = (await group.moderator.get(f"/series/{made['id']}")).json()
    assert ended["ended_at"] is not None
    assert (await refused(group.moderator, f"/series/{made['id']}", {"place": "1"}))[0] == 409
    assert (await group.moderator.delete(f"/series/{made['id']}")).status_code == 409
    assert (await refused(group.moderator, f"/sessions/{before[0]['id']}", {"place": "1"}, "all"))[0] == 409
    await changed(group.moderator, f"/sessions/{before[0]['id']}", {"place": "1"})


async def test_a_session_that_began_is_not_taken_out(world: World, clock: Clock) -> None:
    group = await a_group(world)
    await a_series(group)
    first = (await sessions_of(group))[0]
    clock.offset = dt.datetime(2030, 1, 8, 17, 0, tzinfo=dt.UTC) - time.now()
    await done(group.moderator, first["id"], "start")
    answer = await group.moderator.delete(f"/sessions/{first['id']}")
    assert (answer.status_code, answer.json()["code"]) == (409, "invalid_transition")


async def test_sessions_without_a_series_are_taken_back_as_before(world: World) -> None:
    group = await a_group(world)
    draft, session = await a_draft(world, group, begins_in=500), await a_session(world, group)
    assert (await group.moderator.delete(f"/sessions/{draft['id']}")).status_code == 204
    refused_ = await group.moderator.delete(f"/sessions/{session['id']}")
    assert (refused_.status_code, refused_.json()["code"]) == (409, "invalid_transition")


async def test_whoever_may_not_plan_takes_nothing_out(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    first = (await sessions_of(group))[0]
    for scope in ("this", "following", "all"):
        answer = await group.members[0].delete(f"/sessions/{first['id']}", params={"scope": scope})
        assert answer.status_code == 403
        answer = await group.members[0].patch(
            f"/sessions/{first['id']}", {"place": "1"}, params={"scope": scope}
        )
        assert answer.status_code == 403
    assert len(await sessions_of(group)) == 6


async def test_a_challenge_keeps_a_session_from_being_deleted(world: World) -> None:
    group = await a_group(world)
    made = await a_series(group)
    second = (await sessions_of(group))[1]
    challenge = f"/challenges/{(await a_challenge(group.members[0], group))['id']}"
    placed = await group.moderator.patch(challenge, {"session_id": second["id"], "position": 1})
    assert placed.status_code == 200, placed.text
    after = await changed(
        group.moderator, f"/series/{made['id']}", {"rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=3"}
    )
    became = {one["occurrence"][:10]: (one["became"], one["reason"]) for one in after["changes"]}
    assert became[TUESDAYS[1]] == ("cancelled", "a challenge waits for it")
    assert became[TUESDAYS[3]] == ("deleted", None)
    assert (await group.moderator.get(challenge)).json()["session_id"] is None


def test_a_day_that_is_out_gets_no_session_where_none_is_left_of_it() -> None:
    series = Series(
        rule="FREQ=WEEKLY;COUNT=6",
        local_start=FIRST,
        time_zone="UTC",
        dst_policy="refuse",
        minutes=90,
        exdates=["2030-01-22"],
    )
    fitting = fit(series, [], dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    assert [occurrence[:10] for occurrence, _ in fitting.made] == LEFT


async def test_a_day_that_was_taken_out_stays_out_where_those_that_follow_move_onto_it(world: World) -> None:
    group = await a_group(world)
    await a_series(group)
    third, fourth = (await sessions_of(group))[2:4]
    assert (await group.moderator.delete(f"/sessions/{third['id']}")).status_code == 204
    body = {"rule": "FREQ=WEEKLY;COUNT=4", "local_start": third["local_start"]}
    await group.moderator.patch(f"/sessions/{fourth['id']}?scope=following", body)
    that_day = [
        one["state"] for one in await sessions_of(group) if one["local_start"] == third["local_start"]
    ]
    assert that_day == ["cancelled"]
