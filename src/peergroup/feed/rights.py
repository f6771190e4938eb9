"""What the listeners of one organization may hear at this moment: one statement for all of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from peergroup.feed.asking import Question, among
from peergroup.groups.models import Covenant
from peergroup.groups.reach import readers
from peergroup.kit.compiled import NOW
from peergroup.kit.context import House

Right = tuple[str, UUID | None]
"""`words` and `figures` of groups, `guest` of a group's session, `admin` of the organization."""
ADMIN: Right = ("admin", None)
GIVEN_AND_TAKEN = ("covenant", "identity", "identity_provider", "key", "membership", "person", "sign_in")
"""Kinds of events with which rights begin and end at once."""


class Rights(NamedTuple):
    """By credential, of those that still count, what its person may read; and when some of it ends by the clock."""

    held: dict[UUID, frozenset[Right]]
    until: dt.datetime | None


def _standing(house: House) -> Any:
    valid, standing = house.valid.subquery("valid"), readers(NOW).subquery("standing")
    next_covenant = select(func.min(Covenant.effective_at)).where(Covenant.effective_at > NOW)
    return (
        select(
            valid.c.id,
            valid.c.expires_at,
            valid.c.organization_role,
            next_covenant.scalar_subquery().label("next_covenant"),
            standing.c.group_id,
            standing.c.is_guest,
            standing.c.signed,
        )
        .select_from(valid)
        .outerjoin(standing, standing.c.person_id == valid.c.person_id)
        .where(among(house, valid.c.id, "credentials"))
    )


_STANDING = Question(_standing)


async def rights_of(house: House, organization: UUID, credentials: Iterable[UUID]) -> Rights:
    """What may be heard with these credentials. A stream ends when one of its rights is gone."""
    rows = await _STANDING.rows(house, organization, credentials=[*credentials], now=house.clock())
    found: dict[UUID, set[Right]] = defaultdict(set)
    ends = set()
    for credential, expires_at, role, next_covenant, group, is_guest, signed in rows:
        mine = found[credential]
        ends |= {expires_at, next_covenant}
        if role in ("owner", "admin"):
            mine.add(ADMIN)
        if group is not None:
            mine.add(("guest" if is_guest else "figures", group))
            if signed and not is_guest:
                mine.add(("words", group))
    # Most people of a group hold the same: one set for all of them.
    shared: dict[frozenset[Right], frozenset[Right]] = {}
    held = {one: shared.setdefault(frozenset(rights), frozenset(rights)) for one, rights in found.items()}
    return Rights(held, min((end for end in ends if end is not None), default=None))
