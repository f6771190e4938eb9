"""Whose turn it is: the members of a group in the order in which they should get a hot seat, each with the reason."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import case, exists, func, literal, select
from sqlalchemy.orm import aliased

from peergroup.challenges import policy
from peergroup.challenges.answers import RotationOut, TurnOut
from peergroup.challenges.models import Challenge
from peergroup.groups.models import ActivePeriod, Membership
from peergroup.groups.standing import words_standing
from peergroup.kit.context import Context
from peergroup.kit.pagination import Paging, page
from peergroup.kit.time import UtcDateTime
from peergroup.kit.wire import Named, Page
from peergroup.people.models import Person
from peergroup.sessions.models import Segment, Session

A_YEAR = dt.timedelta(days=365)
_NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_Had, _Waiting = aliased(Challenge), aliased(Challenge)


def had_by(owner: Any, group_id: Any) -> tuple[Any, ...]:
    """SQL: the hot seats that somebody had in a group, as far as everybody in it may know whose they were."""
    return (
        _Had.group_id == group_id,
        _Had.owner_id == owner,
        _Had.started_at.is_not(None),
        # What not everybody is told, no figure tells either.
        _Had.confidentiality.not_in(("chatham", "session_only")),
    )


def hot_seats(ctx: Context, owner: Any, group_id: Any) -> Any:
    """SQL: how many hot seats somebody had in a group in the last twelve months."""
    recent = _Had.started_at >= literal(ctx.now - A_YEAR, UtcDateTime())
    query = select(func.count()).select_from(_Had).where(*had_by(owner, group_id), recent)
    return query.correlate_except(_Had).scalar_subquery()


async def rotation(ctx: Context, group_id: UUID, paging: Paging) -> Page[TurnOut]:
    """The members of a group in the order of their turns. Two statements.

    Who has a hot seat ahead comes last; then fewest in twelve months, a problem that waits, longest ago, longest
    in the group.
    """
    ctx.require(policy.LIST, await words_standing(ctx, group_id))
    seats = hot_seats(ctx, Membership.person_id, group_id)
    last = _only(func.max(_Had.started_at), _Had, had_by(Membership.person_id, group_id))
    ahead = _ahead(ctx, group_id)
    since = _only(
        func.min(ActivePeriod.started_at),
        ActivePeriod,
        (ActivePeriod.group_id == group_id, ActivePeriod.person_id == Membership.person_id),
    )
    waits = case((_waits(group_id), 0), else_=1)
    statement = (
        select(Person.id, Person.name)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.group_id == group_id, Membership.role == "member", Membership.state == "active")
        .add_columns(seats.label("seats"), last.label("last"), ahead.label("ahead"), since.label("since"))
        .add_columns(waits.label("waits"))
    )
    order = [
        case((ahead.is_(None), 0), else_=1),
        seats,
        waits,
        func.coalesce(last, literal(_NEVER, UtcDateTime())),
        func.coalesce(since, literal(_NEVER, UtcDateTime())),
        Person.id,
    ]
    rows, following = await page(ctx, statement, paging, by=order)
    return Page[TurnOut](items=[_turn(row) for row in rows], next_cursor=following)


def _only(figure: Any, of: Any, conditions: tuple[Any, ...]) -> Any:
    return select(figure).select_from(of).where(*conditions).correlate_except(of).scalar_subquery()


def _ahead(ctx: Context, group_id: UUID) -> Any:
    """SQL: when the next session begins in which a hot seat is somebody's already."""
    return (
        select(func.min(Session.starts_at))
        .join(Segment, Segment.session_id == Session.id)
        .where(
            Session.group_id == group_id,
            Session.state.in_(("draft", "scheduled")),
            Session.ends_at > literal(ctx.now, UtcDateTime()),
            Segment.kind == "hot_seat",
            Segment.person_id == Membership.person_id,
        )
        .correlate_except(Session, Segment)
        .scalar_subquery()
    )


def _waits(group_id: UUID) -> Any:
    return exists().where(
        _Waiting.group_id == group_id,
        _Waiting.owner_id == Membership.person_id,
        _Waiting.state.in_(("submitted", "accepted")),
        _Waiting.draft.is_(False),
    )


def _turn(row: Any) -> TurnOut:
    waiting = row.waits == 0
    said = ["1 hot seat in twelve months" if row.seats == 1 else f"{row.seats} hot seats in twelve months"]
    said.append("none so far" if row.last is None else f"the last on {row.last.date().isoformat()}")
    if waiting:
        said.append("a problem waits")
    if row.since is not None:
        said.append(f"in the group since {row.since.date().isoformat()}")
    if row.ahead is not None:
        said.append(f"has one ahead, on {row.ahead.date().isoformat()}")
    return TurnOut(
        person=Named(id=row.id, name=row.name),
        why=RotationOut(
            hot_seats=row.seats,
            last_at=row.last,
            waiting=waiting,
            member_since=row.since,
            next_at=row.ahead,
            said=f"{'; '.join(said)}.",
        ),
    )
