"""One synchronization through the service: fetched by its worker or sent as a file, watched, applied."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.progress import Progress, TaskID

from peergroup.cli import importing
from peergroup.cli.refusals import REJECTED, Refusal
from peergroup.cli.remote import service

if TYPE_CHECKING:
    from peergroup.client.answers import SyncRunOut
    from peergroup.client.rooms.synchronization import Synchronization

LOOK_EVERY = 0.5
"""Seconds between two looks at a run that the worker fills."""


@dataclass(frozen=True)
class Wanted:
    """What the command line said."""

    source: str
    file: Path | None
    full: bool
    confirm_removals: int | None
    link: bool
    dry_run: bool


def synchronize(wanted: Wanted, *, quiet: bool) -> dict[str, Any]:
    """The outcome of every record in order, the summary, and whom it shuts out: the object that `--json` prints."""
    with service() as client, importing.progress(quiet, counts=wanted.file is None) as progress:
        task = progress.add_task("reading", total=None)
        runs = client.synchronization
        run = _filled(runs, wanted, progress, task)
        progress.update(task, description="rehearsing" if wanted.dry_run else "applying")
        applied = runs.apply_sync_run(
            run.id, dry_run=wanted.dry_run, confirm_removals=wanted.confirm_removals
        )
        found = importing.outcomes(runs, applied, dry_run=wanted.dry_run)
        progress.update(task, description="done")
    removals = applied.removals.to_dict() if applied.removals else None
    return {"run_id": run.id, "dry_run": wanted.dry_run, "removals": removals} | found


def _filled(runs: "Synchronization", wanted: Wanted, progress: Progress, task: TaskID) -> "SyncRunOut":
    said: dict[str, Any] = {"source": wanted.source, "mode": "full" if wanted.full else "delta"}
    if wanted.link:
        said["on_conflict"] = "link"
    if wanted.file is not None:
        run = runs.create_sync_run(**said)
        progress.update(task, total=wanted.file.stat().st_size)
        return runs.upload_sync_records(
            run.id, importing.chunks(wanted.file, progress, task), importing.kind_of(wanted.file)
        )
    return _watched(runs, runs.create_sync_run(**said, fetch=True), progress, task)


def _watched(runs: "Synchronization", run: "SyncRunOut", progress: Progress, task: TaskID) -> "SyncRunOut":
    """The run when the worker is done with it."""
    while run.state == "fetching":
        time.sleep(LOOK_EVERY)
        run = runs.get_sync_run(run.id)
        said = f"waiting: {run.failure.detail}" if run.failure else "reading"
        progress.update(task, completed=run.received, description=said)
    if run.state != "staged":
        why = run.failure.detail if run.failure else f"The run is {run.state}."
        raise Refusal(why, code=REJECTED)
    return run


def tell(outcome: dict[str, Any], wanted: Wanted) -> None:
    """The outcome for people."""
    importing.tell(outcome, dry_run=wanted.dry_run)
    removals = outcome["removals"]
    if wanted.dry_run and removals and removals["must_confirm"]:
        print(
            f"{removals['people']} of {removals['of']} people would be shut out: "
            f"to mean it, add --confirm-removals {removals['people']}."
        )
