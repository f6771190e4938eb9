"""What sessions are about, and runs of show to begin with.

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
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Library:
    """What sessions are about, and runs of show to begin with."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list_themes(
        self, *, archived: bool | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.ThemeOut]:
        """The themes of the library, by name.

        `GET /v1/themes`, operation `list_themes`.

        Args:
            archived: The archived ones instead of those on offer.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/themes",
                answers.ThemeOut,
                query={"archived": archived, "limit": limit, "cursor": cursor},
            )
        )

    def create_theme(
        self, *, title: str, description: str | Absent | None = ABSENT, idempotency_key: str | None = None
    ) -> answers.ThemeOut:
        """Add a theme to the library.

        `POST /v1/themes`, operation `create_theme`.

        Args:
            title: Name, unique in the organization.
            description: What it is about.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/themes",
                answers.ThemeOut,
                body=given(title=title, description=description),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get_theme(self, theme_id: Id, *, if_none_match: None = None) -> answers.ThemeOut: ...
    @overload
    def get_theme(self, theme_id: Id, *, if_none_match: str | Record) -> answers.ThemeOut | NotChanged: ...
    def get_theme(self, theme_id: Id, *, if_none_match: Match = None) -> answers.ThemeOut | NotChanged:
        """One theme.

        `GET /v1/themes/{theme_id}`, operation `get_theme`.

        Args:
            theme_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/themes/{segment(theme_id)}", answers.ThemeOut, if_none_match=if_none_match)
        )

    def update_theme(
        self,
        theme_id: Id,
        *,
        title: str | Absent = ABSENT,
        description: str | Absent | None = ABSENT,
        archived: bool | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.ThemeOut:
        """Change a theme.

        `PATCH /v1/themes/{theme_id}`, operation `update_theme`.

        Args:
            theme_id: Identifier of the resource.
            title: New name.
            description: New description; null clears it.
            archived: Archived ones are kept, but not offered any more.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/themes/{segment(theme_id)}",
                answers.ThemeOut,
                body=given(title=title, description=description, archived=archived),
                is_patch=True,
                if_match=if_match,
            )
        )

    def list_agenda_templates(
        self, *, archived: bool | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.TemplateOut]:
        """The agenda templates, by name.

        `GET /v1/agenda-templates`, operation `list_agenda_templates`.

        Args:
            archived: The archived ones instead of those on offer.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/agenda-templates",
                answers.TemplateOut,
                query={"archived": archived, "limit": limit, "cursor": cursor},
            )
        )

    def create_agenda_template(
        self, *, title: str, segments: Sequence[inputs.SegmentPlan], idempotency_key: str | None = None
    ) -> answers.TemplateOut:
        """Add an agenda template.

        `POST /v1/agenda-templates`, operation `create_agenda_template`.

        Args:
            title: Name.
            segments: The segments in order.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/agenda-templates",
                answers.TemplateOut,
                body=given(title=title, segments=segments),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get_agenda_template(self, template_id: Id, *, if_none_match: None = None) -> answers.TemplateOut: ...
    @overload
    def get_agenda_template(
        self, template_id: Id, *, if_none_match: str | Record
    ) -> answers.TemplateOut | NotChanged: ...
    def get_agenda_template(
        self, template_id: Id, *, if_none_match: Match = None
    ) -> answers.TemplateOut | NotChanged:
        """One agenda template.

        `GET /v1/agenda-templates/{template_id}`, operation `get_agenda_template`.

        Args:
            template_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/agenda-templates/{segment(template_id)}",
                answers.TemplateOut,
                if_none_match=if_none_match,
            )
        )

    def update_agenda_template(
        self,
        template_id: Id,
        *,
        title: str | Absent = ABSENT,
        segments: Sequence[inputs.SegmentPlan] | Absent = ABSENT,
        archived: bool | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.TemplateOut:
        """Change an agenda template; sessions made from it stay as they are.

        `PATCH /v1/agenda-templates/{template_id}`, operation `update_agenda_template`.

        Args:
            template_id: Identifier of the resource.
            title: New name.
            segments: The new segments, all of them.
            archived: Archived ones are kept, but not offered any more.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/agenda-templates/{segment(template_id)}",
                answers.TemplateOut,
                body=given(title=title, segments=segments, archived=archived),
                is_patch=True,
                if_match=if_match,
            )
        )


