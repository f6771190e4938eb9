"""Meetings of a group: planning, running, and what came of them.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id, Match, Time
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Sessions:
    """Meetings of a group: planning, running, and what came of them."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        state: Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"] | None = None,
        from_: Time | None = None,
        to: Time | None = None,
    ) -> Page[answers.SessionBrief]:
        """The sessions of a group, the earliest first.

        `GET /v1/groups/{group_id}/sessions`, operation `list_sessions`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
            state: Only sessions in this state.
            from_: Only sessions that end after this.
            to: Only sessions that begin before this.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/sessions",
                answers.SessionBrief,
                query={"limit": limit, "cursor": cursor, "state": state, "from": from_, "to": to},
            )
        )

    def create(
        self,
        group_id: Id,
        *,
        local_start: str,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent | None = ABSENT,
        capacity: int | Absent | None = ABSENT,
        host_id: Id | Absent | None = ABSENT,
        agenda: Sequence[inputs.SegmentOf] | Absent | None = ABSENT,
        agenda_template_id: Id | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SessionOut:
        """Draft a session of a group.

        `POST /v1/groups/{group_id}/sessions`, operation `create_session`.

        Args:
            group_id: Identifier of the resource.
            local_start: What the clock on the wall shows: date and time to the minute, without an
                offset.
            title: Name of this meeting.
            theme_id: Its theme, from the library.
            place: Where it is.
            time_zone: Zone of `local_start`; the group's if left out.
            dst_policy: What to do with a time that the clocks skip.
            minutes: How long it takes, in minutes; as long as its agenda, else 120, if left out.
            host_id: Who has everybody in. Somebody of the group.
            agenda: The segments in order.
            agenda_template_id: Template of the agenda; the group's if neither this nor `agenda` is
                sent.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/sessions",
                answers.SessionOut,
                body=given(
                    local_start=local_start,
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    capacity=capacity,
                    host_id=host_id,
                    agenda=agenda,
                    agenda_template_id=agenda_template_id,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, session_id: Id, *, if_none_match: None = None) -> answers.SessionOut: ...
    @overload
    def get(self, session_id: Id, *, if_none_match: str | Record) -> answers.SessionOut | NotChanged: ...
    def get(self, session_id: Id, *, if_none_match: Match = None) -> answers.SessionOut | NotChanged:
        """One session with its agenda and its clock.

        `GET /v1/sessions/{session_id}`, operation `get_session`.

        Args:
            session_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}", answers.SessionOut, if_none_match=if_none_match)
        )

    def update(
        self,
        session_id: Id,
        *,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        local_start: str | Absent = ABSENT,
        time_zone: str | Absent = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent = ABSENT,
        capacity: int | Absent | None = ABSENT,
        host_id: Id | Absent | None = ABSENT,
        rule: str | Absent = ABSENT,
        scope: Literal["this", "following", "all"] | None = None,
        if_match: Match = None,
    ) -> answers.SessionOut:
        """Change a session's name, theme, place, time or capacity; one of a series alone, or with
        others of it.

        What is changed on `this` one stays its own. With `following`, the series ends before it,
        and a new one begins with it; with `all`, the series and all that is to come of it follow,
        but for what was changed by hand.

        `PATCH /v1/sessions/{session_id}`, operation `update_session`.

        Args:
            session_id: Identifier of the resource.
            title: New name; null clears it.
            theme_id: New theme; null clears it.
            place: New place; null clears it.
            local_start: What the clock on the wall shows: date and time to the minute, without an
                offset.
            time_zone: New zone of `local_start`.
            dst_policy: What to do with a time that the clocks skip.
            minutes: How long it takes, in minutes.
            host_id: New host; null clears it.
            rule: The rule of its series from now on; with `scope=following` or `scope=all` only.
            scope: Of a series: this session, it and those that follow, or all that are to come.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/sessions/{segment(session_id)}",
                answers.SessionOut,
                query={"scope": scope},
                body=given(
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    local_start=local_start,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    capacity=capacity,
                    host_id=host_id,
                    rule=rule,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    def delete(
        self,
        session_id: Id,
        *,
        scope: Literal["this", "following", "all"] | None = None,
        if_match: Match = None,
    ) -> None:
        """Take back a draft, or take sessions out of their series.

        `this` one is cancelled, and its day never comes back into the series. With `following` the
        series ends before it, with `all` at once: what is to come goes, or is cancelled where
        something hangs on it.

        `DELETE /v1/sessions/{session_id}`, operation `delete_session`.

        Args:
            session_id: Identifier of the resource.
            scope: Of a series: this session, it and those that follow, or all that are to come.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "DELETE",
                f"/v1/sessions/{segment(session_id)}",
                nothing,
                query={"scope": scope},
                if_match=if_match,
            )
        )

    def schedule(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Fix a session: from now on it takes its time, and people say whether they come.

        While promises of the group are open, an agenda without a segment of the kind `commitments`
        gets one after its beginning, "What we promised", if five minutes are left for it: one that
        was sent explicitly, too.

        `POST /v1/sessions/{session_id}/schedule`, operation `schedule_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/schedule",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def start(
        self,
        session_id: Id,
        *,
        reason: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.SessionOut:
        """Open the session with its first segment; the clock runs on the server.

        `POST /v1/sessions/{session_id}/start`, operation `start_session`.

        Args:
            session_id: Identifier of the resource.
            reason: Why it starts more than 60 minutes early, or after its end.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/start",
                answers.SessionOut,
                body=given(reason=reason) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def next(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Go on to the next segment of the agenda; exercises are neither started nor ended by it.

        `POST /v1/sessions/{session_id}/next`, operation `next_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/next",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def back(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Go back to the segment before, with its full time; the one that is left is still to come.

        `POST /v1/sessions/{session_id}/back`, operation `back_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/back",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def extend(
        self, session_id: Id, *, minutes: int, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Give the segment that runs more time.

        `POST /v1/sessions/{session_id}/extend`, operation `extend_session`.

        Args:
            session_id: Identifier of the resource.
            minutes: Minutes to add.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/extend",
                answers.SessionOut,
                body=given(minutes=minutes),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def pause(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Stop the clock of the session and of its exercise.

        `POST /v1/sessions/{session_id}/pause`, operation `pause_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/pause",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def resume(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Let the clock of the session and of its exercise run on with what was left.

        `POST /v1/sessions/{session_id}/resume`, operation `resume_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/resume",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def complete(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """End the session; everyone who said yes has an attendance mark by now.

        `POST /v1/sessions/{session_id}/complete`, operation `complete_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/complete",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def cancel(
        self, session_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Call a session off, with a reason that everybody reads.

        `POST /v1/sessions/{session_id}/cancel`, operation `cancel_session`.

        Args:
            session_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/cancel",
                answers.SessionOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def claim(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Take over a session that nobody leads any more; members may then pause or end it.

        `POST /v1/sessions/{session_id}/claim`, operation `claim_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/claim",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, session_id: Id) -> answers.ActionsOut:
        """Which verbs this session admits now, with what stands in their way.

        `GET /v1/sessions/{session_id}/actions`, operation `list_session_actions`.

        Args:
            session_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/actions", answers.ActionsOut)
        )

    def replace_agenda(
        self, session_id: Id, *, segments: Sequence[inputs.SegmentIn], if_match: Match = None
    ) -> answers.SessionOut:
        """Replace the agenda; segments that started stay as they are, and If-Match is needed.

        `PUT /v1/sessions/{session_id}/agenda`, operation `replace_agenda`.

        Args:
            session_id: Identifier of the resource.
            segments: The segments in order.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/agenda",
                answers.SessionOut,
                body=given(segments=segments),
                if_match=if_match,
            )
        )

    def list_rsvps(
        self, session_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.RsvpOut]:
        """Who comes, and who was there.

        `GET /v1/sessions/{session_id}/rsvps`, operation `list_rsvps`.

        Args:
            session_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/sessions/{segment(session_id)}/rsvps",
                answers.RsvpOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    def answer(
        self, session_id: Id, person_id: Id, *, answer: Literal["yes", "no", "maybe"], if_match: Match = None
    ) -> answers.RsvpOut:
        """Say whether you come.

        `PUT /v1/sessions/{session_id}/rsvps/{person_id}`, operation `answer_session`.

        Args:
            session_id: Identifier of the resource.
            person_id: Identifier of the resource.
            answer: yes, no or maybe.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/rsvps/{segment(person_id)}",
                answers.RsvpOut,
                body=given(answer=answer),
                if_match=if_match,
            )
        )

    def mark_attendance(
        self,
        session_id: Id,
        person_id: Id,
        *,
        mark: Literal["present", "late", "absent", "excused"],
        note: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.AttendanceOut:
        """Mark whether somebody was there.

        `PUT /v1/sessions/{session_id}/attendance/{person_id}`, operation `mark_attendance`.

        Args:
            session_id: Identifier of the resource.
            person_id: Identifier of the resource.
            mark: present, late, absent or excused. Before the session has begun: absent or excused.
            note: A note for those who may read words.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/attendance/{segment(person_id)}",
                answers.AttendanceOut,
                body=given(mark=mark, note=note),
                if_match=if_match,
            )
        )

    @overload
    def get_minutes(self, session_id: Id, *, if_none_match: None = None) -> answers.MinutesOut: ...
    @overload
    def get_minutes(
        self, session_id: Id, *, if_none_match: str | Record
    ) -> answers.MinutesOut | NotChanged: ...
    def get_minutes(self, session_id: Id, *, if_none_match: Match = None) -> answers.MinutesOut | NotChanged:
        """The minutes of a session, as JSON or Markdown.

        `GET /v1/sessions/{session_id}/minutes`, operation `get_minutes`.

        Args:
            session_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/sessions/{segment(session_id)}/minutes",
                answers.MinutesOut,
                if_none_match=if_none_match,
            )
        )

    def get_minutes_markdown(self, session_id: Id) -> str:
        """The minutes of a session, as JSON or Markdown.

        `GET /v1/sessions/{session_id}/minutes`, operation `get_minutes`.

        Args:
            session_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/minutes", str, accept="text/markdown")
        )

    def open_minutes(self, session_id: Id, *, opened: bool | Absent = ABSENT, if_match: Match = None) -> None:
        """Let those who joined later read the minutes, or no longer.

        `PUT /v1/sessions/{session_id}/minutes/opened`, operation `open_minutes`.

        Args:
            session_id: Identifier of the resource.
            opened: True opens them, false closes them again.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/minutes/opened",
                nothing,
                body=given(opened=opened) or ABSENT,
                if_match=if_match,
            )
        )


