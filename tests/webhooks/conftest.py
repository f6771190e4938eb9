"""Fixtures of webhooks: the house may speak to loopback, and a receiver listens there."""

from collections.abc import AsyncIterator
from ipaddress import ip_network

import pytest
from sqlalchemy import delete

from peergroup.kit.context import House
from peergroup.kit.jobs import Job
from peergroup.webhooks.models import WebhookLine
from tests.webhooks.receivers import Receiver, a_receiver


@pytest.fixture(autouse=True)
async def may_speak_to_loopback(house: House) -> AsyncIterator[None]:
    """As an operator would open a network of their own; afterwards nobody waits to be served any more."""
    before, usual = house.settings, house.sender
    house.settings = before.model_copy(update={"outgoing_allow": [ip_network("127.0.0.0/8")]})
    house.sender = None
    async with house.database.transaction(None, writes=True) as db:
        await db.execute(delete(Job))
    yield
    if house.sender is not None:
        await house.sender.client.aclose()
    house.settings, house.sender = before, usual
    async with house.database.transaction(None, writes=True) as db:
        await db.execute(delete(WebhookLine))


@pytest.fixture
async def receiver(house: House) -> AsyncIterator[Receiver]:
    async with a_receiver() as listening:
        yield listening
