"""What is read of promises: one's own, and those made in groups whose words one reads."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from peergroup.commitments import policy
from peergroup.commitments.lifecycles import COMMITMENT
from peergroup.commitments.models import Commitment
from peergroup.commitments.schemas import CommitmentOut, EarlierOut
from peergroup.commitments.visibility import readable
from peergroup.facilitation.models import Exercise
from peergroup.groups.models import Group
from peergroup.groups.standing import rest_on_words
from peergroup.kit.context import LOCK, Asking, Context, Principal
from peergroup.kit.pagination import Paging, page
from peergroup.kit.problems import not_found
from peergroup.kit.time import end_of_local_day
from peergroup.kit.wire import Named, Page
from peergroup.organizations.models import Organization
from peergroup.people.models import Person

PLAIN = (
    "id",
    "source",
    "exercise_id",
    "contribution_id",
    "session_id",
    "state",
    "body",
    "action",
    "by_on",
    "reason",
    "created_at",
    "closed_at",
    "version",
)


def promises(ctx: Context) -> Any:
    """The promises the actor reads, with the names beside them."""
    return with_what_is_shown(Commitment).where(readable(ctx))


def with_what_is_shown(*columns: Any) -> Any:
    """A select of promises with the names and the zones beside each, and the exercise for `visibility`."""
    zone = func.coalesce(Person.time_zone, Organization.time_zone).label("zone")
    group_zone = func.coalesce(Group.time_zone, Organization.time_zone).label("group_zone")
    return (
        select(*columns, Person.name.label("owner_name"), zone, group_zone, Group.name.label("group_name"))
        .join(Person, Person.id == Commitment.owner_id)
        .join(Organization, Organization.id == Commitment.organization_id)
        .outerjoin(Group, Group.id == Commitment.group_id)
        .outerjoin(Exercise, Exercise.id == Commitment.exercise_id)
    )


async def list_commitments(
    ctx: Context, paging: Paging, *, owner: str | None, state: str | None, group_id: UUID | None
) -> Page[CommitmentOut]:
    """The promises the actor reads, in the order in which they were made."""
    ctx.require(policy.READ, ctx.principal)
    statement = promises(ctx)
    if owner is not None:
        statement = statement.where(_owned_by(ctx, ctx.me if owner == "me" else UUID(owner)))
    if state is not None:
        statement = statement.where(Commitment.state == state)
    if group_id is not None:
        statement = statement.where(Commitment.group_id == group_id)
    rows, following = await page(ctx, statement, paging, by=[Commitment.created_at, Commitment.id])
    return Page[CommitmentOut](items=[shown(ctx, row) for row in rows], next_cursor=following)


def _owned_by(ctx: Context, person: UUID) -> Any:
    # To ask for somebody's would tell whose an unnamed one is.
    return and_(
        Commitment.owner_id == person,
        or_(Commitment.confidentiality != "chatham", Commitment.owner_id == ctx.principal.person_id),
    )


async def of_exercise(ctx: Context, exercise_id: UUID) -> list[CommitmentOut]:
    """The promises made in an exercise, as far as the actor reads them."""
    statement = promises(ctx).where(Commitment.exercise_id == exercise_id)
    rows = (await ctx.db.execute(statement.order_by(Commitment.id).limit(200))).all()
    return [shown(ctx, row) for row in rows]


async def find_commitment(
    ctx: Context, commitment_id: UUID, *, lock: bool = False
) -> tuple[Commitment, Principal]:
    """A promise the actor reads, and the actor; 404 for everybody else."""
    query = (
        select(Commitment)
        .outerjoin(Exercise, Exercise.id == Commitment.exercise_id)
        .where(Commitment.id == commitment_id, readable(ctx))
    )
    if lock:
        query = query.with_for_update(of=Commitment, **LOCK).execution_options(populate_existing=True)
    commitment: Commitment | None = await ctx.db.scalar(query)
    if commitment is None:
        raise not_found()
    if commitment.group_id is not None:
        rest_on_words(ctx, commitment.group_id)
    return commitment, ctx.principal


async def show_commitment(ctx: Context, commitment: Commitment, _actor: Principal) -> CommitmentOut:
    """A promise on the wire, with the names it mentions."""
    statement = promises(ctx).where(Commitment.id == commitment.id)
    return shown(ctx, (await ctx.db.execute(statement)).one())


def shown(ctx: Context, row: Any) -> CommitmentOut:
    """A row of this room's statement on the wire."""
    return shown_beside(ctx, row.Commitment, row)


def shown_beside(asking: Asking, one: Any, row: Any) -> CommitmentOut:
    """A promise on the wire, with what `with_what_is_shown` read beside it."""
    mine = one.owner_id == asking.principal.person_id
    hidden = one.is_unnamed and not mine
    # Where somebody lives would tell who it is.
    due_at = end_of_local_day(one.by_on, row.group_zone if hidden else row.zone)
    return CommitmentOut(
        **{name: getattr(one, name) for name in PLAIN},
        owner=None if hidden else Named(id=one.owner_id, name=row.owner_name),
        mine=mine,
        group=Named(id=one.group_id, name=row.group_name) if one.group_id else None,
        due_at=due_at,
        overdue=is_overdue(one, due_at, asking.now),
        history=[EarlierOut.model_validate(entry) for entry in one.history],
        allowed_actions=COMMITMENT.allowed(asking.principal, one),
    )


def is_overdue(commitment: Any, due_at: dt.datetime, now: dt.datetime) -> bool:
    """Open although its day is over: computed, never stored."""
    return commitment.state == "open" and due_at <= now
