"""A valid request for every route of challenges and of search."""

from peergroup.challenges.models import Challenge
from tests.challenges.staged import a_parked, a_promised, a_running_session, a_started
from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.roles import ACTIVE, fits
from tests.matrix.stage import Stage

fits("reader of the group's words", *ACTIVE, "on_leave")
fits("moderator who does not own it", "moderator", "co_moderator")
fits("active member who does not own it", *ACTIVE)
fits("owner of the challenge, active")
fits("guest of its session")
READING = (*ACTIVE, "on_leave")
TEXTS = {"question": "How?", "context": "Here.", "tried": "All.", "help_wanted": "ideas"}


@example
async def list_challenges(stage: Stage) -> Call:
    one = await a_parked(stage)
    return call(stage.member, query={"state": "parked"}, group_id=one.group.id)


@example_of("list_challenges")
async def list_challenges_of_a_session(stage: Stage) -> Call:
    group = await stage.group()
    session = await a_running_session(stage, group)
    return call(stage.member, query={"session_id": session}, group_id=group.id)


@example
async def create_challenge(stage: Stage) -> Call:
    return call(stage.member, TEXTS, group_id=(await stage.group()).id)


@example
async def get_parking_lot(stage: Stage) -> Call:
    return call(stage.member, group_id=(await a_parked(stage)).group.id)


@example
async def get_hot_seat_rotation(stage: Stage) -> Call:
    return call(stage.member, group_id=(await a_parked(stage)).group.id)


@example
async def get_challenge(stage: Stage) -> Call:
    one = await a_started(stage)
    return call(stage.member, challenge_id=one.id, found_by=READING, concerned=one.owner)


@example
async def update_challenge(stage: Stage) -> Call:
    one = await a_parked(stage)
    body = {"confidentiality": "session_only"}
    return call(stage.moderator, body, challenge_id=one.id, concerned=one.owner)


@example_of("update_challenge")
async def place_a_challenge(stage: Stage) -> Call:
    one = await a_parked(stage)
    session = await a_running_session(stage, one.group)
    return call(stage.moderator, {"session_id": session, "position": 1}, challenge_id=one.id)


@example_of("update_challenge")
async def update_the_words_of_a_challenge(stage: Stage) -> Call:
    one = await a_parked(stage)
    return call(one.owner, {"urgency": 5, "confidentiality": "shareable"}, challenge_id=one.id)


@example
async def list_challenge_actions(stage: Stage) -> Call:
    one = await a_parked(stage)
    return call(stage.member, challenge_id=one.id, found_by=READING, concerned=one.owner)


@example
async def submit_challenge(stage: Stage) -> Call:
    one = await a_parked(stage)
    return call(one.owner, challenge_id=one.id, concerned=one.owner)


@example
async def accept_challenge(stage: Stage) -> Call:
    return call(stage.moderator, challenge_id=(await a_parked(stage, "submitted")).id)


@example
async def send_back_challenge(stage: Stage) -> Call:
    one = await a_parked(stage, "submitted")
    return call(stage.moderator, {"reason": "Say more."}, challenge_id=one.id)


@example
async def start_challenge(stage: Stage) -> Call:
    one = await a_parked(stage, "accepted")
    for _ in range(2):
        await stage.somebody(group=one.group)
    return call(stage.moderator, {"mode": "async"}, challenge_id=one.id)


@example
async def commit_challenge(stage: Stage) -> Call:
    one = await a_promised(stage)
    return call(one.owner, challenge_id=one.id, concerned=one.owner)


@example
async def resolve_challenge(stage: Stage) -> Call:
    one = await a_parked(stage, "committed")
    return call(one.owner, {"outcome": "worked", "learned": "Ask."}, challenge_id=one.id, concerned=one.owner)


@example
async def withdraw_challenge(stage: Stage) -> Call:
    one = await a_parked(stage)
    return call(one.owner, challenge_id=one.id, concerned=one.owner)


@example
async def drop_challenge(stage: Stage) -> Call:
    one = await a_parked(stage)
    return call(stage.moderator, {"reason": "Nobody has it."}, challenge_id=one.id)


@example
async def second_challenge(stage: Stage) -> Call:
    return call(stage.member, challenge_id=(await a_parked(stage)).id)


@example
async def take_back_second(stage: Stage) -> Call:
    return call(stage.member, challenge_id=(await a_parked(stage)).id)


@example
async def open_challenge(stage: Stage) -> Call:
    one = await a_started(stage)
    return call(one.owner, {"opened": True}, challenge_id=one.id, concerned=one.owner)


@example
async def release_challenge(stage: Stage) -> Call:
    one = await a_parked(stage, "resolved", confidentiality="shareable")
    return call(one.owner, {"text": "Ask earlier."}, challenge_id=one.id, concerned=one.owner)


@example
async def search_group(stage: Stage) -> Call:
    return call(stage.member, query={"q": "sales"}, group_id=(await a_parked(stage)).group.id)


@example
async def list_outcomes(stage: Stage) -> Call:
    one = await a_parked(stage, "resolved", confidentiality="shareable")
    released = {"released_text": f"{stage.mark} learned.", "released_at": stage.world.house.clock()}
    await stage.change(Challenge, one.id, **released)
    return call(stage.member, open_to=("outsider", "removed"))
