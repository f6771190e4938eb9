"""A valid request for every route of promises."""

from typing import Any

from tests.challenges.staged import a_running_session
from tests.commitments.factories import a_promise, day
from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.roles import fits
from tests.matrix.stage import Stage

fits("the person who promised")


async def _one(stage: Stage) -> Any:
    who = await stage.somebody()
    promise = await a_promise(stage.world, who)
    stage.ids.add(promise["id"])
    return who, promise["id"]


@example
async def list_commitments(stage: Stage) -> Call:
    who, _ = await _one(stage)
    return call(who, query={"owner": "me", "state": "open"})


@example_of("list_commitments")
async def list_commitments_of_a_group(stage: Stage) -> Call:
    return call(stage.member, query={"group_id": str((await stage.group()).id)})


@example
async def create_commitment(stage: Stage) -> Call:
    return call(
        stage.member, {"body": "Call Ada.", "by_on": day(stage.world)}, open_to=("outsider", "removed")
    )


@example_of("create_commitment")
async def create_commitment_in_a_session(stage: Stage) -> Call:
    group = await stage.group()
    session = await a_running_session(stage, group)
    body = {"source": "session", "session_id": session, "body": "Call Ada.", "by_on": day(stage.world)}
    return call(stage.member, body)


@example
async def get_commitment(stage: Stage) -> Call:
    who, promise = await _one(stage)
    return call(who, commitment_id=promise, concerned=who, found_by=())


@example
async def update_commitment(stage: Stage) -> Call:
    who, promise = await _one(stage)
    return call(who, {"action": "Call Ada."}, commitment_id=promise, concerned=who)


@example
async def list_commitment_actions(stage: Stage) -> Call:
    who, promise = await _one(stage)
    return call(who, commitment_id=promise, concerned=who, found_by=())


@example
async def complete_commitment(stage: Stage) -> Call:
    who, promise = await _one(stage)
    return call(who, commitment_id=promise, concerned=who)


@example
async def miss_commitment(stage: Stage) -> Call:
    who, promise = await _one(stage)
    return call(who, commitment_id=promise, concerned=who)


@example
async def drop_commitment(stage: Stage) -> Call:
    who, promise = await _one(stage)
    return call(who, {"reason": "We sold it."}, commitment_id=promise, concerned=who)


@example
async def renegotiate_commitment(stage: Stage) -> Call:
    who, promise = await _one(stage)
    body = {"by_on": day(stage.world, 14), "reason": "Two were away."}
    return call(who, body, commitment_id=promise, concerned=who)
