"""What was said in an exercise, as one reader sees it: names, marks and revisions included, in one statement.

The page comes first (contributions through `seen.sees`, and the reader's own sealed cards), then everything
that hangs on its contributions is joined to it: open marks, tallies of ended lists, and earlier words. The
same statement is part of the hot read of a challenge.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Date,
    Integer,
    Select,
    String,
    Text,
    and_,
    cast,
    false,
    literal,
    null,
    select,
    tuple_,
    type_coerce,
    union_all,
)

from peergroup.facilitation.ballot_models import Ballot, Mark, SealedMark, Tally
from peergroup.facilitation.contribution_schemas import ContributionOut
from peergroup.facilitation.models import Contribution, Exercise, Revision
from peergroup.facilitation.presenting import Around, Shown, around, gathered
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.sealed_models import SealedCard
from peergroup.facilitation.sealing import CARDS, MARKS, key_of, pseudonym
from peergroup.facilitation.seen import Eyes, sees
from peergroup.facilitation.shelf import protocol_of
from peergroup.facilitation.urns import secret_marks
from peergroup.groups.standing import Standing
from peergroup.kit.compiled import ORGANIZATION, given
from peergroup.kit.context import Context
from peergroup.kit.ids import Id
from peergroup.kit.pagination import encode, place_in
from peergroup.kit.prepared import Prepared
from peergroup.kit.reads.rows import Table
from peergroup.kit.time import UtcDateTime
from peergroup.people.models import Person

_PAGE = (
    "id",
    "exercise_id",
    "round",
    "phase",
    "step_no",
    "breakout",
    "revealed_at",
    "kind",
    "body",
    "parent_id",
    "by_on",
    "action",
    "author_id",
    "recorded_by_id",
    "confirmed_at",
    "after_seeing",
    "deleted_at",
    "merged_into_id",
    "drop_reason",
    "created_at",
    "version",
)
"""The columns that a page consists of. What a sealed card has not is empty."""
_EMPTY: dict[str, Any] = {
    "revealed_at": cast(null(), UtcDateTime()),
    "by_on": cast(null(), Date()),
    "action": cast(null(), String()),
    "author_id": cast(null(), Id()),
    "recorded_by_id": cast(null(), Id()),
    "confirmed_at": cast(null(), UtcDateTime()),
    "after_seeing": false(),
    "deleted_at": cast(null(), UtcDateTime()),
    "merged_into_id": cast(null(), Id()),
    "drop_reason": cast(null(), String()),
    "created_at": cast(null(), UtcDateTime()),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contributions: of one phase or kind, one alone, after a place in the order."""

    limit: int = 50
    cursor: str | None = None
    phase: str | None = None
    kind: str | None = None
    only: UUID | None = None

    def values(self) -> dict[str, Any]:
        """What narrows the page, by the names of `_FILTERS`, and its length."""
        order = (Contribution.step_no, Contribution.id)
        step_no, id_ = (None, None) if self.cursor is None else place_in(self.cursor, order)
        asked = {"phase": self.phase, "kind": self.kind, "only": self.only, "step_no": step_no, "id": id_}
        return {name: value for name, value in asked.items() if value is not None} | {"limit": self.limit + 1}


_FILTERS: dict[str, Any] = {
    "phase": String(),
    "kind": String(),
    "only": Id(),
    "step_no": Integer(),
    "id": Id(),
    "cards": String(),
    "voter": String(),
    "limit": Integer(),
}
"""What may narrow a page: phase, kind or id of the contribution, the place (step and id) behind which it begins;
and the pseudonyms under which the reader's own sealed cards and marks stand."""


async def contributions(
    ctx: Context, exercise: Exercise, standing: Standing, wanted: Wanted
) -> tuple[list[ContributionOut], str | None]:
    """A page of what this reader sees, and the cursor of the next."""
    protocol, key = await protocol_of(ctx, exercise), await key_of(ctx, exercise)
    me = ctx.principal.person_id
    asked = wanted.values()
    if me is not None and key is not None:
        asked |= {"voter": pseudonym(key, MARKS, me)}
        asked |= {"cards": pseudonym(key, CARDS, me)} if seals(protocol) else {}
    here = {"exercise_id": exercise.id, "person_id": me, "who": str(me)}
    rows = await _page_by(frozenset(asked)).named(ctx.db, **here, **asked)
    secret = secret_marks(key, me, rows[0].secret if rows and "voter" in asked else ())
    found, following = portion(around(ctx, exercise, protocol, standing, key, secret), rows, wanted.limit)
    return [ContributionOut(**one) for one in found], following


def portion(around: Around, rows: Sequence[Any], limit: int) -> tuple[list[Shown], str | None]:
    """So many contributions of the rows of `said`, and the cursor of the next ones if there are more."""
    found, places = gathered(around, rows)
    return found[:limit], encode(places[limit - 1]) if len(found) > limit else None


def seals(protocol: Protocol) -> bool:
    """Whether cards without an author are written in this method."""
    return any(phase.anonymous for phase in protocol.phases)


