"""Groups, their covenants, and who may join.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Day, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Groups:
    """Groups, their covenants, and who may join."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        state: Literal["forming", "active", "archived"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.GroupBrief]:
        """Your groups; for admins and service keys every group.

        `GET /v1/groups`, operation `list_groups`.

        Args:
            state: Only groups in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/groups",
                answers.GroupBrief,
                query={"state": state, "limit": limit, "cursor": cursor},
            )
        )

    def create(
        self,
        *,
        name: str,
        focus: str | Absent | None = ABSENT,
        cadence: str | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        capacity: int | Absent = ABSENT,
        parent_id: Id | Absent | None = ABSENT,
        moderators: Sequence[Id] | Absent = ABSENT,
        covenant: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.GroupOut:
        """Found a group with its moderators.

        `POST /v1/groups`, operation `create_group`.

        Args:
            name: Name of the group.
            focus: What the group is about.
            cadence: How often it meets.
            time_zone: Zone of the group; the organization's if left out.
            capacity: How many members the group may have.
            parent_id: The group this pod belongs to.
            moderators: People who lead it: their memberships begin active.
            covenant: First covenant version, in force at once.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/groups",
                answers.GroupOut,
                body=given(
                    name=name,
                    focus=focus,
                    cadence=cadence,
                    time_zone=time_zone,
                    capacity=capacity,
                    parent_id=parent_id,
                    moderators=moderators,
                    covenant=covenant,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, group_id: Id, *, if_none_match: None = None) -> answers.GroupOut: ...
    @overload
    def get(self, group_id: Id, *, if_none_match: str | Record) -> answers.GroupOut | NotChanged: ...
    def get(self, group_id: Id, *, if_none_match: Match = None) -> answers.GroupOut | NotChanged:
        """One group with its roster.

        `GET /v1/groups/{group_id}`, operation `get_group`.

        Args:
            group_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/groups/{segment(group_id)}", answers.GroupOut, if_none_match=if_none_match)
        )

    def update(
        self,
        group_id: Id,
        *,
        name: str | Absent = ABSENT,
        focus: str | Absent | None = ABSENT,
        cadence: str | Absent | None = ABSENT,
        time_zone: str | Absent = ABSENT,
        capacity: int | Absent = ABSENT,
        agenda_template_id: Id | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.GroupOut:
        """Change a group's name, focus, cadence, zone, capacity or run of show.

        `PATCH /v1/groups/{group_id}`, operation `update_group`.

        Args:
            group_id: Identifier of the resource.
            name: New name.
            focus: New focus; null clears it.
            cadence: New cadence; null clears it.
            time_zone: New zone.
            capacity: How many members the group may have.
            agenda_template_id: Run of show that new sessions begin with.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/groups/{segment(group_id)}",
                answers.GroupOut,
                body=given(
                    name=name,
                    focus=focus,
                    cadence=cadence,
                    time_zone=time_zone,
                    capacity=capacity,
                    agenda_template_id=agenda_template_id,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    def activate(
        self, group_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.GroupOut:
        """Open a forming group: from now on sessions can be scheduled.

        `POST /v1/groups/{group_id}/activate`, operation `activate_group`.

        Args:
            group_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/activate",
                answers.GroupOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def archive(
        self, group_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.GroupOut:
        """Close a group for good; what was said stays readable to those who were in it.

        `POST /v1/groups/{group_id}/archive`, operation `archive_group`.

        Args:
            group_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/archive",
                answers.GroupOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, group_id: Id) -> answers.ActionsOut:
        """Which verbs this group admits now, with what stands in their way.

        `GET /v1/groups/{group_id}/actions`, operation `list_group_actions`.

        Args:
            group_id: Identifier of the resource.
        """
        return self._speaker.send(Ask("GET", f"/v1/groups/{segment(group_id)}/actions", answers.ActionsOut))

    def list_covenants(self, group_id: Id) -> Page[answers.CovenantOut]:
        """Every version of a group's covenant, the newest first.

        `GET /v1/groups/{group_id}/covenants`, operation `list_covenants`.

        Args:
            group_id: Identifier of the resource.
        """
        return self._speaker.pages(
            Ask("GET", f"/v1/groups/{segment(group_id)}/covenants", answers.CovenantOut)
        )

    def create_covenant(
        self,
        group_id: Id,
        *,
        text: str,
        effective_on: Day | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.CovenantOut:
        """Write a new version of a group's covenant.

        `POST /v1/groups/{group_id}/covenants`, operation `create_covenant`.

        Args:
            group_id: Identifier of the resource.
            text: Confidentiality and ground rules.
            effective_on: Day from which it binds, in the group's zone; today if left out.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/covenants",
                answers.CovenantOut,
                body=given(text=text, effective_on=effective_on),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def sign_covenant(
        self, group_id: Id, number: int, *, idempotency_key: str | None = None
    ) -> answers.CovenantOut:
        """Sign a version of a group's covenant.

        `POST /v1/groups/{group_id}/covenants/{number}/sign`, operation `sign_covenant`.

        Args:
            group_id: Identifier of the resource.
            number: Version of the covenant.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/covenants/{segment(number)}/sign",
                answers.CovenantOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def check_admission(
        self, group_id: Id, *, person_id: Id, idempotency_key: str | None = None
    ) -> answers.AdmissionOut:
        """See whether somebody could join a group, and what stands in the way; nothing is changed.

        `POST /v1/groups/{group_id}/admission-checks`, operation `check_admission`.

        Args:
            group_id: Identifier of the resource.
            person_id: The person who might join.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/admission-checks",
                answers.AdmissionOut,
                body=given(person_id=person_id),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def waive_finding(
        self, group_id: Id, *, person_id: Id, finding: str, reason: str, idempotency_key: str | None = None
    ) -> answers.WaiverOut:
        """Record that a finding of an admission check is acceptable, and why.

        `POST /v1/groups/{group_id}/admission-checks/waivers`, operation `waive_finding`.

        Args:
            group_id: Identifier of the resource.
            person_id: The person it is about.
            finding: As the check named it.
            reason: Why it is acceptable.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/admission-checks/waivers",
                answers.WaiverOut,
                body=given(person_id=person_id, finding=finding, reason=reason),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_waivers(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.WaiverOut]:
        """What was waived in a group, by whom and why.

        `GET /v1/groups/{group_id}/admission-checks/waivers`, operation `list_waivers`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/admission-checks/waivers",
                answers.WaiverOut,
                query={"limit": limit, "cursor": cursor},
            )
        )


class AsyncGroups:
    """Groups, their covenants, and who may join."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        state: Literal["forming", "active", "archived"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.GroupBrief]:
        """Your groups; for admins and service keys every group.

        `GET /v1/groups`, operation `list_groups`.

        Args:
            state: Only groups in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/groups",
                answers.GroupBrief,
                query={"state": state, "limit": limit, "cursor": cursor},
            )
        )

    async def create(
        self,
        *,
        name: str,
        focus: str | Absent | None = ABSENT,
        cadence: str | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        capacity: int | Absent = ABSENT,
        parent_id: Id | Absent | None = ABSENT,
        moderators: Sequence[Id] | Absent = ABSENT,
        covenant: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.GroupOut:
        """Found a group with its moderators.

        `POST /v1/groups`, operation `create_group`.

        Args:
            name: Name of the group.
            focus: What the group is about.
            cadence: How often it meets.
            time_zone: Zone of the group; the organization's if left out.
            capacity: How many members the group may have.
            parent_id: The group this pod belongs to.
            moderators: People who lead it: their memberships begin active.
            covenant: First covenant version, in force at once.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/groups",
                answers.GroupOut,
                body=given(
                    name=name,
                    focus=focus,
                    cadence=cadence,
                    time_zone=time_zone,
                    capacity=capacity,
                    parent_id=parent_id,
                    moderators=moderators,
                    covenant=covenant,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, group_id: Id, *, if_none_match: None = None) -> answers.GroupOut: ...
    @overload
    async def get(self, group_id: Id, *, if_none_match: str | Record) -> answers.GroupOut | NotChanged: ...
    async def get(self, group_id: Id, *, if_none_match: Match = None) -> answers.GroupOut | NotChanged:
        """One group with its roster.

        `GET /v1/groups/{group_id}`, operation `get_group`.

        Args:
            group_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/groups/{segment(group_id)}", answers.GroupOut, if_none_match=if_none_match)
        )

    async def update(
        self,
        group_id: Id,
        *,
        name: str | Absent = ABSENT,
        focus: str | Absent | None = ABSENT,
        cadence: str | Absent | None = ABSENT,
        time_zone: str | Absent = ABSENT,
        capacity: int | Absent = ABSENT,
        agenda_template_id: Id | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.GroupOut:
        """Change a group's name, focus, cadence, zone, capacity or run of show.

        `PATCH /v1/groups/{group_id}`, operation `update_group`.

        Args:
            group_id: Identifier of the resource.
            name: New name.
            focus: New focus; null clears it.
            cadence: New cadence; null clears it.
            time_zone: New zone.
            capacity: How many members the group may have.
            agenda_template_id: Run of show that new sessions begin with.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/groups/{segment(group_id)}",
                answers.GroupOut,
                body=given(
                    name=name,
                    focus=focus,
                    cadence=cadence,
                    time_zone=time_zone,
                    capacity=capacity,
                    agenda_template_id=agenda_template_id,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def activate(
        self, group_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.GroupOut:
        """Open a forming group: from now on sessions can be scheduled.

        `POST /v1/groups/{group_id}/activate`, operation `activate_group`.

        Args:
            group_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/activate",
                answers.GroupOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def archive(
        self, group_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.GroupOut:
        """Close a group for good; what was said stays readable to those who were in it.

        `POST /v1/groups/{group_id}/archive`, operation `archive_group`.

        Args:
            group_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/archive",
                answers.GroupOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, group_id: Id) -> answers.ActionsOut:
        """Which verbs this group admits now, with what stands in their way.

        `GET /v1/groups/{group_id}/actions`, operation `list_group_actions`.

        Args:
            group_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/groups/{segment(group_id)}/actions", answers.ActionsOut)
        )

    def list_covenants(self, group_id: Id) -> Listing[answers.CovenantOut]:
        """Every version of a group's covenant, the newest first.

        `GET /v1/groups/{group_id}/covenants`, operation `list_covenants`.

        Args:
            group_id: Identifier of the resource.
        """
        return self._speaker.pages(
            Ask("GET", f"/v1/groups/{segment(group_id)}/covenants", answers.CovenantOut)
        )

    async def create_covenant(
        self,
        group_id: Id,
        *,
        text: str,
        effective_on: Day | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.CovenantOut:
        """Write a new version of a group's covenant.

        `POST /v1/groups/{group_id}/covenants`, operation `create_covenant`.

        Args:
            group_id: Identifier of the resource.
            text: Confidentiality and ground rules.
            effective_on: Day from which it binds, in the group's zone; today if left out.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/covenants",
                answers.CovenantOut,
                body=given(text=text, effective_on=effective_on),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def sign_covenant(
        self, group_id: Id, number: int, *, idempotency_key: str | None = None
    ) -> answers.CovenantOut:
        """Sign a version of a group's covenant.

        `POST /v1/groups/{group_id}/covenants/{number}/sign`, operation `sign_covenant`.

        Args:
            group_id: Identifier of the resource.
            number: Version of the covenant.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/covenants/{segment(number)}/sign",
                answers.CovenantOut,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def check_admission(
        self, group_id: Id, *, person_id: Id, idempotency_key: str | None = None
    ) -> answers.AdmissionOut:
        """See whether somebody could join a group, and what stands in the way; nothing is changed.

        `POST /v1/groups/{group_id}/admission-checks`, operation `check_admission`.

        Args:
            group_id: Identifier of the resource.
            person_id: The person who might join.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/admission-checks",
                answers.AdmissionOut,
                body=given(person_id=person_id),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def waive_finding(
        self, group_id: Id, *, person_id: Id, finding: str, reason: str, idempotency_key: str | None = None
    ) -> answers.WaiverOut:
        """Record that a finding of an admission check is acceptable, and why.

        `POST /v1/groups/{group_id}/admission-checks/waivers`, operation `waive_finding`.

        Args:
            group_id: Identifier of the resource.
            person_id: The person it is about.
            finding: As the check named it.
            reason: Why it is acceptable.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/admission-checks/waivers",
                answers.WaiverOut,
                body=given(person_id=person_id, finding=finding, reason=reason),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_waivers(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.WaiverOut]:
        """What was waived in a group, by whom and why.

        `GET /v1/groups/{group_id}/admission-checks/waivers`, operation `list_waivers`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/admission-checks/waivers",
                answers.WaiverOut,
                query={"limit": limit, "cursor": cursor},
            )
        )
