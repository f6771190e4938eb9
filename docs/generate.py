"""Write the pages of this folder that are drawn from the tables in the code: `python docs/generate.py`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "src")]

from peergroup import app, operations  # noqa: E402 - the checkout's own source comes first
from peergroup.facilitation import picture as methods  # noqa: E402 - after the path
from peergroup.facilitation.library import builtins  # noqa: E402 - after the path
from peergroup.kit import picture, verbs  # noqa: E402 - after the path
from peergroup.rooms import ROOMS  # noqa: E402 - after the path

PERMISSIONS = """\
# Who may do what

Drawn from the policies in the code by `python docs/generate.py`; the tests walk the same tables. A role is
what somebody is where the request leads: nobody is asked about what they do not find (404). A key must hold
the scope as well, whoever it belongs to. Where it says "everybody signed in", the answer contains what the
reader may see.

"""
LIFECYCLES = """\
# Lifecycles

Drawn from the tables in the code by `python docs/generate.py`. An arrow is a verb, `POST …/{id}/<verb>`; the
tables say who may, and what may stand in the way (409 `guard_failed`).

"""
PROTOCOLS = """\
# Methods

Drawn from the documents of the methods that come with the service by `python docs/generate.py`. A phase ends when
the moderator says so; where something has to hold first, the last column says what, and a recorded reason overrides
it unless it says otherwise. Minutes are planned ones: while people are together, no phase is closed by the clock.
[Write your own method](methods.md) tells how to add one.

"""


def pages() -> dict[str, str]:
    """Each page's file name and text."""
    app.assemble()
    return {
        "permissions.md": PERMISSIONS + picture.permissions([*ROOMS, operations.room]),
        "protocols.md": PROTOCOLS + methods.protocols(builtins()),
        "lifecycles.md": LIFECYCLES + picture.lifecycles(verbs.registered.values()),
    }


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