class AsyncSessions:
    """Meetings of a group: planning, running, and what came of them."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        state: Literal["draft", "scheduled", "in_progress", "paused", "completed", "cancelled"] | None = None,
        from_: Time | None = None,
        to: Time | None = None,
    ) -> Listing[answers.SessionBrief]:
        """The sessions of a group, the earliest first.

        `GET /v1/groups/{group_id}/sessions`, operation `list_sessions`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
            state: Only sessions in this state.
            from_: Only sessions that end after this.
            to: Only sessions that begin before this.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/sessions",
                answers.SessionBrief,
                query={"limit": limit, "cursor": cursor, "state": state, "from": from_, "to": to},
            )
        )

    async def create(
        self,
        group_id: Id,
        *,
        local_start: str,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent | None = ABSENT,
        capacity: int | Absent | None = ABSENT,
        host_id: Id | Absent | None = ABSENT,
        agenda: Sequence[inputs.SegmentOf] | Absent | None = ABSENT,
        agenda_template_id: Id | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SessionOut:
        """Draft a session of a group.

        `POST /v1/groups/{group_id}/sessions`, operation `create_session`.

        Args:
            group_id: Identifier of the resource.
            local_start: What the clock on the wall shows: date and time to the minute, without an
                offset.
            title: Name of this meeting.
            theme_id: Its theme, from the library.
            place: Where it is.
            time_zone: Zone of `local_start`; the group's if left out.
            dst_policy: What to do with a time that the clocks skip.
            minutes: How long it takes, in minutes; as long as its agenda, else 120, if left out.
            host_id: Who has everybody in. Somebody of the group.
            agenda: The segments in order.
            agenda_template_id: Template of the agenda; the group's if neither this nor `agenda` is
                sent.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/sessions",
                answers.SessionOut,
                body=given(
                    local_start=local_start,
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    capacity=capacity,
                    host_id=host_id,
                    agenda=agenda,
                    agenda_template_id=agenda_template_id,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, session_id: Id, *, if_none_match: None = None) -> answers.SessionOut: ...
    @overload
    async def get(
        self, session_id: Id, *, if_none_match: str | Record
    ) -> answers.SessionOut | NotChanged: ...
    async def get(self, session_id: Id, *, if_none_match: Match = None) -> answers.SessionOut | NotChanged:
        """One session with its agenda and its clock.

        `GET /v1/sessions/{session_id}`, operation `get_session`.

        Args:
            session_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}", answers.SessionOut, if_none_match=if_none_match)
        )

    async def update(
        self,
        session_id: Id,
        *,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        local_start: str | Absent = ABSENT,
        time_zone: str | Absent = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent = ABSENT,
        capacity: int | Absent | None = ABSENT,
        host_id: Id | Absent | None = ABSENT,
        rule: str | Absent = ABSENT,
        scope: Literal["this", "following", "all"] | None = None,
        if_match: Match = None,
    ) -> answers.SessionOut:
        """Change a session's name, theme, place, time or capacity; one of a series alone, or with
        others of it.

        What is changed on `this` one stays its own. With `following`, the series ends before it,
        and a new one begins with it; with `all`, the series and all that is to come of it follow,
        but for what was changed by hand.

        `PATCH /v1/sessions/{session_id}`, operation `update_session`.

        Args:
            session_id: Identifier of the resource.
            title: New name; null clears it.
            theme_id: New theme; null clears it.
            place: New place; null clears it.
            local_start: What the clock on the wall shows: date and time to the minute, without an
                offset.
            time_zone: New zone of `local_start`.
            dst_policy: What to do with a time that the clocks skip.
            minutes: How long it takes, in minutes.
            host_id: New host; null clears it.
            rule: The rule of its series from now on; with `scope=following` or `scope=all` only.
            scope: Of a series: this session, it and those that follow, or all that are to come.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/sessions/{segment(session_id)}",
                answers.SessionOut,
                query={"scope": scope},
                body=given(
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    local_start=local_start,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    capacity=capacity,
                    host_id=host_id,
                    rule=rule,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def delete(
        self,
        session_id: Id,
        *,
        scope: Literal["this", "following", "all"] | None = None,
        if_match: Match = None,
    ) -> None:
        """Take back a draft, or take sessions out of their series.

        `this` one is cancelled, and its day never comes back into the series. With `following` the
        series ends before it, with `all` at once: what is to come goes, or is cancelled where
        something hangs on it.

        `DELETE /v1/sessions/{session_id}`, operation `delete_session`.

        Args:
            session_id: Identifier of the resource.
            scope: Of a series: this session, it and those that follow, or all that are to come.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "DELETE",
                f"/v1/sessions/{segment(session_id)}",
                nothing,
                query={"scope": scope},
                if_match=if_match,
            )
        )

    async def schedule(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Fix a session: from now on it takes its time, and people say whether they come.

        While promises of the group are open, an agenda without a segment of the kind `commitments`
        gets one after its beginning, "What we promised", if five minutes are left for it: one that
        was sent explicitly, too.

        `POST /v1/sessions/{session_id}/schedule`, operation `schedule_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/schedule",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def start(
        self,
        session_id: Id,
        *,
        reason: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.SessionOut:
        """Open the session with its first segment; the clock runs on the server.

        `POST /v1/sessions/{session_id}/start`, operation `start_session`.

        Args:
            session_id: Identifier of the resource.
            reason: Why it starts more than 60 minutes early, or after its end.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/start",
                answers.SessionOut,
                body=given(reason=reason) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def next(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Go on to the next segment of the agenda; exercises are neither started nor ended by it.

        `POST /v1/sessions/{session_id}/next`, operation `next_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/next",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def back(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Go back to the segment before, with its full time; the one that is left is still to come.

        `POST /v1/sessions/{session_id}/back`, operation `back_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/back",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def extend(
        self, session_id: Id, *, minutes: int, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Give the segment that runs more time.

        `POST /v1/sessions/{session_id}/extend`, operation `extend_session`.

        Args:
            session_id: Identifier of the resource.
            minutes: Minutes to add.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/extend",
                answers.SessionOut,
                body=given(minutes=minutes),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def pause(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Stop the clock of the session and of its exercise.

        `POST /v1/sessions/{session_id}/pause`, operation `pause_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/pause",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def resume(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Let the clock of the session and of its exercise run on with what was left.

        `POST /v1/sessions/{session_id}/resume`, operation `resume_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/resume",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def complete(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """End the session; everyone who said yes has an attendance mark by now.

        `POST /v1/sessions/{session_id}/complete`, operation `complete_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/complete",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def cancel(
        self, session_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Call a session off, with a reason that everybody reads.

        `POST /v1/sessions/{session_id}/cancel`, operation `cancel_session`.

        Args:
            session_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/cancel",
                answers.SessionOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def claim(
        self, session_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.SessionOut:
        """Take over a session that nobody leads any more; members may then pause or end it.

        `POST /v1/sessions/{session_id}/claim`, operation `claim_session`.

        Args:
            session_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/claim",
                answers.SessionOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, session_id: Id) -> answers.ActionsOut:
        """Which verbs this session admits now, with what stands in their way.

        `GET /v1/sessions/{session_id}/actions`, operation `list_session_actions`.

        Args:
            session_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/actions", answers.ActionsOut)
        )

    async def replace_agenda(
        self, session_id: Id, *, segments: Sequence[inputs.SegmentIn], if_match: Match = None
    ) -> answers.SessionOut:
        """Replace the agenda; segments that started stay as they are, and If-Match is needed.

        `PUT /v1/sessions/{session_id}/agenda`, operation `replace_agenda`.

        Args:
            session_id: Identifier of the resource.
            segments: The segments in order.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/agenda",
                answers.SessionOut,
                body=given(segments=segments),
                if_match=if_match,
            )
        )

    def list_rsvps(
        self, session_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.RsvpOut]:
        """Who comes, and who was there.

        `GET /v1/sessions/{session_id}/rsvps`, operation `list_rsvps`.

        Args:
            session_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/sessions/{segment(session_id)}/rsvps",
                answers.RsvpOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    async def answer(
        self, session_id: Id, person_id: Id, *, answer: Literal["yes", "no", "maybe"], if_match: Match = None
    ) -> answers.RsvpOut:
        """Say whether you come.

        `PUT /v1/sessions/{session_id}/rsvps/{person_id}`, operation `answer_session`.

        Args:
            session_id: Identifier of the resource.
            person_id: Identifier of the resource.
            answer: yes, no or maybe.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/rsvps/{segment(person_id)}",
                answers.RsvpOut,
                body=given(answer=answer),
                if_match=if_match,
            )
        )

    async def mark_attendance(
        self,
        session_id: Id,
        person_id: Id,
        *,
        mark: Literal["present", "late", "absent", "excused"],
        note: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.AttendanceOut:
        """Mark whether somebody was there.

        `PUT /v1/sessions/{session_id}/attendance/{person_id}`, operation `mark_attendance`.

        Args:
            session_id: Identifier of the resource.
            person_id: Identifier of the resource.
            mark: present, late, absent or excused. Before the session has begun: absent or excused.
            note: A note for those who may read words.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/attendance/{segment(person_id)}",
                answers.AttendanceOut,
                body=given(mark=mark, note=note),
                if_match=if_match,
            )
        )

    @overload
    async def get_minutes(self, session_id: Id, *, if_none_match: None = None) -> answers.MinutesOut: ...
    @overload
    async def get_minutes(
        self, session_id: Id, *, if_none_match: str | Record
    ) -> answers.MinutesOut | NotChanged: ...
    async def get_minutes(
        self, session_id: Id, *, if_none_match: Match = None
    ) -> answers.MinutesOut | NotChanged:
        """The minutes of a session, as JSON or Markdown.

        `GET /v1/sessions/{session_id}/minutes`, operation `get_minutes`.

        Args:
            session_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/sessions/{segment(session_id)}/minutes",
                answers.MinutesOut,
                if_none_match=if_none_match,
            )
        )

    async def get_minutes_markdown(self, session_id: Id) -> str:
        """The minutes of a session, as JSON or Markdown.

        `GET /v1/sessions/{session_id}/minutes`, operation `get_minutes`.

        Args:
            session_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/minutes", str, accept="text/markdown")
        )

    async def open_minutes(
        self, session_id: Id, *, opened: bool | Absent = ABSENT, if_match: Match = None
    ) -> None:
        """Let those who joined later read the minutes, or no longer.

        `PUT /v1/sessions/{session_id}/minutes/opened`, operation `open_minutes`.

        Args:
            session_id: Identifier of the resource.
            opened: True opens them, false closes them again.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sessions/{segment(session_id)}/minutes/opened",
                nothing,
                body=given(opened=opened) or ABSENT,
                if_match=if_match,
            )
        )
