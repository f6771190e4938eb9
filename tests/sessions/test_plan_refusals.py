"""What cannot be planned, and who may not."""

from typing import Any

from tests.conftest import Clock
from tests.groups.factories import GroupOf, a_group, verb
from tests.sessions.factories import RUN_OF_SHOW, done
from tests.sessions.test_plans import USUAL, YEAR, months, outcomes, planned, the_plan
from tests.world import World


async def pointer_of(group: GroupOf, body: dict[str, Any]) -> str:
    """Where a refused plan is wrong."""
    refused = await planned(group, body)
    assert refused.status_code == 422, refused.text
    return str(refused.json()["errors"][0]["pointer"])


async def test_what_cannot_be_planned_is_refused_where_it_stands(world: World, clock: Clock) -> None:
    group, stranger = await a_group(world), (await a_group(world)).members[0]
    nobody = str(world.organization_id)
    wrong: dict[str, dict[str, Any]] = {
        "/entries/1/key": {"usual": USUAL, "entries": months("2027-01", "2027-01")},
        "/entries/0/key": {"usual": USUAL, "entries": [{"title": "When?"}]},
        "/usual/local_time": {"usual": {"rule": USUAL["rule"]}, "entries": months("2027-01")},
        "/entries/0/local_start": {"entries": months("2027-01")},
        "/entries/0/theme_id": {"usual": USUAL, "entries": months("2027-01", theme_id=nobody)},
        "/entries/0/agenda_template_id": {
            "usual": USUAL,
            "entries": months("2027-01", agenda_template_id=nobody),
        },
        "/entries/0/host_id": {"usual": USUAL, "entries": months("2027-01", host_id=str(stranger.person_id))},
        "/entries/0/hot_seats/0": {
            "usual": USUAL,
            "entries": months("2027-01", agenda=RUN_OF_SHOW, hot_seats=[str(stranger.person_id)]),
        },
        "/entries/0/agenda": {
            "usual": USUAL | {"minutes": 30},
            "entries": months("2027-01", agenda=RUN_OF_SHOW),
        },
    }
    for pointer, body in wrong.items():
        assert await pointer_of(group, body) == pointer
    elsewhere = {"entries": [{"key": "x", "local_start": "2028-01-15T18:00"}]}
    assert await pointer_of(group, elsewhere) == "/entries/0/local_start"
    skipped = {"entries": [{"local_start": "2027-03-28T02:30", "time_zone": "Europe/Berlin"}]}
    assert await pointer_of(group, skipped) == "/entries/0/local_start"
    weekly = {"usual": USUAL | {"rule": "FREQ=WEEKLY;BYDAY=TU"}, "entries": months("2027-01")}
    assert await pointer_of(group, weekly) == "/entries/0/local_start"
    clock.forward(days=365 * 2)
    assert await pointer_of(group, {"usual": USUAL, "entries": months("2027-01")}) == "/entries/0/local_start"


async def test_moderators_and_admins_plan_and_members_read(world: World) -> None:
    group = await a_group(world)
    address, body = f"/groups/{group.id}/plans/{YEAR}", {"usual": USUAL, "entries": months("2027-01")}
    given = {"headers": {"If-Match": "*"}}
    assert (await world.owner.put(address, body, **given)).status_code == 200
    assert (await group.members[0].put(address, body, **given)).status_code == 403
    assert (await group.members[0].get(address)).status_code == 200
    outsider = (await a_group(world)).members[0]
    assert (await outsider.get(address)).status_code == 404
    assert (await outsider.put(address, body, **given)).status_code == 404
    archived = await world.owner.post(f"/groups/{group.id}/archive")
    assert archived.status_code == 200
    assert (await world.owner.put(address, body, **given)).status_code == 409


async def test_who_left_hosts_nothing_new(world: World, clock: Clock) -> None:
    group = await a_group(world)
    ada = group.members[0]
    first = {"key": "first", "local_start": "2027-01-19T18:00", "host_id": str(ada.person_id)}
    await the_plan(group, {"entries": [first]})
    made = (await group.moderator.get(f"/groups/{group.id}/plans/{YEAR}")).json()["entries"][0]
    clock.forward(days=60)
    await done(group.moderator, made["session_id"], "start", {"reason": "Late."})
    await done(group.moderator, made["session_id"], "complete")
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    assert outcomes(await the_plan(group, {"entries": [first]})) == {"first": "unchanged"}
    second = {"key": "second", "local_start": "2027-11-19T18:00", "host_id": str(ada.person_id)}
    assert await pointer_of(group, {"entries": [first, second]}) == "/entries/1/host_id"


async def test_an_icebreaker_keeps_its_session(world: World) -> None:
    group = await a_group(world)
    made = await the_plan(group, {"usual": USUAL, "entries": months("2027-01")})
    session_id = made["entries"][0]["session_id"]
    assert (await group.moderator.post(f"/sessions/{session_id}/icebreaker", {})).status_code in (200, 201)
    left = await the_plan(group, {"usual": USUAL, "entries": []})
    assert left["changes"][0]["reason"] == "An icebreaker was drawn for it."


async def test_nothing_ends_after_the_last_year(world: World) -> None:
    group = await a_group(world)
    last = {"key": "last", "local_start": "2199-12-31T23:59", "time_zone": "Etc/GMT+12", "minutes": 60}
    given = {"headers": {"If-Match": "*"}}
    refused = await group.moderator.put(f"/groups/{group.id}/plans/2199", {"entries": [last]}, **given)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/entries/0/local_start")
    alone = {name: last[name] for name in ("local_start", "time_zone", "minutes")}
    assert (await group.moderator.post(f"/groups/{group.id}/sessions", alone)).status_code == 422
    series = {"rule": "FREQ=DAILY;COUNT=1", "local_start": "2199-12-31T23:30", "minutes": 60}
    assert (await group.moderator.post(f"/groups/{group.id}/series", series)).status_code == 422
