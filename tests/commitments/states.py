"""How promises live."""

from peergroup.commitments.guards import MOST_MOVES
from peergroup.commitments.models import Commitment
from tests.commitments.factories import a_promise, day
from tests.matrix.stage import Stage
from tests.matrix.states import CONCERNED, Obstructed, Subject, a_life


async def a_commitment(stage: Stage, state: str) -> Subject:
    who = await stage.somebody()
    promise = await a_promise(stage.world, who)
    await stage.change(Commitment, promise["id"], state=state)
    return Subject(promise["id"], who)


async def _later(stage: Stage) -> dict[str, str]:
    return {"by_on": day(stage.world, 14), "reason": "Two were away."}


commitment = a_life(
    "commitment", made=a_commitment, found_by=lambda _state: (CONCERNED,), bodies={"renegotiate": _later}
)


@commitment.obstacle("moved_too_often")
async def moved(stage: Stage, _verb: str, state: str) -> Obstructed:
    one = await a_commitment(stage, state)
    await stage.change(Commitment, one.id, renegotiated=MOST_MOVES)
    return Obstructed(one.id, one.concerned)


commitment.never("renegotiate", "by_when_past", because="it is about what is sent: see test_commitments")
