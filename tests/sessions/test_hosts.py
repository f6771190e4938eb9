"""Who has everybody in, and whose a segment is."""

from typing import Any

from tests.groups.factories import a_group, verb
from tests.sessions.factories import RUN_OF_SHOW, a_draft, a_running, a_session
from tests.sessions.test_reading import a_guest
from tests.world import World

SEATS = [RUN_OF_SHOW[0], RUN_OF_SHOW[1]]


def seats_of(session: dict[str, Any]) -> list[str | None]:
    """Who sits where, by name."""
    return [one["person"] and one["person"]["name"] for one in session["agenda"]]


async def test_a_session_names_its_host_and_who_sits_in_the_hot_seat(world: World) -> None:
    group = await a_group(world)
    ada, bea = group.members
    agenda = [RUN_OF_SHOW[0], RUN_OF_SHOW[1] | {"person_id": str(bea.person_id)}]
    made = await a_draft(world, group, host_id=str(ada.person_id), agenda=agenda)
    assert made["host"] == {"id": str(ada.person_id), "name": ada.name}
    assert seats_of(made) == [None, bea.name]
    assert (await ada.get(f"/sessions/{made['id']}")).json()["agenda"] == made["agenda"]
    listed = (await ada.get(f"/groups/{group.id}/sessions")).json()["items"]
    assert [one["host"]["name"] for one in listed] == [ada.name]


async def test_host_and_seats_change(world: World) -> None:
    group = await a_group(world)
    ada, bea = group.members
    made = await a_session(world, group, host_id=str(ada.person_id), agenda=SEATS)
    address = f"/sessions/{made['id']}"
    changed = await group.moderator.patch(address, {"host_id": str(bea.person_id)})
    assert changed.json()["host"]["name"] == bea.name
    segments = [SEATS[0], SEATS[1] | {"person_id": str(ada.person_id)}]
    given = {"If-Match": changed.headers["etag"]}
    seated = await group.moderator.put(f"{address}/agenda", {"segments": segments}, headers=given)
    assert (seated.status_code, seats_of(seated.json())) == (200, [None, ada.name])
    assert [one["id"] for one in seated.json()["agenda"]] == [one["id"] for one in made["agenda"]]
    given = {"If-Match": seated.headers["etag"]}
    empty = await group.moderator.put(f"{address}/agenda", {"segments": SEATS}, headers=given)
    assert seats_of(empty.json()) == [None, None]
    cleared = await group.moderator.patch(address, {"host_id": None})
    assert cleared.json()["host"] is None


async def test_only_somebody_of_the_group_hosts_or_sits(world: World) -> None:
    group, stranger = await a_group(world), (await a_group(world)).members[0]
    body = {"local_start": "2030-01-15T18:00", "host_id": str(stranger.person_id)}
    refused = await group.moderator.post(f"/groups/{group.id}/sessions", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/host_id")
    agenda = [RUN_OF_SHOW[0], RUN_OF_SHOW[1] | {"person_id": str(stranger.person_id)}]
    body = {"local_start": "2030-01-15T18:00", "agenda": agenda}
    refused = await group.moderator.post(f"/groups/{group.id}/sessions", body)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/agenda/1/person_id")
    made = await a_draft(world, group)
    given = {"headers": {"If-Match": "*"}}
    refused = await group.moderator.put(f"/sessions/{made['id']}/agenda", {"segments": agenda}, **given)
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/segments/1/person_id")
    refused = await group.moderator.patch(
        f"/sessions/{made['id']}", {"host_id": body["agenda"][1]["person_id"]}
    )
    assert refused.status_code == 422


async def test_a_guest_hosts_nothing(world: World) -> None:
    group = await a_group(world)
    made = await a_session(world, group, agenda=SEATS)
    guest = await a_guest(world, group, made["id"])
    refused = await group.moderator.patch(f"/sessions/{made['id']}", {"host_id": str(guest.person_id)})
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/host_id")


async def test_whoever_leaves_hosts_nothing_and_sits_nowhere(world: World) -> None:
    group = await a_group(world)
    ada, bea = group.members
    agenda = [
        RUN_OF_SHOW[1] | {"person_id": str(ada.person_id)},
        RUN_OF_SHOW[2] | {"person_id": str(bea.person_id)},
    ]
    running = await a_running(world, group, begins_in=0, host_id=str(ada.person_id), agenda=agenda)
    ahead = await a_session(world, group, begins_in=10_000, host_id=str(ada.person_id), agenda=agenda)
    assert (await verb(ada, group, ada, "leave")).status_code == 200
    found = (await bea.get(f"/sessions/{ahead['id']}")).json()
    assert (found["host"], seats_of(found)) == (None, [None, bea.name])
    found = (await bea.get(f"/sessions/{running['id']}")).json()
    assert (found["host"]["name"], seats_of(found)) == (
        ada.name,
        [ada.name, bea.name],
    )  # what has begun stays as it was


async def test_whose_a_segment_was_does_not_change_once_it_started(world: World) -> None:
    group = await a_group(world)
    ada, bea = group.members
    agenda = [RUN_OF_SHOW[1] | {"person_id": str(ada.person_id)}, RUN_OF_SHOW[2]]
    running = await a_running(world, group, begins_in=0, agenda=agenda)
    address, given = f"/sessions/{running['id']}/agenda", {"headers": {"If-Match": "*"}}
    other = [agenda[0] | {"person_id": str(bea.person_id)}, agenda[1]]
    refused = await group.moderator.put(address, {"segments": other}, **given)
    assert (refused.status_code, refused.json()["code"]) == (409, "segment_locked")
    seated = [agenda[0], agenda[1] | {"person_id": str(bea.person_id)}]
    changed = await group.moderator.put(address, {"segments": seated}, **given)
    assert seats_of(changed.json()) == [ada.name, bea.name]
