"""Where people work, and what companies are to each other.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Companies:
    """Where people work, and what companies are to each other."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self, *, q: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.CompanyOut]:
        """All companies, by name.

        `GET /v1/companies`, operation `list_companies`.

        Args:
            q: Part of the name, in any case.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/companies", answers.CompanyOut, query={"q": q, "limit": limit, "cursor": cursor})
        )

    def create(self, *, name: str, idempotency_key: str | None = None) -> answers.CompanyOut:
        """Add a company.

        `POST /v1/companies`, operation `create_company`.

        Args:
            name: Name; unique in the organization whatever its case.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/companies",
                answers.CompanyOut,
                body=given(name=name),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, company_id: Id, *, if_none_match: None = None) -> answers.CompanyOut: ...
    @overload
    def get(self, company_id: Id, *, if_none_match: str | Record) -> answers.CompanyOut | NotChanged: ...
    def get(self, company_id: Id, *, if_none_match: Match = None) -> answers.CompanyOut | NotChanged:
        """A company.

        `GET /v1/companies/{company_id}`, operation `get_company`.

        Args:
            company_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET", f"/v1/companies/{segment(company_id)}", answers.CompanyOut, if_none_match=if_none_match
            )
        )

    def update(
        self, company_id: Id, *, name: str | Absent = ABSENT, if_match: Match = None
    ) -> answers.CompanyOut:
        """Give a company another name.

        `PATCH /v1/companies/{company_id}`, operation `update_company`.

        Args:
            company_id: Identifier of the resource.
            name: New name.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/companies/{segment(company_id)}",
                answers.CompanyOut,
                body=given(name=name),
                is_patch=True,
                if_match=if_match,
            )
        )

    def list_relations(
        self, company_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.RelationOut]:
        """What other companies are to this one, by their name.

        `GET /v1/companies/{company_id}/relations`, operation `list_company_relations`.

        Args:
            company_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/companies/{segment(company_id)}/relations",
                answers.RelationOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    def relate_companies(
        self,
        company_id: Id,
        other_id: Id,
        *,
        relation: Literal["competitor", "customer", "supplier"] | Literal["none"],
        if_match: Match = None,
    ) -> answers.RelationOut:
        """Say what another company is to this one; the other one then sees the counterpart.

        `PUT /v1/companies/{company_id}/relations/{other_id}`, operation `relate_companies`.

        Args:
            company_id: Identifier of the resource.
            other_id: Identifier of the resource.
            relation: `customer`: the other one buys from this one. `none` ends the relation.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/companies/{segment(company_id)}/relations/{segment(other_id)}",
                answers.RelationOut,
                body=given(relation=relation),
                if_match=if_match,
            )
        )


class AsyncCompanies:
    """Where people work, and what companies are to each other."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self, *, q: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.CompanyOut]:
        """All companies, by name.

        `GET /v1/companies`, operation `list_companies`.

        Args:
            q: Part of the name, in any case.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/companies", answers.CompanyOut, query={"q": q, "limit": limit, "cursor": cursor})
        )

    async def create(self, *, name: str, idempotency_key: str | None = None) -> answers.CompanyOut:
        """Add a company.

        `POST /v1/companies`, operation `create_company`.

        Args:
            name: Name; unique in the organization whatever its case.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/companies",
                answers.CompanyOut,
                body=given(name=name),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, company_id: Id, *, if_none_match: None = None) -> answers.CompanyOut: ...
    @overload
    async def get(
        self, company_id: Id, *, if_none_match: str | Record
    ) -> answers.CompanyOut | NotChanged: ...
    async def get(self, company_id: Id, *, if_none_match: Match = None) -> answers.CompanyOut | NotChanged:
        """A company.

        `GET /v1/companies/{company_id}`, operation `get_company`.

        Args:
            company_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET", f"/v1/companies/{segment(company_id)}", answers.CompanyOut, if_none_match=if_none_match
            )
        )

    async def update(
        self, company_id: Id, *, name: str | Absent = ABSENT, if_match: Match = None
    ) -> answers.CompanyOut:
        """Give a company another name.

        `PATCH /v1/companies/{company_id}`, operation `update_company`.

        Args:
            company_id: Identifier of the resource.
            name: New name.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/companies/{segment(company_id)}",
                answers.CompanyOut,
                body=given(name=name),
                is_patch=True,
                if_match=if_match,
            )
        )

    def list_relations(
        self, company_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.RelationOut]:
        """What other companies are to this one, by their name.

        `GET /v1/companies/{company_id}/relations`, operation `list_company_relations`.

        Args:
            company_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/companies/{segment(company_id)}/relations",
                answers.RelationOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    async def relate_companies(
        self,
        company_id: Id,
        other_id: Id,
        *,
        relation: Literal["competitor", "customer", "supplier"] | Literal["none"],
        if_match: Match = None,
    ) -> answers.RelationOut:
        """Say what another company is to this one; the other one then sees the counterpart.

        `PUT /v1/companies/{company_id}/relations/{other_id}`, operation `relate_companies`.

        Args:
            company_id: Identifier of the resource.
            other_id: Identifier of the resource.
            relation: `customer`: the other one buys from this one. `none` ends the relation.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/companies/{segment(company_id)}/relations/{segment(other_id)}",
                answers.RelationOut,
                body=given(relation=relation),
                if_match=if_match,
            )
        )
