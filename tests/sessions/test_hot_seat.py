"""What rooms above and below ask of sessions: the hot seat of a running one, and who is present."""

from uuid import UUID

import pytest

from peergroup.kit.ids import new_id
from peergroup.kit.problems import Problem
from peergroup.sessions.presence import present_at
from peergroup.sessions.running import move_to_hot_seat, session_for
from tests.groups.factories import a_group, provisional, verb
from tests.sessions.factories import RUN_OF_SHOW, a_running, a_session, done, event_types, marked
from tests.sessions.test_reading import a_guest
from tests.world import World


async def moved(world: World, session_id: str, exercise_id: UUID | None = None) -> UUID:
    async with world.acting() as ctx:
        session = await session_for(ctx, UUID(session_id), lock=True)
        return await move_to_hot_seat(ctx, session, exercise_id or new_id())


async def test_an_exercise_gets_the_next_unfinished_hot_seat(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    welcome, first, second, closing = [one["id"] for one in session["agenda"]]
    exercise = new_id()
    assert str(await moved(world, session["id"], exercise)) == first
    shown = (await group.moderator.get(f"/sessions/{session['id']}")).json()
    assert shown["clock"]["segment_id"] == first
    assert (shown["agenda"][1]["exercise_id"], shown["version"]) == (str(exercise), session["version"] + 1)
    assert shown["agenda"][0]["ended_at"] is not None
    assert str(await moved(world, session["id"])) == second
    third = str(await moved(world, session["id"]))
    assert third not in {welcome, first, second, closing}
    shown = (await group.moderator.get(f"/sessions/{session['id']}")).json()
    assert (shown["agenda"][-1]["id"], shown["agenda"][-1]["kind"]) == (third, "hot_seat")
    on = await done(group.moderator, session["id"], "next")
    assert on["clock"]["segment_id"] == closing
    assert (await event_types(world, session["id"])).count("session.segment_changed") == 4


async def test_once_it_has_an_exercise_the_agenda_names_nobody(world: World) -> None:
    group = await a_group(world)
    agenda = [one | {"person_id": str(group.members[0].person_id)} for one in RUN_OF_SHOW[1:3]]
    session = await a_running(world, group, agenda=agenda)
    await moved(world, session["id"])
    shown = (await group.moderator.get(f"/sessions/{session['id']}")).json()
    assert [one["person"] is None for one in shown["agenda"]] == [True, False]


async def test_the_hot_seat_that_runs_is_used_first(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    on = await done(group.moderator, session["id"], "next")
    assert str(await moved(world, session["id"])) == on["clock"]["segment_id"]
    shown = (await group.moderator.get(f"/sessions/{session['id']}")).json()
    assert shown["clock"] == on["clock"]


async def test_an_agenda_that_grew_on_the_way_may_stay_as_long(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group, agenda=[{"title": "All", "minutes": 120}])
    await moved(world, session["id"])
    agenda = (await group.moderator.get(f"/sessions/{session['id']}")).json()["agenda"]
    kept = [{name: one[name] for name in ("id", "title", "kind", "minutes")} for one in agenda]
    path, any_version = f"/sessions/{session['id']}/agenda", {"If-Match": "*"}
    assert (await group.moderator.put(path, {"segments": kept}, headers=any_version)).status_code == 200
    longer = [*kept, {"title": "More", "minutes": 1}]
    assert (await group.moderator.put(path, {"segments": longer}, headers=any_version)).status_code == 422


async def test_only_a_running_session_has_a_hot_seat(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    with pytest.raises(Problem, match="invalid_transition"):
        await moved(world, session["id"])
    with pytest.raises(Problem, match="not_found"):
        await moved(world, str(new_id()))


async def test_members_and_guests_are_expected_unless_they_are_known_to_be_away(world: World) -> None:
    group = await a_group(world, members=4)
    ada, ben, cleo, dan = group.members
    session = await a_running(world, group)
    other = await a_session(world, group, begins_in=500)
    await provisional(world, group)
    await verb(dan, group, dan, "take_leave")
    guest = await a_guest(world, group, session["id"])
    await a_guest(world, group, other["id"])
    await marked(group.moderator, session["id"], ada, "absent")
    await marked(group.moderator, session["id"], ben, "excused")
    await marked(group.moderator, session["id"], cleo, "late")
    async with world.acting() as ctx:
        found = await present_at(ctx, UUID(session["id"]))
    everybody = {one.person_id for one in (ada, ben, cleo, guest, group.moderator)}
    assert (found.expected, found.absent) == (everybody, {ada.person_id, ben.person_id})
