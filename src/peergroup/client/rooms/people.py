"""Everybody an organization knows, how other systems call them, and who may decide what.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
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


class People:
    """Everybody an organization knows, how other systems call them, and who may decide what."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        state: Literal["active", "deactivated", "merged", "erased"] | None = None,
        company_id: Id | None = None,
        q: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.PersonOut]:
        """The people you may see, by name.

        `GET /v1/people`, operation `list_people`.

        Args:
            state: Only people in this state; without it, active and deactivated ones.
            company_id: Only people of this company.
            q: Part of the name, in any case.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/people",
                answers.PersonOut,
                query={"state": state, "company_id": company_id, "q": q, "limit": limit, "cursor": cursor},
            )
        )

    def create(
        self,
        *,
        name: str,
        email: str | Absent | None = ABSENT,
        show_email: bool | Absent | None = ABSENT,
        company: str | Absent | None = ABSENT,
        job_title: str | Absent | None = ABSENT,
        level: str | Absent | None = ABSENT,
        industry: str | Absent | None = ABSENT,
        zone_of_genius: str | Absent | None = ABSENT,
        offers: Sequence[str] | Absent | None = ABSENT,
        needs: Sequence[str] | Absent | None = ABSENT,
        gaps: Sequence[str] | Absent | None = ABSENT,
        values: Sequence[str] | Absent | None = ABSENT,
        company_id: Id | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.PersonOut:
        """Add a person.

        `POST /v1/people`, operation `create_person`.

        Args:
            name: Full name.
            email: E-mail address; unique in the organization whatever its case. Without one a
                person cannot sign in.
            show_email: Whether the people of their groups see the address.
            company: Name of the company; one that is not known yet is added.
            job_title: What they are at work.
            level: Level of responsibility, for parity in a group.
            industry: Industry.
            zone_of_genius: What they do best, in their words.
            offers: What they can help with.
            needs: What they look for.
            gaps: What they are weak in.
            values: What matters to them.
            company_id: Company they work for, by id.
            time_zone: IANA time zone.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/people",
                answers.PersonOut,
                body=given(
                    name=name,
                    email=email,
                    show_email=show_email,
                    company=company,
                    job_title=job_title,
                    level=level,
                    industry=industry,
                    zone_of_genius=zone_of_genius,
                    offers=offers,
                    needs=needs,
                    gaps=gaps,
                    values=values,
                    company_id=company_id,
                    time_zone=time_zone,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def upsert_people(
        self,
        *,
        people: Sequence[inputs.BatchRecord],
        on_conflict: Literal["report", "link"] | None = None,
        idempotency_key: str | None = None,
    ) -> answers.BatchOut:
        """Take over up to 1,000 people from another system.

        Each record is judged by itself and has its own result; nothing is ever merged.

        `POST /v1/people/batch`, operation `upsert_people`.

        Args:
            people: The records, in the order in which they are to be applied.
            on_conflict: What to do where somebody else has the address: `report` it, or `link` the
                reference to them.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/people/batch",
                answers.BatchOut,
                query={"on_conflict": on_conflict},
                body=given(people=people),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get_by_reference(
        self, source: str, external_id: str, *, if_none_match: None = None
    ) -> answers.PersonOut: ...
    @overload
    def get_by_reference(
        self, source: str, external_id: str, *, if_none_match: str | Record
    ) -> answers.PersonOut | NotChanged: ...
    def get_by_reference(
        self, source: str, external_id: str, *, if_none_match: Match = None
    ) -> answers.PersonOut | NotChanged:
        """A person, by what another system calls them.

        `GET /v1/people/by-reference/{source}/{external_id}`, operation `get_person_by_reference`.

        Args:
            source: Which system the reference comes from.
            external_id: How that system calls the person; case matters.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/people/by-reference/{segment(source)}/{segment(external_id)}",
                answers.PersonOut,
                if_none_match=if_none_match,
            )
        )

    def upsert(
        self,
        source: str,
        external_id: str,
        *,
        name: str,
        email: str | Absent | None = ABSENT,
        show_email: bool | Absent | None = ABSENT,
        company: str | Absent | None = ABSENT,
        job_title: str | Absent | None = ABSENT,
        level: str | Absent | None = ABSENT,
        industry: str | Absent | None = ABSENT,
        zone_of_genius: str | Absent | None = ABSENT,
        offers: Sequence[str] | Absent | None = ABSENT,
        needs: Sequence[str] | Absent | None = ABSENT,
        gaps: Sequence[str] | Absent | None = ABSENT,
        values: Sequence[str] | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        on_conflict: Literal["report", "link"] | None = None,
        if_match: Match = None,
    ) -> answers.PersonOut:
        """Take over one person from another system: added if the reference is new, else changed.

        What the record leaves out stays as it is; null clears. Somebody else with the same e-mail
        address is a conflict: nobody is merged by this.

        `PUT /v1/people/by-reference/{source}/{external_id}`, operation `upsert_person`.

        Args:
            source: Which system the reference comes from.
            external_id: How that system calls the person; case matters.
            name: Full name.
            email: E-mail address; unique in the organization whatever its case. Without one a
                person cannot sign in.
            show_email: Whether the people of their groups see the address.
            company: Name of the company; one that is not known yet is added.
            job_title: What they are at work.
            level: Level of responsibility, for parity in a group.
            industry: Industry.
            zone_of_genius: What they do best, in their words.
            offers: What they can help with.
            needs: What they look for.
            gaps: What they are weak in.
            values: What matters to them.
            time_zone: IANA time zone; one that is not known is left out, with a warning.
            on_conflict: What to do where somebody else has the address: `report` it, or `link` the
                reference to them.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/people/by-reference/{segment(source)}/{segment(external_id)}",
                answers.PersonOut,
                query={"on_conflict": on_conflict},
                body=given(
                    name=name,
                    email=email,
                    show_email=show_email,
                    company=company,
                    job_title=job_title,
                    level=level,
                    industry=industry,
                    zone_of_genius=zone_of_genius,
                    offers=offers,
                    needs=needs,
                    gaps=gaps,
                    values=values,
                    time_zone=time_zone,
                ),
                if_match=if_match,
            )
        )

    @overload
    def get(self, person_id: Id, *, if_none_match: None = None) -> answers.PersonOut: ...
    @overload
    def get(self, person_id: Id, *, if_none_match: str | Record) -> answers.PersonOut | NotChanged: ...
    def get(self, person_id: Id, *, if_none_match: Match = None) -> answers.PersonOut | NotChanged:
        """A person, as far as you may see them.

        `GET /v1/people/{person_id}`, operation `get_person`.

        Args:
            person_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/people/{segment(person_id)}", answers.PersonOut, if_none_match=if_none_match)
        )

    def update(
        self,
        person_id: Id,
        *,
        email: str | Absent | None = ABSENT,
        show_email: bool | Absent | None = ABSENT,
        company: str | Absent | None = ABSENT,
        job_title: str | Absent | None = ABSENT,
        level: str | Absent | None = ABSENT,
        industry: str | Absent | None = ABSENT,
        zone_of_genius: str | Absent | None = ABSENT,
        offers: Sequence[str] | Absent | None = ABSENT,
        needs: Sequence[str] | Absent | None = ABSENT,
        gaps: Sequence[str] | Absent | None = ABSENT,
        values: Sequence[str] | Absent | None = ABSENT,
        company_id: Id | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        name: str | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.PersonOut:
        """Change a person's profile: your own, or as an admin anybody's.

        `PATCH /v1/people/{person_id}`, operation `update_person`.

        Args:
            person_id: Identifier of the resource.
            email: E-mail address; unique in the organization whatever its case. Without one a
                person cannot sign in.
            show_email: Whether the people of their groups see the address.
            company: Name of the company; one that is not known yet is added.
            job_title: What they are at work.
            level: Level of responsibility, for parity in a group.
            industry: Industry.
            zone_of_genius: What they do best, in their words.
            offers: What they can help with.
            needs: What they look for.
            gaps: What they are weak in.
            values: What matters to them.
            company_id: Company they work for, by id.
            time_zone: IANA time zone.
            name: Full name.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/people/{segment(person_id)}",
                answers.PersonOut,
                body=given(
                    email=email,
                    show_email=show_email,
                    company=company,
                    job_title=job_title,
                    level=level,
                    industry=industry,
                    zone_of_genius=zone_of_genius,
                    offers=offers,
                    needs=needs,
                    gaps=gaps,
                    values=values,
                    company_id=company_id,
                    time_zone=time_zone,
                    name=name,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    def set_organization_role(
        self, person_id: Id, *, role: Literal["owner", "admin"] | None, if_match: Match = None
    ) -> answers.PersonOut:
        """Make somebody owner or admin, or take that back; the last owner stays.

        `PUT /v1/people/{person_id}/organization-role`, operation `set_organization_role`.

        Args:
            person_id: Identifier of the resource.
            role: The role; null takes it away.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/people/{segment(person_id)}/organization-role",
                answers.PersonOut,
                body=given(role=role),
                if_match=if_match,
            )
        )

    def deactivate(
        self, person_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.PersonOut:
        """Shut somebody out at once: credentials, feeds and streams end, memberships are suspended.

        `POST /v1/people/{person_id}/deactivate`, operation `deactivate_person`.

        Args:
            person_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/deactivate",
                answers.PersonOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def reactivate(
        self, person_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.PersonOut:
        """Let somebody in again; memberships and credentials do not come back by themselves.

        `POST /v1/people/{person_id}/reactivate`, operation `reactivate_person`.

        Args:
            person_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/reactivate",
                answers.PersonOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def merge(
        self,
        person_id: Id,
        *,
        into: Id,
        resolve: Sequence[inputs.Resolution] | Absent = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.PersonOut:
        """Two entries are one human: everything moves to the survivor, and this entry points there.

        `POST /v1/people/{person_id}/merge`, operation `merge_person`.

        Args:
            person_id: Identifier of the resource.
            into: The person who survives.
            resolve: One entry for each conflict of the refusal.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/merge",
                answers.PersonOut,
                body=given(into=into, resolve=resolve),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, person_id: Id) -> answers.ActionsOut:
        """Which verbs this person admits now, with what stands in their way.

        `GET /v1/people/{person_id}/actions`, operation `list_person_actions`.

        Args:
            person_id: Identifier of the resource.
        """
        return self._speaker.send(Ask("GET", f"/v1/people/{segment(person_id)}/actions", answers.ActionsOut))

    def erase(
        self,
        person_id: Id,
        *,
        words: Literal["remove", "keep_unnamed"],
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ErasureOut:
        """Forget somebody: their own data at once, what they left in other rooms right after; the
        id stays.

        `POST /v1/people/{person_id}/erase`, operation `erase_person`.

        Args:
            person_id: Identifier of the resource.
            words: `remove` them too, or keep them as those of a former member.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/erase",
                answers.ErasureOut,
                body=given(words=words),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def get_erasure(self, person_id: Id) -> answers.ErasureOut:
        """The receipt of an erasure: what was removed, and whether every room is done.

        `GET /v1/people/{person_id}/erasure`, operation `get_erasure`.

        Args:
            person_id: Identifier of the resource.
        """
        return self._speaker.send(Ask("GET", f"/v1/people/{segment(person_id)}/erasure", answers.ErasureOut))


class AsyncPeople:
    """Everybody an organization knows, how other systems call them, and who may decide what."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        *,
        state: Literal["active", "deactivated", "merged", "erased"] | None = None,
        company_id: Id | None = None,
        q: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.PersonOut]:
        """The people you may see, by name.

        `GET /v1/people`, operation `list_people`.

        Args:
            state: Only people in this state; without it, active and deactivated ones.
            company_id: Only people of this company.
            q: Part of the name, in any case.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/people",
                answers.PersonOut,
                query={"state": state, "company_id": company_id, "q": q, "limit": limit, "cursor": cursor},
            )
        )

    async def create(
        self,
        *,
        name: str,
        email: str | Absent | None = ABSENT,
        show_email: bool | Absent | None = ABSENT,
        company: str | Absent | None = ABSENT,
        job_title: str | Absent | None = ABSENT,
        level: str | Absent | None = ABSENT,
        industry: str | Absent | None = ABSENT,
        zone_of_genius: str | Absent | None = ABSENT,
        offers: Sequence[str] | Absent | None = ABSENT,
        needs: Sequence[str] | Absent | None = ABSENT,
        gaps: Sequence[str] | Absent | None = ABSENT,
        values: Sequence[str] | Absent | None = ABSENT,
        company_id: Id | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.PersonOut:
        """Add a person.

        `POST /v1/people`, operation `create_person`.

        Args:
            name: Full name.
            email: E-mail address; unique in the organization whatever its case. Without one a
                person cannot sign in.
            show_email: Whether the people of their groups see the address.
            company: Name of the company; one that is not known yet is added.
            job_title: What they are at work.
            level: Level of responsibility, for parity in a group.
            industry: Industry.
            zone_of_genius: What they do best, in their words.
            offers: What they can help with.
            needs: What they look for.
            gaps: What they are weak in.
            values: What matters to them.
            company_id: Company they work for, by id.
            time_zone: IANA time zone.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/people",
                answers.PersonOut,
                body=given(
                    name=name,
                    email=email,
                    show_email=show_email,
                    company=company,
                    job_title=job_title,
                    level=level,
                    industry=industry,
                    zone_of_genius=zone_of_genius,
                    offers=offers,
                    needs=needs,
                    gaps=gaps,
                    values=values,
                    company_id=company_id,
                    time_zone=time_zone,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def upsert_people(
        self,
        *,
        people: Sequence[inputs.BatchRecord],
        on_conflict: Literal["report", "link"] | None = None,
        idempotency_key: str | None = None,
    ) -> answers.BatchOut:
        """Take over up to 1,000 people from another system.

        Each record is judged by itself and has its own result; nothing is ever merged.

        `POST /v1/people/batch`, operation `upsert_people`.

        Args:
            people: The records, in the order in which they are to be applied.
            on_conflict: What to do where somebody else has the address: `report` it, or `link` the
                reference to them.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/people/batch",
                answers.BatchOut,
                query={"on_conflict": on_conflict},
                body=given(people=people),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get_by_reference(
        self, source: str, external_id: str, *, if_none_match: None = None
    ) -> answers.PersonOut: ...
    @overload
    async def get_by_reference(
        self, source: str, external_id: str, *, if_none_match: str | Record
    ) -> answers.PersonOut | NotChanged: ...
    async def get_by_reference(
        self, source: str, external_id: str, *, if_none_match: Match = None
    ) -> answers.PersonOut | NotChanged:
        """A person, by what another system calls them.

        `GET /v1/people/by-reference/{source}/{external_id}`, operation `get_person_by_reference`.

        Args:
            source: Which system the reference comes from.
            external_id: How that system calls the person; case matters.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/people/by-reference/{segment(source)}/{segment(external_id)}",
                answers.PersonOut,
                if_none_match=if_none_match,
            )
        )

    async def upsert(
        self,
        source: str,
        external_id: str,
        *,
        name: str,
        email: str | Absent | None = ABSENT,
        show_email: bool | Absent | None = ABSENT,
        company: str | Absent | None = ABSENT,
        job_title: str | Absent | None = ABSENT,
        level: str | Absent | None = ABSENT,
        industry: str | Absent | None = ABSENT,
        zone_of_genius: str | Absent | None = ABSENT,
        offers: Sequence[str] | Absent | None = ABSENT,
        needs: Sequence[str] | Absent | None = ABSENT,
        gaps: Sequence[str] | Absent | None = ABSENT,
        values: Sequence[str] | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        on_conflict: Literal["report", "link"] | None = None,
        if_match: Match = None,
    ) -> answers.PersonOut:
        """Take over one person from another system: added if the reference is new, else changed.

        What the record leaves out stays as it is; null clears. Somebody else with the same e-mail
        address is a conflict: nobody is merged by this.

        `PUT /v1/people/by-reference/{source}/{external_id}`, operation `upsert_person`.

        Args:
            source: Which system the reference comes from.
            external_id: How that system calls the person; case matters.
            name: Full name.
            email: E-mail address; unique in the organization whatever its case. Without one a
                person cannot sign in.
            show_email: Whether the people of their groups see the address.
            company: Name of the company; one that is not known yet is added.
            job_title: What they are at work.
            level: Level of responsibility, for parity in a group.
            industry: Industry.
            zone_of_genius: What they do best, in their words.
            offers: What they can help with.
            needs: What they look for.
            gaps: What they are weak in.
            values: What matters to them.
            time_zone: IANA time zone; one that is not known is left out, with a warning.
            on_conflict: What to do where somebody else has the address: `report` it, or `link` the
                reference to them.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/people/by-reference/{segment(source)}/{segment(external_id)}",
                answers.PersonOut,
                query={"on_conflict": on_conflict},
                body=given(
                    name=name,
                    email=email,
                    show_email=show_email,
                    company=company,
                    job_title=job_title,
                    level=level,
                    industry=industry,
                    zone_of_genius=zone_of_genius,
                    offers=offers,
                    needs=needs,
                    gaps=gaps,
                    values=values,
                    time_zone=time_zone,
                ),
                if_match=if_match,
            )
        )

    @overload
    async def get(self, person_id: Id, *, if_none_match: None = None) -> answers.PersonOut: ...
    @overload
    async def get(self, person_id: Id, *, if_none_match: str | Record) -> answers.PersonOut | NotChanged: ...
    async def get(self, person_id: Id, *, if_none_match: Match = None) -> answers.PersonOut | NotChanged:
        """A person, as far as you may see them.

        `GET /v1/people/{person_id}`, operation `get_person`.

        Args:
            person_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/people/{segment(person_id)}", answers.PersonOut, if_none_match=if_none_match)
        )

    async def update(
        self,
        person_id: Id,
        *,
        email: str | Absent | None = ABSENT,
        show_email: bool | Absent | None = ABSENT,
        company: str | Absent | None = ABSENT,
        job_title: str | Absent | None = ABSENT,
        level: str | Absent | None = ABSENT,
        industry: str | Absent | None = ABSENT,
        zone_of_genius: str | Absent | None = ABSENT,
        offers: Sequence[str] | Absent | None = ABSENT,
        needs: Sequence[str] | Absent | None = ABSENT,
        gaps: Sequence[str] | Absent | None = ABSENT,
        values: Sequence[str] | Absent | None = ABSENT,
        company_id: Id | Absent | None = ABSENT,
        time_zone: str | Absent | None = ABSENT,
        name: str | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.PersonOut:
        """Change a person's profile: your own, or as an admin anybody's.

        `PATCH /v1/people/{person_id}`, operation `update_person`.

        Args:
            person_id: Identifier of the resource.
            email: E-mail address; unique in the organization whatever its case. Without one a
                person cannot sign in.
            show_email: Whether the people of their groups see the address.
            company: Name of the company; one that is not known yet is added.
            job_title: What they are at work.
            level: Level of responsibility, for parity in a group.
            industry: Industry.
            zone_of_genius: What they do best, in their words.
            offers: What they can help with.
            needs: What they look for.
            gaps: What they are weak in.
            values: What matters to them.
            company_id: Company they work for, by id.
            time_zone: IANA time zone.
            name: Full name.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/people/{segment(person_id)}",
                answers.PersonOut,
                body=given(
                    email=email,
                    show_email=show_email,
                    company=company,
                    job_title=job_title,
                    level=level,
                    industry=industry,
                    zone_of_genius=zone_of_genius,
                    offers=offers,
                    needs=needs,
                    gaps=gaps,
                    values=values,
                    company_id=company_id,
                    time_zone=time_zone,
                    name=name,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def set_organization_role(
        self, person_id: Id, *, role: Literal["owner", "admin"] | None, if_match: Match = None
    ) -> answers.PersonOut:
        """Make somebody owner or admin, or take that back; the last owner stays.

        `PUT /v1/people/{person_id}/organization-role`, operation `set_organization_role`.

        Args:
            person_id: Identifier of the resource.
            role: The role; null takes it away.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/people/{segment(person_id)}/organization-role",
                answers.PersonOut,
                body=given(role=role),
                if_match=if_match,
            )
        )

    async def deactivate(
        self, person_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.PersonOut:
        """Shut somebody out at once: credentials, feeds and streams end, memberships are suspended.

        `POST /v1/people/{person_id}/deactivate`, operation `deactivate_person`.

        Args:
            person_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/deactivate",
                answers.PersonOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def reactivate(
        self, person_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.PersonOut:
        """Let somebody in again; memberships and credentials do not come back by themselves.

        `POST /v1/people/{person_id}/reactivate`, operation `reactivate_person`.

        Args:
            person_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/reactivate",
                answers.PersonOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def merge(
        self,
        person_id: Id,
        *,
        into: Id,
        resolve: Sequence[inputs.Resolution] | Absent = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.PersonOut:
        """Two entries are one human: everything moves to the survivor, and this entry points there.

        `POST /v1/people/{person_id}/merge`, operation `merge_person`.

        Args:
            person_id: Identifier of the resource.
            into: The person who survives.
            resolve: One entry for each conflict of the refusal.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/merge",
                answers.PersonOut,
                body=given(into=into, resolve=resolve),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, person_id: Id) -> answers.ActionsOut:
        """Which verbs this person admits now, with what stands in their way.

        `GET /v1/people/{person_id}/actions`, operation `list_person_actions`.

        Args:
            person_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/people/{segment(person_id)}/actions", answers.ActionsOut)
        )

    async def erase(
        self,
        person_id: Id,
        *,
        words: Literal["remove", "keep_unnamed"],
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ErasureOut:
        """Forget somebody: their own data at once, what they left in other rooms right after; the
        id stays.

        `POST /v1/people/{person_id}/erase`, operation `erase_person`.

        Args:
            person_id: Identifier of the resource.
            words: `remove` them too, or keep them as those of a former member.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/people/{segment(person_id)}/erase",
                answers.ErasureOut,
                body=given(words=words),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def get_erasure(self, person_id: Id) -> answers.ErasureOut:
        """The receipt of an erasure: what was removed, and whether every room is done.

        `GET /v1/people/{person_id}/erasure`, operation `get_erasure`.

        Args:
            person_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/people/{segment(person_id)}/erasure", answers.ErasureOut)
        )
