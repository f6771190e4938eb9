"""What people promised, by when, and what came of it.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Day, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Commitments:
    """What people promised, by when, and what came of it."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        owner: Literal["me"] | Id | None = None,
        state: Literal["open", "done", "missed", "dropped"] | None = None,
        group_id: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.CommitmentOut]:
        """Your promises, and those made in your groups.

        `GET /v1/commitments`, operation `list_commitments`.

        Args:
            owner: Only promises of this person; `me` for your own.
            state: Only promises in this state.
            group_id: Only promises made in this group.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/commitments",
                answers.CommitmentOut,
                query={
                    "owner": owner,
                    "state": state,
                    "group_id": group_id,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    def create(
        self,
        *,
        body: str,
        by_on: Day,
        source: Literal["session", "self"] | Absent = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        action: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.CommitmentOut:
        """Promise something, in a session before the group, or to yourself.

        `POST /v1/commitments`, operation `create_commitment`.

        Args:
            body: What is promised.
            by_on: By when: the end of this day where its owner lives.
            source: Where it was made.
            session_id: The session, for those made in one.
            action: The one next action.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/commitments",
                answers.CommitmentOut,
                body=given(body=body, by_on=by_on, source=source, session_id=session_id, action=action),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, commitment_id: Id, *, if_none_match: None = None) -> answers.CommitmentOut: ...
    @overload
    def get(
        self, commitment_id: Id, *, if_none_match: str | Record
    ) -> answers.CommitmentOut | NotChanged: ...
    def get(self, commitment_id: Id, *, if_none_match: Match = None) -> answers.CommitmentOut | NotChanged:
        """One promise with its history.

        `GET /v1/commitments/{commitment_id}`, operation `get_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/commitments/{segment(commitment_id)}",
                answers.CommitmentOut,
                if_none_match=if_none_match,
            )
        )

    def update(
        self,
        commitment_id: Id,
        *,
        body: str | Absent = ABSENT,
        action: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.CommitmentOut:
        """Change what a promise says.

        `PATCH /v1/commitments/{commitment_id}`, operation `update_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            body: What is promised.
            action: The one next action; null clears it.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/commitments/{segment(commitment_id)}",
                answers.CommitmentOut,
                body=given(body=body, action=action),
                is_patch=True,
                if_match=if_match,
            )
        )

    def complete(
        self, commitment_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.CommitmentOut:
        """Say that a promise is kept.

        `POST /v1/commitments/{commitment_id}/complete`, operation `complete_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/complete",
                answers.CommitmentOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def renegotiate(
        self,
        commitment_id: Id,
        *,
        by_on: Day,
        reason: str,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.CommitmentOut:
        """Move a promise to another day and say why; what it was before stays visible.

        `POST /v1/commitments/{commitment_id}/renegotiate`, operation `renegotiate_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            by_on: By when: the end of this day where its owner lives.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/renegotiate",
                answers.CommitmentOut,
                body=given(by_on=by_on, reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def miss(
        self, commitment_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.CommitmentOut:
        """Say that a promise was not kept.

        `POST /v1/commitments/{commitment_id}/miss`, operation `miss_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/miss",
                answers.CommitmentOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def drop(
        self,
        commitment_id: Id,
        *,
        reason: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.CommitmentOut:
        """Let go of a promise.

        `POST /v1/commitments/{commitment_id}/drop`, operation `drop_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            reason: Why, if you like.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/drop",
                answers.CommitmentOut,
                body=given(reason=reason) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, commitment_id: Id) -> answers.ActionsOut:
        """Which verbs this commitment admits now, with what stands in their way.

        `GET /v1/commitments/{commitment_id}/actions`, operation `list_commitment_actions`.

        Args:
            commitment_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/commitments/{segment(commitment_id)}/actions", answers.ActionsOut)
        )


class AsyncCommitments:
    """What people promised, by when, and what came of it."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        owner: Literal["me"] | Id | None = None,
        state: Literal["open", "done", "missed", "dropped"] | None = None,
        group_id: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.CommitmentOut]:
        """Your promises, and those made in your groups.

        `GET /v1/commitments`, operation `list_commitments`.

        Args:
            owner: Only promises of this person; `me` for your own.
            state: Only promises in this state.
            group_id: Only promises made in this group.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/commitments",
                answers.CommitmentOut,
                query={
                    "owner": owner,
                    "state": state,
                    "group_id": group_id,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    async def create(
        self,
        *,
        body: str,
        by_on: Day,
        source: Literal["session", "self"] | Absent = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        action: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.CommitmentOut:
        """Promise something, in a session before the group, or to yourself.

        `POST /v1/commitments`, operation `create_commitment`.

        Args:
            body: What is promised.
            by_on: By when: the end of this day where its owner lives.
            source: Where it was made.
            session_id: The session, for those made in one.
            action: The one next action.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/commitments",
                answers.CommitmentOut,
                body=given(body=body, by_on=by_on, source=source, session_id=session_id, action=action),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, commitment_id: Id, *, if_none_match: None = None) -> answers.CommitmentOut: ...
    @overload
    async def get(
        self, commitment_id: Id, *, if_none_match: str | Record
    ) -> answers.CommitmentOut | NotChanged: ...
    async def get(
        self, commitment_id: Id, *, if_none_match: Match = None
    ) -> answers.CommitmentOut | NotChanged:
        """One promise with its history.

        `GET /v1/commitments/{commitment_id}`, operation `get_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/commitments/{segment(commitment_id)}",
                answers.CommitmentOut,
                if_none_match=if_none_match,
            )
        )

    async def update(
        self,
        commitment_id: Id,
        *,
        body: str | Absent = ABSENT,
        action: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.CommitmentOut:
        """Change what a promise says.

        `PATCH /v1/commitments/{commitment_id}`, operation `update_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            body: What is promised.
            action: The one next action; null clears it.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/commitments/{segment(commitment_id)}",
                answers.CommitmentOut,
                body=given(body=body, action=action),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def complete(
        self, commitment_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.CommitmentOut:
        """Say that a promise is kept.

        `POST /v1/commitments/{commitment_id}/complete`, operation `complete_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/complete",
                answers.CommitmentOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def renegotiate(
        self,
        commitment_id: Id,
        *,
        by_on: Day,
        reason: str,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.CommitmentOut:
        """Move a promise to another day and say why; what it was before stays visible.

        `POST /v1/commitments/{commitment_id}/renegotiate`, operation `renegotiate_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            by_on: By when: the end of this day where its owner lives.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/renegotiate",
                answers.CommitmentOut,
                body=given(by_on=by_on, reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def miss(
        self, commitment_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.CommitmentOut:
        """Say that a promise was not kept.

        `POST /v1/commitments/{commitment_id}/miss`, operation `miss_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/miss",
                answers.CommitmentOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def drop(
        self,
        commitment_id: Id,
        *,
        reason: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.CommitmentOut:
        """Let go of a promise.

        `POST /v1/commitments/{commitment_id}/drop`, operation `drop_commitment`.

        Args:
            commitment_id: Identifier of the resource.
            reason: Why, if you like.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/commitments/{segment(commitment_id)}/drop",
                answers.CommitmentOut,
                body=given(reason=reason) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, commitment_id: Id) -> answers.ActionsOut:
        """Which verbs this commitment admits now, with what stands in their way.

        `GET /v1/commitments/{commitment_id}/actions`, operation `list_commitment_actions`.

        Args:
            commitment_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/commitments/{segment(commitment_id)}/actions", answers.ActionsOut)
        )