@cache
def _page_by(names: frozenset[str]) -> Prepared:
    """The page that these of the filters narrow."""
    eyes = Eyes(ORGANIZATION, given("exercise_id", Id()), given("person_id", Id()), given("who", String()))
    return Prepared(lambda _dialect: said(eyes, {name: given(name, _FILTERS[name]) for name in names}))


def said(eyes: Eyes, filters: Mapping[str, Any]) -> Any:
    """SQL: a page of contributions with everything that hangs on them, and the reader's own sealed cards and marks, if
    their pseudonyms are among the `_FILTERS`. Whoever asks for one more than is shown learns whether more follow."""
    statement = _with_all(eyes, _page(eyes, filters))
    if "voter" not in filters:
        return statement
    sealed = SealedMark.__table__.c
    mine = select(sealed.ballot, sealed.voter, sealed.card).where(
        sealed.organization_id == eyes.organization,
        sealed.exercise_id == eyes.exercise_id,
        sealed.voter == filters["voter"],
    )
    return statement.add_columns(type_coerce(Table(mine).json, JSON()).label("secret"))


def _page(eyes: Eyes, filters: Mapping[str, Any]) -> Any:
    said = Contribution.__table__.c
    seen = sees(said, eyes.person, eyes.who, eyes.organization)
    parts: list[Select[Any]] = [
        select(*(said[name] for name in _PAGE), literal("said").label("source")).where(
            *_here(eyes, said, filters), seen
        )
    ]
    if "cards" in filters:
        own = SealedCard.__table__.c
        columns = [(_EMPTY[name] if name in _EMPTY else own[name]).label(name) for name in _PAGE]
        parts.append(
            select(*columns, literal("card").label("source")).where(
                *_here(eyes, own, filters), own.author == filters["cards"]
            )
        )
    both = union_all(*parts).subquery("both")
    page = select(both).order_by(both.c.step_no, both.c.id).limit(filters["limit"])
    if "step_no" in filters:
        page = page.where(tuple_(both.c.step_no, both.c.id) > tuple_(filters["step_no"], filters["id"]))
    return page.subquery("page")


def _here(eyes: Eyes, table: Any, filters: Mapping[str, Any]) -> Iterable[Any]:
    yield table.organization_id == eyes.organization
    yield table.exercise_id == eyes.exercise_id
    columns = {"phase": table.phase, "kind": table.kind, "only": table.id}
    yield from (column == filters[name] for name, column in columns.items() if name in filters)


def _with_all(eyes: Eyes, page: Any) -> Any:
    """The page with everything that hangs on it; each contribution once for each such thing, or once bare."""
    author, recorder, giver = (Person.__table__.alias(name) for name in ("author", "recorder", "giver"))
    hanging = _hanging(eyes).subquery("hanging")

    def person(alias: Any, column: Any) -> Any:
        return and_(alias.c.organization_id == eyes.organization, alias.c.id == column)

    return (
        select(
            page,
            author.c.name.label("author_name"),
            recorder.c.name.label("recorder_name"),
            hanging,
            giver.c.name.label("giver_name"),
        )
        .select_from(page)
        .outerjoin(author, person(author, page.c.author_id))
        .outerjoin(recorder, person(recorder, page.c.recorded_by_id))
        .outerjoin(hanging, hanging.c.contribution_id == page.c.id)
        .outerjoin(giver, person(giver, hanging.c.person_id))
        .order_by(page.c.step_no, page.c.id, hanging.c.at)
    )


def _hanging(eyes: Eyes) -> Any:
    """What hangs on any contribution of the exercise; joined to the page, the rest of it falls away."""
    mark, tally, ballot, revision = (one.__table__.c for one in (Mark, Tally, Ballot, Revision))
    no_one, no_time, no_text = cast(null(), Id()), cast(null(), UtcDateTime()), cast(null(), Text())
    no_name, no_count = cast(null(), String()), cast(null(), Integer())
    marks = select(
        mark.contribution_id,
        literal("mark").label("what"),
        mark.ballot,
        mark.person_id,
        no_count.label("count"),
        no_count.label("voters"),
        no_text.label("earlier"),
        no_time.label("at"),
    ).where(mark.organization_id == eyes.organization, mark.exercise_id == eyes.exercise_id)
    same = and_(
        ballot.organization_id == eyes.organization,
        ballot.exercise_id == tally.exercise_id,
        ballot.ballot == tally.ballot,
        ballot.is_closed,
    )
    tallies = (
        select(
            tally.contribution_id,
            literal("tally"),
            tally.ballot,
            no_one,
            tally.marks,
            ballot.voters,
            no_text,
            no_time,
        )
        .select_from(Tally.__table__.join(Ballot.__table__, same))
        .where(tally.organization_id == eyes.organization, tally.exercise_id == eyes.exercise_id)
    )
    revisions = select(
        revision.contribution_id,
        literal("revision"),
        no_name,
        no_one,
        no_count,
        no_count,
        revision.body,
        revision.created_at,
    ).where(revision.organization_id == eyes.organization, revision.contribution_id.in_(_ids(eyes)))
    return union_all(marks, tallies, revisions)


def _ids(eyes: Eyes) -> Any:
    own = Contribution.__table__.alias("own")
    return select(own.c.id).where(
        own.c.organization_id == eyes.organization, own.c.exercise_id == eyes.exercise_id
    )
