"""One person in one group: from invitation to leaving.

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


class Memberships:
    """One person in one group: from invitation to leaving."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        state: Literal[
            "invited",
            "provisional",
            "active",
            "on_leave",
            "suspended",
            "alumni",
            "removed",
            "declined",
            "expired",
        ]
        | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.MembershipOut]:
        """The memberships of a group.

        `GET /v1/groups/{group_id}/memberships`, operation `list_memberships`.

        Args:
            group_id: Identifier of the resource.
            state: Only memberships in this state; live ones if left out.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/memberships",
                answers.MembershipOut,
                query={"state": state, "limit": limit, "cursor": cursor},
            )
        )

    def invite_member(
        self,
        group_id: Id,
        *,
        person_id: Id | Absent | None = ABSENT,
        person: inputs.NewPerson | Absent | None = ABSENT,
        role: Literal["moderator", "co_moderator", "member", "guest"] | Absent = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        connector_id: Id | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.MembershipOut:
        """Invite somebody into a group.

        `POST /v1/groups/{group_id}/memberships`, operation `invite_member`.

        Args:
            group_id: Identifier of the resource.
            person_id: Somebody known.
            person: Somebody to find by e-mail, or to make.
            role: What they are invited as; a guest is invited to one session.
            session_id: The one session a guest is invited to.
            connector_id: Who introduced them.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/memberships",
                answers.MembershipOut,
                body=given(
                    person_id=person_id,
                    person=person,
                    role=role,
                    session_id=session_id,
                    connector_id=connector_id,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, membership_id: Id, *, if_none_match: None = None) -> answers.MembershipOut: ...
    @overload
    def get(
        self, membership_id: Id, *, if_none_match: str | Record
    ) -> answers.MembershipOut | NotChanged: ...
    def get(self, membership_id: Id, *, if_none_match: Match = None) -> answers.MembershipOut | NotChanged:
        """One membership.

        `GET /v1/memberships/{membership_id}`, operation `get_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/memberships/{segment(membership_id)}",
                answers.MembershipOut,
                if_none_match=if_none_match,
            )
        )

    def update(
        self,
        membership_id: Id,
        *,
        role: Literal["moderator", "co_moderator", "member"] | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.MembershipOut:
        """Change what somebody is in a group.

        `PATCH /v1/memberships/{membership_id}`, operation `update_membership`.

        Args:
            membership_id: Identifier of the resource.
            role: New role.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/memberships/{segment(membership_id)}",
                answers.MembershipOut,
                body=given(role=role),
                is_patch=True,
                if_match=if_match,
            )
        )

    def accept(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Accept an invitation to a group.

        `POST /v1/memberships/{membership_id}/accept`, operation `accept_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/accept",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def decline(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Decline an invitation to a group.

        `POST /v1/memberships/{membership_id}/decline`, operation `decline_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/decline",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def activate(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Take somebody into the group: they read and speak from now on, and a member takes a seat.

        `POST /v1/memberships/{membership_id}/activate`, operation `activate_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/activate",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def take_leave(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Pause taking part for a while; reading goes on.

        `POST /v1/memberships/{membership_id}/take_leave`, operation `take_leave_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/take_leave",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def resume(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Come back from a leave.

        `POST /v1/memberships/{membership_id}/resume`, operation `resume_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/resume",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def leave(
        self,
        membership_id: Id,
        *,
        reason: Literal["outgrown", "time", "fit", "other"] | Absent | None = ABSENT,
        farewell: str | Absent | None = ABSENT,
        handover: bool | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.MembershipOut:
        """Leave the group at once and without anybody's approval.

        `POST /v1/memberships/{membership_id}/leave`, operation `leave_membership`.

        Args:
            membership_id: Identifier of the resource.
            reason: Why.
            farewell: A word to the group.
            handover: Whether the moderators may suggest you to another group, where you have
                outgrown this one; yes, if left out. You decide when you are invited.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/leave",
                answers.MembershipOut,
                body=given(reason=reason, farewell=farewell, handover=handover) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def suspend(
        self, membership_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Suspend somebody, with a reason they will read.

        `POST /v1/memberships/{membership_id}/suspend`, operation `suspend_membership`.

        Args:
            membership_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/suspend",
                answers.MembershipOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def reinstate(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Bring somebody back to where they were before the suspension.

        `POST /v1/memberships/{membership_id}/reinstate`, operation `reinstate_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/reinstate",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def remove(
        self, membership_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Remove somebody from the group, with a reason they will read.

        `POST /v1/memberships/{membership_id}/remove`, operation `remove_membership`.

        Args:
            membership_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/remove",
                answers.MembershipOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, membership_id: Id) -> answers.ActionsOut:
        """Which verbs this membership admits now, with what stands in their way.

        `GET /v1/memberships/{membership_id}/actions`, operation `list_membership_actions`.

        Args:
            membership_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/memberships/{segment(membership_id)}/actions", answers.ActionsOut)
        )


class AsyncMemberships:
    """One person in one group: from invitation to leaving."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        state: Literal[
            "invited",
            "provisional",
            "active",
            "on_leave",
            "suspended",
            "alumni",
            "removed",
            "declined",
            "expired",
        ]
        | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.MembershipOut]:
        """The memberships of a group.

        `GET /v1/groups/{group_id}/memberships`, operation `list_memberships`.

        Args:
            group_id: Identifier of the resource.
            state: Only memberships in this state; live ones if left out.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/memberships",
                answers.MembershipOut,
                query={"state": state, "limit": limit, "cursor": cursor},
            )
        )

    async def invite_member(
        self,
        group_id: Id,
        *,
        person_id: Id | Absent | None = ABSENT,
        person: inputs.NewPerson | Absent | None = ABSENT,
        role: Literal["moderator", "co_moderator", "member", "guest"] | Absent = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        connector_id: Id | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.MembershipOut:
        """Invite somebody into a group.

        `POST /v1/groups/{group_id}/memberships`, operation `invite_member`.

        Args:
            group_id: Identifier of the resource.
            person_id: Somebody known.
            person: Somebody to find by e-mail, or to make.
            role: What they are invited as; a guest is invited to one session.
            session_id: The one session a guest is invited to.
            connector_id: Who introduced them.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/memberships",
                answers.MembershipOut,
                body=given(
                    person_id=person_id,
                    person=person,
                    role=role,
                    session_id=session_id,
                    connector_id=connector_id,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, membership_id: Id, *, if_none_match: None = None) -> answers.MembershipOut: ...
    @overload
    async def get(
        self, membership_id: Id, *, if_none_match: str | Record
    ) -> answers.MembershipOut | NotChanged: ...
    async def get(
        self, membership_id: Id, *, if_none_match: Match = None
    ) -> answers.MembershipOut | NotChanged:
        """One membership.

        `GET /v1/memberships/{membership_id}`, operation `get_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/memberships/{segment(membership_id)}",
                answers.MembershipOut,
                if_none_match=if_none_match,
            )
        )

    async def update(
        self,
        membership_id: Id,
        *,
        role: Literal["moderator", "co_moderator", "member"] | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.MembershipOut:
        """Change what somebody is in a group.

        `PATCH /v1/memberships/{membership_id}`, operation `update_membership`.

        Args:
            membership_id: Identifier of the resource.
            role: New role.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/memberships/{segment(membership_id)}",
                answers.MembershipOut,
                body=given(role=role),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def accept(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Accept an invitation to a group.

        `POST /v1/memberships/{membership_id}/accept`, operation `accept_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/accept",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def decline(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Decline an invitation to a group.

        `POST /v1/memberships/{membership_id}/decline`, operation `decline_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/decline",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def activate(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Take somebody into the group: they read and speak from now on, and a member takes a seat.

        `POST /v1/memberships/{membership_id}/activate`, operation `activate_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/activate",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def take_leave(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Pause taking part for a while; reading goes on.

        `POST /v1/memberships/{membership_id}/take_leave`, operation `take_leave_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/take_leave",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def resume(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Come back from a leave.

        `POST /v1/memberships/{membership_id}/resume`, operation `resume_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/resume",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def leave(
        self,
        membership_id: Id,
        *,
        reason: Literal["outgrown", "time", "fit", "other"] | Absent | None = ABSENT,
        farewell: str | Absent | None = ABSENT,
        handover: bool | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.MembershipOut:
        """Leave the group at once and without anybody's approval.

        `POST /v1/memberships/{membership_id}/leave`, operation `leave_membership`.

        Args:
            membership_id: Identifier of the resource.
            reason: Why.
            farewell: A word to the group.
            handover: Whether the moderators may suggest you to another group, where you have
                outgrown this one; yes, if left out. You decide when you are invited.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/leave",
                answers.MembershipOut,
                body=given(reason=reason, farewell=farewell, handover=handover) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def suspend(
        self, membership_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Suspend somebody, with a reason they will read.

        `POST /v1/memberships/{membership_id}/suspend`, operation `suspend_membership`.

        Args:
            membership_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/suspend",
                answers.MembershipOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def reinstate(
        self, membership_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Bring somebody back to where they were before the suspension.

        `POST /v1/memberships/{membership_id}/reinstate`, operation `reinstate_membership`.

        Args:
            membership_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/reinstate",
                answers.MembershipOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def remove(
        self, membership_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.MembershipOut:
        """Remove somebody from the group, with a reason they will read.

        `POST /v1/memberships/{membership_id}/remove`, operation `remove_membership`.

        Args:
            membership_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/memberships/{segment(membership_id)}/remove",
                answers.MembershipOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, membership_id: Id) -> answers.ActionsOut:
        """Which verbs this membership admits now, with what stands in their way.

        `GET /v1/memberships/{membership_id}/actions`, operation `list_membership_actions`.

        Args:
            membership_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/memberships/{segment(membership_id)}/actions", answers.ActionsOut)
        )
