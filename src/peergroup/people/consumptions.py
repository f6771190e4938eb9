"""What somebody gets so many times and never again: once a person, whatever the spelling of their address.

Each use is written down under every identity of the person: under themselves, under everybody who was merged into
them, and under the mailbox behind their address. An identity is a keyed hash and refers to nothing: an erasure
leaves it, so that who was forgotten gets nothing twice, and a merge need not move it. One identity has one row for
each number of a use, so that the database keeps two at once from taking the same one.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, String, delete, func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from peergroup.kit.bulk import among
from peergroup.kit.context import Context
from peergroup.kit.events import Fact, on
from peergroup.kit.ids import new_anonymous_id
from peergroup.kit.model import Model, TenantOwned, index
from peergroup.people import personal_data
from peergroup.people.models import Person
from peergroup.people.spelling import one_spelling

_PURPOSE = "consumption"
_SEEN = "consumptions.followed"


class Consumption(TenantOwned, Model):
    """The `slot`-th use of something under one identity; `use_id` is the same for all identities of one use."""

    __tablename__ = "consumption"
    __table_args__ = (index("consumption_use", "use_id"),)
    what: Mapped[str] = mapped_column(String(100), primary_key=True)
    identity: Mapped[str] = mapped_column(String(64), primary_key=True)
    slot: Mapped[int] = mapped_column(Integer, primary_key=True)
    use_id: Mapped[UUID]


async def consume(ctx: Context, what: str, person_id: UUID, allowed: int) -> UUID | None:
    """Take one of the `allowed` uses of something for a person: the id of the use, None where none is left."""
    identities = await _identities(ctx, person_id)
    for _attempt in range(allowed + 1):
        slot = await _used(ctx, what, identities) + 1
        if slot > allowed:
            return None
        use_id = new_anonymous_id()
        if await _write(ctx, what, identities, slot, use_id):
            return use_id
        await give_back(ctx, use_id)  # somebody with one of these identities was faster
    return None


async def used(ctx: Context, what: str, person_id: UUID) -> int:
    """How often something was used under any identity of a person."""
    return await _used(ctx, what, await _identities(ctx, person_id))


async def give_back(ctx: Context, use_id: UUID) -> None:
    """Undo one use: what was taken did not take place."""
    gone = delete(Consumption).where(Consumption.use_id == use_id)
    await ctx.db.execute(gone.execution_options(synchronize_session=False))


async def _identities(ctx: Context, person_id: UUID) -> list[str]:
    """The hashes under which a person is known, sorted, so that all who take something lock in one order."""
    if (_PURPOSE, person_id) in ctx.memory:
        known: list[str] = ctx.memory[_PURPOSE, person_id]
        return known
    query = select(Person.id, Person.email).where(
        or_(Person.id == person_id, Person.merged_into_id == person_id)
    )
    rows = (await ctx.db.execute(query)).all()
    named = {f"person {row.id}" for row in rows}
    named |= {f"mailbox {one_spelling(row.email)}" for row in rows if row.email}
    hashes = sorted(_hash(ctx, name) for name in named)
    ctx.memory[_PURPOSE, person_id] = hashes
    return hashes


@on("person.updated")
async def follow_to_the_new_mailbox(ctx: Context, fact: Fact) -> None:
    """What somebody used counts under their new address, too. The first fact of a batch takes all others along."""
    seen: set[UUID] = ctx.memory.setdefault(_SEEN, set())
    if fact.subject_id in seen or not _changed_address(fact):
        return
    fresh = {one.subject_id for one in ctx.facts if _changed_address(one)} - seen
    seen |= fresh
    hashes = {_hash(ctx, f"person {person_id}"): person_id for person_id in fresh}
    query = select(Consumption).where(among(ctx.db, Consumption.identity, hashes))
    uses = (await ctx.db.scalars(query)).all()
    if not uses:
        return
    theirs = among(ctx.db, Person.id, {hashes[use.identity] for use in uses})
    rows = await ctx.db.execute(select(Person.id, Person.email).where(theirs))
    address = {row.id: row.email for row in rows}
    for use in uses:
        if (email := address[hashes[use.identity]]) is not None:
            mailbox = _hash(ctx, f"mailbox {one_spelling(email)}")
            await _write(ctx, use.what, [mailbox], use.slot, use.use_id)


def _changed_address(fact: Fact) -> bool:
    return fact.type == "person.updated" and "email" in fact.facts.get("changed", ())


def _hash(ctx: Context, identity: str) -> str:
    return ctx.house.vault.hash(_PURPOSE, f"{ctx.organization_id} {identity}")


async def _used(ctx: Context, what: str, identities: Collection[str]) -> int:
    query = select(func.count(Consumption.use_id.distinct()), func.max(Consumption.slot)).where(
        Consumption.what == what, Consumption.identity.in_(identities)
    )
    count, highest = (await ctx.db.execute(query)).one()
    return max(count, highest or 0)


async def _write(ctx: Context, what: str, identities: Collection[str], slot: int, use_id: UUID) -> bool:
    dialect: Any = sqlite if ctx.house.database.is_sqlite else postgresql
    written = 0
    for identity in identities:
        row = dialect.insert(Consumption).values(
            organization_id=ctx.organization_id, what=what, identity=identity, slot=slot, use_id=use_id
        )
        made = await ctx.db.execute(row.on_conflict_do_nothing().returning(Consumption.slot))
        written += len(made.all())
    return written == len(identities)


async def _keep(_ctx: Context, _person_id: UUID, _words: str) -> int:
    return 0


personal_data.register(
    "what was free once",
    holds="That a free call, a free session or a visit as a guest was taken, under keyed hashes of the person's id and"
    " address that nobody can read back. They stay, so that nothing free is taken twice.",
    remove=_keep,
)
