"""Runs of a method: phases, who speaks, and what came of it.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""
# ruff: noqa: A002 - arguments are called as the contract calls them

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match, Time
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Exercises:
    """Runs of a method: phases, who speaks, and what came of it."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        protocol: str | None = None,
        state: Literal["pending", "running", "paused", "finished", "abandoned"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.ExerciseBrief]:
        """The exercises of a group that you may see, the newest first.

        `GET /v1/groups/{group_id}/exercises`, operation `list_exercises`.

        Args:
            group_id: Identifier of the resource.
            protocol: Only exercises that play this method.
            state: Only exercises in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/exercises",
                answers.ExerciseBrief,
                query={"protocol": protocol, "state": state, "limit": limit, "cursor": cursor},
            )
        )

    def create(
        self,
        group_id: Id,
        *,
        protocol: str,
        mode: Literal["live", "async"] | Absent | None = ABSENT,
        deadlines: Mapping[str, Time] | Absent | None = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        segment_id: Id | Absent | None = ABSENT,
        confidentiality: Literal["group", "session_only", "chatham", "shareable"] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ExerciseOut:
        """Prepare an exercise with a method that needs no subject; `start` begins it.

        `POST /v1/groups/{group_id}/exercises`, operation `create_exercise`.

        Args:
            group_id: Identifier of the resource.
            protocol: Key of the method.
            mode: `live` in a session if left out and one is named, else `async`.
            deadlines: When the phases of an asynchronous exercise end, by phase key.
            session_id: The session it belongs to.
            segment_id: The segment of its agenda.
            confidentiality: Who reads it, and how long with names.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/exercises",
                answers.ExerciseOut,
                body=given(
                    protocol=protocol,
                    mode=mode,
                    deadlines=deadlines,
                    session_id=session_id,
                    segment_id=segment_id,
                    confidentiality=confidentiality,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, exercise_id: Id, *, if_none_match: None = None) -> answers.ExerciseOut: ...
    @overload
    def get(self, exercise_id: Id, *, if_none_match: str | Record) -> answers.ExerciseOut | NotChanged: ...
    def get(self, exercise_id: Id, *, if_none_match: Match = None) -> answers.ExerciseOut | NotChanged:
        """An exercise as you see it: the phase, what you may post and mark, and how far it is.

        `GET /v1/exercises/{exercise_id}`, operation `get_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/exercises/{segment(exercise_id)}",
                answers.ExerciseOut,
                if_none_match=if_none_match,
            )
        )

    def start(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Begin an exercise: who takes part is settled now, and the first phase opens.

        `POST /v1/exercises/{exercise_id}/start`, operation `start_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/start",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def advance(
        self,
        exercise_id: Id,
        *,
        override_reason: str | Absent | None = ABSENT,
        from_phase: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ExerciseOut:
        """End the present phase and begin the next one; after the last one the exercise is
        finished.

        `POST /v1/exercises/{exercise_id}/advance`, operation `advance_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            override_reason: Why the phase ends although a soft guard does not hold; recorded and
                shown.
            from_phase: The phase you believe you are ending: refused if it is another one by now.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/advance",
                answers.ExerciseOut,
                body=given(override_reason=override_reason, from_phase=from_phase) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def back(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Go back to the phase before, where it was open and nothing was revealed or marked since.

        `POST /v1/exercises/{exercise_id}/back`, operation `back_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/back",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def pause(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Stop the clock of an exercise; nothing is said or marked meanwhile.

        `POST /v1/exercises/{exercise_id}/pause`, operation `pause_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/pause",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def resume(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Let a paused exercise go on with the time that was left.

        `POST /v1/exercises/{exercise_id}/resume`, operation `resume_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/resume",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def extend(
        self, exercise_id: Id, *, minutes: int, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Give the present phase more minutes; deadlines of later phases move along.

        `POST /v1/exercises/{exercise_id}/extend`, operation `extend_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            minutes: How many minutes more.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/extend",
                answers.ExerciseOut,
                body=given(minutes=minutes),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def finish(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """End an exercise now, with what there is; promises and ties still have to be settled.

        `POST /v1/exercises/{exercise_id}/finish`, operation `finish_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/finish",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def abandon(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Give an exercise up: nothing hidden is revealed, and no result is kept.

        `POST /v1/exercises/{exercise_id}/abandon`, operation `abandon_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/abandon",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, exercise_id: Id) -> answers.ActionsOut:
        """Which verbs this exercise admits now, with what stands in their way.

        `GET /v1/exercises/{exercise_id}/actions`, operation `list_exercise_actions`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/actions", answers.ActionsOut)
        )

    def pass_(self, exercise_id: Id, *, idempotency_key: str | None = None) -> answers.ExerciseOut:
        """Say nothing in this phase; it needs no reason, and posting later cancels it.

        `POST /v1/exercises/{exercise_id}/pass`, operation `pass_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/pass",
                answers.ExerciseOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def set_participant(
        self, exercise_id: Id, person_id: Id, *, takes_part: bool | Absent = ABSENT, if_match: Match = None
    ) -> answers.ExerciseOut:
        """Let somebody of the group take part in a running exercise, or no longer.

        `PUT /v1/exercises/{exercise_id}/participants/{person_id}`, operation `set_participant`.

        Args:
            exercise_id: Identifier of the resource.
            person_id: A person.
            takes_part: False takes them out.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/exercises/{segment(exercise_id)}/participants/{segment(person_id)}",
                answers.ExerciseOut,
                body=given(takes_part=takes_part) or ABSENT,
                if_match=if_match,
            )
        )

    def open(
        self, exercise_id: Id, *, opened: bool | Absent = ABSENT, if_match: Match = None
    ) -> answers.ExerciseOut:
        """Let those who joined later read an exercise, or no longer.

        `PUT /v1/exercises/{exercise_id}/opened`, operation `open_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            opened: False closes it again.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/exercises/{segment(exercise_id)}/opened",
                answers.ExerciseOut,
                body=given(opened=opened) or ABSENT,
                if_match=if_match,
            )
        )

    def decide_tie(
        self,
        exercise_id: Id,
        *,
        list: str,
        keep: Sequence[Id] | Absent | None = ABSENT,
        reason: str | Absent | None = ABSENT,
        run_off: bool | Absent | None = ABSENT,
        close: bool | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ExerciseOut:
        """Settle a tie at the last place of a list: choose with a reason, or let everybody mark
        again.

        `POST /v1/exercises/{exercise_id}/decisions`, operation `decide_tie`.

        Args:
            exercise_id: Identifier of the resource.
            list: Name of the list.
            keep: Which of the tied ones stay, as many as there are places.
            reason: Why these, or why it is closed.
            run_off: True: everybody marks again, the tied ones only.
            close: True: no more marks are taken.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/decisions",
                answers.ExerciseOut,
                body=given(list=list, keep=keep, reason=reason, run_off=run_off, close=close),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def get_results(self, exercise_id: Id) -> answers.ResultsOut:
        """What came of the mark lists, as far as it may be shown by now.

        `GET /v1/exercises/{exercise_id}/results`, operation `get_results`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/results", answers.ResultsOut)
        )

    def get_minutes(self, exercise_id: Id) -> answers.ExerciseMinutesOut:
        """What remains of a finished exercise, without names, as JSON or Markdown.

        `GET /v1/exercises/{exercise_id}/minutes`, operation `get_exercise_minutes`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/minutes", answers.ExerciseMinutesOut)
        )

    def get_minutes_markdown(self, exercise_id: Id) -> str:
        """What remains of a finished exercise, without names, as JSON or Markdown.

        `GET /v1/exercises/{exercise_id}/minutes`, operation `get_exercise_minutes`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/minutes", str, accept="text/markdown")
        )


class AsyncExercises:
    """Runs of a method: phases, who speaks, and what came of it."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        protocol: str | None = None,
        state: Literal["pending", "running", "paused", "finished", "abandoned"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.ExerciseBrief]:
        """The exercises of a group that you may see, the newest first.

        `GET /v1/groups/{group_id}/exercises`, operation `list_exercises`.

        Args:
            group_id: Identifier of the resource.
            protocol: Only exercises that play this method.
            state: Only exercises in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/exercises",
                answers.ExerciseBrief,
                query={"protocol": protocol, "state": state, "limit": limit, "cursor": cursor},
            )
        )

    async def create(
        self,
        group_id: Id,
        *,
        protocol: str,
        mode: Literal["live", "async"] | Absent | None = ABSENT,
        deadlines: Mapping[str, Time] | Absent | None = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        segment_id: Id | Absent | None = ABSENT,
        confidentiality: Literal["group", "session_only", "chatham", "shareable"] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ExerciseOut:
        """Prepare an exercise with a method that needs no subject; `start` begins it.

        `POST /v1/groups/{group_id}/exercises`, operation `create_exercise`.

        Args:
            group_id: Identifier of the resource.
            protocol: Key of the method.
            mode: `live` in a session if left out and one is named, else `async`.
            deadlines: When the phases of an asynchronous exercise end, by phase key.
            session_id: The session it belongs to.
            segment_id: The segment of its agenda.
            confidentiality: Who reads it, and how long with names.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/exercises",
                answers.ExerciseOut,
                body=given(
                    protocol=protocol,
                    mode=mode,
                    deadlines=deadlines,
                    session_id=session_id,
                    segment_id=segment_id,
                    confidentiality=confidentiality,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, exercise_id: Id, *, if_none_match: None = None) -> answers.ExerciseOut: ...
    @overload
    async def get(
        self, exercise_id: Id, *, if_none_match: str | Record
    ) -> answers.ExerciseOut | NotChanged: ...
    async def get(self, exercise_id: Id, *, if_none_match: Match = None) -> answers.ExerciseOut | NotChanged:
        """An exercise as you see it: the phase, what you may post and mark, and how far it is.

        `GET /v1/exercises/{exercise_id}`, operation `get_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/exercises/{segment(exercise_id)}",
                answers.ExerciseOut,
                if_none_match=if_none_match,
            )
        )

    async def start(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Begin an exercise: who takes part is settled now, and the first phase opens.

        `POST /v1/exercises/{exercise_id}/start`, operation `start_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/start",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def advance(
        self,
        exercise_id: Id,
        *,
        override_reason: str | Absent | None = ABSENT,
        from_phase: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ExerciseOut:
        """End the present phase and begin the next one; after the last one the exercise is
        finished.

        `POST /v1/exercises/{exercise_id}/advance`, operation `advance_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            override_reason: Why the phase ends although a soft guard does not hold; recorded and
                shown.
            from_phase: The phase you believe you are ending: refused if it is another one by now.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/advance",
                answers.ExerciseOut,
                body=given(override_reason=override_reason, from_phase=from_phase) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def back(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Go back to the phase before, where it was open and nothing was revealed or marked since.

        `POST /v1/exercises/{exercise_id}/back`, operation `back_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/back",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def pause(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Stop the clock of an exercise; nothing is said or marked meanwhile.

        `POST /v1/exercises/{exercise_id}/pause`, operation `pause_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/pause",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def resume(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Let a paused exercise go on with the time that was left.

        `POST /v1/exercises/{exercise_id}/resume`, operation `resume_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/resume",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def extend(
        self, exercise_id: Id, *, minutes: int, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Give the present phase more minutes; deadlines of later phases move along.

        `POST /v1/exercises/{exercise_id}/extend`, operation `extend_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            minutes: How many minutes more.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/extend",
                answers.ExerciseOut,
                body=given(minutes=minutes),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def finish(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """End an exercise now, with what there is; promises and ties still have to be settled.

        `POST /v1/exercises/{exercise_id}/finish`, operation `finish_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/finish",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def abandon(
        self, exercise_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ExerciseOut:
        """Give an exercise up: nothing hidden is revealed, and no result is kept.

        `POST /v1/exercises/{exercise_id}/abandon`, operation `abandon_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/abandon",
                answers.ExerciseOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, exercise_id: Id) -> answers.ActionsOut:
        """Which verbs this exercise admits now, with what stands in their way.

        `GET /v1/exercises/{exercise_id}/actions`, operation `list_exercise_actions`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/actions", answers.ActionsOut)
        )

    async def pass_(self, exercise_id: Id, *, idempotency_key: str | None = None) -> answers.ExerciseOut:
        """Say nothing in this phase; it needs no reason, and posting later cancels it.

        `POST /v1/exercises/{exercise_id}/pass`, operation `pass_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/pass",
                answers.ExerciseOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def set_participant(
        self, exercise_id: Id, person_id: Id, *, takes_part: bool | Absent = ABSENT, if_match: Match = None
    ) -> answers.ExerciseOut:
        """Let somebody of the group take part in a running exercise, or no longer.

        `PUT /v1/exercises/{exercise_id}/participants/{person_id}`, operation `set_participant`.

        Args:
            exercise_id: Identifier of the resource.
            person_id: A person.
            takes_part: False takes them out.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/exercises/{segment(exercise_id)}/participants/{segment(person_id)}",
                answers.ExerciseOut,
                body=given(takes_part=takes_part) or ABSENT,
                if_match=if_match,
            )
        )

    async def open(
        self, exercise_id: Id, *, opened: bool | Absent = ABSENT, if_match: Match = None
    ) -> answers.ExerciseOut:
        """Let those who joined later read an exercise, or no longer.

        `PUT /v1/exercises/{exercise_id}/opened`, operation `open_exercise`.

        Args:
            exercise_id: Identifier of the resource.
            opened: False closes it again.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/exercises/{segment(exercise_id)}/opened",
                answers.ExerciseOut,
                body=given(opened=opened) or ABSENT,
                if_match=if_match,
            )
        )

    async def decide_tie(
        self,
        exercise_id: Id,
        *,
        list: str,
        keep: Sequence[Id] | Absent | None = ABSENT,
        reason: str | Absent | None = ABSENT,
        run_off: bool | Absent | None = ABSENT,
        close: bool | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ExerciseOut:
        """Settle a tie at the last place of a list: choose with a reason, or let everybody mark
        again.

        `POST /v1/exercises/{exercise_id}/decisions`, operation `decide_tie`.

        Args:
            exercise_id: Identifier of the resource.
            list: Name of the list.
            keep: Which of the tied ones stay, as many as there are places.
            reason: Why these, or why it is closed.
            run_off: True: everybody marks again, the tied ones only.
            close: True: no more marks are taken.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/decisions",
                answers.ExerciseOut,
                body=given(list=list, keep=keep, reason=reason, run_off=run_off, close=close),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def get_results(self, exercise_id: Id) -> answers.ResultsOut:
        """What came of the mark lists, as far as it may be shown by now.

        `GET /v1/exercises/{exercise_id}/results`, operation `get_results`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/results", answers.ResultsOut)
        )

    async def get_minutes(self, exercise_id: Id) -> answers.ExerciseMinutesOut:
        """What remains of a finished exercise, without names, as JSON or Markdown.

        `GET /v1/exercises/{exercise_id}/minutes`, operation `get_exercise_minutes`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/minutes", answers.ExerciseMinutesOut)
        )

    async def get_minutes_markdown(self, exercise_id: Id) -> str:
        """What remains of a finished exercise, without names, as JSON or Markdown.

        `GET /v1/exercises/{exercise_id}/minutes`, operation `get_exercise_minutes`.

        Args:
            exercise_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/exercises/{segment(exercise_id)}/minutes", str, accept="text/markdown")
        )
