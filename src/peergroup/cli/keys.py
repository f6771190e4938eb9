"""`peergroup keys`: list, make and revoke keys on the operator's machine."""

from typing import Annotated
from uuid import UUID

from cyclopts import App, Parameter

from peergroup.cli.output import Json, show_json, show_table

app = App(name="keys", help="List, make and revoke keys.")
Where = Annotated[
    str | None, Parameter(name="--organization", help="Its id or name; needed if there are several.")
]


@app.command(name="list")
async def list_(*, organization: Where = None, as_json: Json = False) -> None:
    """List all keys that are not revoked, without their secrets."""
    from peergroup.cli import keyring

    found = await keyring.listed(organization)
    if as_json:
        show_json({"keys": [key.model_dump(mode="json") for key in found]})
        return
    show_table(
        ["id", "kind", "name", "of", "scopes", "until"],
        [
            (
                key.id,
                key.kind,
                key.name,
                key.person and key.person.name,
                " ".join(key.scopes or ["all"]),
                key.expires_at and f"{key.expires_at:%Y-%m-%d}",
            )
            for key in found
        ],
    )


@app.command
async def make(
    *,
    name: Annotated[str, Parameter(help="What it is for.")],
    scope: Annotated[
        list[str], Parameter(help="What it opens; repeat it, or separate by commas.", negative="")
    ],
    owner: Annotated[
        str | None, Parameter(help="An owner's e-mail: make a personal key, not a service key.")
    ] = None,
    days: Annotated[int, Parameter(help="How long it is valid.")] = 365,
    organization: Where = None,
    as_json: Json = False,
) -> None:
    """Make a service key, or an owner's personal key. Its secret is shown once."""
    from peergroup.cli import keyring

    wanted = keyring.Wanted(name.strip(), tuple(scope), owner, days)
    made = await keyring.make(organization, wanted)
    if as_json:
        show_json(made)
    else:
        print(
            f"Key {made['id']}, valid for {days} days. Keep it safe, it is not shown again:\n\n  {made['secret']}\n"
        )


@app.command
async def revoke(
    key_id: Annotated[UUID, Parameter(help="Id of the key.")], *, organization: Where = None
) -> None:
    """Revoke a key, and what was made with it: the next request with it is refused."""
    from peergroup.cli import keyring

    await keyring.revoke(organization, key_id)
    print(f"Key {key_id} is revoked.")
