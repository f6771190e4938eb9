"""A real issuer on the loopback interface: its own keys, discovery and key set over HTTP, and bad days."""

import base64
import json
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from typing import Any

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from peergroup.kit.context import House

AUDIENCE = "peergroup-of-the-tests"
DISCOVERY, KEYS = "/.well-known/openid-configuration", "/keys"
Key = RSAKey | ECKey


@lru_cache
def a_key(name: str, kind: str = "RSA", size: int | str = 2048) -> Key:
    """A key of that name; making one takes time, so every issuer of the tests that calls it so has the same."""
    named: Any = {"kid": name, "use": "sig"}
    if kind == "EC":
        return ECKey.generate_key(str(size), named)
    return RSAKey.generate_key(int(size), named)


@dataclass
class Issuer:
    """Publishes `published`, and signs what it is told to, with any key."""

    address: str = ""
    published: list[Key] = field(default_factory=lambda: [a_key("one")])
    extra: list[dict[str, Any]] = field(default_factory=list)
    """Entries of the key set that are no keys of ours."""
    said: dict[str, Any] = field(default_factory=dict)
    """What the discovery document says otherwise than it should."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often each path was asked for."""
    status: int = 200
    body: bytes | None = None
    wait: float = 0.0
    drip: float = 0.0
    """Seconds between one byte and the next."""
    headers: dict[str, str] = field(default_factory=dict)

    def document(self, path: str) -> bytes:
        """What stands at a path."""
        if path == DISCOVERY:
            about = {"issuer": self.address, "jwks_uri": self.address + KEYS} | self.said
            return json.dumps(about).encode()
        keys = [key.as_dict(private=False) for key in self.published]
        return json.dumps({"keys": [*keys, *self.extra]}).encode()

    def claims(self, subject: str = "ada", **more: Any) -> dict[str, Any]:
        """The claims of a good token; None leaves one out."""
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": self.address,
            "sub": subject,
            "aud": AUDIENCE,
            "iat": now,
            "exp": now + 300,
        }
        return {name: value for name, value in (claims | more).items() if value is not None}

    def token(
        self,
        subject: str = "ada",
        *,
        key: Key | None = None,
        header: dict[str, Any] | None = None,
        payload: bytes | None = None,
        **claims: Any,
    ) -> str:
        """A token signed with the first published key, or with another; None in the header leaves something out."""
        key = key or self.published[0]
        algorithm = "RS256" if isinstance(key, RSAKey) else "ES256"
        named = {"alg": algorithm, "typ": "JWT", "kid": key.kid} | (header or {})
        named = {name: value for name, value in named.items() if value is not None}
        body = json.dumps(self.claims(subject, **claims)).encode() if payload is None else payload
        return signed(json.dumps(named).encode(), body, named.get("alg", algorithm), key)


def signed(header: bytes, body: bytes, algorithm: str, key: Any) -> str:
    """A token of exactly these bytes: no library has looked at them and found them strange."""
    words = f"{encoded(header)}.{encoded(body)}"
    model = jws.JWSRegistry.algorithms.get(algorithm)
    signature = b"" if model is None else model.sign(words.encode(), key)
    return f"{words}.{encoded(signature)}"


def encoded(raw: bytes) -> str:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def opened(house: House) -> None:
    """Let the house speak to loopback, as an operator would open a network of their own."""
    networks = {"outgoing_allow": [ip_network("127.0.0.1/32")]}
    house.settings = house.settings.model_copy(update=networks)


@contextmanager
def an_issuer(**more: Any) -> Iterator[Issuer]:
    """An issuer that answers until the end."""
    issuer, ended = Issuer(**more), threading.Event()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked[self.path] += 1
            ended.wait(issuer.wait)
            body = issuer.document(self.path) if issuer.body is None else issuer.body
            self.send_response(issuer.status)
            for name, value in ({"Content-Length": str(len(body))} | issuer.headers).items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # whoever asked has gone
                for start in range(0, len(body), 1 if issuer.drip else len(body)):
                    self.wfile.write(body[start : start + 1] if issuer.drip else body)
                    ended.wait(issuer.drip)

        def log_message(self, *_: Any) -> None:
            """Nothing is said."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.daemon_threads = True
    issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
