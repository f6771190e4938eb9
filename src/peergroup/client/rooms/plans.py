"""A group's year: its sessions by key, replaced as a whole, with a difference before and after.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Plans:
    """A group's year: its sessions by key, replaced as a whole, with a difference before and after."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    @overload
    def get(self, group_id: Id, year: int, *, if_none_match: None = None) -> answers.PlanOut: ...
    @overload
    def get(
        self, group_id: Id, year: int, *, if_none_match: str | Record
    ) -> answers.PlanOut | NotChanged: ...
    def get(self, group_id: Id, year: int, *, if_none_match: Match = None) -> answers.PlanOut | NotChanged:
        """The plan of a group's year.

        `GET /v1/groups/{group_id}/plans/{year}`, operation `get_plan`.

        Args:
            group_id: Identifier of the resource.
            year: The year.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/plans/{segment(year)}",
                answers.PlanOut,
                if_none_match=if_none_match,
            )
        )

    def replace(
        self,
        group_id: Id,
        year: int,
        *,
        entries: Sequence[inputs.EntryIn],
        usual: inputs.Usual | Absent = ABSENT,
        dry_run: bool | None = None,
        if_match: Match = None,
    ) -> answers.PlanChangedOut:
        """Replace the plan of a group's year: sessions are made, changed and taken back until they
        are as it says.

        If-Match is needed, except for a dry run. What is no longer named is deleted, or kept where
        something hangs on it; what has begun is locked. The answer says for each entry what became
        of it.

        `PUT /v1/groups/{group_id}/plans/{year}`, operation `replace_plan`.

        Args:
            group_id: Identifier of the resource.
            year: The year.
            entries: The sessions.
            usual: What the sessions have in common.
            dry_run: Only show what would be different; nothing is changed.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/groups/{segment(group_id)}/plans/{segment(year)}",
                answers.PlanChangedOut,
                query={"dry_run": dry_run},
                body=given(entries=entries, usual=usual),
                if_match=if_match,
            )
        )


class AsyncPlans:
    """A group's year: its sessions by key, replaced as a whole, with a difference before and after."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    @overload
    async def get(self, group_id: Id, year: int, *, if_none_match: None = None) -> answers.PlanOut: ...
    @overload
    async def get(
        self, group_id: Id, year: int, *, if_none_match: str | Record
    ) -> answers.PlanOut | NotChanged: ...
    async def get(
        self, group_id: Id, year: int, *, if_none_match: Match = None
    ) -> answers.PlanOut | NotChanged:
        """The plan of a group's year.

        `GET /v1/groups/{group_id}/plans/{year}`, operation `get_plan`.

        Args:
            group_id: Identifier of the resource.
            year: The year.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/plans/{segment(year)}",
                answers.PlanOut,
                if_none_match=if_none_match,
            )
        )

    async def replace(
        self,
        group_id: Id,
        year: int,
        *,
        entries: Sequence[inputs.EntryIn],
        usual: inputs.Usual | Absent = ABSENT,
        dry_run: bool | None = None,
        if_match: Match = None,
    ) -> answers.PlanChangedOut:
        """Replace the plan of a group's year: sessions are made, changed and taken back until they
        are as it says.

        If-Match is needed, except for a dry run. What is no longer named is deleted, or kept where
        something hangs on it; what has begun is locked. The answer says for each entry what became
        of it.

        `PUT /v1/groups/{group_id}/plans/{year}`, operation `replace_plan`.

        Args:
            group_id: Identifier of the resource.
            year: The year.
            entries: The sessions.
            usual: What the sessions have in common.
            dry_run: Only show what would be different; nothing is changed.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/groups/{segment(group_id)}/plans/{segment(year)}",
                answers.PlanChangedOut,
                query={"dry_run": dry_run},
                body=given(entries=entries, usual=usual),
                if_match=if_match,
            )
        )
