"""Bringing people in from other systems.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id, Match, Upload
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Synchronization:
    """Bringing people in from other systems."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def create_sync_run(
        self,
        *,
        source: str,
        mode: Literal["delta", "full"] | Absent = ABSENT,
        on_conflict: Literal["report", "link"] | Absent | None = ABSENT,
        mapping: Sequence[inputs.ColumnField] | Absent = ABSENT,
        fetch: bool | Absent = ABSENT,
        apply: bool | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SyncRunOut:
        """Open a run that brings people in from another system.

        `POST /v1/sync-runs`, operation `create_sync_run`.

        Args:
            source: The system the records come from.
            mode: `delta`: whoever is missing stays untouched. `full`: the run holds everybody the
                source knows; who is missing is shut out.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person; unless said, as the connection has it, else reported.
            mapping: Columns that are not found by their names, of a file.
            fetch: Walk through the account that the source is connected to, instead of waiting for
                a file.
            apply: Apply as soon as everything was fetched; only with `fetch`.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/sync-runs",
                answers.SyncRunOut,
                body=given(
                    source=source,
                    mode=mode,
                    on_conflict=on_conflict,
                    mapping=mapping,
                    fetch=fetch,
                    apply=apply,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_sync_runs(
        self,
        *,
        source: str | None = None,
        state: Literal["open", "fetching", "staged", "applied", "failed", "superseded"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.SyncRunOut]:
        """The runs of the last ninety days, the latest first, those of schedules among them.

        `GET /v1/sync-runs`, operation `list_sync_runs`.

        Args:
            source: Only of this system.
            state: Only runs in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/sync-runs",
                answers.SyncRunOut,
                query={"source": source, "state": state, "limit": limit, "cursor": cursor},
            )
        )

    def upload_sync_records(
        self,
        run_id: Id,
        content: Upload,
        content_type: Literal["text/csv", "application/x-ndjson", "application/octet-stream"] = "text/csv",
    ) -> answers.SyncRunOut:
        """Upload the records of a run as CSV or NDJSON, of any size.

        The body is the file as the other system wrote it. It is read as it comes, and staged;
        nothing is changed before the run is applied.

        `POST /v1/sync-runs/{run_id}/records`, operation `upload_sync_records`.

        Args:
            run_id: Identifier of the resource.
            content: A file, its path, bytes, or an iterator of them.
            content_type: What it is.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sync-runs/{segment(run_id)}/records",
                answers.SyncRunOut,
                content=content,
                content_type=content_type,
            )
        )

    @overload
    def get_sync_run(self, run_id: Id, *, if_none_match: None = None) -> answers.SyncRunOut: ...
    @overload
    def get_sync_run(self, run_id: Id, *, if_none_match: str | Record) -> answers.SyncRunOut | NotChanged: ...
    def get_sync_run(self, run_id: Id, *, if_none_match: Match = None) -> answers.SyncRunOut | NotChanged:
        """One run with its progress.

        `GET /v1/sync-runs/{run_id}`, operation `get_sync_run`.

        Args:
            run_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/sync-runs/{segment(run_id)}", answers.SyncRunOut, if_none_match=if_none_match)
        )

    def apply_sync_run(
        self,
        run_id: Id,
        *,
        confirm_removals: int | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> answers.SyncRunOut:
        """Take over the records of a run, all in one transaction.

        Where more than a fifth of the people whom the source listed would be shut out, nothing is
        done until their exact number is confirmed.

        `POST /v1/sync-runs/{run_id}/apply`, operation `apply_sync_run`.

        Args:
            run_id: Identifier of the resource.
            confirm_removals: How many people may be shut out, as a refusal names it.
            dry_run: Answer as if it were done, and do nothing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sync-runs/{segment(run_id)}/apply",
                answers.SyncRunOut,
                query={"confirm_removals": confirm_removals, "dry_run": dry_run},
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_sync_results(
        self,
        run_id: Id,
        *,
        status: Literal["created", "updated", "unchanged", "removed", "conflict", "rejected"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Page[answers.SyncResultOut]:
        """What came of each record of a run.

        `GET /v1/sync-runs/{run_id}/results`, operation `list_sync_results`.

        Args:
            run_id: Identifier of the resource.
            status: Only records with this outcome.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/sync-runs/{segment(run_id)}/results",
                answers.SyncResultOut,
                query={"status": status, "limit": limit, "cursor": cursor},
            )
        )

    @overload
    def get_mapping(self, source: str, *, if_none_match: None = None) -> answers.MappingOut: ...
    @overload
    def get_mapping(self, source: str, *, if_none_match: str | Record) -> answers.MappingOut | NotChanged: ...
    def get_mapping(self, source: str, *, if_none_match: Match = None) -> answers.MappingOut | NotChanged:
        """What the columns or properties of a source mean: what was set here, and what is
        understood anyway.

        `GET /v1/sources/{source}/mapping`, operation `get_mapping`.

        Args:
            source: The system.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/sources/{segment(source)}/mapping",
                answers.MappingOut,
                if_none_match=if_none_match,
            )
        )

    def replace_mapping(
        self, source: str, *, columns: Sequence[inputs.ColumnMeaning], if_match: Match = None
    ) -> answers.MappingOut:
        """Set what the columns or properties of a source mean, for every run opened from now on.

        `PUT /v1/sources/{source}/mapping`, operation `replace_mapping`.

        Args:
            source: The system.
            columns: Columns whose names do not tell what they mean.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sources/{segment(source)}/mapping",
                answers.MappingOut,
                body=given(columns=columns),
                if_match=if_match,
            )
        )

    def preview_mapping(
        self, source: str, *, sample: str, columns: Sequence[inputs.ColumnMeaning] | Absent | None = ABSENT
    ) -> answers.MappingPreviewOut:
        """Show how the beginning of an export would be read.

        `POST /v1/sources/{source}/mapping/preview`, operation `preview_mapping`.

        Args:
            source: The system.
            sample: The first lines of the export, CSV or NDJSON.
            columns: Judge by these instead of what is set; null: by what is set.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sources/{segment(source)}/mapping/preview",
                answers.MappingPreviewOut,
                body=given(sample=sample, columns=columns),
            )
        )

    def list_conflicts(
        self, *, source: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.ConflictOut]:
        """Records that wait because somebody else has their address, the oldest first.

        `GET /v1/conflicts`, operation `list_conflicts`.

        Args:
            source: Only of this system.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/conflicts",
                answers.ConflictOut,
                query={"source": source, "limit": limit, "cursor": cursor},
            )
        )

    def resolve_conflict(
        self, conflict_id: Id, *, decision: Literal["link", "separate"], idempotency_key: str | None = None
    ) -> answers.ResolvedOut:
        """Settle a conflict: the record and the candidate are one human, or two.

        `POST /v1/conflicts/{conflict_id}/resolve`, operation `resolve_conflict`.

        Args:
            conflict_id: Identifier of the resource.
            decision: `link`: they are one human, and the reference means the candidate from now on.
                `separate`: they are two; the record goes without the address, now and in later
                runs.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/conflicts/{segment(conflict_id)}/resolve",
                answers.ResolvedOut,
                body=given(decision=decision),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )


class AsyncSynchronization:
    """Bringing people in from other systems."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def create_sync_run(
        self,
        *,
        source: str,
        mode: Literal["delta", "full"] | Absent = ABSENT,
        on_conflict: Literal["report", "link"] | Absent | None = ABSENT,
        mapping: Sequence[inputs.ColumnField] | Absent = ABSENT,
        fetch: bool | Absent = ABSENT,
        apply: bool | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SyncRunOut:
        """Open a run that brings people in from another system.

        `POST /v1/sync-runs`, operation `create_sync_run`.

        Args:
            source: The system the records come from.
            mode: `delta`: whoever is missing stays untouched. `full`: the run holds everybody the
                source knows; who is missing is shut out.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person; unless said, as the connection has it, else reported.
            mapping: Columns that are not found by their names, of a file.
            fetch: Walk through the account that the source is connected to, instead of waiting for
                a file.
            apply: Apply as soon as everything was fetched; only with `fetch`.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/sync-runs",
                answers.SyncRunOut,
                body=given(
                    source=source,
                    mode=mode,
                    on_conflict=on_conflict,
                    mapping=mapping,
                    fetch=fetch,
                    apply=apply,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_sync_runs(
        self,
        *,
        source: str | None = None,
        state: Literal["open", "fetching", "staged", "applied", "failed", "superseded"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.SyncRunOut]:
        """The runs of the last ninety days, the latest first, those of schedules among them.

        `GET /v1/sync-runs`, operation `list_sync_runs`.

        Args:
            source: Only of this system.
            state: Only runs in this state.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/sync-runs",
                answers.SyncRunOut,
                query={"source": source, "state": state, "limit": limit, "cursor": cursor},
            )
        )

    async def upload_sync_records(
        self,
        run_id: Id,
        content: Upload,
        content_type: Literal["text/csv", "application/x-ndjson", "application/octet-stream"] = "text/csv",
    ) -> answers.SyncRunOut:
        """Upload the records of a run as CSV or NDJSON, of any size.

        The body is the file as the other system wrote it. It is read as it comes, and staged;
        nothing is changed before the run is applied.

        `POST /v1/sync-runs/{run_id}/records`, operation `upload_sync_records`.

        Args:
            run_id: Identifier of the resource.
            content: A file, its path, bytes, or an iterator of them.
            content_type: What it is.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sync-runs/{segment(run_id)}/records",
                answers.SyncRunOut,
                content=content,
                content_type=content_type,
            )
        )

    @overload
    async def get_sync_run(self, run_id: Id, *, if_none_match: None = None) -> answers.SyncRunOut: ...
    @overload
    async def get_sync_run(
        self, run_id: Id, *, if_none_match: str | Record
    ) -> answers.SyncRunOut | NotChanged: ...
    async def get_sync_run(
        self, run_id: Id, *, if_none_match: Match = None
    ) -> answers.SyncRunOut | NotChanged:
        """One run with its progress.

        `GET /v1/sync-runs/{run_id}`, operation `get_sync_run`.

        Args:
            run_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/sync-runs/{segment(run_id)}", answers.SyncRunOut, if_none_match=if_none_match)
        )

    async def apply_sync_run(
        self,
        run_id: Id,
        *,
        confirm_removals: int | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> answers.SyncRunOut:
        """Take over the records of a run, all in one transaction.

        Where more than a fifth of the people whom the source listed would be shut out, nothing is
        done until their exact number is confirmed.

        `POST /v1/sync-runs/{run_id}/apply`, operation `apply_sync_run`.

        Args:
            run_id: Identifier of the resource.
            confirm_removals: How many people may be shut out, as a refusal names it.
            dry_run: Answer as if it were done, and do nothing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sync-runs/{segment(run_id)}/apply",
                answers.SyncRunOut,
                query={"confirm_removals": confirm_removals, "dry_run": dry_run},
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_sync_results(
        self,
        run_id: Id,
        *,
        status: Literal["created", "updated", "unchanged", "removed", "conflict", "rejected"] | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> Listing[answers.SyncResultOut]:
        """What came of each record of a run.

        `GET /v1/sync-runs/{run_id}/results`, operation `list_sync_results`.

        Args:
            run_id: Identifier of the resource.
            status: Only records with this outcome.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/sync-runs/{segment(run_id)}/results",
                answers.SyncResultOut,
                query={"status": status, "limit": limit, "cursor": cursor},
            )
        )

    @overload
    async def get_mapping(self, source: str, *, if_none_match: None = None) -> answers.MappingOut: ...
    @overload
    async def get_mapping(
        self, source: str, *, if_none_match: str | Record
    ) -> answers.MappingOut | NotChanged: ...
    async def get_mapping(
        self, source: str, *, if_none_match: Match = None
    ) -> answers.MappingOut | NotChanged:
        """What the columns or properties of a source mean: what was set here, and what is
        understood anyway.

        `GET /v1/sources/{source}/mapping`, operation `get_mapping`.

        Args:
            source: The system.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/sources/{segment(source)}/mapping",
                answers.MappingOut,
                if_none_match=if_none_match,
            )
        )

    async def replace_mapping(
        self, source: str, *, columns: Sequence[inputs.ColumnMeaning], if_match: Match = None
    ) -> answers.MappingOut:
        """Set what the columns or properties of a source mean, for every run opened from now on.

        `PUT /v1/sources/{source}/mapping`, operation `replace_mapping`.

        Args:
            source: The system.
            columns: Columns whose names do not tell what they mean.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/sources/{segment(source)}/mapping",
                answers.MappingOut,
                body=given(columns=columns),
                if_match=if_match,
            )
        )

    async def preview_mapping(
        self, source: str, *, sample: str, columns: Sequence[inputs.ColumnMeaning] | Absent | None = ABSENT
    ) -> answers.MappingPreviewOut:
        """Show how the beginning of an export would be read.

        `POST /v1/sources/{source}/mapping/preview`, operation `preview_mapping`.

        Args:
            source: The system.
            sample: The first lines of the export, CSV or NDJSON.
            columns: Judge by these instead of what is set; null: by what is set.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sources/{segment(source)}/mapping/preview",
                answers.MappingPreviewOut,
                body=given(sample=sample, columns=columns),
            )
        )

    def list_conflicts(
        self, *, source: str | None = None, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.ConflictOut]:
        """Records that wait because somebody else has their address, the oldest first.

        `GET /v1/conflicts`, operation `list_conflicts`.

        Args:
            source: Only of this system.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                "/v1/conflicts",
                answers.ConflictOut,
                query={"source": source, "limit": limit, "cursor": cursor},
            )
        )

    async def resolve_conflict(
        self, conflict_id: Id, *, decision: Literal["link", "separate"], idempotency_key: str | None = None
    ) -> answers.ResolvedOut:
        """Settle a conflict: the record and the candidate are one human, or two.

        `POST /v1/conflicts/{conflict_id}/resolve`, operation `resolve_conflict`.

        Args:
            conflict_id: Identifier of the resource.
            decision: `link`: they are one human, and the reference means the candidate from now on.
                `separate`: they are two; the record goes without the address, now and in later
                runs.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/conflicts/{segment(conflict_id)}/resolve",
                answers.ResolvedOut,
                body=given(decision=decision),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )
