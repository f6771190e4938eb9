"""`peergroup migrate`."""

from typing import Annotated

from cyclopts import Parameter

from peergroup.cli.output import Json, show_json


async def migrate(
    *,
    to: Annotated[str, Parameter(help="The revision to reach, if not the newest.")] = "head",
    as_json: Json = False,
) -> None:
    """Bring the database to this version's schema. What is stored stays; run it with each new version."""
    from peergroup.cli import starting
    from peergroup.kit import migrating
    from peergroup.kit.settings import Settings

    settings = Settings()
    before, _ = await starting.look(settings)
    if before == "unknown":
        raise starting.changed_by_newer()
    if to != "head" or before != "current":
        await migrating.migrate(settings, to)
    after, gaps = await starting.look(settings)
    if as_json:
        show_json({"before": before, "schema": after, "gaps": gaps})
        return
    print(f"The schema is {after}" + ("; nothing was to be done." if before == after else "."))
    for gap in gaps:
        print(f"Warning: {gap}.")
