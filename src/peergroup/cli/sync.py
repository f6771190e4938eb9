"""`peergroup sync run`: let a source be walked through, show what would change, and apply it."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from peergroup.cli.output import Json, show_json
from peergroup.cli.refusals import REJECTED, USAGE, Refusal

app = App(name="sync", help="Bring people over from other systems, as often as you like.")


@app.command
def run(
    source: Annotated[str, Parameter(help="The source, as its connection calls it.")],
    *,
    file: Annotated[Path | None, Parameter(help="An export instead of the connected account.")] = None,
    full: Annotated[
        bool, Parameter(name="--full", negative="", help="Shut out whom the source does not list any more.")
    ] = False,
    confirm_removals: Annotated[
        int | None, Parameter(help="How many people may be shut out, as a refusal names it.")
    ] = None,
    link: Annotated[
        bool,
        Parameter(name="--link", negative="", help="Link records to people who have their address already."),
    ] = False,
    dry_run: Annotated[
        bool, Parameter(name="--dry-run", negative="", help="Show what would happen, change nothing.")
    ] = False,
    as_json: Json = False,
) -> int:
    """Synchronize a source now. Needs PEERGROUP_URL and PEERGROUP_TOKEN.

    Exit code 0 if every record was taken, 1 if some were rejected or are in conflict, or if more people would be
    shut out than was confirmed.
    """
    from peergroup.cli import syncing

    if file is not None and not file.is_file():
        raise Refusal(f"{file} is not there, or is no ordinary file.", code=USAGE)
    wanted = syncing.Wanted(source, file, full, confirm_removals, link, dry_run)
    outcome = syncing.synchronize(wanted, quiet=as_json)
    if as_json:
        show_json(outcome)
    else:
        syncing.tell(outcome, wanted)
    summary = outcome["summary"]
    return REJECTED if summary["conflict"] or summary["rejected"] else 0
