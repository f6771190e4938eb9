"""`peergroup openapi`: the contract, without a database."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from peergroup.cli.refusals import Refusal

CHECKED_IN = Path("openapi/openapi.json")


def openapi(
    file: Annotated[Path, Parameter(help="The checked-in contract.")] = CHECKED_IN,
    *,
    check: Annotated[
        bool, Parameter(negative="", help="Say whether FILE is up to date; print nothing else.")
    ] = False,
    write: Annotated[bool, Parameter(negative="", help="Write FILE instead of printing.")] = False,
) -> None:
    """Print the contract as OpenAPI 3.1; needs no database."""
    from peergroup.app import assemble

    contract: bytes = assemble().state.contract()
    if write:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(contract)
    elif check:
        if not file.is_file() or file.read_bytes() != contract:
            raise Refusal(
                f"{file} is not up to date.", "Run 'peergroup openapi --write' and look at the difference."
            )
    else:
        print(contract.decode(), end="")
