"""`peergroup seed`."""

from peergroup.cli.output import Json, show_json


async def seed(*, as_json: Json = False) -> None:
    """Make a fresh organization in a known state, with tokens for every kind of actor. Migrates first.

    The tokens are keys without an end: for trying out and for tests, never for real people.
    """
    from peergroup.cli import starting
    from peergroup.cli.staging import staged
    from peergroup.demo.seeding import seed as make

    async with staged(starting.settings()) as (house, client):
        made = await make(house, client)
    if as_json:
        show_json(made)
        return
    print(f"Organization {made['organization_id']}, group {made['group_id']}.")
    print(
        f"Session {made['session_id']} may be started now, with challenge {made['challenge_id']} on its hot seat.\n"
    )
    for name, token in made["tokens"].items():
        print(f"  {name:<10} {token if isinstance(token, str) else token[0]}")
    print("\nAll ids and tokens: peergroup seed --json")
