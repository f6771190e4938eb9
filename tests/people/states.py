"""How people live: into every state, and every obstacle in their way."""

from typing import Any

from tests.matrix.roles import ADMINS
from tests.matrix.stage import Stage
from tests.matrix.states import CONCERNED, Obstructed, Subject, a_life


async def a_person(stage: Stage, state: str) -> Subject:
    columns: dict[str, Any] = {"state": state}
    if state == "merged":
        columns["merged_into_id"] = (await stage.person()).person_id
    one = await stage.person(**columns)
    return Subject(one.person_id, one if state == "active" else None)


def _finders(state: str) -> tuple[str, ...]:
    """Tombstones are for those who read everything; the others are found by whoever moderates a group, too."""
    if state in ("merged", "erased"):
        return (*ADMINS, "service")
    return (*ADMINS, "service", "moderator", "co_moderator", CONCERNED)


async def _somebody_else(stage: Stage) -> dict[str, Any]:
    return {"into": str((await stage.person()).person_id)}


person = a_life(
    "person",
    made=a_person,
    found_by=_finders,
    bodies={"erase": {"words": "remove"}, "merge": _somebody_else},
)


@person.obstacle("last_owner")
async def the_last_owner(stage: Stage, _verb: str, state: str) -> Obstructed | None:
    """Only where they are active: a deactivated owner counts for nothing."""
    if state != "active":
        return None
    owner: Any = stage.owner.person_id
    return Obstructed(owner, stage.admin)
