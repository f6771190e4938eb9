"""Fixtures of access: a real postbox, and a device that signs in."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from peergroup.access.oidc.issuers import Issuers
from peergroup.kit.context import House
from peergroup.worker import Worker
from tests.access.factories import Device, Postbox, a_postbox
from tests.access.issuer import Issuer, an_issuer, opened


@pytest.fixture
async def postbox(house: House) -> AsyncIterator[Postbox]:
    """An empty postbox: mails that other tests asked for are out of the way."""
    async with a_postbox(house) as box:
        await Worker(house).drain()
        box.letters.clear()
        yield box


@pytest.fixture
def device(client: httpx.AsyncClient) -> Device:
    return Device(client)


@pytest.fixture
def issuer(house: House) -> Iterator[Issuer]:
    """An issuer on loopback, which an operator has opened, and of which nobody knows anything: an earlier one may
    have had the same port."""
    house.issuers, before = Issuers(), house.settings
    opened(house)
    with an_issuer() as running:
        yield running
    house.settings = before
