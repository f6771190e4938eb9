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
    from peergroup.client.answers import SyncRunOut
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
    with service() as client, progress(quiet) as shown:
        task = shown.add_task("sending", total=file.stat().st_size)
        runs = client.synchronization
        run = runs.create_sync_run(
            source=wanted.source, on_conflict="link" if wanted.link else "report", mapping=wanted.mapping
        )
        runs.upload_sync_records(run.id, chunks(file, shown, task), kind_of(file))
        shown.update(task, description="rehearsing" if wanted.dry_run else "applying")
        applied = runs.apply_sync_run(run.id, dry_run=wanted.dry_run)
        found = outcomes(runs, applied, dry_run=wanted.dry_run)
        shown.update(task, description="done")
    return {"run_id": run.id, "dry_run": wanted.dry_run} | found


def kind_of(file: Path) -> Literal["text/csv", "application/x-ndjson"]:
    """The media type that a file's name tells."""
    return _KINDS.get(file.suffix.lower(), "text/csv")


def outcomes(runs: "Synchronization", applied: "SyncRunOut", *, dry_run: bool) -> dict[str, Any]:
    """What came of each record, and the counts. A rehearsal leaves none behind: it answers with them."""
    results = applied.rehearsed or [] if dry_run else runs.list_sync_results(applied.id, limit=200)
    summary = applied.summary.to_dict() if applied.summary else {}
    return {"results": [_bulk(one.to_dict()) for one in results], "summary": summary}


def _bulk(result: dict[str, Any]) -> dict[str, Any]:
    return {
        name: result[name] for name in ("index", "row", "external_id", "status", "id", "problem", "warnings")
    }


def progress(quiet: bool, *, counts: bool = False) -> Progress:
    """A bar in bytes, or a count of records where nobody knows how many there are."""
    told = (TextColumn("{task.completed} records"),) if counts else (DownloadColumn(), TransferSpeedColumn())
    return Progress(
        TextColumn("{task.description:<10}"),
        BarColumn(),
        *told,
        console=Console(stderr=True, quiet=quiet),
        transient=True,
    )


def chunks(file: Path, shown: Progress, task: TaskID) -> Iterator[bytes]:
    """The file, piece by piece, with the bar moving along."""
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
            shown.advance(task, len(chunk))


def tell(outcome: dict[str, Any], *, dry_run: bool) -> None:
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
        f"{'Would be: ' if dry_run else ''}{counted or 'nothing to do'}.".replace(
            "footer_rows", "footer rows"
        )
    )
