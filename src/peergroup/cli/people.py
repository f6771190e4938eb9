"""`peergroup people import`: bring people in from an export, through the running service."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from peergroup.cli.output import Json, show_json
from peergroup.cli.refusals import REJECTED, USAGE, Refusal

app = App(name="people", help="Bring people in from other systems.")


@app.command(name="import")
def import_(
    file: Annotated[Path, Parameter(help="CSV or NDJSON, as the other system wrote it.")],
    *,
    source: Annotated[str, Parameter(help="Short name of the other system, for example hubspot.")],
    mapping: Annotated[
        list[str] | None,
        Parameter(
            name="--map", negative="", help="COLUMN=field, where a name is not recognised; repeatable."
        ),
    ] = None,
    dry_run: Annotated[
        bool, Parameter(name="--dry-run", negative="", help="Show what would happen, change nothing.")
    ] = False,
    link: Annotated[
        bool,
        Parameter(name="--link", negative="", help="Link records to people who have their address already."),
    ] = False,
    as_json: Json = False,
) -> int:
    """Bring people in from a file. Needs PEERGROUP_URL and PEERGROUP_TOKEN.

    Exit code 0 if every record was taken, 1 if some were rejected or are in conflict.
    """
    from peergroup.cli import importing

    if not file.is_file():
        raise Refusal(f"{file} is not there, or is no ordinary file.", code=USAGE)
    wanted = importing.Wanted(source, [importing.column_field(text) for text in mapping or []], dry_run, link)
    outcome = importing.bring_in(file, wanted, quiet=as_json)
    if as_json:
        show_json(outcome)
    else:
        importing.tell(outcome, dry_run=dry_run)
    summary = outcome["summary"]
    return REJECTED if summary["conflict"] or summary["rejected"] else 0
