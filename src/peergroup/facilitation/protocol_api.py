"""Routes of methods."""

from typing import Annotated

import orjson
from fastapi import Depends, Path, Query, Response
from pydantic import Field

from peergroup.facilitation import methods, policy
from peergroup.facilitation.protocol import Protocol, json_schema
from peergroup.facilitation.protocol_schemas import (
    DifferenceOut,
    ProtocolBrief,
    ProtocolOut,
    ProtocolVersionOut,
    SimulationIn,
    SimulationOut,
)
from peergroup.kit.entrance import Ctx
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.wire import Page

room = Room("protocols", "Facilitation methods: those of the house, and your own.")
Pages = Annotated[Paging, Depends(paging)]
ProtocolKey = Annotated[
    str,
    Field(
        max_length=40,
        pattern=r"^[a-z0-9][a-z0-9_-]*$",
        description="Key of a method.",
        examples=["ten_brains"],
    ),
]
VersionNumber = Annotated[int, Path(ge=1, le=1_000_000, description="Version of a method.", examples=[2])]
Since = Annotated[
    int | None, Query(ge=1, le=1_000_000, description="The version to compare with.", examples=[1])
]
SCHEMA = "application/schema+json"


@room.get("/protocols", policy.PROTOCOLS)
async def list_protocols(ctx: Ctx) -> Page[ProtocolBrief]:
    """The methods you can use."""
    return await methods.list_protocols(ctx)


@room.post(
    "/protocols",
    policy.WRITE_PROTOCOL,
    location="/v1/protocols/{key}",
    texts=(("application/yaml", methods.data_of_yaml),),
)
async def create_protocol(ctx: Ctx, document: Protocol) -> ProtocolOut:
    """Write a method of your own, or a new version of it; exercises keep the version they started with.

    As JSON, or as YAML: then what is wrong is named by line and column.
    """
    return await methods.write_protocol(ctx, document)


@room.post("/protocols/simulate", policy.PROTOCOLS, errors=(404,))
async def simulate_protocol(ctx: Ctx, simulation: SimulationIn) -> SimulationOut:
    """See whether people and time fit a method, and where the time goes; nothing is changed."""
    return await methods.try_out(ctx, simulation)


@room.get("/protocols/{key}", policy.PROTOCOLS)
async def get_protocol(ctx: Ctx, key: ProtocolKey) -> ProtocolOut:
    """One method with its document."""
    return await methods.show_protocol(ctx, key)


@room.get("/protocols/{key}/versions", policy.PROTOCOLS)
async def list_protocol_versions(ctx: Ctx, key: ProtocolKey, paging: Pages) -> Page[ProtocolVersionOut]:
    """Every stored version of a method, the newest first."""
    return await methods.list_versions(ctx, key, paging)


@room.get("/protocols/{key}/versions/{version}/difference", policy.PROTOCOLS)
async def compare_protocol_versions(
    ctx: Ctx, key: ProtocolKey, version: VersionNumber, since: Since = None
) -> DifferenceOut:
    """What a version of a method changed: since the one before, or since any other."""
    return await methods.compare_versions(ctx, key, version, since)


@room.get("/schemas/protocol", policy.PROTOCOLS, answers_with=(SCHEMA,))
async def get_protocol_schema(ctx: Ctx) -> Response:
    """The JSON Schema of a method's document."""
    ctx.require(policy.PROTOCOLS, ctx.principal)
    return Response(orjson.dumps(json_schema()), media_type=SCHEMA)
