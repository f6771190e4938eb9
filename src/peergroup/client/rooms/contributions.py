"""What is said in exercises, and marks on it.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Day, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Contributions:
    """What is said in exercises, and marks on it."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        exercise_id: Id,
        *,
        phase: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.ContributionOut]:
        """What was said in an exercise, as far as you see it by now.

        `GET /v1/exercises/{exercise_id}/contributions`, operation `list_contributions`.

        Args:
            exercise_id: Identifier of the resource.
            phase: Only of this phase.
            kind: Only of this kind.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/exercises/{segment(exercise_id)}/contributions",
                answers.ContributionOut,
                query={"phase": phase, "kind": kind, "limit": limit, "cursor": cursor},
            )
        )

    def create(
        self,
        exercise_id: Id,
        *,
        kind: str,
        body: str,
        parent_id: Id | Absent | None = ABSENT,
        by_on: Day | Absent | None = ABSENT,
        action: str | Absent | None = ABSENT,
        recorded_for: Id | Absent | None = ABSENT,
        phase: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ContributionOut:
        """Say something in an exercise: any of the kinds it accepts from you.

        `POST /v1/exercises/{exercise_id}/contributions`, operation `create_contribution`.

        Args:
            exercise_id: Identifier of the resource.
            kind: One of the kinds the exercise accepts from you.
            body: What you say.
            parent_id: The contribution it answers to.
            by_on: By when, for a promise.
            action: The one action, for a promise.
            recorded_for: Who said it, where a moderator notes it for somebody present. Open phases
                only.
            phase: The phase you speak in: refused if another one has begun, so that no retry lands
                there.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/contributions",
                answers.ContributionOut,
                body=given(
                    kind=kind,
                    body=body,
                    parent_id=parent_id,
                    by_on=by_on,
                    action=action,
                    recorded_for=recorded_for,
                    phase=phase,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, contribution_id: Id, *, if_none_match: None = None) -> answers.ContributionOut: ...
    @overload
    def get(
        self, contribution_id: Id, *, if_none_match: str | Record
    ) -> answers.ContributionOut | NotChanged: ...
    def get(
        self, contribution_id: Id, *, if_none_match: Match = None
    ) -> answers.ContributionOut | NotChanged:
        """One contribution, as far as you see it by now.

        `GET /v1/contributions/{contribution_id}`, operation `get_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/contributions/{segment(contribution_id)}",
                answers.ContributionOut,
                if_none_match=if_none_match,
            )
        )

    def update(
        self,
        contribution_id: Id,
        *,
        body: str | Absent = ABSENT,
        by_on: Day | Absent | None = ABSENT,
        action: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ContributionOut:
        """Change your own words; where others could have read them, what they said before stays
        visible.

        `PATCH /v1/contributions/{contribution_id}`, operation `update_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            body: What it says from now on.
            by_on: By when, for a promise in its own phase.
            action: The one action of a promise.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/contributions/{segment(contribution_id)}",
                answers.ContributionOut,
                body=given(body=body, by_on=by_on, action=action),
                is_patch=True,
                if_match=if_match,
            )
        )

    def delete(self, contribution_id: Id, *, if_match: Match = None) -> None:
        """Take your own words back; where others could have read them, it shows that something
        stood there.

        `DELETE /v1/contributions/{contribution_id}`, operation `delete_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/contributions/{segment(contribution_id)}", nothing, if_match=if_match)
        )

    def confirm(self, contribution_id: Id, *, idempotency_key: str | None = None) -> answers.ContributionOut:
        """Confirm that you said what a moderator noted for you.

        `POST /v1/contributions/{contribution_id}/confirm`, operation `confirm_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/contributions/{segment(contribution_id)}/confirm",
                answers.ContributionOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def merge(
        self, contribution_id: Id, *, into: Id, idempotency_key: str | None = None
    ) -> answers.ContributionOut:
        """Merge a card into another one that says the same, before the first mark.

        `POST /v1/contributions/{contribution_id}/merge`, operation `merge_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            into: The contribution that stays.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/contributions/{segment(contribution_id)}/merge",
                answers.ContributionOut,
                body=given(into=into),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def drop(
        self, contribution_id: Id, *, reason: str, idempotency_key: str | None = None
    ) -> answers.ContributionOut:
        """Say that nobody takes a proposal, and why.

        `POST /v1/contributions/{contribution_id}/drop`, operation `drop_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            reason: Why it is dropped.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/contributions/{segment(contribution_id)}/drop",
                answers.ContributionOut,
                body=given(reason=reason),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def set_mark(self, contribution_id: Id, list_name: str, *, if_match: Match = None) -> answers.MarkOut:
        """Mark a contribution in a list; the same mark again changes nothing.

        `PUT /v1/contributions/{contribution_id}/marks/{list_name}`, operation `set_mark`.

        Args:
            contribution_id: Identifier of the resource.
            list_name: Name of a mark list.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/contributions/{segment(contribution_id)}/marks/{segment(list_name)}",
                answers.MarkOut,
                if_match=if_match,
            )
        )

    def remove_mark(self, contribution_id: Id, list_name: str, *, if_match: Match = None) -> None:
        """Take your mark back.

        `DELETE /v1/contributions/{contribution_id}/marks/{list_name}`, operation `remove_mark`.

        Args:
            contribution_id: Identifier of the resource.
            list_name: Name of a mark list.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "DELETE",
                f"/v1/contributions/{segment(contribution_id)}/marks/{segment(list_name)}",
                nothing,
                if_match=if_match,
            )
        )


