"""A valid request for every route of SCIM, each by the organization's directory."""

from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.stage import Stage
from tests.scim.directory import BULK, SEARCH, USER, Directory, group, patch, user

RENAMED = patch({"op": "replace", "path": "displayName", "value": "Somebody Else"})


async def _user(stage: Stage) -> str:
    made = await Directory(stage.service).user(f"{stage.mark}.{stage.number()}@example.com")
    stage.ids.add(made)
    return made


async def _group(stage: Stage, *members: str) -> str:
    made = await Directory(stage.service).group(f"{stage.mark} group {stage.number()}", *members)
    stage.ids.add(made)
    return made


@example
async def get_scim_config(stage: Stage) -> Call:
    return call(stage.service)


@example
async def list_scim_resource_types(stage: Stage) -> Call:
    return call(stage.service)


@example
async def get_scim_resource_type(stage: Stage) -> Call:
    return call(stage.service, name="User")


@example
async def list_scim_schemas(stage: Stage) -> Call:
    return call(stage.service)


@example
async def get_scim_schema(stage: Stage) -> Call:
    return call(stage.service, urn=USER)


@example
async def search_scim(stage: Stage) -> Call:
    return call(stage.service, query={"filter": f'id eq "{await _user(stage)}"'})


@example
async def query_scim(stage: Stage) -> Call:
    return call(stage.service, {"schemas": [SEARCH], "filter": f'id eq "{await _user(stage)}"'})


@example
async def change_scim_in_bulk(stage: Stage) -> Call:
    data = user(f"{stage.mark}.{stage.number()}@example.com")
    many = [{"method": "POST", "path": "/Users", "bulkId": "a", "data": data}]
    return call(stage.service, {"schemas": [BULK], "Operations": many})


@example
async def list_scim_users(stage: Stage) -> Call:
    await _user(stage)
    return call(stage.service, query={"count": "5"})


@example
async def query_scim_users(stage: Stage) -> Call:
    return call(stage.service, {"schemas": [SEARCH], "filter": f'id eq "{await _user(stage)}"'})


@example
async def create_scim_user(stage: Stage) -> Call:
    return call(stage.service, user(f"{stage.mark}.{stage.number()}@example.com"))


@example
async def get_scim_user(stage: Stage) -> Call:
    return call(stage.service, resource_id=await _user(stage))


@example
async def replace_scim_user(stage: Stage) -> Call:
    name = f"{stage.mark}.{stage.number()}@example.com"
    return call(stage.service, user(name, displayName="Somebody"), resource_id=await _user(stage))


@example
async def update_scim_user(stage: Stage) -> Call:
    return call(stage.service, RENAMED, resource_id=await _user(stage))


@example_of("update_scim_user")
async def deactivate_scim_user(stage: Stage) -> Call:
    gone = patch({"op": "replace", "path": "active", "value": False})
    return call(stage.service, gone, resource_id=await _user(stage))


@example
async def delete_scim_user(stage: Stage) -> Call:
    return call(stage.service, resource_id=await _user(stage))


@example
async def list_scim_groups(stage: Stage) -> Call:
    await _group(stage, await _user(stage))
    return call(stage.service, query={"count": "5"})


@example
async def query_scim_groups(stage: Stage) -> Call:
    return call(stage.service, {"schemas": [SEARCH], "filter": f'id eq "{await _group(stage)}"'})


@example
async def create_scim_group(stage: Stage) -> Call:
    return call(stage.service, group(f"{stage.mark} group", await _user(stage)))


@example
async def get_scim_group(stage: Stage) -> Call:
    return call(stage.service, resource_id=await _group(stage, await _user(stage)))


@example
async def replace_scim_group(stage: Stage) -> Call:
    body = group(f"{stage.mark} group", await _user(stage))
    return call(stage.service, body, resource_id=await _group(stage))


@example
async def update_scim_group(stage: Stage) -> Call:
    added = patch({"op": "add", "path": "members", "value": [{"value": await _user(stage)}]})
    return call(stage.service, added, resource_id=await _group(stage))


@example_of("update_scim_group")
async def take_out_of_a_scim_group(stage: Stage) -> Call:
    member = await _user(stage)
    taken = patch({"op": "remove", "path": f'members[value eq "{member}"]'})
    return call(stage.service, taken, resource_id=await _group(stage, member))


@example
async def delete_scim_group(stage: Stage) -> Call:
    return call(stage.service, resource_id=await _group(stage))
