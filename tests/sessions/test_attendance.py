"""Who was there: marks, notes as words, and the review after too many misses."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.case_models import Case
from peergroup.kit.events import Event
from peergroup.people import personal_data
from tests.conftest import Clock
from tests.groups.factories import a_group, a_member, provisional, verb
from tests.sessions.factories import a_draft, a_running, a_session, answered, done, event_types, marked
from tests.world import Actor, World


async def row_of(reader: Actor, session_id: str, whom: Actor) -> dict[str, Any]:
    rows = (await reader.get(f"/sessions/{session_id}/rsvps")).json()["items"]
    return next(row for row in rows if row["person"]["id"] == str(whom.person_id))


async def test_a_moderator_marks_who_was_there(world: World) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_running(world, group)
    answer = await marked(group.moderator, session["id"], ada, "late", note="The train.")
    assert (answer.status_code, answer.json()["mark"], answer.json()["note"]) == (200, "late", "The train.")
    kept = await marked(group.moderator, session["id"], ada, "present")
    assert kept.json()["note"] == "The train."
    cleared = await marked(group.moderator, session["id"], ada, "present", note=None)
    assert cleared.json()["note"] is None
    assert (await marked(ada, session["id"], ada, "present")).status_code == 403
    assert (await marked(world.owner, session["id"], ada, "present")).status_code == 403
    assert (await marked(group.moderator, session["id"], ben, "ill")).status_code == 422
    assert (await event_types(world, session["id"])).count("attendance.marked") == 2


async def test_only_who_belongs_to_the_session_is_marked(world: World) -> None:
    group, other = await a_group(world), await a_group(world)
    session = await a_running(world, group)
    for somebody in (other.members[0], await provisional(world, group), world.owner, await world.person()):
        assert (await marked(group.moderator, session["id"], somebody, "present")).status_code == 404


async def test_somebody_excused_ahead_and_a_mark_corrected_later(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    draft = await a_draft(world, group, begins_in=600)
    assert (await marked(group.moderator, draft["id"], ada, "excused")).status_code == 409
    session = await a_session(world, group)
    for known_later in ("present", "late"):
        refused = await marked(group.moderator, session["id"], ada, known_later)
        assert (refused.status_code, refused.json()["code"]) == (409, "invalid_transition")
        assert "First comes 'start'" in refused.json()["detail"]
        assert "start" in refused.json()["allowed"]
    for known_ahead in ("absent", "excused"):
        assert (await marked(group.moderator, session["id"], ada, known_ahead)).status_code == 200
    await done(group.moderator, session["id"], "start")
    await done(group.moderator, session["id"], "complete")
    assert (await marked(group.moderator, session["id"], ada, "present")).status_code == 200
    cancelled = await a_session(world, group, begins_in=600)
    await done(group.moderator, cancelled["id"], "cancel", {"reason": "No."})
    assert (await marked(group.moderator, cancelled["id"], ada, "absent")).status_code == 409


async def test_notes_are_words(world: World) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_running(world, group)
    await marked(group.moderator, session["id"], ada, "late", note="canary-note")
    assert (await row_of(ben, session["id"], ada))["note"] == "canary-note"
    row = await row_of(world.owner, session["id"], ada)
    assert (row["attendance"], row["note"]) == ("late", None)
    newcomer = await a_member(world, group)
    assert (await row_of(newcomer, session["id"], ada))["note"] is None
    await verb(ben, group, ben, "take_leave")
    assert (await row_of(ben, session["id"], ada))["note"] == "canary-note"
    await group.moderator.put(f"/sessions/{session['id']}/minutes/opened")
    assert (await row_of(newcomer, session["id"], ada))["note"] == "canary-note"
    async with world.acting() as ctx:
        facts = (await ctx.db.scalars(select(Event.facts))).all()
    assert "canary" not in str(facts)


async def _events(world: World, type_: str) -> list[Any]:
    async with world.acting() as ctx:
        query = select(Event.only_for, Event.facts).where(Event.type == type_).order_by(Event.sequence)
        return list((await ctx.db.execute(query)).all())


async def missed(world: World, group: Any, whom: Actor, times: int) -> list[str]:
    """So many sessions that somebody missed."""
    sessions = []
    for step in range(times):
        session = await a_session(world, group, begins_in=30 + 150 * step)
        assert (await marked(group.moderator, session["id"], whom, "absent")).status_code == 200
        sessions.append(session["id"])
    return sessions


async def test_the_third_miss_raises_a_review_for_the_moderator_only(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    await missed(world, group, ada, 2)
    assert await _events(world, "case.opened") == []
    late = await a_session(world, group, begins_in=700)
    await marked(group.moderator, late["id"], ada, "late")
    await marked(group.moderator, late["id"], group.members[1], "absent")
    assert await _events(world, "case.opened") == []
    await marked(group.moderator, late["id"], ada, "absent")
    ((only_for, facts),) = await _events(world, "case.opened")
    assert only_for == group.moderator.person_id
    assert facts == {"person_id": str(ada.person_id), "misses": 3, "kind": "attendance", "state": "open"}
    more = await a_session(world, group, begins_in=900)
    await marked(group.moderator, more["id"], ada, "absent")
    assert len(await _events(world, "case.opened")) == 1
    own = await ada.get(f"/memberships/{group.memberships[ada.person_id]}")
    assert own.json()["state"] == "active"


async def test_a_corrected_mark_takes_the_review_back(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    sessions = await missed(world, group, ada, 3)
    await marked(group.moderator, sessions[0], ada, "excused")
    assert len(await _events(world, "case.closed")) == 1
    async with world.acting() as ctx:
        query = select(Case).where(Case.group_id == UUID(group.id))
        case = (await ctx.db.scalars(query)).one()
    assert (case.decision, case.closed_by_id) == ("settled", None)
    await marked(group.moderator, sessions[0], ada, "absent")
    assert len(await _events(world, "case.opened")) == 2


async def test_misses_of_more_than_a_year_ago_do_not_count(world: World, clock: Clock) -> None:
    group = await a_group(world)
    ada = group.members[0]
    await missed(world, group, ada, 2)
    clock.forward(days=367)
    await missed(world, group, ada, 2)
    assert await _events(world, "case.opened") == []


async def test_the_organization_says_how_many_misses_are_too_many(world: World) -> None:
    group = await a_group(world)
    patched = await world.owner.patch("/organization", {"settings": {"misses_before_review": 0}})
    assert patched.status_code == 200
    await missed(world, group, group.members[0], 1)
    assert len(await _events(world, "case.opened")) == 1


async def test_answers_and_marks_stand_side_by_side(world: World) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_running(world, group)
    await answered(ada, session["id"], "yes")
    await marked(group.moderator, session["id"], ben, "present")
    assert (await row_of(ada, session["id"], ada))["attendance"] is None
    row = await row_of(ada, session["id"], ben)
    assert (row["answer"], row["attendance"]) == (None, "present")


async def test_notes_about_somebody_go_when_they_are_forgotten(world: World) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_running(world, group)
    for one in (ada, ben):
        await marked(group.moderator, session["id"], one, "late", note="canary-note")
    async with world.acting() as ctx:
        assert (
            await personal_data.holdings["attendance notes"].remove(ctx, ada.person_id, "keep_unnamed") == 1
        )
    row = await row_of(group.moderator, session["id"], ada)
    assert (row["attendance"], row["note"]) == ("late", None)
    assert (await row_of(group.moderator, session["id"], ben))["note"] == "canary-note"
