"""The one place from which issuers are spoken to: what they say of themselves, and their keys."""

import asyncio
import re
from typing import Any

import httpx

from peergroup.access.oidc.keys import Keys, keys_in
from peergroup.kit import outgoing, strict
from peergroup.kit.problems import Problem
from peergroup.kit.settings import Settings

SECONDS = 5.0
"""The longest that each of the two answers may take."""
MOST_BYTES = 256 * 1024
_DISCOVERY = "/.well-known/openid-configuration"
ADDRESS = r"^https?://[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$"
"""An issuer's address: no query, no fragment, no name and password in it."""


class Unusable(Exception):
    """An issuer's answer that says nothing, or something else than it should; or none at all."""


def is_address(text: str) -> bool:
    """Whether an issuer could be reached there."""
    try:
        return re.fullmatch(ADDRESS, text) is not None and bool(httpx.URL(text).host)
    except (httpx.InvalidURL, ValueError):
        return False


async def keys_of(settings: Settings, issuer: str) -> Keys:
    """The keys that an issuer publishes now. Raises `Unusable` where they cannot be had."""
    try:
        walled = outgoing.client(settings, seconds=SECONDS, connect_seconds=SECONDS, most_bytes=MOST_BYTES)
        async with walled as session:
            about = await _document(session, issuer.rstrip("/") + _DISCOVERY)
            return keys_in(await _document(session, _address_of_keys(issuer, about)))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, TimeoutError, ValueError) as error:
        raise Unusable("it does not answer") from error


def _address_of_keys(issuer: str, about: dict[str, Any]) -> str:
    """Where its keys are: not reached less safely than it is itself."""
    address = about.get("jwks_uri")
    if about.get("issuer") != issuer:
        raise Unusable("it says that it is somebody else")
    if not isinstance(address, str) or not address.startswith(("https://", issuer.partition("//")[0])):
        raise Unusable("it does not say where its keys are")
    return address


async def _document(session: httpx.AsyncClient, address: str) -> dict[str, Any]:
    """A JSON object of limited length, in limited time."""
    body = b""
    async with asyncio.timeout(SECONDS), session.stream("GET", address) as answer:
        if answer.status_code != 200 or answer.headers.get("content-encoding", "identity") != "identity":
            raise Unusable(f"it answered {answer.status_code}")
        async for part in answer.aiter_raw():
            body += part
            if len(body) > MOST_BYTES:
                raise Unusable("it answered at too great a length")
    try:
        found = strict.parse(body)
    except Problem as error:
        raise Unusable("it answered something that cannot be read") from error
    if not isinstance(found, dict):
        raise Unusable("it answered something else than an object")
    return found
