"""One import through the service: open a run, send the file with a progress bar, apply, fetch the outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from peergroup.cli.output import show_table
from peergroup.cli.refusals import USAGE, Refusal
from peergroup.cli.remote import service

if TYPE_CHECKING:
    from peergroup.client.inputs import ColumnField
    from peergroup.client.rooms.synchronization import Synchronization

CHUNK = 128 * 1024
_KINDS: dict[str, Literal["text/csv", "application/x-ndjson"]] = {
    ".ndjson": "application/x-ndjson",
    ".jsonl": "application/x-ndjson",
}


@dataclass(frozen=True)
class Wanted:
    """What the command line said."""

    source: str
    mapping: "list[ColumnField]"
    dry_run: bool
    link: bool


def column_field(text: str) -> "ColumnField":
    """`COLUMN=field` as the service takes it."""
    column, equals, field = text.rpartition("=")
    if not equals or not column or not field:
        raise Refusal(f"'{text}' is no mapping.", "Write --map COLUMN=field.", code=USAGE)
    return {"column": column, "field": field}


def bring_in(file: Path, wanted: Wanted, *, quiet: bool) -> dict[str, Any]:
    """The outcome of every record in order, and the summary: the object that `--json` prints."""
    with service() as client, _progress(quiet) as progress:
        task = progress.add_task("sending", total=file.stat().st_size)
        runs = client.synchronization
        run = runs.create_sync_run(
            source=wanted.source, on_conflict="link" if wanted.link else "report", mapping=wanted.mapping
        )
        kind = _KINDS.get(file.suffix.lower(), "text/csv")
        runs.upload_sync_records(run.id, _chunks(file, progress, task), kind)
        progress.update(task, description="rehearsing" if wanted.dry_run else "applying")
        summary, results = _apply(runs, run.id, wanted)
        progress.update(task, description="done")
    return {"run_id": run.id, "dry_run": wanted.dry_run, "results": results, "summary": summary}


def _apply(runs: "Synchronization", run_id: str, wanted: Wanted) -> tuple[Any, list[Any]]:
    # A rehearsal leaves no outcomes behind: it answers with them, as far as one answer holds.
    applied = runs.apply_sync_run(run_id, dry_run=wanted.dry_run)
    results = applied.rehearsed or [] if wanted.dry_run else runs.list_sync_results(run_id, limit=200)
    return applied.summary.to_dict() if applied.summary else {}, [_bulk(one.to_dict()) for one in results]


def _bulk(result: dict[str, Any]) -> dict[str, Any]:
    return {name: result[name] for name in ("index", "row", "status", "id", "problem", "warnings")}


def _progress(quiet: bool) -> Progress:
    return Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=Console(stderr=True, quiet=quiet),
        transient=True,
    )


def _chunks(file: Path, progress: Progress, task: TaskID) -> Iterator[bytes]:
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
            progress.advance(task, len(chunk))


def tell(outcome: dict[str, Any], wanted: Wanted) -> None:
    """The outcome for people: what was not taken, what was taken differently, and the counts."""
    notable = [
        (result["row"], result["status"], (issue or {}).get("column"), (issue or {}).get("detail"))
        for result in outcome["results"]
        for issue in [*([result["problem"]] if result["problem"] else []), *result["warnings"]]
    ]
    if notable:
        show_table(["row", "status", "column", "why"], notable)
        print()
    counted = ", ".join(f"{count} {status}" for status, count in outcome["summary"].items() if count)
    print(
        f"{'Would be: ' if wanted.dry_run else ''}{counted or 'nothing to do'}.".replace(
            "footer_rows", "footer rows"
        )
    )
