"""Routes of search."""

from typing import Annotated

from fastapi import Depends, Query

from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.text import Line, form
from peergroup.kit.wire import Page
from peergroup.people import merging, personal_data
from peergroup.search import index, policy, queries
from peergroup.search.models import SearchEntry
from peergroup.search.schemas import HitOut, OutcomeOut

room = Room("search", "Finding again what was said, and what was learned.")
personal_data.register(
    "search_entries", holds="The words by which what the person said is found.", remove=index.forget
)
merging.register("search", follows=(SearchEntry.author_id,))
Pages = Annotated[Paging, Depends(paging)]
_KIND = f"({'|'.join(queries.KINDS)})"
_WORDS = "Words that all have to occur; each may be the beginning of one."
Question = Annotated[Line, Query(max_length=200, description=_WORDS, examples=["head of sales"])]
MaybeQuestion = Annotated[Line | None, Query(max_length=200, description=_WORDS, examples=["head of sales"])]
Kinds = Annotated[
    str | None,
    Query(
        pattern=form(
            rf"^{_KIND}(,{_KIND}){{0,3}}$", f"Use some of {', '.join(queries.KINDS)}, separated by commas."
        ),
        json_schema_extra={"minLength": 7, "maxLength": 100},
        description="Only these kinds, separated by commas.",
        examples=["challenge,outcome"],
    ),
]


@room.get("/groups/{group_id}/search", policy.SEARCH)
async def search_group(
    ctx: Ctx, group_id: ResourceId, paging: Pages, q: Question, kinds: Kinds = None
) -> Page[HitOut]:
    """Find what was said in a group, as far as you may read it; the latest first."""
    wanted = frozenset(kinds.split(",")) if kinds else frozenset()
    return await queries.search_group(ctx, group_id, paging, q, wanted)


@room.get("/outcomes", policy.OUTCOMES)
async def list_outcomes(ctx: Ctx, paging: Pages, q: MaybeQuestion = None) -> Page[OutcomeOut]:
    """What people in your organization learned and released, without names; the latest first."""
    return await queries.list_outcomes(ctx, paging, q)
