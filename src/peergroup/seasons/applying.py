"""Applying a season: all of it in one transaction, by the same acts that people carry out one by one.

Each act judges for itself who may do it. What is refused is named at its place in the document.
"""

from collections.abc import Sequence

from peergroup.kit.context import Context
from peergroup.kit.rehearsal import rehearsal
from peergroup.seasons import policy
from peergroup.seasons.document import Season, SeasonGroup
from peergroup.seasons.doubles import refuse_doubles
from peergroup.seasons.groups import keep_group
from peergroup.seasons.library import keep_library
from peergroup.seasons.members import keep_members
from peergroup.seasons.names import Names, look_up, people_of
from peergroup.seasons.places import at
from peergroup.seasons.schemas import SeasonAppliedOut, SeasonChange
from peergroup.seasons.years import keep_series, keep_year
from peergroup.sessions.library import librarian
from peergroup.sessions.plan_schemas import ChangeCounts


async def apply(ctx: Context, season: Season, *, dry_run: bool) -> SeasonAppliedOut:
    """Make groups and library what the season says; twice the same changes nothing."""
    ctx.require(policy.APPLY, await librarian(ctx))
    ctx.need_scopes("groups:write", *(("people:read",) if _names_people(season) else ()))
    refuse_doubles(season)
    async with rehearsal(ctx, only=dry_run):
        names = await look_up(ctx, season)
        changes = await keep_library(ctx, season, names)
        for place, group in enumerate(season.groups):
            with at(f"/groups/{place}", f"Group {place + 1} of the season"):
                changes += await _one(ctx, season.season, group, names)
        answer = SeasonAppliedOut(changes=changes, summary=ChangeCounts(**_counted(changes)))
        return _without_new_ids(answer) if dry_run else answer


async def _one(ctx: Context, year: int, given: SeasonGroup, names: Names) -> list[SeasonChange]:
    group, changes = await keep_group(ctx, given, names)
    changes += await keep_members(ctx, group, given, names)
    changes += await keep_year(ctx, group, year, given, names)
    changes += await keep_series(ctx, group, given, names)
    return changes


def _names_people(season: Season) -> bool:
    """Whether anybody is named: what an address means is told to those alone who read the directory."""
    return any(True for group in season.groups for _ in people_of(group))


def _counted(changes: Sequence[SeasonChange]) -> dict[str, int]:
    return {name: sum(one.change == name for one in changes) for name in ChangeCounts.model_fields}


def _without_new_ids(answer: SeasonAppliedOut) -> SeasonAppliedOut:
    for one in answer.changes:
        one.id = None if one.change == "created" else one.id
    return answer
