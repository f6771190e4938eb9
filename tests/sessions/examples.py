"""A valid request for every route of sessions and of the library."""

from typing import Any

from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.roles import ACTIVE, ADMINS, fits
from tests.matrix.stage import Stage
from tests.sessions.staged import a_guest, a_series, a_session

fits("provisional member", "provisional")
fits("guest of the session")
fits("guest invited to the session")
fits("active member who claimed it")
fits("the person concerned, taking part")
fits("moderator who signed", "moderator", "co_moderator")
fits("moderator of a group", "moderator", "co_moderator")
fits("member of a group", *ACTIVE, "on_leave", "outsider")
SEGMENTS = [{"title": "Talk", "kind": "custom", "minutes": 20}]
FINDERS = (*ADMINS, *ACTIVE, "on_leave", "provisional", "service")


async def a_theme(stage: Stage) -> str:
    await stage.group()
    made = await stage.admin.post("/themes", {"title": f"{stage.mark} theme {stage.number()}"})
    stage.ids.add(made.json()["id"])
    return str(made.json()["id"])


async def a_template(stage: Stage) -> str:
    await stage.group()
    body = {"title": f"{stage.mark} template", "segments": SEGMENTS}
    made = await stage.admin.post("/agenda-templates", body)
    stage.ids.add(made.json()["id"])
    return str(made.json()["id"])


@example
async def list_themes(stage: Stage) -> Call:
    await stage.group()
    return call(stage.member, open_to=("outsider",))


@example
async def create_theme(stage: Stage) -> Call:
    await stage.group()
    return call(stage.moderator, {"title": f"A theme {stage.number()}"})


@example
async def get_theme(stage: Stage) -> Call:
    return call(stage.member, theme_id=await a_theme(stage), open_to=("outsider",))


@example
async def update_theme(stage: Stage) -> Call:
    return call(stage.moderator, {"description": "Anew."}, theme_id=await a_theme(stage))


@example
async def list_agenda_templates(stage: Stage) -> Call:
    await stage.group()
    return call(stage.moderator)


@example
async def create_agenda_template(stage: Stage) -> Call:
    await stage.group()
    return call(stage.moderator, {"title": "Usual", "segments": SEGMENTS})


@example
async def get_agenda_template(stage: Stage) -> Call:
    return call(stage.moderator, template_id=await a_template(stage))


@example
async def update_agenda_template(stage: Stage) -> Call:
    return call(stage.moderator, {"title": "Unusual"}, template_id=await a_template(stage))


USUAL = {"rule": "FREQ=MONTHLY;BYDAY=3TU", "local_time": "18:00"}


@example
async def get_plan(stage: Stage) -> Call:
    group = await stage.group()
    given = {"headers": {"If-Match": "*"}}
    body = {"usual": USUAL, "entries": [{"key": "2032-01"}]}
    assert (await stage.moderator.put(f"/groups/{group.id}/plans/2032", body, **given)).status_code == 200
    return call(stage.member, group_id=group.id, year=2032)


@example
async def replace_plan(stage: Stage) -> Call:
    entry = {"key": "2032-01", "theme_id": await a_theme(stage)}
    usual = USUAL | {"agenda_template_id": await a_template(stage)}
    body = {"usual": usual, "entries": [entry]}
    return call(
        stage.moderator, body, headers={"If-Match": "*"}, group_id=(await stage.group()).id, year=2032
    )


@example_of("replace_plan")
async def replace_plan_with_people(stage: Stage) -> Call:
    group = await stage.group()
    agenda = [{"title": "Talk", "kind": "hot_seat", "minutes": 20}]
    me = str(stage.member.person_id)
    entry = {"key": "2032-01", "agenda": agenda, "host_id": me, "hot_seats": [me]}
    body = {"usual": USUAL, "entries": [entry]}
    return call(stage.moderator, body, headers={"If-Match": "*"}, group_id=group.id, year=2032)


@example
async def list_sessions(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.member, group_id=one.group.id, concerned=await a_guest(stage, one))


@example
async def create_session(stage: Stage) -> Call:
    body = {"local_start": "2030-01-15T18:00", "theme_id": await a_theme(stage)}
    body |= {"agenda_template_id": await a_template(stage)}
    return call(stage.moderator, body, group_id=(await stage.group()).id)


@example_of("create_session")
async def create_session_with_people(stage: Stage) -> Call:
    who = str(stage.member.person_id)
    body = {"local_start": "2030-01-15T18:00", "host_id": who}
    body |= {"agenda": [{"title": "Talk", "minutes": 20, "person_id": who}]}
    return call(stage.moderator, body, group_id=(await stage.group()).id)


@example
async def get_session(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.member, session_id=one.id, concerned=await a_guest(stage, one))


@example
async def update_session(stage: Stage) -> Call:
    one = await a_session(stage, "draft")
    return call(stage.moderator, {"theme_id": await a_theme(stage)}, session_id=one.id)


