"""One import through the service: open a run, send the file with a progress bar, apply, fetch the outcomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TaskID, TextColumn, TransferSpeedColumn

from peergroup.cli.output import show_table
from peergroup.cli.refusals import USAGE, Refusal
from peergroup.cli.remote import Remote, service

CHUNK = 128 * 1024
_KINDS = {".ndjson": "application/x-ndjson", ".jsonl": "application/x-ndjson"}


@dataclass(frozen=True)
class Wanted:
    """What the command line said."""

    source: str
    mapping: list[dict[str, str]]
    dry_run: bool
    link: bool


def column_field(text: str) -> dict[str, str]:
    """`COLUMN=field` as the service takes it."""
    column, equals, field = text.rpartition("=")
    if not equals or not column or not field:
        raise Refusal(f"'{text}' is no mapping.", "Write --map COLUMN=field.", code=USAGE)
    return {"column": column, "field": field}


def bring_in(file: Path, wanted: Wanted, *, quiet: bool) -> dict[str, Any]:
    """The outcome of every record in order, and the summary: the object that `--json` prints."""
    with service() as remote, _progress(quiet) as progress:
        task = progress.add_task("sending", total=file.stat().st_size)
        run = remote.call(
            "POST",
            "/sync-runs",
            json={
                "source": wanted.source,
                "on_conflict": "link" if wanted.link else "report",
                "mapping": wanted.mapping,
            },
        )
        kind = _KINDS.get(file.suffix.lower(), "text/csv")
        remote.call(
            "POST",
            f"/sync-runs/{run['id']}/records",
            content=_chunks(file, progress, task),
            headers={"Content-Type": kind},
        )
        progress.update(task, description="rehearsing" if wanted.dry_run else "applying")
        summary, results = _apply(remote, run["id"], wanted)
        progress.update(task, description="done")
    return {"run_id": run["id"], "dry_run": wanted.dry_run, "results": results, "summary": summary}


def _apply(remote: Remote, run_id: str, wanted: Wanted) -> tuple[Any, list[Any]]:
    # A rehearsal leaves no outcomes behind: it answers with them, as far as one answer holds.
    applied = remote.call(
        "POST", f"/sync-runs/{run_id}/apply", params={"dry_run": str(wanted.dry_run).lower()}
    )
    results = applied["rehearsed"] if wanted.dry_run else list(remote.pages(f"/sync-runs/{run_id}/results"))
    return applied["summary"], [_bulk(result) for result in results]


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
