"""Strangers on their way into a group, through the organization's own funnel.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Prospects:
    """Strangers on their way into a group, through the organization's own funnel."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        state: Literal["new", "in_funnel", "converted", "declined", "lapsed"] | None = None,
        step: str | None = None,
        connector_id: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.ProspectBrief]:
        """The prospects of the organization, the newest first.

        `GET /v1/prospects`, operation `list_prospects`.

        Args:
            state: Only prospects in this state.
            step: Only prospects whose last step was this one.
            connector_id: Only prospects whom this person introduced.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/prospects",
                answers.ProspectBrief,
                query={
                    "state": state,
                    "step": step,
                    "connector_id": connector_id,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    def create(
        self,
        *,
        person_id: Id | Absent | None = ABSENT,
        person: inputs.NewPerson | Absent | None = ABSENT,
        connector_id: Id | Absent | None = ABSENT,
        note: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ProspectOut:
        """Let somebody into the funnel.

        `POST /v1/prospects`, operation `create_prospect`.

        Args:
            person_id: Somebody known.
            person: Somebody to find by e-mail, or to make.
            connector_id: Who introduced them; credited when they become active.
            note: What is worth knowing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/prospects",
                answers.ProspectOut,
                body=given(person_id=person_id, person=person, connector_id=connector_id, note=note),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, prospect_id: Id, *, if_none_match: None = None) -> answers.ProspectOut: ...
    @overload
    def get(self, prospect_id: Id, *, if_none_match: str | Record) -> answers.ProspectOut | NotChanged: ...
    def get(self, prospect_id: Id, *, if_none_match: Match = None) -> answers.ProspectOut | NotChanged:
        """One prospect, with the way they came and what may follow.

        `GET /v1/prospects/{prospect_id}`, operation `get_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/prospects/{segment(prospect_id)}",
                answers.ProspectOut,
                if_none_match=if_none_match,
            )
        )

    def update(
        self,
        prospect_id: Id,
        *,
        connector_id: Id | Absent | None = ABSENT,
        note: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ProspectOut:
        """Correct who introduced a prospect, or what is noted.

        `PATCH /v1/prospects/{prospect_id}`, operation `update_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            connector_id: Who introduced them; null clears it.
            note: What is worth knowing; null clears it.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/prospects/{segment(prospect_id)}",
                answers.ProspectOut,
                body=given(connector_id=connector_id, note=note),
                is_patch=True,
                if_match=if_match,
            )
        )

    def advance(
        self, prospect_id: Id, *, step: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ProspectOut:
        """Record that a prospect took the next step; what is free is used up by it.

        `POST /v1/prospects/{prospect_id}/advance`, operation `advance_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            step: Key of a step of the organization's funnel.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/prospects/{segment(prospect_id)}/advance",
                answers.ProspectOut,
                body=given(step=step),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def convert(
        self, prospect_id: Id, *, group_id: Id, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ProspectOut:
        """Invite a prospect into a group, with whoever introduced them; the way through the funnel
        ends well.

        Needs the scope `groups:write`, too, as every invitation does.

        `POST /v1/prospects/{prospect_id}/convert`, operation `convert_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            group_id: The group they are invited to.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/prospects/{segment(prospect_id)}/convert",
                answers.ProspectOut,
                body=given(group_id=group_id),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def decline(
        self,
        prospect_id: Id,
        *,
        reason: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ProspectOut:
        """End a prospect's way, from whichever side, with a reason if there is one.

        `POST /v1/prospects/{prospect_id}/decline`, operation `decline_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/prospects/{segment(prospect_id)}/decline",
                answers.ProspectOut,
                body=given(reason=reason) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, prospect_id: Id) -> answers.ActionsOut:
        """Which verbs this prospect admits now, with what stands in their way.

        `GET /v1/prospects/{prospect_id}/actions`, operation `list_prospect_actions`.

        Args:
            prospect_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/prospects/{segment(prospect_id)}/actions", answers.ActionsOut)
        )


class AsyncProspects:
    """Strangers on their way into a group, through the organization's own funnel."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        state: Literal["new", "in_funnel", "converted", "declined", "lapsed"] | None = None,
        step: str | None = None,
        connector_id: Id | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.ProspectBrief]:
        """The prospects of the organization, the newest first.

        `GET /v1/prospects`, operation `list_prospects`.

        Args:
            state: Only prospects in this state.
            step: Only prospects whose last step was this one.
            connector_id: Only prospects whom this person introduced.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/prospects",
                answers.ProspectBrief,
                query={
                    "state": state,
                    "step": step,
                    "connector_id": connector_id,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
        )

    async def create(
        self,
        *,
        person_id: Id | Absent | None = ABSENT,
        person: inputs.NewPerson | Absent | None = ABSENT,
        connector_id: Id | Absent | None = ABSENT,
        note: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ProspectOut:
        """Let somebody into the funnel.

        `POST /v1/prospects`, operation `create_prospect`.

        Args:
            person_id: Somebody known.
            person: Somebody to find by e-mail, or to make.
            connector_id: Who introduced them; credited when they become active.
            note: What is worth knowing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/prospects",
                answers.ProspectOut,
                body=given(person_id=person_id, person=person, connector_id=connector_id, note=note),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, prospect_id: Id, *, if_none_match: None = None) -> answers.ProspectOut: ...
    @overload
    async def get(
        self, prospect_id: Id, *, if_none_match: str | Record
    ) -> answers.ProspectOut | NotChanged: ...
    async def get(self, prospect_id: Id, *, if_none_match: Match = None) -> answers.ProspectOut | NotChanged:
        """One prospect, with the way they came and what may follow.

        `GET /v1/prospects/{prospect_id}`, operation `get_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/prospects/{segment(prospect_id)}",
                answers.ProspectOut,
                if_none_match=if_none_match,
            )
        )

    async def update(
        self,
        prospect_id: Id,
        *,
        connector_id: Id | Absent | None = ABSENT,
        note: str | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ProspectOut:
        """Correct who introduced a prospect, or what is noted.

        `PATCH /v1/prospects/{prospect_id}`, operation `update_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            connector_id: Who introduced them; null clears it.
            note: What is worth knowing; null clears it.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/prospects/{segment(prospect_id)}",
                answers.ProspectOut,
                body=given(connector_id=connector_id, note=note),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def advance(
        self, prospect_id: Id, *, step: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ProspectOut:
        """Record that a prospect took the next step; what is free is used up by it.

        `POST /v1/prospects/{prospect_id}/advance`, operation `advance_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            step: Key of a step of the organization's funnel.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/prospects/{segment(prospect_id)}/advance",
                answers.ProspectOut,
                body=given(step=step),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def convert(
        self, prospect_id: Id, *, group_id: Id, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ProspectOut:
        """Invite a prospect into a group, with whoever introduced them; the way through the funnel
        ends well.

        Needs the scope `groups:write`, too, as every invitation does.

        `POST /v1/prospects/{prospect_id}/convert`, operation `convert_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            group_id: The group they are invited to.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/prospects/{segment(prospect_id)}/convert",
                answers.ProspectOut,
                body=given(group_id=group_id),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def decline(
        self,
        prospect_id: Id,
        *,
        reason: str | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ProspectOut:
        """End a prospect's way, from whichever side, with a reason if there is one.

        `POST /v1/prospects/{prospect_id}/decline`, operation `decline_prospect`.

        Args:
            prospect_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/prospects/{segment(prospect_id)}/decline",
                answers.ProspectOut,
                body=given(reason=reason) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, prospect_id: Id) -> answers.ActionsOut:
        """Which verbs this prospect admits now, with what stands in their way.

        `GET /v1/prospects/{prospect_id}/actions`, operation `list_prospect_actions`.

        Args:
            prospect_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/prospects/{segment(prospect_id)}/actions", answers.ActionsOut)
        )
