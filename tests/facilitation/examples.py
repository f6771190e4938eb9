"""A valid request for every route of methods, exercises and contributions."""

from typing import Any

from tests.facilitation.staged import Shown, a_method_of, a_plain_document, prepared, running, said, tied
from tests.matrix.examples import Call, call, example, example_of, leaves_out
from tests.matrix.roles import ACTIVE, CAST, fits
from tests.matrix.stage import Stage
from tests.sessions.staged import a_session

EVERYBODY = tuple(name for name in ("outsider", "removed", "service") if name in CAST)
fits("member who signed, on leave too", *ACTIVE, "on_leave")
fits("guest of the session")
fits("its author")
# Whoever prepared an exercise without a subject owns it: on the stage the moderator.
fits("owner of the exercise", "moderator")
leaves_out("create_exercise", "segment_id", because="a bare id of a higher room, which judges it")
leaves_out("create_contribution", "parent_id", because="names something in the same exercise alone")
leaves_out("create_contribution", "recorded_for", because="names somebody in the same exercise alone")


@example
async def list_protocols(stage: Stage) -> Call:
    return call(stage.member, open_to=EVERYBODY)


@example
async def create_protocol(stage: Stage) -> Call:
    return call(stage.moderator, a_plain_document("troika", f"troika-{stage.number()}"))


@example
async def get_protocol(stage: Stage) -> Call:
    return call(stage.member, key="ten_brains", open_to=EVERYBODY, found_by=tuple(CAST))


@example
async def list_protocol_versions(stage: Stage) -> Call:
    return call(stage.member, key=await a_method_of(stage), open_to=EVERYBODY, found_by=tuple(CAST))


@example
async def compare_protocol_versions(stage: Stage) -> Call:
    key = await a_method_of(stage)
    return call(stage.member, key=key, version=1, open_to=EVERYBODY, found_by=tuple(CAST))


@example
async def simulate_protocol(stage: Stage) -> Call:
    return call(stage.member, {"protocol": "ten_brains", "people": 10}, open_to=EVERYBODY)


@example
async def get_protocol_schema(stage: Stage) -> Call:
    return call(stage.member, open_to=EVERYBODY)


@example
async def list_exercises(stage: Stage) -> Call:
    return call(stage.member, group_id=(await prepared(stage)).group.id)


@example
async def create_exercise(stage: Stage) -> Call:
    session = await a_session(stage, "in_progress")
    body = {"protocol": "icebreaker_round", "session_id": str(session.id)}
    return call(stage.moderator, body, group_id=session.group.id)


async def _of(stage: Stage, one: Shown, by: Any, body: Any = None, **more: Any) -> Call:
    # Guests come with their invitations; until then whoever speaks stands for the person concerned.
    return call(by, body, exercise_id=one.id, **({"concerned": by} | more))


@example
async def get_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.member)


@example
async def list_exercise_actions(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.member, found_by=(*ACTIVE, "on_leave"))


@example
async def start_exercise(stage: Stage) -> Call:
    return await _of(stage, await prepared(stage), stage.moderator)


@example
async def advance_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.moderator, {"from_phase": "say"})


@example
async def back_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage, "choose"), stage.moderator)


@example
async def pause_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.moderator)


@example
async def resume_exercise(stage: Stage) -> Call:
    one = await running(stage)
    assert (await stage.moderator.post(f"/exercises/{one.id}/pause")).status_code == 200
    return await _of(stage, one, stage.moderator)


@example
async def extend_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.moderator, {"minutes": 5})


@example
async def finish_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.moderator)


@example
async def abandon_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.moderator)


@example
async def pass_exercise(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.member)


@example
async def set_participant(stage: Stage) -> Call:
    one = await running(stage)
    return await _of(stage, one, stage.moderator, {"takes_part": True}, person_id=one.speaker.person_id)


@example
async def open_exercise(stage: Stage) -> Call:
    one = await running(stage)
    return await _of(stage, one, stage.moderator, {"opened": True})


@example
async def decide_tie(stage: Stage) -> Call:
    one = await tied(stage)
    body = {"list": "top", "keep": [one.said["idea"]], "reason": "The first one."}
    return await _of(stage, one, stage.moderator, body)


@example_of("decide_tie")
async def vote_again(stage: Stage) -> Call:
    return await _of(stage, await tied(stage), stage.moderator, {"list": "top", "run_off": True})


@example
async def get_results(stage: Stage) -> Call:
    return await _of(stage, await tied(stage), stage.member)


@example
async def get_exercise_minutes(stage: Stage) -> Call:
    one = await running(stage)
    assert (await stage.moderator.post(f"/exercises/{one.id}/finish")).status_code == 200
    return await _of(stage, one, stage.member)


@example
async def list_contributions(stage: Stage) -> Call:
    return await _of(stage, await running(stage, "choose"), stage.member)


@example
async def create_contribution(stage: Stage) -> Call:
    return await _of(stage, await running(stage), stage.member, {"kind": "idea", "body": "Ask them."})


@example
async def get_contribution(stage: Stage) -> Call:
    one = await running(stage, "choose")
    return call(stage.member, contribution_id=one.said["idea"], concerned=stage.member)


@example
async def update_contribution(stage: Stage) -> Call:
    one = await running(stage)
    return call(
        one.speaker,
        {"body": "Else."},
        contribution_id=await said(stage, one, "idea"),
        concerned=one.speaker,
        found_by=(),
    )


@example
async def delete_contribution(stage: Stage) -> Call:
    one = await running(stage)
    return call(
        one.speaker, contribution_id=await said(stage, one, "idea"), concerned=one.speaker, found_by=()
    )


@example
async def confirm_contribution(stage: Stage) -> Call:
    one = await running(stage)
    noted = await said(stage, one, "idea", stage.moderator, recorded_for=str(one.speaker.person_id))
    return call(one.speaker, contribution_id=noted, concerned=one.speaker, found_by=())


@example
async def merge_contribution(stage: Stage) -> Call:
    one = await running(stage)
    first, second = [await said(stage, one, "idea") for _ in range(2)]
    assert (await stage.moderator.post(f"/exercises/{one.id}/advance")).status_code == 200
    return call(stage.moderator, {"into": first}, contribution_id=second)


@example
async def drop_contribution(stage: Stage) -> Call:
    one = await running(stage, "choose")
    return call(stage.moderator, {"reason": "Nobody can."}, contribution_id=one.said["proposal"])


@example
async def set_mark(stage: Stage) -> Call:
    one = await running(stage, "choose")
    return call(stage.member, contribution_id=one.said["idea"], list_name="top", concerned=stage.member)


@example
async def remove_mark(stage: Stage) -> Call:
    one = await running(stage, "choose")
    path = f"/contributions/{one.said['idea']}/marks/top"
    assert (await stage.member.put(path)).status_code == 200
    return call(
        stage.member,
        contribution_id=one.said["idea"],
        list_name="top",
        concerned=stage.member,
        found_by=("member",),
    )
