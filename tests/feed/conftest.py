"""The service on a real port, because a stream needs one."""

from collections.abc import AsyncIterator

import pytest

from peergroup.kit.context import House
from tests.feed.listening import serving


@pytest.fixture
async def address(house: House) -> AsyncIterator[str]:
    async with serving(house) as found:
        yield found
