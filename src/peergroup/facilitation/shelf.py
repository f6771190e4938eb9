"""The methods of an organization: those of the package and its own, in versions that never change."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from peergroup.facilitation.library import builtin, builtin_keys
from peergroup.facilitation.models import Exercise, ProtocolVersion
from peergroup.facilitation.protocol import Protocol
from peergroup.kit.context import Context
from peergroup.kit.ids import new_id
from peergroup.kit.problems import invalid

MOST_KEPT = 1_000
_parsed: dict[UUID, Protocol] = {}
"""Documents by the id of their version. Versions never change, so nothing here is ever out of date."""


async def latest(ctx: Context, key: str) -> ProtocolVersion | None:
    """The newest stored version of a method."""
    query = (
        select(ProtocolVersion)
        .where(ProtocolVersion.key == key)
        .order_by(ProtocolVersion.number.desc())
        .limit(1)
    )
    found: ProtocolVersion | None = await ctx.db.scalar(query)
    return found


async def present_version(ctx: Context, key: str) -> ProtocolVersion:
    """The version that a new exercise starts with; 422 for an unknown method.

    A built-in method is stored here when it is first used, and again when the package has changed it, so that
    an exercise keeps the document it started with whatever is installed later.
    """
    stored = await latest(ctx, key)
    if key in builtin_keys():
        protocol = builtin(key)
        if stored is None or stored.digest != protocol.digest():
            stored = await store(ctx, protocol, (stored.number if stored else 0) + 1, is_builtin=True)
    if stored is None:
        raise invalid("/protocol", "is no method here: GET /v1/protocols lists them")
    return stored


async def store(ctx: Context, protocol: Protocol, number: int, *, is_builtin: bool) -> ProtocolVersion:
    """Write a version down, or find what somebody else wrote under this number in the same moment."""
    dialect = sqlite if ctx.house.database.is_sqlite else postgresql
    row = {
        "organization_id": ctx.organization_id,
        "id": new_id(),
        "key": protocol.key,
        "number": number,
        "title": protocol.title,
        "digest": protocol.digest(),
        "document": protocol.model_dump(mode="json"),
        "is_builtin": is_builtin,
        "made_by_id": None if is_builtin else ctx.principal.person_id,
        "created_at": ctx.now,
    }
    await ctx.db.execute(dialect.insert(ProtocolVersion).values(row).on_conflict_do_nothing())
    query = select(ProtocolVersion).where(
        ProtocolVersion.key == protocol.key, ProtocolVersion.number == number
    )
    return (await ctx.db.execute(query)).scalar_one()


async def protocol_of(ctx: Context, exercise: Exercise) -> Protocol:
    """The document an exercise plays; read once per process."""
    known = known_protocol(exercise.protocol_id)
    if known is None:
        query = select(ProtocolVersion.document).where(ProtocolVersion.id == exercise.protocol_id)
        document: Any = (await ctx.db.execute(query)).scalar_one()
        known = remember(exercise.protocol_id, Protocol.model_validate(document))
    return known


def known_protocol(version_id: UUID) -> Protocol | None:
    """A document that this process has read before."""
    return _parsed.get(version_id)


def remember(version_id: UUID, protocol: Protocol) -> Protocol:
    """Keep a parsed document at hand in this process."""
    if len(_parsed) >= MOST_KEPT:
        _parsed.clear()
    _parsed[version_id] = protocol
    return protocol
