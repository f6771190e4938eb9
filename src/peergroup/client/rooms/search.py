"""Finding again what was said, and what was learned.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peergroup.client import answers
from peergroup.client.asking import Ask, segment

if TYPE_CHECKING:
    from peergroup.client.asking import Id
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.synchronous import Peergroup


class Search:
    """Finding again what was said, and what was learned."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def search_group(
        self,
        group_id: Id,
        *,
        q: str,
        kinds: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.HitOut]:
        """Find what was said in a group, as far as you may read it; the latest first.

        `GET /v1/groups/{group_id}/search`, operation `search_group`.

        Args:
            group_id: Identifier of the resource.
            q: Words that all have to occur; each may be the beginning of one.
            kinds: Only these kinds, separated by commas.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/search",
                answers.HitOut,
                query={"q": q, "kinds": kinds, "limit": limit, "cursor": cursor},
            )
        )

    def list_outcomes(
        self, *, q: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.OutcomeOut]:
        """What people in your organization learned and released, without names; the latest first.

        `GET /v1/outcomes`, operation `list_outcomes`.

        Args:
            q: Words that all have to occur; each may be the beginning of one.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/outcomes", answers.OutcomeOut, query={"q": q, "limit": limit, "cursor": cursor})
        )


class AsyncSearch:
    """Finding again what was said, and what was learned."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def search_group(
        self,
        group_id: Id,
        *,
        q: str,
        kinds: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.HitOut]:
        """Find what was said in a group, as far as you may read it; the latest first.

        `GET /v1/groups/{group_id}/search`, operation `search_group`.

        Args:
            group_id: Identifier of the resource.
            q: Words that all have to occur; each may be the beginning of one.
            kinds: Only these kinds, separated by commas.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/search",
                answers.HitOut,
                query={"q": q, "kinds": kinds, "limit": limit, "cursor": cursor},
            )
        )

    def list_outcomes(
        self, *, q: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.OutcomeOut]:
        """What people in your organization learned and released, without names; the latest first.

        `GET /v1/outcomes`, operation `list_outcomes`.

        Args:
            q: Words that all have to occur; each may be the beginning of one.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask("GET", "/v1/outcomes", answers.OutcomeOut, query={"q": q, "limit": limit, "cursor": cursor})
        )
