"""Post a contribution: policy, phase, limits, event, kept answer, commit; on the other side a check and an insert."""

from collections.abc import Iterator
from itertools import count

import orjson

from benchmarks.filling import MEMBERS, Filled
from benchmarks.load import request
from benchmarks.threads import BODY

NAME = "post a contribution"
WRITES = True
CONNECTIONS = 4
"""With more of them, SQLite refuses the naive twin: some of its writers never get their turn."""
_ANEW = ("id", "created_at", "after_seeing")


def requests(filled: Filled, offset: int = 0) -> Iterator[bytes]:
    """Everybody but the owners takes turns, each in the challenge that runs in their group."""
    turns = [filled.keys[place::MEMBERS] for place in range(1, MEMBERS)]
    body = orjson.dumps({"kind": "idea", "body": BODY})
    for number in count():
        for turn in turns:
            for group, person, token in turn:
                path = f"/v1/exercises/{filled.running[group]}/contributions"
                yield request("POST", path, token, body, key=f"{offset}-{number}-{person}")


def same(ours: bytes, naive: bytes) -> bool:
    """The same members with the same values, but for what is made anew, and a mark that the twin does not know."""
    first, second = orjson.loads(ours), orjson.loads(naive)
    return list(first) == list(second) and all(
        first[name] == second[name] for name in first if name not in _ANEW
    )
