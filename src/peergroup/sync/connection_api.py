"""Routes of connections: accounts in other systems that are walked through."""

from typing import Annotated

from fastapi import Depends

from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page
from peergroup.people import merging
from peergroup.sync import accounts, policy
from peergroup.sync.connection_schemas import ConnectionOut, ConnectionPatch, NewConnectionIn
from peergroup.sync.models import Connection

room = Room("connections", "Accounts in other systems that people come from.")
merging.register("connections", follows=(Connection.made_by_id,))


@room.get("/connections", policy.SYNC)
async def list_connections(ctx: Ctx, paging: Annotated[Paging, Depends(paging)]) -> Page[ConnectionOut]:
    """The accounts that people come from, without their credentials."""
    return await accounts.list_all(ctx, paging)


@room.post("/connections", policy.SYNC, location="/v1/connections/{id}", errors=(409,))
async def create_connection(ctx: Ctx, connection: NewConnectionIn) -> ConnectionOut:
    """Connect an account in HubSpot, Salesforce or Tryton, to be walked through when asked or by itself."""
    return await accounts.connect(ctx, connection)


@room.get("/connections/{connection_id}", policy.SYNC)
async def get_connection(ctx: Ctx, connection_id: ResourceId) -> ConnectionOut:
    """One connection."""
    return await accounts.find(ctx, connection_id)


@room.patch("/connections/{connection_id}", policy.SYNC)
async def update_connection(ctx: Ctx, connection_id: ResourceId, patch: ConnectionPatch) -> ConnectionOut:
    """Change how an account is walked through, or give new credentials for it."""
    return await accounts.change(ctx, connection_id, patch)


@room.delete("/connections/{connection_id}", policy.SYNC)
async def delete_connection(ctx: Ctx, connection_id: ResourceId) -> None:
    """Give a connection up: its credentials are forgotten, whoever came through it stays."""
    await accounts.disconnect(ctx, connection_id)
