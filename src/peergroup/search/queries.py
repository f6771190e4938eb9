"""What is found: of the things with these words, those that the reader reads anyway."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, func, or_, select

from peergroup.challenges.finding import covered
from peergroup.challenges.models import Challenge
from peergroup.commitments.models import Commitment
from peergroup.commitments.visibility import readable
from peergroup.facilitation.entering import covers
from peergroup.facilitation.models import Contribution, Exercise
from peergroup.facilitation.seen import sees
from peergroup.groups.standing import words_standing
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person
from peergroup.search import policy
from peergroup.search.excerpts import excerpt
from peergroup.search.matching import matches
from peergroup.search.models import SearchEntry
from peergroup.search.schemas import HitOut, OutcomeOut
from peergroup.search.words import asked

KINDS = ("challenge", "outcome", "contribution", "commitment")


async def search_group(
    ctx: Context, group_id: UUID, paging: Paging, question: str, kinds: frozenset[str]
) -> Page[HitOut]:
    """What was said in a group with all of these words, the latest first. Two statements."""
    ctx.require(policy.SEARCH, await words_standing(ctx, group_id))
    words = asked(question)
    if not words:
        return Page[HitOut](items=[], next_cursor=None)
    statement = _hits(ctx).where(
        SearchEntry.group_id == group_id,
        SearchEntry.kind.in_(sorted(kinds or KINDS)),
        matches(ctx, words),
    )
    order = [SearchEntry.happened_at, SearchEntry.subject_id, SearchEntry.kind]
    rows, following = await page(ctx, statement, paging, by=order, descending=True)
    return Page[HitOut](items=[_hit(row, words) for row in rows], next_cursor=following)


def _hits(ctx: Context) -> Select[Any, Any, Any, Any, Any, Any, Any]:
    """Entries beside what they stand for, as far as the reader reads that. Never what was for those present alone.

    Each kind of thing is judged by its own rule: the one that decides its lists and its page.
    """
    me = ctx.principal.person_id
    exercise_id = func.coalesce(Contribution.exercise_id, Challenge.exercise_id, Commitment.exercise_id)
    author_id = func.coalesce(Contribution.author_id, Challenge.owner_id, Commitment.owner_id)
    of_challenge = and_(
        SearchEntry.kind.in_(("challenge", "outcome")),
        Challenge.confidentiality != "session_only",
        Challenge.draft.is_(False),
        covered(ctx),
    )
    of_contribution = and_(
        SearchEntry.kind == "contribution",
        Exercise.confidentiality != "session_only",
        covers(ctx.principal.person_id),
        sees(Contribution, me, str(me)),
    )
    of_commitment = and_(
        SearchEntry.kind == "commitment", Commitment.confidentiality != "session_only", readable(ctx)
    )
    return (
        select(
            SearchEntry.kind,
            SearchEntry.subject_id,
            SearchEntry.happened_at,
            Challenge,
            Contribution,
            Commitment,
            Exercise,
        )
        .outerjoin(Challenge, _is("challenge", Challenge) | _is("outcome", Challenge))
        .outerjoin(Contribution, _is("contribution", Contribution))
        .outerjoin(Commitment, _is("commitment", Commitment))
        .outerjoin(Exercise, Exercise.id == exercise_id)
        .outerjoin(Person, Person.id == author_id)
        .add_columns(author_id.label("author_id"), Person.name.label("author_name"))
        .where(or_(of_challenge, of_contribution, of_commitment))
    )


def _is(kind: str, thing: Any) -> Any:
    return and_(SearchEntry.kind == kind, thing.id == SearchEntry.subject_id)


def _hit(row: Any, words: list[str]) -> HitOut:
    challenge, said, promise = row.Challenge, row.Contribution, row.Commitment
    about = row.Exercise
    if row.kind == "challenge":
        texts = [challenge.question, challenge.context, challenge.tried]
    else:
        texts = [challenge.learned if challenge else None, said and said.body, promise and promise.body]
    unnamed = "chatham" in {one.confidentiality for one in (challenge, about, promise) if one is not None}
    author = None
    if row.author_id is not None and row.author_name is not None and not unnamed:
        author = Named(id=row.author_id, name=row.author_name)
    of_challenge = about is not None and about.subject_kind == "challenge"
    return HitOut(
        kind=row.kind,
        id=row.subject_id,
        challenge_id=challenge.id if challenge else (about.subject_id if of_challenge else None),
        exercise_id=about.id if about is not None else None,
        excerpt=excerpt(texts, words),
        author=author,
        happened_at=row.happened_at,
    )


async def list_outcomes(ctx: Context, paging: Paging, question: str | None) -> Page[OutcomeOut]:
    """What was released in the organization, the latest first. One statement."""
    ctx.require(policy.OUTCOMES, ctx.principal)
    statement: Any = select(
        Challenge.id, Challenge.released_text, Challenge.outcome, Challenge.released_at
    ).where(Challenge.released_at.is_not(None), Challenge.confidentiality == "shareable")
    if question is not None:
        words = asked(question)
        if not words:
            return Page[OutcomeOut](items=[], next_cursor=None)
        found = select(SearchEntry.subject_id).where(SearchEntry.kind == "release", matches(ctx, words))
        statement = statement.where(Challenge.id.in_(found))
    order = [Challenge.released_at, Challenge.id]
    rows, following = await page(ctx, statement, paging, by=order, descending=True)
    items = [
        OutcomeOut(id=row.id, text=row.released_text, outcome=row.outcome, released_at=row.released_at)
        for row in rows
    ]
    return Page[OutcomeOut](items=items, next_cursor=following)
