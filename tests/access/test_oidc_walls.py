"""Issuers are addresses that somebody gave us: nobody inside is reached through them."""

import pytest

from peergroup.kit.context import House
from tests.access.factories import bearing, trusts
from tests.access.issuer import AUDIENCE, KEYS, Issuer, an_issuer
from tests.access.test_oidc_linking import told
from tests.world import World

UNREACHABLE = (503, "issuer_unreachable")


def closed(house: House) -> None:
    """Whatever other tests have opened."""
    house.settings = house.settings.model_copy(update={"outgoing_allow": []})


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example.com",
        "https://127.0.0.1",
        "https://127.1/tenant",
        "https://localhost:8443",
        "https://169.254.169.254",
        "https://10.0.0.1",
        "https://login.example.com:25",
    ],
)
@pytest.mark.usefixtures("issuer")
async def test_an_issuer_that_leads_inside_is_not_registered(world: World, address: str) -> None:
    closed(world.house)
    refused = await world.owner.post("/identity-providers", {"issuer": address, "audience": AUDIENCE})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert refused.json()["errors"][0]["pointer"] == "/issuer"
    good = {"issuer": "https://login.example.com", "audience": AUDIENCE}
    assert (await world.owner.post("/identity-providers", good)).status_code == 201


async def test_a_network_that_is_closed_again_is_not_asked(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    closed(world.house)
    assert await told(bearing(world.client, issuer.token())) == UNREACHABLE
    assert issuer.asked.total() == 0


async def test_an_issuer_cannot_send_us_inside_for_its_keys(world: World, issuer: Issuer) -> None:
    with an_issuer() as inside:
        port = inside.address.rpartition(":")[2]
        issuer.said = {"jwks_uri": f"http://127.0.0.2:{port}{KEYS}"}
        await trusts(world, issuer)
        assert await told(bearing(world.client, issuer.token())) == UNREACHABLE
        assert inside.asked.total() == 0
    assert issuer.asked.total() == 1
