"""Routes of challenges."""

from typing import Annotated

from fastapi import Body, Depends, Query

from peergroup.challenges import actions, holdings, parking, policy, queries, rotation, seconding, sharing
from peergroup.challenges.answers import ChallengeBrief, ChallengeOut, ParkedOut, SecondOut, TurnOut
from peergroup.challenges.finding import find_challenge
from peergroup.challenges.lifecycles import CHALLENGE
from peergroup.challenges.list_read import CHALLENGES_OF_GROUP
from peergroup.challenges.queries import Wanted
from peergroup.challenges.reads import WHOLE_CHALLENGE
from peergroup.challenges.schemas import ChallengeIn, ChallengeOpenedIn, ChallengePatch, ReleaseIn, State
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import MeOrId, ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page
from peergroup.people import personal_data

room = Room("challenges", "One member's problem: parked, worked on by everybody else, and what came of it.")
personal_data.register(
    "challenges", holds="The person's problems, and whose problems they share.", remove=holdings.remove
)
Pages = Annotated[Paging, Depends(paging)]
Owner = Annotated[
    MeOrId,
    Query(description="Only challenges that you see to be this person's; `me`: your own, drafts included."),
]


def wanted(
    state: Annotated[State | None, Query(description="Only challenges in this state.")] = None,
    owner: Owner = None,
    session_id: Annotated[ResourceId | None, Query(description="Only challenges of this session.")] = None,
) -> Wanted:
    """The query parameters that narrow a list of challenges."""
    return Wanted(state, owner, session_id)


Narrowed = Annotated[Wanted, Depends(wanted)]


@room.get("/groups/{group_id}/challenges", policy.LIST, hot=(CHALLENGES_OF_GROUP,))
async def list_challenges(
    ctx: Ctx, group_id: ResourceId, paging: Pages, wanted: Narrowed
) -> Page[ChallengeBrief]:
    """The challenges of a group that you may see, the newest first."""
    return await queries.list_challenges(ctx, group_id, paging, wanted)


@room.post("/groups/{group_id}/challenges", policy.PARK, location="/v1/challenges/{id}")
async def create_challenge(ctx: Ctx, group_id: ResourceId, challenge: ChallengeIn) -> ChallengeOut:
    """Put a problem into the parking lot."""
    return await queries.show_challenge(ctx, *await parking.park(ctx, group_id, challenge))


@room.get("/groups/{group_id}/parking-lot", policy.LIST)
async def get_parking_lot(ctx: Ctx, group_id: ResourceId, paging: Pages) -> Page[ParkedOut]:
    """What waits for a hot seat, in the order in which it should get one, each with the reason."""
    return await queries.parking_lot(ctx, group_id, paging)


@room.get("/groups/{group_id}/hot-seat-rotation", policy.LIST)
async def get_hot_seat_rotation(ctx: Ctx, group_id: ResourceId, paging: Pages) -> Page[TurnOut]:
    """Whose turn it is: the members in the order in which they should get a hot seat, each with the reason."""
    return await rotation.rotation(ctx, group_id, paging)


@room.get("/challenges/{challenge_id}", policy.READ, hot=(WHOLE_CHALLENGE,))
async def get_challenge(ctx: Ctx, challenge_id: ResourceId) -> ChallengeOut:
    """One challenge with its whole thread: exercise, contributions, marks and promises."""
    challenge, standing = await find_challenge(ctx, challenge_id)
    ctx.require(policy.READ, standing, challenge)
    return await queries.show_challenge(ctx, challenge, standing)


@room.patch("/challenges/{challenge_id}", policy.EDIT)
async def update_challenge(ctx: Ctx, challenge_id: ResourceId, patch: ChallengePatch) -> ChallengeOut:
    """Change what a challenge says, who reads it, or where it goes."""
    return await queries.show_challenge(ctx, *await parking.change(ctx, challenge_id, patch))


verbs(
    room,
    "challenge",
    CHALLENGE,
    actions=actions,
    find=find_challenge,
    show=queries.show_challenge,
    out=ChallengeOut,
    path="/challenges",
)


@room.put("/challenges/{challenge_id}/second", policy.SECOND)
async def second_challenge(ctx: Ctx, challenge_id: ResourceId) -> SecondOut:
    """Say that it is your problem too."""
    return await seconding.second(ctx, challenge_id)


@room.delete("/challenges/{challenge_id}/second", policy.SECOND)
async def take_back_second(ctx: Ctx, challenge_id: ResourceId) -> None:
    """Say no longer that it is your problem too."""
    await seconding.take_back(ctx, challenge_id)


@room.put("/challenges/{challenge_id}/opened", policy.OPEN)
async def open_challenge(
    ctx: Ctx, challenge_id: ResourceId, given: Annotated[ChallengeOpenedIn | None, Body()] = None
) -> ChallengeOut:
    """Let newcomers read a challenge that was worked on before their time."""
    opened = given is None or given.opened
    return await queries.show_challenge(ctx, *await sharing.set_opened(ctx, challenge_id, opened=opened))


@room.post("/challenges/{challenge_id}/release", policy.RELEASE, errors=(412,))
async def release_challenge(ctx: Ctx, challenge_id: ResourceId, given: ReleaseIn) -> ChallengeOut:
    """Let the whole organization read what you learned, without names."""
    return await queries.show_challenge(ctx, *await sharing.release(ctx, challenge_id, given))