class AsyncContributions:
    """What is said in exercises, and marks on it."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        exercise_id: Id,
        *,
        phase: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.ContributionOut]:
        """What was said in an exercise, as far as you see it by now.

        `GET /v1/exercises/{exercise_id}/contributions`, operation `list_contributions`.

        Args:
            exercise_id: Identifier of the resource.
            phase: Only of this phase.
            kind: Only of this kind.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/exercises/{segment(exercise_id)}/contributions",
                answers.ContributionOut,
                query={"phase": phase, "kind": kind, "limit": limit, "cursor": cursor},
            )
        )

    async def create(
        self,
        exercise_id: Id,
        *,
        kind: str,
        body: str,
        parent_id: Id | Absent | None = ABSENT,
        by_on: Day | Absent | None = ABSENT,
        action: str | Absent | None = ABSENT,
        recorded_for: Id | Absent | None = ABSENT,
        phase: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ContributionOut:
        """Say something in an exercise: any of the kinds it accepts from you.

        `POST /v1/exercises/{exercise_id}/contributions`, operation `create_contribution`.

        Args:
            exercise_id: Identifier of the resource.
            kind: One of the kinds the exercise accepts from you.
            body: What you say.
            parent_id: The contribution it answers to.
            by_on: By when, for a promise.
            action: The one action, for a promise.
            recorded_for: Who said it, where a moderator notes it for somebody present. Open phases
                only.
            phase: The phase you speak in: refused if another one has begun, so that no retry lands
                there.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/exercises/{segment(exercise_id)}/contributions",
                answers.ContributionOut,
                body=given(
                    kind=kind,
                    body=body,
                    parent_id=parent_id,
                    by_on=by_on,
                    action=action,
                    recorded_for=recorded_for,
                    phase=phase,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, contribution_id: Id, *, if_none_match: None = None) -> answers.ContributionOut: ...
    @overload
    async def get(
        self, contribution_id: Id, *, if_none_match: str | Record
    ) -> answers.ContributionOut | NotChanged: ...
    async def get(
        self, contribution_id: Id, *, if_none_match: Match = None
    ) -> answers.ContributionOut | NotChanged:
        """One contribution, as far as you see it by now.

        `GET /v1/contributions/{contribution_id}`, operation `get_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/contributions/{segment(contribution_id)}",
                answers.ContributionOut,
                if_none_match=if_none_match,
            )
        )

    async def update(
        self,
        contribution_id: Id,
        *,
        body: str | Absent = ABSENT,
        by_on: Day | Absent | None = ABSENT,
        action: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ContributionOut:
        """Change your own words; where others could have read them, what they said before stays
        visible.

        `PATCH /v1/contributions/{contribution_id}`, operation `update_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            body: What it says from now on.
            by_on: By when, for a promise in its own phase.
            action: The one action of a promise.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/contributions/{segment(contribution_id)}",
                answers.ContributionOut,
                body=given(body=body, by_on=by_on, action=action),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def delete(self, contribution_id: Id, *, if_match: Match = None) -> None:
        """Take your own words back; where others could have read them, it shows that something
        stood there.

        `DELETE /v1/contributions/{contribution_id}`, operation `delete_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/contributions/{segment(contribution_id)}", nothing, if_match=if_match)
        )

    async def confirm(
        self, contribution_id: Id, *, idempotency_key: str | None = None
    ) -> answers.ContributionOut:
        """Confirm that you said what a moderator noted for you.

        `POST /v1/contributions/{contribution_id}/confirm`, operation `confirm_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/contributions/{segment(contribution_id)}/confirm",
                answers.ContributionOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def merge(
        self, contribution_id: Id, *, into: Id, idempotency_key: str | None = None
    ) -> answers.ContributionOut:
        """Merge a card into another one that says the same, before the first mark.

        `POST /v1/contributions/{contribution_id}/merge`, operation `merge_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            into: The contribution that stays.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/contributions/{segment(contribution_id)}/merge",
                answers.ContributionOut,
                body=given(into=into),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def drop(
        self, contribution_id: Id, *, reason: str, idempotency_key: str | None = None
    ) -> answers.ContributionOut:
        """Say that nobody takes a proposal, and why.

        `POST /v1/contributions/{contribution_id}/drop`, operation `drop_contribution`.

        Args:
            contribution_id: Identifier of the resource.
            reason: Why it is dropped.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/contributions/{segment(contribution_id)}/drop",
                answers.ContributionOut,
                body=given(reason=reason),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def set_mark(
        self, contribution_id: Id, list_name: str, *, if_match: Match = None
    ) -> answers.MarkOut:
        """Mark a contribution in a list; the same mark again changes nothing.

        `PUT /v1/contributions/{contribution_id}/marks/{list_name}`, operation `set_mark`.

        Args:
            contribution_id: Identifier of the resource.
            list_name: Name of a mark list.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/contributions/{segment(contribution_id)}/marks/{segment(list_name)}",
                answers.MarkOut,
                if_match=if_match,
            )
        )

    async def remove_mark(self, contribution_id: Id, list_name: str, *, if_match: Match = None) -> None:
        """Take your mark back.

        `DELETE /v1/contributions/{contribution_id}/marks/{list_name}`, operation `remove_mark`.

        Args:
            contribution_id: Identifier of the resource.
            list_name: Name of a mark list.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "DELETE",
                f"/v1/contributions/{segment(contribution_id)}/marks/{segment(list_name)}",
                nothing,
                if_match=if_match,
            )
        )
