"""Standing: what somebody is in a group, read in one statement; the one source of who may read and say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from peergroup.groups.models import LIVE, Covenant, Group, Membership, Signature
from peergroup.kit.compiled import NOW, given
from peergroup.kit.context import Context, Principal
from peergroup.kit.ids import Id
from peergroup.kit.prepared import Prepared
from peergroup.kit.problems import Problem, not_found, problem_type

COVENANT_UNSIGNED = problem_type(
    "covenant_unsigned",
    403,
    "Sign the covenant first",
    "Read the group's covenant in force and sign it: POST /v1/groups/{id}/covenants/{version}/sign.",
)
# Made once: SQLAlchemy copies every column of an alias the first time it is asked for one.
_Mine, _Newer = aliased(Membership), aliased(Covenant)
MODERATORS = ("moderator", "co_moderator")
_LEVELS = {"invited": 1, "suspended": 1, "provisional": 2, "on_leave": 3, "active": 4}
_UNSIGNED = 2


def level_of(role: str | None, state: str | None) -> int:
    """How far somebody of this role and state reaches: 0 nothing … 4 active, 5 moderator."""
    level = _LEVELS.get(state or "", 0)
    return 5 if level == 4 and role in MODERATORS else level


@dataclass(frozen=True, slots=True)
class Standing:
    """Role and state of the actor in one group, and what follows from them.

    `reads_roster` is written so that it also makes a condition where the fields are columns: a hot read
    (`kit.reads`) applies the very same rule in SQL.
    """

    group_id: UUID
    group_state: str
    person_id: UUID | None
    membership_id: UUID | None
    role: str | None
    state: str | None
    session_id: UUID | None
    signed: bool
    is_admin: bool
    is_service: bool

    @property
    def is_active(self) -> bool:
        return self.state == "active" and self.role != "guest"

    @property
    def is_guest(self) -> bool:
        return self.state == "active" and self.role == "guest"

    @property
    def is_moderator(self) -> bool:
        return self.state == "active" and self.role in MODERATORS

    @property
    def reads_roster(self) -> bool:
        """Roster, agenda, RSVP and figures."""
        active = (self.state == "active") & (self.role != "guest")
        on_leave = (self.state == "on_leave") & (self.role != "guest")
        return active | on_leave | self.is_admin | self.is_service

    @property
    def reads_words(self) -> bool:
        """What is said: active or on leave, and signed. Nobody else, whatever their office."""
        return self.signed and self.role != "guest" and self.state in ("active", "on_leave")

    @property
    def says(self) -> bool:
        return self.signed and self.is_active

    @property
    def level(self) -> int:
        """For the replay of a kept answer: never less than when it was given. Unsigned, nobody reads words again."""
        own = level_of(self.role, self.state)
        return max(own if self.signed else min(own, _UNSIGNED), 3 if self.is_admin or self.is_service else 0)

    @property
    def is_found(self) -> bool:
        """Whether this group exists for the actor at all. A suspended person has the own membership only."""
        return self.level > 0 and (self.state != "suspended" or self.is_admin)


def covenant_in_force(group_id: Any, now: Any) -> Any:
    """The id of the covenant version in force in a group, as a scalar subquery."""
    latest = (
        select(func.max(_Newer.number))
        .where(_Newer.group_id == group_id, _Newer.effective_at <= now)
        .correlate_except(_Newer)
        .scalar_subquery()
    )
    return (
        select(Covenant.id)
        .where(Covenant.group_id == group_id, Covenant.number == latest)
        .correlate_except(Covenant)
        .scalar_subquery()
    )


def standing_columns(person_id: Any, now: Any) -> tuple[Any, ColumnElement[bool], tuple[Any, ...]]:
    """SQL: somebody's membership beside `Group`, on which condition it is joined, and six columns of standing.

    `person_id` and `now` are values, or expressions where a hot read knows them only in the database.
    """
    covenant = covenant_in_force(Group.id, now)
    signed = or_(
        covenant.is_(None),
        exists().where(Signature.covenant_id == covenant, Signature.person_id == person_id),
    )
    own = and_(_Mine.group_id == Group.id, _Mine.person_id == person_id, _Mine.state.in_(LIVE))
    columns = (Group.state, _Mine.id, _Mine.role, _Mine.state, _Mine.session_id, signed.label("signed"))
    return _Mine, own, columns


def standing_from(group_id: Any, columns: Sequence[Any], actor: Principal) -> Standing:
    """The standing in six columns: their values in a row, or the columns themselves for conditions in SQL."""
    state, membership_id, role, own_state, session_id, signed = columns[:6]
    return Standing(
        group_id,
        state,
        actor.person_id,
        membership_id,
        role,
        own_state,
        session_id,
        signed,
        actor.is_admin,
        actor.is_service,
    )


def beside(ctx: Context, statement: Select[Any]) -> Select[Any]:
    """A select that joins `Group`, with the actor's standing beside each row: six columns for `standing_of`."""
    mine, own, columns = standing_columns(ctx.principal.person_id, ctx.now)
    return statement.outerjoin(mine, own).add_columns(*columns)


def standing_of(ctx: Context, group_id: UUID, columns: Sequence[Any]) -> Standing:
    """The standing in the six columns that `beside` added."""
    standing = standing_from(group_id, columns, ctx.principal)
    ctx.reach[f"group/{group_id}"] = standing.level
    return standing


def _standing(_dialect: str) -> Select[Any]:
    mine, own, columns = standing_columns(given("person_id", Id()), NOW)
    statement: Select[Any] = select(*columns).select_from(Group).outerjoin(mine, own)
    return statement.where(Group.id == given("group_id", Id()))


_STANDING = Prepared(_standing)


async def standing_in(ctx: Context, group_id: UUID) -> Standing:
    """The actor's standing in a group; 404 where there is no such group for them."""
    asked = {"group_id": group_id, "person_id": ctx.principal.person_id, "now": ctx.now}
    row = await _STANDING.row(ctx.db, **asked)
    if row is None:
        raise not_found()
    return standing_of(ctx, group_id, row)


async def group_standing(ctx: Context, group_id: UUID) -> Standing:
    """As `standing_in`, and 404 for those for whom the group does not exist."""
    standing = await standing_in(ctx, group_id)
    refuse_unknown(ctx, standing)
    return standing


def refuse_unknown(ctx: Context, standing: Standing) -> None:
    """404 for those for whom the group does not exist."""
    if not standing.is_found and not ctx.principal.is_system:
        raise not_found()


async def words_standing(ctx: Context, group_id: UUID) -> Standing:
    """The standing of somebody who may read words here; 404 for others, 403 `covenant_unsigned` for the unsigned."""
    standing = await group_standing(ctx, group_id)
    refuse_words(standing)
    return standing


def refuse_words(standing: Standing) -> None:
    """Refuse whoever may not read words: 403 `covenant_unsigned` where only the signature is missing, else 404."""
    if standing.reads_words:
        return
    if standing.state in ("active", "on_leave") and standing.role != "guest":
        group_id = str(standing.group_id)
        raise Problem(COVENANT_UNSIGNED, "The covenant in force is not signed yet.", group_id=group_id)
    raise not_found()


def rest_on_words(ctx: Context, group_id: UUID) -> None:
    """The answer shows words of a group: kept for a retry, it is for whoever still reads there."""
    ctx.reach[f"group/{group_id}"] = _LEVELS["on_leave"]


async def reach_of(ctx: Context, subject: str) -> int:
    """The present level behind a kept answer's `group/<id>`."""
    try:
        return (await standing_in(ctx, UUID(subject.removeprefix("group/")))).level
    except Problem:
        return 0
