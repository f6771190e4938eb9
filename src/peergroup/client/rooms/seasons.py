"""A season as a document that commands apply.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.synchronous import Peergroup


class Seasons:
    """A season as a document that commands apply."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def apply(
        self,
        *,
        season: int,
        themes: Sequence[inputs.SeasonTheme] | Absent = ABSENT,
        agenda_templates: Sequence[inputs.SeasonTemplate] | Absent = ABSENT,
        groups: Sequence[inputs.SeasonGroup] | Absent = ABSENT,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> answers.SeasonAppliedOut:
        """Apply a season: groups, themes, run of shows, years and people become what it says, all
        of it or nothing.

        What is there already is changed, and what is left out stays; of a year that is named,
        sessions that are left out go if they can. Twice the same changes nothing. Needs the scopes
        `groups:write` and `sessions:write`, and `people:read` where it names people.

        `POST /v1/seasons`, operation `apply_season`.

        Args:
            season: The year.
            themes: Themes that the library is to have.
            agenda_templates: Runs of show that the library is to have.
            groups: The groups.
            dry_run: Only show what would be different; nothing is changed.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/seasons",
                answers.SeasonAppliedOut,
                query={"dry_run": dry_run},
                body=given(season=season, themes=themes, agenda_templates=agenda_templates, groups=groups),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def export(self, group_id: Id, year: int) -> answers.Season:
        """One group's season written down, with the people and the library it needs; applied, it
        changes nothing.

        `GET /v1/groups/{group_id}/seasons/{year}`, operation `export_season`.

        Args:
            group_id: Identifier of the resource.
            year: The year.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/groups/{segment(group_id)}/seasons/{segment(year)}", answers.Season)
        )

    def get_schema(self) -> dict[str, Any]:
        """The JSON Schema of a season file.

        `GET /v1/schemas/season`, operation `get_season_schema`.
        """
        return self._speaker.send(Ask("GET", "/v1/schemas/season", dict, accept="application/schema+json"))


class AsyncSeasons:
    """A season as a document that commands apply."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def apply(
        self,
        *,
        season: int,
        themes: Sequence[inputs.SeasonTheme] | Absent = ABSENT,
        agenda_templates: Sequence[inputs.SeasonTemplate] | Absent = ABSENT,
        groups: Sequence[inputs.SeasonGroup] | Absent = ABSENT,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> answers.SeasonAppliedOut:
        """Apply a season: groups, themes, run of shows, years and people become what it says, all
        of it or nothing.

        What is there already is changed, and what is left out stays; of a year that is named,
        sessions that are left out go if they can. Twice the same changes nothing. Needs the scopes
        `groups:write` and `sessions:write`, and `people:read` where it names people.

        `POST /v1/seasons`, operation `apply_season`.

        Args:
            season: The year.
            themes: Themes that the library is to have.
            agenda_templates: Runs of show that the library is to have.
            groups: The groups.
            dry_run: Only show what would be different; nothing is changed.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/seasons",
                answers.SeasonAppliedOut,
                query={"dry_run": dry_run},
                body=given(season=season, themes=themes, agenda_templates=agenda_templates, groups=groups),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def export(self, group_id: Id, year: int) -> answers.Season:
        """One group's season written down, with the people and the library it needs; applied, it
        changes nothing.

        `GET /v1/groups/{group_id}/seasons/{year}`, operation `export_season`.

        Args:
            group_id: Identifier of the resource.
            year: The year.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/groups/{segment(group_id)}/seasons/{segment(year)}", answers.Season)
        )

    async def get_schema(self) -> dict[str, Any]:
        """The JSON Schema of a season file.

        `GET /v1/schemas/season`, operation `get_season_schema`.
        """
        return await self._speaker.send(
            Ask("GET", "/v1/schemas/season", dict, accept="application/schema+json")
        )
