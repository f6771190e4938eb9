"""Invite somebody known into a group: policy, locks, job, event and commit on our side, none of these on the other."""

from collections.abc import Iterator

import orjson

from benchmarks.filling import Filled
from benchmarks.load import request

NAME = "invite"
WRITES = True
CONNECTIONS = 4
"""With more of them, SQLite refuses the naive twin: some of its writers never get their turn."""
_ANEW = ("id", "created_at", "expires_at", "allowed_actions", "seat_no")


def requests(filled: Filled, offset: int = 0) -> Iterator[bytes]:
    """The moderators take turns; each invites one person after the other, from `offset` on."""
    leaders = filled.keys[::10]
    position = {person: place for place, person in enumerate(filled.people)}
    while True:
        for group, moderator, token in leaders:
            # Whoever comes eleven places after the moderator sits in another group.
            place = position[moderator] + 11 + offset
            body = orjson.dumps({"person_id": filled.people[place % len(filled.people)]})
            yield request("POST", f"/v1/groups/{group}/memberships", token, body)
        offset += 1


def same(ours: bytes, naive: bytes) -> bool:
    """The same members with the same values, but for what is made anew."""
    first, second = orjson.loads(ours), orjson.loads(naive)
    return list(first) == list(second) and all(
        first[name] == second[name] for name in first if name not in _ANEW
    )
