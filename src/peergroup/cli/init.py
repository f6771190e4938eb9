"""`peergroup init`."""

from typing import Annotated

from cyclopts import Parameter

from peergroup.cli.output import Json, show_json


async def init(
    *,
    name: Annotated[str, Parameter(help="Name of the organization.")],
    owner_email: Annotated[str, Parameter(help="Where its owner is reached, and signs in.")],
    owner_name: Annotated[
        str | None, Parameter(help="The owner's name; else what stands before the @.")
    ] = None,
    time_zone: Annotated[str, Parameter(help="IANA time zone, such as Europe/Berlin.")] = "UTC",
    another: Annotated[
        bool, Parameter(negative="", help="Add one, although there is an organization.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Begin: create an organization and its owner, and print a sign-in link.

    Migrates the database first. The link works once, for fifteen minutes.
    """
    from peergroup.cli.founding import Wanted, found

    wanted = Wanted(
        name.strip(), (owner_name or owner_email.partition("@")[0]).strip(), owner_email.strip(), time_zone
    )
    made = await found(wanted, another=another)
    if as_json:
        show_json(made)
        return
    print(f"{wanted.name} is founded ({made['organization']['id']}); its owner is {wanted.owner_email}.")
    print(
        f"Sign in within {made['valid_minutes']} minutes, once 'peergroup serve' runs:\n\n  {made['sign_in_link']}\n"
    )
