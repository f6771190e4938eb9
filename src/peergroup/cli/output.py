"""What commands print: JSON for scripts, tables for people."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from cyclopts import Parameter

Json = Annotated[bool, Parameter(name="--json", negative="", help="Print one JSON object, for scripts.")]


def show_json(value: Any) -> None:
    """Print a value as JSON; ids and times have the form that the API gives them."""
    print(json.dumps(value, indent=2, ensure_ascii=False, default=_wire))


def _wire(value: Any) -> str:
    from peergroup.kit.time import to_wire

    return to_wire(value) if isinstance(value, dt.datetime) else str(value)


def show_table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print rows under their heads, as wide as the terminal allows."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold", no_wrap=head == "id")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)
