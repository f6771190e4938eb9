"""The directory: which organization an address, a token or a sign-in belongs to, before any tenant is known."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import delete, select

from peergroup.access.models import Directory
from peergroup.kit.bulk import insert_rows
from peergroup.kit.context import Context, House
from peergroup.kit.text import fold

Place = tuple[UUID, UUID]
"""An organization and the subject in it."""


def hash_of(house: House, key: str) -> str:
    """The form in which keys are kept: 64 hexadecimal characters that only this server can compute."""
    return house.vault.hash("directory", key)


def address_hash(house: House, email: str) -> str:
    """What an e-mail address is found by, however it is spelled."""
    return hash_of(house, fold(email))


async def find(house: House, kind: str, key_hashes: Iterable[str]) -> list[Place]:
    """Every place that one of these hashes leads to, in a stable order."""
    query = (
        select(Directory.organization_id, Directory.subject_id)
        .where(Directory.kind == kind, Directory.key_hash.in_(list(key_hashes)))
        .order_by(Directory.organization_id, Directory.subject_id)
    )
    async with house.database.transaction(None, writes=False) as db:
        return [(organization, subject) for organization, subject in await db.execute(query)]


async def find_one(house: House, kind: str, key: str) -> Place | None:
    """The place of a key that leads to at most one."""
    places = await find(house, kind, [hash_of(house, key)])
    return places[0] if len(places) == 1 else None


async def knows(house: House, kind: str, key_hashes: Iterable[str]) -> bool:
    """Whether one of these hashes leads anywhere."""
    query = (
        select(Directory.kind)
        .where(Directory.kind == kind, Directory.key_hash.in_(list(key_hashes)))
        .limit(1)
    )
    async with house.database.transaction(None, writes=False) as db:
        return await db.scalar(query) is not None


async def enter(ctx: Context, kind: str, hashes: Iterable[tuple[str, UUID]]) -> None:
    """Note that these hashes lead to these subjects of this organization. What is there already stays."""
    rows = [
        {"kind": kind, "key_hash": key_hash, "organization_id": ctx.organization_id, "subject_id": subject}
        for key_hash, subject in hashes
    ]
    await insert_rows(ctx.db, Directory.__table__, rows, keeps=True)


async def leave(ctx: Context, kind: str, subjects: Iterable[UUID]) -> None:
    """Forget what led to these subjects."""
    await ctx.db.execute(
        delete(Directory)
        .where(
            Directory.organization_id == ctx.organization_id,
            Directory.subject_id.in_(list(subjects)),
            Directory.kind == kind,
        )
        .execution_options(synchronize_session=False)
    )