class AsyncLibrary:
    """What sessions are about, and runs of show to begin with."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list_themes(
        self, *, archived: bool | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.ThemeOut]:
        """The themes of the library, by name.

        `GET /v1/themes`, operation `list_themes`.

        Args:
            archived: The archived ones instead of those on offer.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/themes",
                answers.ThemeOut,
                query={"archived": archived, "limit": limit, "cursor": cursor},
            )
        )

    async def create_theme(
        self, *, title: str, description: str | Absent | None = ABSENT, idempotency_key: str | None = None
    ) -> answers.ThemeOut:
        """Add a theme to the library.

        `POST /v1/themes`, operation `create_theme`.

        Args:
            title: Name, unique in the organization.
            description: What it is about.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/themes",
                answers.ThemeOut,
                body=given(title=title, description=description),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get_theme(self, theme_id: Id, *, if_none_match: None = None) -> answers.ThemeOut: ...
    @overload
    async def get_theme(
        self, theme_id: Id, *, if_none_match: str | Record
    ) -> answers.ThemeOut | NotChanged: ...
    async def get_theme(self, theme_id: Id, *, if_none_match: Match = None) -> answers.ThemeOut | NotChanged:
        """One theme.

        `GET /v1/themes/{theme_id}`, operation `get_theme`.

        Args:
            theme_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/themes/{segment(theme_id)}", answers.ThemeOut, if_none_match=if_none_match)
        )

    async def update_theme(
        self,
        theme_id: Id,
        *,
        title: str | Absent = ABSENT,
        description: str | Absent | None = ABSENT,
        archived: bool | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.ThemeOut:
        """Change a theme.

        `PATCH /v1/themes/{theme_id}`, operation `update_theme`.

        Args:
            theme_id: Identifier of the resource.
            title: New name.
            description: New description; null clears it.
            archived: Archived ones are kept, but not offered any more.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/themes/{segment(theme_id)}",
                answers.ThemeOut,
                body=given(title=title, description=description, archived=archived),
                is_patch=True,
                if_match=if_match,
            )
        )

    def list_agenda_templates(
        self, *, archived: bool | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.TemplateOut]:
        """The agenda templates, by name.

        `GET /v1/agenda-templates`, operation `list_agenda_templates`.

        Args:
            archived: The archived ones instead of those on offer.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/agenda-templates",
                answers.TemplateOut,
                query={"archived": archived, "limit": limit, "cursor": cursor},
            )
        )

    async def create_agenda_template(
        self, *, title: str, segments: Sequence[inputs.SegmentPlan], idempotency_key: str | None = None
    ) -> answers.TemplateOut:
        """Add an agenda template.

        `POST /v1/agenda-templates`, operation `create_agenda_template`.

        Args:
            title: Name.
            segments: The segments in order.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/agenda-templates",
                answers.TemplateOut,
                body=given(title=title, segments=segments),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get_agenda_template(
        self, template_id: Id, *, if_none_match: None = None
    ) -> answers.TemplateOut: ...
    @overload
    async def get_agenda_template(
        self, template_id: Id, *, if_none_match: str | Record
    ) -> answers.TemplateOut | NotChanged: ...
    async def get_agenda_template(
        self, template_id: Id, *, if_none_match: Match = None
    ) -> answers.TemplateOut | NotChanged:
        """One agenda template.

        `GET /v1/agenda-templates/{template_id}`, operation `get_agenda_template`.

        Args:
            template_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/agenda-templates/{segment(template_id)}",
                answers.TemplateOut,
                if_none_match=if_none_match,
            )
        )

    async def update_agenda_template(
        self,
        template_id: Id,
        *,
        title: str | Absent = ABSENT,
        segments: Sequence[inputs.SegmentPlan] | Absent = ABSENT,
        archived: bool | Absent = ABSENT,
        if_match: Match = None,
    ) -> answers.TemplateOut:
        """Change an agenda template; sessions made from it stay as they are.

        `PATCH /v1/agenda-templates/{template_id}`, operation `update_agenda_template`.

        Args:
            template_id: Identifier of the resource.
            title: New name.
            segments: The new segments, all of them.
            archived: Archived ones are kept, but not offered any more.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/agenda-templates/{segment(template_id)}",
                answers.TemplateOut,
                body=given(title=title, segments=segments, archived=archived),
                is_patch=True,
                if_match=if_match,
            )
        )
