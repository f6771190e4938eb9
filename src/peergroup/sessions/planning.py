"""Planning a session: making one, changing it, taking it back."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from peergroup.groups.models import Group
from peergroup.groups.standing import beside, standing_of
from peergroup.kit.context import LOCK, Context
from peergroup.kit.problems import CONFLICT, INVALID_TRANSITION, Problem, invalid, not_found
from peergroup.sessions import policy, rsvps
from peergroup.sessions.agenda import agenda_for, made, name_people, refuse_too_long
from peergroup.sessions.attention import note_touch
from peergroup.sessions.hanging import hanging
from peergroup.sessions.hosts import names_in
from peergroup.sessions.models import RUNNING, Session, Theme
from peergroup.sessions.queries import Here, agenda_of, find_session, new_here, sight_of
from peergroup.sessions.schemas import SessionIn, SessionPatch
from peergroup.sessions.series_overrides import note_overrides, what_it_says
from peergroup.sessions.times import place_in_time, refuse_overlap

USUAL_MINUTES = 120
_TIMES = {"local_start", "time_zone", "dst_policy", "minutes"}
_KEPT = ("local_start", "time_zone", "dst_policy", "minutes")


async def create(ctx: Context, group_id: UUID, given: SessionIn) -> tuple[Session, Here]:
    """Draft a session of a group."""
    statement = beside(ctx, select(Group).where(Group.id == group_id))
    row = (await ctx.db.execute(statement.with_for_update(of=(Group,), **LOCK))).one_or_none()
    if row is None:
        raise not_found()
    group: Group = row.Group
    standing = standing_of(ctx, group_id, row[-6:])
    if sight_of(standing, standing.session_id or group_id) is None:
        raise not_found()
    ctx.require(policy.PLAN, standing)
    if group.state == "archived":
        raise Problem(CONFLICT, "The group is archived.")
    segments = await agenda_for(ctx, group, given)
    minutes = given.minutes or sum(one.minutes for one in segments) or USUAL_MINUTES
    refuse_too_long(segments, minutes, "/agenda")
    session = Session(
        group_id=group_id,
        title=given.title,
        theme_id=given.theme_id,
        place=given.place,
        capacity=given.capacity,
        host_id=given.host_id,
        created_at=ctx.now,
        updated_at=ctx.now,
    )
    zone = given.time_zone or group.time_zone
    place_in_time(session, given.local_start, zone, given.dst_policy, max(minutes, 5))
    theme = await theme_title(ctx, given.theme_id)
    hosts = await names_in(ctx, group.id, {"/host_id": given.host_id})
    ctx.db.add(session)
    await ctx.db.flush()
    session.agenda = [made(ctx, session, one, place) for place, one in enumerate(segments)]
    await name_people(ctx, session, "/agenda")
    ctx.record("session.drafted", session, starts_at=session.starts_at)
    await ctx.db.flush()
    return session, new_here(standing, group.name, theme, next(iter(hosts.values()), None))


async def theme_title(ctx: Context, theme_id: UUID | None) -> str | None:
    """The name of a theme; 422 where there is no such theme."""
    if theme_id is None:
        return None
    title: str | None = await ctx.db.scalar(select(Theme.title).where(Theme.id == theme_id))
    if title is None:
        raise invalid("/theme_id", "is no theme of this organization")
    return title


async def update(ctx: Context, session_id: UUID, patch: SessionPatch) -> tuple[Session, Here]:
    """Change a session; another time is recorded and tells every calendar."""
    session, here = await find_session(ctx, session_id, lock=True)
    ctx.require(policy.PLAN, here, session)
    ctx.expect(session)
    sent, before = patch.model_dump(exclude_unset=True), what_it_says(session)
    _refuse_what_is_settled(session, set(sent))
    if "theme_id" in sent:
        here = here.with_theme(await theme_title(ctx, sent["theme_id"]))
    moved = bool(_TIMES & set(sent)) and await _move(ctx, session, sent)
    if "host_id" in sent:
        here = here.with_host(await names_in(ctx, session.group_id, {"/host_id": sent["host_id"]}))
    for name in ("title", "theme_id", "place", "capacity", "host_id"):
        if name in sent:
            setattr(session, name, sent[name])
    await note_overrides(ctx, session, before)
    if sent:
        session.updated_at = ctx.now
        _record(ctx, session, sorted(sent), moved=moved)
    if session.state in RUNNING:
        await note_touch(ctx, session.id)
    await ctx.db.flush()
    if "capacity" in sent:
        await rsvps.fit_capacity(ctx, session)
        return await find_session(ctx, session_id)  # the counts may be others now
    return session, here


def _refuse_what_is_settled(session: Session, sent: set[str]) -> None:
    over = session.state in ("completed", "cancelled")
    if over or (session.state in RUNNING and _TIMES & sent):
        raise Problem(
            INVALID_TRANSITION,
            f"That does not change while it is {session.state}.",
            state=session.state,
            allowed=[],
        )


async def _move(ctx: Context, session: Session, sent: dict[str, Any]) -> bool:
    given = {name: sent.get(name, getattr(session, name)) for name in _KEPT}
    moved = place_in_time(
        session, given["local_start"], given["time_zone"], given["dst_policy"], given["minutes"]
    )
    if sum(one.minutes for one in session.agenda) > session.minutes:
        raise invalid("/minutes", "is shorter than the agenda; change that first")
    if moved and session.state == "scheduled":
        if session.ends_at <= ctx.now:
            raise invalid("/local_start", "lies in the past")
        await refuse_overlap(ctx, session)
    session.sequence += moved
    return moved


def _record(ctx: Context, session: Session, changed: list[str], *, moved: bool) -> None:
    if moved:
        ctx.record(
            "session.rescheduled",
            session,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            sequence=session.sequence,
        )
    if not moved or set(changed) - _TIMES:
        ctx.record("session.updated", session, changed=changed)


async def take_back(ctx: Context, session: Session) -> None:
    """Take back a draft; what was scheduled is cancelled instead, so that everybody hears of it."""
    if session.state != "draft":
        raise Problem(
            INVALID_TRANSITION,
            "Only a draft can be deleted; cancel what was scheduled.",
            state=session.state,
            allowed=[],
        )
    if found := await hanging(ctx, [session.id], guests=False):
        raise Problem(
            CONFLICT, f"It stays, because {found[session.id]}; cancel it, so that everybody hears of it."
        )
    ctx.record("session.deleted", session.id, group_id=session.group_id)
    for segment in await agenda_of(ctx, session.id):
        await ctx.db.delete(segment)
    await ctx.db.flush()
    await ctx.db.delete(session)
    await ctx.db.flush()