@example_of("update_session")
async def let_somebody_host(stage: Stage) -> Call:
    one = await a_session(stage, "draft")
    host = {"host_id": str(one.claimant.person_id)}
    return call(stage.moderator, host, session_id=one.id, concerned=one.claimant)


@example
async def delete_session(stage: Stage) -> Call:
    return call(stage.moderator, session_id=(await a_session(stage, "draft")).id)


@example
async def list_session_actions(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.member, session_id=one.id, found_by=FINDERS)


async def _said(stage: Stage, state: str, body: dict[str, Any] | None = None) -> Call:
    one = await a_session(stage, state)
    return call(stage.moderator, body, session_id=one.id, concerned=one.claimant)


@example
async def schedule_session(stage: Stage) -> Call:
    return await _said(stage, "draft")


@example
async def start_session(stage: Stage) -> Call:
    return await _said(stage, "scheduled")


@example
async def next_session(stage: Stage) -> Call:
    return await _said(stage, "in_progress")


@example
async def back_session(stage: Stage) -> Call:
    return await _said(stage, "in_progress")


@example
async def extend_session(stage: Stage) -> Call:
    return await _said(stage, "in_progress", {"minutes": 5})


@example
async def pause_session(stage: Stage) -> Call:
    return await _said(stage, "in_progress")


@example
async def resume_session(stage: Stage) -> Call:
    return await _said(stage, "paused")


@example
async def complete_session(stage: Stage) -> Call:
    return await _said(stage, "in_progress")


@example
async def cancel_session(stage: Stage) -> Call:
    return await _said(stage, "scheduled", {"reason": "Another day."})


@example
async def claim_session(stage: Stage) -> Call:
    return await _said(stage, "in_progress")


@example
async def replace_agenda(stage: Stage) -> Call:
    one = await a_session(stage, "draft")
    who = str(one.claimant.person_id)
    kept = [{"id": str(one.segments[0]), "title": "First", "minutes": 10, "person_id": who}]
    return call(stage.moderator, {"segments": kept}, session_id=one.id, headers={"If-Match": "*"})


@example
async def list_rsvps(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    return call(stage.member, session_id=one.id, concerned=await a_guest(stage, one))


@example
async def answer_session(stage: Stage) -> Call:
    one = await a_session(stage, "scheduled")
    mine = {"session_id": one.id, "person_id": one.claimant.person_id}
    return call(one.claimant, {"answer": "yes"}, **mine, concerned=one.claimant)


@example
async def mark_attendance(stage: Stage) -> Call:
    one = await a_session(stage, "in_progress")
    whom = {"session_id": one.id, "person_id": one.claimant.person_id}
    return call(stage.moderator, {"mark": "present"}, **whom, concerned=one.claimant)


@example
async def get_minutes(stage: Stage) -> Call:
    return call(stage.member, session_id=(await a_session(stage, "in_progress")).id)


@example
async def open_minutes(stage: Stage) -> Call:
    return call(stage.moderator, session_id=(await a_session(stage, "completed")).id)


@example_of("open_minutes")
async def close_minutes(stage: Stage) -> Call:
    one = await a_session(stage, "completed", minutes_opened=True)
    return call(stage.moderator, {"opened": False}, session_id=one.id)


@example
async def list_series(stage: Stage) -> Call:
    _, _, group = await a_series(stage)
    return call(stage.member, group_id=group.id)


@example
async def create_series(stage: Stage) -> Call:
    body = {"rule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=12", "local_start": "2030-01-08T18:00"}
    body |= {"theme_id": await a_theme(stage), "agenda_template_id": await a_template(stage)}
    return call(stage.moderator, body, group_id=(await stage.group()).id)


@example
async def get_series(stage: Stage) -> Call:
    series_id, _, _ = await a_series(stage)
    return call(stage.member, series_id=series_id)


@example
async def update_series(stage: Stage) -> Call:
    series_id, _, _ = await a_series(stage)
    body = {"rule": "FREQ=WEEKLY;COUNT=6", "local_start": "2030-01-15T18:00"}
    body |= {"theme_id": await a_theme(stage), "agenda_template_id": await a_template(stage)}
    return call(stage.moderator, body, series_id=series_id)


@example
async def delete_series(stage: Stage) -> Call:
    series_id, _, _ = await a_series(stage)
    return call(stage.moderator, series_id=series_id)


@example_of("update_session")
async def update_following_sessions(stage: Stage) -> Call:
    _, sessions, _ = await a_series(stage)
    body = {"theme_id": await a_theme(stage), "local_start": "2030-01-15T19:00"}
    return call(stage.moderator, body, session_id=sessions[1], query={"scope": "following"})


@example_of("delete_session")
async def delete_one_session_of_a_series(stage: Stage) -> Call:
    _, sessions, _ = await a_series(stage)
    return call(stage.moderator, session_id=sessions[1])
