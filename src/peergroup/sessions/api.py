"""Routes of sessions, and of what happens in them."""

from typing import Annotated

from fastapi import Body, Depends, Query
from starlette.responses import Response

from peergroup.kit.answers import etag
from peergroup.kit.entrance import Ctx
from peergroup.kit.ids import ResourceId
from peergroup.kit.markdown import MEDIA, prefers_markdown
from peergroup.kit.pagination import Paging, paging
from peergroup.kit.routing import Room
from peergroup.kit.time import Instant
from peergroup.kit.verbs import verbs
from peergroup.kit.wire import Page
from peergroup.sessions import (
    actions,
    agenda,
    answers,
    attendance,
    minutes,
    planning,
    policy,
    queries,
    rsvps,
    series_scopes,
)
from peergroup.sessions.lifecycles import SESSION
from peergroup.sessions.markdown import minutes_as_markdown
from peergroup.sessions.queries import Wanted
from peergroup.sessions.result_schemas import (
    AttendanceIn,
    AttendanceOut,
    MinutesOut,
    OpenedIn,
    RsvpIn,
    RsvpOut,
)
from peergroup.sessions.schemas import AgendaIn, SessionBrief, SessionIn, SessionOut, SessionPatch, State
from peergroup.sessions.series_schemas import Scope

room = Room("sessions", "Meetings of a group: planning, running, and what came of them.")
Pages = Annotated[Paging, Depends(paging)]


def wanted(
    state: Annotated[State | None, Query(description="Only sessions in this state.")] = None,
    from_: Annotated[
        Instant | None, Query(alias="from", description="Only sessions that end after this.")
    ] = None,
    to: Annotated[Instant | None, Query(description="Only sessions that begin before this.")] = None,
) -> Wanted:
    """The query parameters that narrow a list of sessions."""
    return Wanted(state, from_, to)


Narrowed = Annotated[Wanted, Depends(wanted)]
OfSeries = Annotated[
    Scope, Query(description="Of a series: this session, it and those that follow, or all that are to come.")
]


@room.get("/groups/{group_id}/sessions", policy.SEE)
async def list_sessions(
    ctx: Ctx, group_id: ResourceId, paging: Pages, wanted: Narrowed
) -> Page[SessionBrief]:
    """The sessions of a group, the earliest first."""
    return await queries.list_sessions(ctx, group_id, paging, wanted)


@room.post("/groups/{group_id}/sessions", policy.PLAN, location="/v1/sessions/{id}")
async def create_session(ctx: Ctx, group_id: ResourceId, session: SessionIn) -> SessionOut:
    """Draft a session of a group."""
    return await queries.show_session(ctx, *await planning.create(ctx, group_id, session))


@room.get("/sessions/{session_id}", policy.SEE)
async def get_session(ctx: Ctx, session_id: ResourceId) -> SessionOut:
    """One session with its agenda and its clock."""
    session, here = await queries.find_session(ctx, session_id)
    ctx.require(policy.SEE, here, session)
    return await queries.show_session(ctx, session, here)


@room.patch("/sessions/{session_id}", policy.PLAN)
async def update_session(
    ctx: Ctx, session_id: ResourceId, patch: SessionPatch, scope: OfSeries = "this"
) -> SessionOut:
    """Change a session's name, theme, place, time or capacity; one of a series alone, or with others of it.

    What is changed on `this` one stays its own. With `following`, the series ends before it, and a new one begins
    with it; with `all`, the series and all that is to come of it follow, but for what was changed by hand.
    """
    return await queries.show_session(ctx, *await series_scopes.change(ctx, session_id, patch, scope))


@room.delete("/sessions/{session_id}", policy.PLAN)
async def delete_session(ctx: Ctx, session_id: ResourceId, scope: OfSeries = "this") -> None:
    """Take back a draft, or take sessions out of their series.

    `this` one is cancelled, and its day never comes back into the series. With `following` the series ends before
    it, with `all` at once: what is to come goes, or is cancelled where something hangs on it.
    """
    await series_scopes.delete(ctx, session_id, scope)


verbs(
    room,
    "session",
    SESSION,
    actions=actions,
    find=queries.find_session,
    show=queries.show_session,
    out=SessionOut,
    path="/sessions",
)


@room.put("/sessions/{session_id}/agenda", policy.PLAN, errors=(409, 428))
async def replace_agenda(ctx: Ctx, session_id: ResourceId, segments: AgendaIn) -> SessionOut:
    """Replace the agenda; segments that started stay as they are, and If-Match is needed."""
    return await queries.show_session(ctx, *await agenda.rearrange(ctx, session_id, segments))


@room.get("/sessions/{session_id}/rsvps", policy.SEE_ANSWERS)
async def list_rsvps(ctx: Ctx, session_id: ResourceId, paging: Pages) -> Page[RsvpOut]:
    """Who comes, and who was there."""
    return await answers.list_answers(ctx, session_id, paging)


@room.put("/sessions/{session_id}/rsvps/{person_id}", policy.ANSWER)
async def answer_session(ctx: Ctx, session_id: ResourceId, person_id: ResourceId, rsvp: RsvpIn) -> RsvpOut:
    """Say whether you come."""
    return await answers.show_answer(ctx, await rsvps.answer(ctx, session_id, person_id, rsvp.answer))


@room.put("/sessions/{session_id}/attendance/{person_id}", policy.MARK)
async def mark_attendance(
    ctx: Ctx, session_id: ResourceId, person_id: ResourceId, given: AttendanceIn
) -> AttendanceOut:
    """Mark whether somebody was there."""
    return await attendance.mark(ctx, session_id, person_id, given)


@room.get("/sessions/{session_id}/minutes", policy.READ_MINUTES, answers_with=(MEDIA,))
async def get_minutes(ctx: Ctx, session_id: ResourceId) -> MinutesOut | Response:
    """The minutes of a session, as JSON or Markdown."""
    found = await minutes.read(ctx, session_id)
    if not prefers_markdown(ctx.header("accept")):
        return found
    body = minutes_as_markdown(found).encode()
    return Response(body, headers={"ETag": etag(found.version, body)}, media_type=MEDIA)


@room.put("/sessions/{session_id}/minutes/opened", policy.OPEN_MINUTES, status=204)
async def open_minutes(
    ctx: Ctx, session_id: ResourceId, given: Annotated[OpenedIn | None, Body()] = None
) -> None:
    """Let those who joined later read the minutes, or no longer."""
    await minutes.open_to_newcomers(ctx, session_id, opened=given.opened if given else True)
