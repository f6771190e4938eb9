"""The keys of the issuers that organizations trust: read over HTTP, kept for minutes, never asked for in a flood.

Every process keeps its own. Nothing here happens inside a transaction.
"""

import asyncio
import datetime as dt
import logging
from collections import OrderedDict
from dataclasses import dataclass, field

from peergroup.access.oidc import web
from peergroup.access.oidc.keys import Key, Keys, fitting
from peergroup.access.oidc.problems import refused, unreachable
from peergroup.access.oidc.reading import Said
from peergroup.kit.context import House

log = logging.getLogger("peergroup.access")
FRESH = dt.timedelta(minutes=5)
"""After that they are read again: a key that the issuer took back stops working."""
TRUSTED = dt.timedelta(minutes=15)
"""The longest that keys count while the issuer does not answer."""
AGAIN = dt.timedelta(seconds=10)
"""Between two attempts while it does not."""
UNKNOWN = dt.timedelta(minutes=1)
"""Between two questions about a key that nobody has heard of."""
_MOST_KEPT = 1_000


@dataclass(slots=True)
class Ring:
    """What is known of one issuer's keys."""

    keys: Keys = field(default_factory=dict)
    read_at: dt.datetime | None = None
    asked_at: dt.datetime | None = None
    asking: asyncio.Task[None] | None = None

    def is_younger(self, age: dt.timedelta, now: dt.datetime) -> bool:
        """Whether the keys were read within this time."""
        return _within(self.read_at, age, now)

    def may_ask(self, pause: dt.timedelta, now: dt.datetime) -> bool:
        """Whether the last attempt was long enough ago, or is still under way and can be waited for."""
        return self.asking is not None or not _within(self.asked_at, pause, now)


def _within(then: dt.datetime | None, age: dt.timedelta, now: dt.datetime) -> bool:
    # A clock that was put back makes nothing younger.
    return then is not None and dt.timedelta() <= now - then < age


class Issuers:
    """Finds the key that signed a token."""

    def __init__(self) -> None:
        self._rings: OrderedDict[str, Ring] = OrderedDict()

    async def key(self, house: House, said: Said) -> Key:
        """The key that a token names; 401 where its issuer has none of that name, 503 where that cannot be told.

        Only for issuers that somebody has registered: whoever is named in a token is not asked because of that.
        """
        ring, clock = self._ring(said.issuer), house.clock  # Asked anew after each wait.
        if not ring.is_younger(FRESH, clock()) and ring.may_ask(AGAIN, clock()):
            await self._ask(house, said.issuer, ring)
        if not ring.is_younger(TRUSTED, clock()):
            raise unreachable(int(AGAIN.total_seconds()))
        found = fitting(ring.keys, said.key_id, said.algorithm)
        if found is None and ring.may_ask(UNKNOWN, clock()):
            await self._ask(house, said.issuer, ring)
            found = fitting(ring.keys, said.key_id, said.algorithm)
        if found is None:
            raise refused("was signed with a key that its issuer does not publish")
        return found

    def _ring(self, issuer: str) -> Ring:
        ring = self._rings.setdefault(issuer, Ring())
        self._rings.move_to_end(issuer)
        if len(self._rings) > _MOST_KEPT:
            self._rings.popitem(last=False)
        return ring

    async def _ask(self, house: House, issuer: str, ring: Ring) -> None:
        """Read the keys anew; everybody who wants them meanwhile waits for the same answer."""
        if ring.asking is None:
            ring.asked_at = house.clock()
            ring.asking = asyncio.create_task(self._read(house, issuer, ring, ring.asked_at))
        # Whoever gives up waiting does not end it for the others.
        await asyncio.shield(ring.asking)

    async def _read(self, house: House, issuer: str, ring: Ring, now: dt.datetime) -> None:
        try:
            ring.keys = await web.keys_of(house.settings, issuer)
            ring.read_at = now
        except web.Unusable as error:
            log.warning("the keys of an issuer could not be read: %s", error)
        finally:
            ring.asking = None
