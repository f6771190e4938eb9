"""Questions to begin with: never twice the same, and passing is fine.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""
# ruff: noqa: A002 - arguments are called as the contract calls them

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match, Time
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.synchronous import Peergroup


class Icebreakers:
    """Questions to begin with: never twice the same, and passing is fine."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(self, *, depth: int | None = None) -> Page[answers.IcebreakerOut]:
        """Every question on offer, the built-in ones first, and by depth.

        `GET /v1/icebreakers`, operation `list_icebreakers`.

        Args:
            depth: Only questions of this depth.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/icebreakers", answers.IcebreakerOut, query={"depth": depth})
        )

    def create(self, *, text: str, depth: int, idempotency_key: str | None = None) -> answers.IcebreakerOut:
        """Add a question of your own to the pool.

        `POST /v1/icebreakers`, operation `create_icebreaker`.

        Args:
            text: The question.
            depth: 1 for those who hardly know each other, 3 for those who trust each other.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/icebreakers",
                answers.IcebreakerOut,
                body=given(text=text, depth=depth),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def delete(self, icebreaker_id: Id, *, if_match: Match = None) -> None:
        """Offer a question of your own no longer; where it was asked, it stays.

        `DELETE /v1/icebreakers/{icebreaker_id}`, operation `delete_icebreaker`.

        Args:
            icebreaker_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/icebreakers/{segment(icebreaker_id)}", nothing, if_match=if_match)
        )

    def get_session_icebreaker(self, session_id: Id) -> answers.DrawOut:
        """The question this session begins with, why it is this one, and who answers first.

        `GET /v1/sessions/{session_id}/icebreaker`, operation `get_session_icebreaker`.

        Args:
            session_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/icebreaker", answers.DrawOut)
        )

    def draw(
        self,
        session_id: Id,
        *,
        depth: int | Absent | None = ABSENT,
        first: Literal["volunteer", "drawn"] | Absent = ABSENT,
        round: Literal["live", "async"] | Absent | None = ABSENT,
        ends_at: Time | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.DrawOut:
        """Draw a question for a session; doing so again skips the present one, and nobody asks why.

        No group is asked the same twice before it has been asked everything of that depth.

        `POST /v1/sessions/{session_id}/icebreaker`, operation `draw_icebreaker`.

        Args:
            session_id: Identifier of the resource.
            depth: How deep it may go; else by how often the group has met.
            first: Who begins: whoever likes to, or somebody drawn.
            round: Start a round in which everybody writes: now, or before the session. Else you
                just talk.
            ends_at: When an asynchronous round ends; else when the session begins.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/icebreaker",
                answers.DrawOut,
                body=given(depth=depth, first=first, round=round, ends_at=ends_at),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )


class AsyncIcebreakers:
    """Questions to begin with: never twice the same, and passing is fine."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(self, *, depth: int | None = None) -> Listing[answers.IcebreakerOut]:
        """Every question on offer, the built-in ones first, and by depth.

        `GET /v1/icebreakers`, operation `list_icebreakers`.

        Args:
            depth: Only questions of this depth.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/icebreakers", answers.IcebreakerOut, query={"depth": depth})
        )

    async def create(
        self, *, text: str, depth: int, idempotency_key: str | None = None
    ) -> answers.IcebreakerOut:
        """Add a question of your own to the pool.

        `POST /v1/icebreakers`, operation `create_icebreaker`.

        Args:
            text: The question.
            depth: 1 for those who hardly know each other, 3 for those who trust each other.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/icebreakers",
                answers.IcebreakerOut,
                body=given(text=text, depth=depth),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def delete(self, icebreaker_id: Id, *, if_match: Match = None) -> None:
        """Offer a question of your own no longer; where it was asked, it stays.

        `DELETE /v1/icebreakers/{icebreaker_id}`, operation `delete_icebreaker`.

        Args:
            icebreaker_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/icebreakers/{segment(icebreaker_id)}", nothing, if_match=if_match)
        )

    async def get_session_icebreaker(self, session_id: Id) -> answers.DrawOut:
        """The question this session begins with, why it is this one, and who answers first.

        `GET /v1/sessions/{session_id}/icebreaker`, operation `get_session_icebreaker`.

        Args:
            session_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/sessions/{segment(session_id)}/icebreaker", answers.DrawOut)
        )

    async def draw(
        self,
        session_id: Id,
        *,
        depth: int | Absent | None = ABSENT,
        first: Literal["volunteer", "drawn"] | Absent = ABSENT,
        round: Literal["live", "async"] | Absent | None = ABSENT,
        ends_at: Time | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.DrawOut:
        """Draw a question for a session; doing so again skips the present one, and nobody asks why.

        No group is asked the same twice before it has been asked everything of that depth.

        `POST /v1/sessions/{session_id}/icebreaker`, operation `draw_icebreaker`.

        Args:
            session_id: Identifier of the resource.
            depth: How deep it may go; else by how often the group has met.
            first: Who begins: whoever likes to, or somebody drawn.
            round: Start a round in which everybody writes: now, or before the session. Else you
                just talk.
            ends_at: When an asynchronous round ends; else when the session begins.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sessions/{segment(session_id)}/icebreaker",
                answers.DrawOut,
                body=given(depth=depth, first=first, round=round, ends_at=ends_at),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )
