"""A small room of its own for tests of the mechanisms: things that are made, changed, listed and broken."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import Depends
from pydantic import Field
from sqlalchemy import select

from peergroup.kit.context import get
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, page, paging
from peergroup.kit.policy import EVERYBODY, Policy
from peergroup.kit.problems import CONFLICT, Problem
from peergroup.kit.routing import Room
from peergroup.kit.text import Line, Words
from peergroup.kit.wire import In, Out, Page
from peergroup.people.models import Company

PLAY = Policy("play", EVERYBODY.roles)
room = Room("toys", "For tests.")
CANARY = "canary-4711"


class ToyIn(In):
    """A toy to be made; `breaks` says how its making goes wrong, after it was stored."""

    name: Line
    words: Words | None = None
    size: int = Field(1, ge=1, le=1_000)
    parts: dict[str, Any] = Field(default_factory=dict)
    breaks: Literal["refused", "broken", "twice"] | None = None


class ToyPatch(In):
    """A change."""

    name: Line | None = None


class ToyOut(Out):
    """A toy."""

    id: UUID
    name: str
    version: int
    words: str | None = None


class Prize(Out):
    """Something that is shown once."""

    name: str
    secret: str | None


def _out(toy: Company, words: str | None = None) -> ToyOut:
    return ToyOut(id=toy.id, name=toy.name, version=toy.version, words=words)


@room.post("/toys", PLAY, location="/v1/toys/{id}")
async def create_toy(ctx: Ctx, toy: ToyIn) -> ToyOut:
    """Make a toy."""
    ctx.require(PLAY, ctx.principal)
    made = Company(name=toy.name, created_at=ctx.now)
    ctx.db.add(made)
    await ctx.db.flush()
    ctx.record("toy.made", made, size=toy.size)
    if toy.breaks == "refused":
        raise Problem(CONFLICT, "Refused on purpose.")
    if toy.breaks == "broken":
        raise RuntimeError(f"{CANARY} {toy.name}")
    if toy.breaks == "twice":
        ctx.db.add(Company(name=toy.name, created_at=ctx.now))
        await ctx.db.flush()
    return _out(made, toy.words)


@room.get("/toys", PLAY)
async def list_toys(ctx: Ctx, paging: Annotated[Paging, Depends(paging)]) -> Page[ToyOut]:
    """All toys."""
    ctx.require(PLAY, ctx.principal)
    query = select(Company.id, Company.name, Company.version)
    rows, cursor = await page(ctx, query, paging, by=[Company.version, Company.name_folded, Company.id])
    return Page[ToyOut](items=[ToyOut.model_validate(row) for row in rows], next_cursor=cursor)


@room.get("/toys/{toy_id}", PLAY)
async def get_toy(ctx: Ctx, toy_id: ResourceId) -> ToyOut:
    """One toy."""
    ctx.require(PLAY, ctx.principal)
    return _out(await get(ctx, Company, toy_id))


@room.patch("/toys/{toy_id}", PLAY)
async def update_toy(ctx: Ctx, toy_id: ResourceId, patch: ToyPatch) -> ToyOut:
    """Change a toy."""
    ctx.require(PLAY, ctx.principal)
    toy = await get(ctx, Company, toy_id, lock=True)
    ctx.expect(toy)
    if patch.name is not None:
        toy.name = patch.name
    await ctx.db.flush()
    return _out(toy)


@room.post("/toys/prizes", PLAY, secret=("secret",))
async def draw_prize(ctx: Ctx, toy: ToyIn) -> Prize:
    """Something with a secret."""
    ctx.require(PLAY, ctx.principal)
    return Prize(name=toy.name, secret=CANARY)


@room.post("/toys/rehearsals", PLAY)
async def count_query(ctx: Ctx, *, dry_run: bool = False) -> Prize:
    """Whether it was meant."""
    ctx.require(PLAY, ctx.principal)
    return Prize(name="rehearsed" if dry_run else "played", secret=None)
