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
        mode: Literal["delta"] | Absent = ABSENT,
        on_conflict: Literal["report", "link"] | Absent = ABSENT,
        mapping: Sequence[inputs.ColumnField] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SyncRunOut:
        """Open a run that brings people in from another system.

        `POST /v1/sync-runs`, operation `create_sync_run`.

        Args:
            source: The system the records come from.
            mode: `delta`: records that are missing stay untouched.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person.
            mapping: Columns that are not found by their names.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                "/v1/sync-runs",
                answers.SyncRunOut,
                body=given(source=source, mode=mode, on_conflict=on_conflict, mapping=mapping),
                keyed=True,
                idempotency_key=idempotency_key,
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
        self, run_id: Id, *, dry_run: bool | None = None, idempotency_key: str | None = None
    ) -> answers.SyncRunOut:
        """Take over the records of a run, all in one transaction.

        `POST /v1/sync-runs/{run_id}/apply`, operation `apply_sync_run`.

        Args:
            run_id: Identifier of the resource.
            dry_run: Answer as if it were done, and do nothing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/sync-runs/{segment(run_id)}/apply",
                answers.SyncRunOut,
                query={"dry_run": dry_run},
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_sync_results(
        self,
        run_id: Id,
        *,
        status: Literal["created", "updated", "unchanged", "conflict", "rejected"] | None = None,
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


class AsyncSynchronization:
    """Bringing people in from other systems."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    async def create_sync_run(
        self,
        *,
        source: str,
        mode: Literal["delta"] | Absent = ABSENT,
        on_conflict: Literal["report", "link"] | Absent = ABSENT,
        mapping: Sequence[inputs.ColumnField] | Absent = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.SyncRunOut:
        """Open a run that brings people in from another system.

        `POST /v1/sync-runs`, operation `create_sync_run`.

        Args:
            source: The system the records come from.
            mode: `delta`: records that are missing stay untouched.
            on_conflict: What becomes of a record whose address belongs to somebody else: reported,
                or linked to that person.
            mapping: Columns that are not found by their names.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                "/v1/sync-runs",
                answers.SyncRunOut,
                body=given(source=source, mode=mode, on_conflict=on_conflict, mapping=mapping),
                keyed=True,
                idempotency_key=idempotency_key,
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
        self, run_id: Id, *, dry_run: bool | None = None, idempotency_key: str | None = None
    ) -> answers.SyncRunOut:
        """Take over the records of a run, all in one transaction.

        `POST /v1/sync-runs/{run_id}/apply`, operation `apply_sync_run`.

        Args:
            run_id: Identifier of the resource.
            dry_run: Answer as if it were done, and do nothing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/sync-runs/{segment(run_id)}/apply",
                answers.SyncRunOut,
                query={"dry_run": dry_run},
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_sync_results(
        self,
        run_id: Id,
        *,
        status: Literal["created", "updated", "unchanged", "conflict", "rejected"] | None = None,
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
