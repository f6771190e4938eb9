"""Routes of SCIM 2.0. They are not part of our contract: SCIM describes itself, at `/Schemas`."""

from typing import Any

from starlette.responses import Response

from peergroup.kit.entrance import Ctx
from peergroup.kit.routing import Room
from peergroup.scim import policy
from peergroup.scim.refusals import MEDIA, PREFIX
from peergroup.scim.serving import serve

room = Room("scim", "People and groups from the organization's directory: SCIM 2.0.", prefix=PREFIX)
_READ: dict[str, Any] = {"hidden": True, "open_query": True}
_WRITE = _READ | {"media": (MEDIA, "application/json")}
_DISCOVERY = {
    "get_scim_config": ("/ServiceProviderConfig", "What of SCIM is there."),
    "list_scim_resource_types": ("/ResourceTypes", "The kinds of resources."),
    "get_scim_resource_type": ("/ResourceTypes/{name}", "One kind of resource."),
    "list_scim_schemas": ("/Schemas", "The attributes of every kind of resource."),
    "get_scim_schema": ("/Schemas/{urn}", "The attributes of one kind of resource."),
    "search_scim": ("", "Users and groups."),
}
_KINDS = {"user": "/Users", "group": "/Groups"}


def _endpoint(name: str, summary: str) -> Any:
    async def endpoint(ctx: Ctx) -> Response:
        return await serve(ctx)

    endpoint.__name__, endpoint.__doc__ = name, summary
    return endpoint


def _declare() -> None:
    for name, (path, summary) in _DISCOVERY.items():
        room.get(path, policy.PROVISION, **_READ)(_endpoint(name, summary))
    room.post("/.search", policy.PROVISION, **_WRITE)(_endpoint("query_scim", "Users and groups."))
    room.post("/Bulk", policy.PROVISION, **_WRITE)(_endpoint("change_scim_in_bulk", "Many changes at once."))
    for kind, path in _KINDS.items():
        one = path + "/{resource_id}"
        ask = _endpoint(f"query_scim_{kind}s", f"Find {kind}s.")
        room.get(path, policy.PROVISION, **_READ)(_endpoint(f"list_scim_{kind}s", f"The {kind}s."))
        room.post(path + "/.search", policy.PROVISION, **_WRITE)(ask)
        room.post(path, policy.PROVISION, **_WRITE)(_endpoint(f"create_scim_{kind}", f"Bring in a {kind}."))
        room.get(one, policy.PROVISION, **_READ)(_endpoint(f"get_scim_{kind}", f"One {kind}."))
        room.put(one, policy.PROVISION, **_WRITE)(_endpoint(f"replace_scim_{kind}", f"Replace a {kind}."))
        room.patch(one, policy.PROVISION, **_WRITE)(_endpoint(f"update_scim_{kind}", f"Change a {kind}."))
        room.delete(one, policy.PROVISION, **_READ)(_endpoint(f"delete_scim_{kind}", f"Take out a {kind}."))


_declare()
