"""Minutes: seen whole or not at all, as JSON or Markdown, with what other rooms add."""

import datetime as dt
from collections.abc import Iterator

import pytest

from peergroup.kit.context import Context
from peergroup.kit.markdown import escaped, prefers_markdown
from peergroup.kit.time import wall_time
from peergroup.kit.wire import Named
from peergroup.sessions import minutes
from peergroup.sessions.models import Session
from peergroup.sessions.queries import Here
from peergroup.sessions.result_schemas import EntryOut, SectionOut
from tests.groups.factories import a_group, a_member, provisional, verb
from tests.sessions.factories import BERLIN, a_running, a_session, done, marked
from tests.sessions.test_reading import a_guest
from tests.world import World


@pytest.fixture
def another_room() -> Iterator[None]:
    """A room above that shows each reader something else."""

    async def contribute(_ctx: Context, session: Session, here: Here) -> list[SectionOut]:
        if not here.is_moderator:
            return []
        entry = EntryOut(text="Call *three*\ncustomers", person=Named(id=session.group_id, name="A_da"))
        return [SectionOut(key="promises", title="Promises", entries=[entry])]

    minutes.register("test", contribute)
    yield
    minutes._contributors.pop("test")


async def test_minutes_say_what_was_planned_and_who_was_there(world: World, another_room: None) -> None:
    group = await a_group(world)
    ada, lead = group.members[0], group.moderator
    session = await a_running(world, group)
    await marked(lead, session["id"], ada, "late", note="The train.")
    await done(lead, session["id"], "next")
    found = (await ada.get(f"/sessions/{session['id']}/minutes")).json()
    assert (found["title"], found["state"], found["opened"]) == ("Hiring well", "in_progress", False)
    assert found["attendance"][0]["note"] == "The train."
    assert [bool(one["ended_at"]) for one in found["agenda"]] == [True, False, False, False]
    assert found["sections"] == []
    seen_by_lead = (await lead.get(f"/sessions/{session['id']}/minutes")).json()
    assert seen_by_lead["sections"][0]["key"] == "promises"


async def test_minutes_are_text_for_whoever_prefers_it(world: World, another_room: None) -> None:
    group = await a_group(world)
    lead = group.moderator
    session = await a_running(world, group, title="Hiring <b>well</b>")
    await marked(lead, session["id"], group.members[0], "present", note="[click](http://evil)")
    path = f"/sessions/{session['id']}/minutes"
    answer = await lead.get(path, headers={"Accept": "text/markdown"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/markdown; charset=utf-8")
    assert "Accept" in answer.headers["vary"]
    assert answer.text.startswith("# Hiring \\<b\\>well\\</b\\>\n")
    assert "\\[click\\]\\(http://evil\\)" in answer.text
    assert "## Promises\n\n- A\\_da: Call \\*three\\* customers" in answer.text
    again = await lead.get(path, headers={"Accept": "text/markdown", "If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304
    as_json = await lead.get(path, headers={"Accept": "application/json, text/markdown;q=0.5"})
    assert as_json.headers["content-type"] == "application/json"


async def test_minutes_as_text_tell_the_time_that_the_clock_on_the_wall_showed(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group, title="On 2026-11-22 at 18:00")
    path = f"/sessions/{session['id']}/minutes"
    found = (await group.moderator.get(path)).json()
    assert found["time_zone"] == BERLIN
    began = wall_time(dt.datetime.fromisoformat(found["started_at"]), BERLIN).replace("T", " ")
    text = (await group.moderator.get(path, headers={"Accept": "text/markdown"})).text
    assert f"- Began: {began} (Europe/Berlin)\n" in text
    assert found["started_at"] not in text


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, False),
        ("*/*", False),
        ("text/markdown", True),
        ("TEXT/Markdown; charset=utf-8", True),
        ("application/json;q=0.1, text/markdown;q=0.2", True),
        ("text/markdown;q=0", False),
        ("text/markdown;q=banana", True),
        ("application/json", False),
    ],
)
def test_what_a_reader_prefers(accept: str | None, expected: bool) -> None:
    assert prefers_markdown(accept) is expected


def test_written_text_stays_text() -> None:
    assert escaped("a\n# b\t*c* `d` | e") == "a \\# b \\*c\\* \\`d\\` \\| e"


async def test_minutes_are_for_those_who_were_in_the_group_then(world: World) -> None:
    group = await a_group(world)
    ada, ben = group.members
    session = await a_running(world, group)
    path = f"/sessions/{session['id']}/minutes"
    newcomer = await a_member(world, group)
    guest = await a_guest(world, group, session["id"])
    await verb(ben, group, ben, "take_leave")
    outside = [newcomer, guest, world.owner, await provisional(world, group), await world.person()]
    readers = [*((one, 200) for one in (ada, ben, group.moderator)), *((one, 404) for one in outside)]
    for reader, status in readers:
        assert (await reader.get(path)).status_code == status, reader.name
    await verb(ben, group, ben, "leave")
    assert (await ben.get(path)).status_code == 404


async def test_minutes_are_opened_by_a_moderator_who_may_read_them(world: World) -> None:
    group = await a_group(world)
    ada = group.members[0]
    session = await a_running(world, group)
    path = f"/sessions/{session['id']}/minutes"
    newcomer, fresh = await a_member(world, group), await a_member(world, group)
    membership = f"/memberships/{group.memberships[fresh.person_id]}"
    assert (await group.moderator.patch(membership, {"role": "co_moderator"})).status_code == 200
    assert (await fresh.put(f"{path}/opened")).status_code == 404
    assert (await newcomer.put(f"{path}/opened")).status_code == 404
    assert (await ada.put(f"{path}/opened")).status_code == 403
    assert (await world.owner.put(f"{path}/opened")).status_code == 404
    assert (await group.moderator.put(f"{path}/opened")).status_code == 204
    assert (await newcomer.get(path)).json()["opened"] is True
    assert (await group.moderator.put(f"{path}/opened", {"opened": False})).status_code == 204
    assert (await newcomer.get(path)).status_code == 404
    stale = await group.moderator.put(f"{path}/opened", headers={"If-Match": '"1-0"'})
    assert stale.status_code == 412


async def test_there_are_no_minutes_before_the_start(world: World) -> None:
    group = await a_group(world)
    session = await a_session(world, group)
    assert (await group.moderator.get(f"/sessions/{session['id']}/minutes")).status_code == 404


async def test_who_has_not_signed_reads_no_minutes(world: World) -> None:
    group = await a_group(world)
    session = await a_running(world, group)
    written = await group.moderator.post(f"/groups/{group.id}/covenants", {"text": "Stricter."})
    assert written.status_code == 201
    refused = await group.members[0].get(f"/sessions/{session['id']}/minutes")
    assert (refused.status_code, refused.json()["code"]) == (403, "covenant_unsigned")
    assert (await group.members[0].get(f"/sessions/{session['id']}")).status_code == 200
