"""What the moderators of a group look after, and who introduced whom.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.synchronous import Peergroup


class Cases:
    """What the moderators of a group look after, and who introduced whom."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        state: Literal["open", "closed"] | None = None,
        kind: Literal["conflict", "attendance", "handover", "suggestion"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.CaseOut]:
        """What the moderators of a group look after, the newest first.

        `GET /v1/groups/{group_id}/cases`, operation `list_cases`.

        Args:
            group_id: Identifier of the resource.
            state: Only open cases, or only closed ones.
            kind: Only cases of this kind.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/cases",
                answers.CaseOut,
                query={"state": state, "kind": kind, "limit": limit, "cursor": cursor},
            )
        )

    def close(
        self,
        case_id: Id,
        *,
        reason: str,
        decision: Literal["waive", "introduce", "talk", "nothing"] | Absent = ABSENT,
        group_id: Id | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.CaseOut:
        """Close a case with what was decided and why; the person it is about reads none of it.

        `POST /v1/cases/{case_id}/close`, operation `close_case`.

        Args:
            case_id: Identifier of the resource.
            reason: Why, for the moderators.
            decision: `waive`: the connections are acceptable, recorded as waivers; `introduce`:
                suggest the person to the moderators of another group that you see; `talk`: you
                talked; `nothing`: no more than this.
            group_id: With `introduce`: the other group.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/cases/{segment(case_id)}/close",
                answers.CaseOut,
                body=given(reason=reason, decision=decision, group_id=group_id),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, case_id: Id) -> answers.ActionsOut:
        """Which verbs this case admits now, with what stands in their way.

        `GET /v1/cases/{case_id}/actions`, operation `list_case_actions`.

        Args:
            case_id: Identifier of the resource.
        """
        return self._speaker.send(Ask("GET", f"/v1/cases/{segment(case_id)}/actions", answers.ActionsOut))

    def list_introductions(
        self,
        group_id: Id,
        *,
        introducer_id: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.IntroductionOut]:
        """Who introduced whom in a group, the newest first.

        `GET /v1/groups/{group_id}/introductions`, operation `list_introductions`.

        Args:
            group_id: Identifier of the resource.
            introducer_id: Only what this person is credited with.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/introductions",
                answers.IntroductionOut,
                query={"introducer_id": introducer_id, "limit": limit, "cursor": cursor},
            )
        )

    def create_introduction(
        self, group_id: Id, *, person_id: Id, other_id: Id, idempotency_key: str | None = None
    ) -> answers.IntroductionOut:
        """Record that you brought two people of the group together.

        `POST /v1/groups/{group_id}/introductions`, operation `create_introduction`.

        Args:
            group_id: Identifier of the resource.
            person_id: One of them.
            other_id: The other one.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/introductions",
                answers.IntroductionOut,
                body=given(person_id=person_id, other_id=other_id),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )


class AsyncCases:
    """What the moderators of a group look after, and who introduced whom."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        state: Literal["open", "closed"] | None = None,
        kind: Literal["conflict", "attendance", "handover", "suggestion"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.CaseOut]:
        """What the moderators of a group look after, the newest first.

        `GET /v1/groups/{group_id}/cases`, operation `list_cases`.

        Args:
            group_id: Identifier of the resource.
            state: Only open cases, or only closed ones.
            kind: Only cases of this kind.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/cases",
                answers.CaseOut,
                query={"state": state, "kind": kind, "limit": limit, "cursor": cursor},
            )
        )

    async def close(
        self,
        case_id: Id,
        *,
        reason: str,
        decision: Literal["waive", "introduce", "talk", "nothing"] | Absent = ABSENT,
        group_id: Id | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.CaseOut:
        """Close a case with what was decided and why; the person it is about reads none of it.

        `POST /v1/cases/{case_id}/close`, operation `close_case`.

        Args:
            case_id: Identifier of the resource.
            reason: Why, for the moderators.
            decision: `waive`: the connections are acceptable, recorded as waivers; `introduce`:
                suggest the person to the moderators of another group that you see; `talk`: you
                talked; `nothing`: no more than this.
            group_id: With `introduce`: the other group.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/cases/{segment(case_id)}/close",
                answers.CaseOut,
                body=given(reason=reason, decision=decision, group_id=group_id),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, case_id: Id) -> answers.ActionsOut:
        """Which verbs this case admits now, with what stands in their way.

        `GET /v1/cases/{case_id}/actions`, operation `list_case_actions`.

        Args:
            case_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/cases/{segment(case_id)}/actions", answers.ActionsOut)
        )

    def list_introductions(
        self,
        group_id: Id,
        *,
        introducer_id: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.IntroductionOut]:
        """Who introduced whom in a group, the newest first.

        `GET /v1/groups/{group_id}/introductions`, operation `list_introductions`.

        Args:
            group_id: Identifier of the resource.
            introducer_id: Only what this person is credited with.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/introductions",
                answers.IntroductionOut,
                query={"introducer_id": introducer_id, "limit": limit, "cursor": cursor},
            )
        )

    async def create_introduction(
        self, group_id: Id, *, person_id: Id, other_id: Id, idempotency_key: str | None = None
    ) -> answers.IntroductionOut:
        """Record that you brought two people of the group together.

        `POST /v1/groups/{group_id}/introductions`, operation `create_introduction`.

        Args:
            group_id: Identifier of the resource.
            person_id: One of them.
            other_id: The other one.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/introductions",
                answers.IntroductionOut,
                body=given(person_id=person_id, other_id=other_id),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )
