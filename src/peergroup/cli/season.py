"""`peergroup apply`, `export` and `schema`: seasons as files, through the running service."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from peergroup.cli.output import Json, show_json


def apply(
    file: Annotated[Path, Parameter(help="The season, as YAML or JSON.")],
    *,
    dry_run: Annotated[
        bool, Parameter(name="--dry-run", negative="", help="Show the difference, change nothing.")
    ] = False,
    yes: Annotated[bool, Parameter(name=["--yes", "-y"], negative="", help="Do not ask.")] = False,
    as_json: Json = False,
) -> int:
    """Make groups, years and library what a season file says. Needs PEERGROUP_URL and PEERGROUP_TOKEN.

    Shows the difference and asks. Each group is applied as a whole or not at all; if something is refused, or the
    line breaks, apply it again: what is done stays done. Exit code 1 if something was refused.
    """
    from peergroup.cli import season_applying, season_showing
    from peergroup.cli.season_file import read_season

    outcome = season_applying.carry_out(read_season(file), dry_run=dry_run, yes=yes, quiet=as_json)
    if as_json:
        show_json(outcome.as_data())
    else:
        season_showing.tell(outcome)
    return outcome.code


def export(
    groups: Annotated[
        list[str] | None, Parameter(help="Names or ids of groups; all that you plan if left out.")
    ] = None,
    *,
    year: Annotated[int, Parameter(help="The year, for example 2027.")],
    as_json: Json = False,
) -> None:
    """Print groups as a season file that applies as unchanged. Needs PEERGROUP_URL and PEERGROUP_TOKEN."""
    from peergroup.cli.season_export import as_yaml, written_down

    season = written_down(groups or [], year)
    if as_json:
        show_json(season)
    else:
        print(as_yaml(season), end="")


def schema(
    name: Annotated[Literal["season", "protocol"], Parameter(help="Which document.")],
) -> None:
    """Print the JSON Schema of a document, for editors; needs no service."""
    if name == "season":
        from peergroup.seasons.document import json_schema
    else:
        from peergroup.facilitation.protocol import json_schema
    show_json(json_schema())
