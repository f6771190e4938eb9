"""A valid request for every route of seasons."""

from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.stage import Stage


@example
async def get_season_schema(stage: Stage) -> Call:
    return call(stage.member, open_to=("outsider", "removed", "service"))


@example
async def apply_season(stage: Stage) -> Call:
    group = await stage.group()
    entry = {"key": "2033-01", "local_start": "2033-01-18T18:00", "host": str(stage.member.person_id)}
    season = {"season": 2033, "groups": [{"name": group.name, "id": str(group.id), "sessions": [entry]}]}
    return call(stage.moderator, season)


@example_of("apply_season")
async def apply_season_with_people(stage: Stage) -> Call:
    known = await stage.person()
    group = {"name": f"{stage.mark} made {stage.number()}", "active": False}
    group |= {"moderators": [str(known.person_id)], "members": [str(stage.member.person_id)]}
    library = {"themes": [{"title": f"{stage.mark} theme"}]}
    return call(stage.admin, {"season": 2033, "groups": [group]} | library)


@example
async def export_season(stage: Stage) -> Call:
    group = await stage.group()
    return call(stage.moderator, group_id=group.id, year=2033)
