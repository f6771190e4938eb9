"""Tokens that look like it and are not: each is refused with 401, and its twin without the one fault signs in."""

import base64
import hmac
import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from joserfc import jwe
from joserfc.jwk import RSAKey

from tests.access.factories import bearing, linked, trusts
from tests.access.issuer import AUDIENCE, Issuer, a_key, an_issuer, encoded, signed
from tests.access.test_oidc_linking import told
from tests.world import Actor, World

REFUSED = (401, "identity_refused")
Make = Callable[[Issuer], str]


@dataclass
class Signed:
    """An organization, its issuer, and Ada, who has linked the subject `ada`."""

    world: World
    issuer: Issuer
    ada: Actor

    async def told(self, token: str) -> tuple[int, str]:
        return await told(bearing(self.world.client, token))


@pytest.fixture
async def signed_in(world: World, issuer: Issuer) -> Signed:
    # A curve's key beside it, so that one can be taken for the other.
    issuer.published = [a_key("one"), a_key("curve", "EC", "P-256")]
    await trusts(world, issuer, algorithms=["RS256", "PS256", "ES256"])
    return Signed(world, issuer, await linked(world, issuer))


def now(seconds: int = 0) -> int:
    return int(time.time()) + seconds


def by_secret(issuer: Issuer, secret: bytes, algorithm: str = "HS256", **header: Any) -> str:
    """Signed with a shared secret: one that everybody can read at the issuer."""
    named = {"alg": algorithm, "typ": "JWT", "kid": "one"} | header
    body = json.dumps(issuer.claims()).encode()
    words = f"{encoded(json.dumps(named).encode())}.{encoded(body)}"
    return f"{words}.{encoded(hmac.digest(secret, words.encode(), 'sha' + algorithm[2:]))}"


def repeated(issuer: Issuer) -> bytes:
    """Claims in which the subject stands twice."""
    return json.dumps(issuer.claims("ben")).encode()[:-1] + b', "sub": "ada"}'


def in_header(text: str) -> Make:
    return lambda issuer: signed(
        text.encode(), json.dumps(issuer.claims()).encode(), "RS256", issuer.published[0]
    )


def jwk(issuer: Issuer) -> dict[str, Any]:
    return dict(a_key("foreign").as_dict(private=False))


ALTERED: dict[str, Make] = {
    "no algorithm": lambda i: i.token(header={"alg": "none"}),
    "no algorithm, capitals": lambda i: i.token(header={"alg": "NONE"}),
    "algorithm left out": lambda i: i.token(header={"alg": None}),
    "algorithm a list": in_header('{"alg": ["RS256"], "kid": "one"}'),
    "unknown algorithm": lambda i: i.token(header={"alg": "RS257"}),
    "not signed": lambda i: i.token().rpartition(".")[0] + ".",
    "public key as secret, PEM": lambda i: by_secret(i, i.published[0].as_pem(private=False)),
    "public key as secret, DER": lambda i: by_secret(i, i.published[0].as_der(private=False)),
    "public key as secret, HS512": lambda i: by_secret(i, i.published[0].as_pem(private=False), "HS512"),
    "modulus as secret": lambda i: by_secret(i, str(i.published[0].as_dict(private=False)["n"]).encode()),
    "algorithm of another key": lambda i: i.token(header={"kid": "curve"}),
    "algorithm that is not allowed": lambda i: i.token(header={"alg": "RS512"}),
    "key of somebody else under a known name": lambda i: i.token(key=a_key("foreign"), header={"kid": "one"}),
    "key that is not published": lambda i: i.token(key=a_key("foreign")),
    "no key named": lambda i: i.token(header={"kid": None}),
    "empty key name": lambda i: i.token(header={"kid": ""}),
    "key name a number": lambda i: i.token(header={"kid": 1}),
    "key name a path": lambda i: i.token(header={"kid": "../../../../dev/null"}),
    "key name with SQL": lambda i: i.token(header={"kid": "one' OR '1'='1"}),
    "key name with NUL": lambda i: i.token(header={"kid": "one\x00"}),
    "key name with a surrogate": lambda i: i.token(header={"kid": "\ud800"}),
    "key name too long": lambda i: i.token(header={"kid": "one" * 100}),
    "embedded jwk": lambda i: i.token(key=a_key("foreign"), header={"jwk": jwk(i), "kid": "one"}),
    "embedded jwk beside a good signature": lambda i: i.token(header={"jwk": jwk(i)}),
    "jku": lambda i: i.token(header={"jku": i.address + "/keys"}),
    "x5u": lambda i: i.token(header={"x5u": i.address + "/keys"}),
    "x5c": lambda i: i.token(header={"x5c": ["AAAA"]}),
    "unknown crit": lambda i: i.token(header={"crit": ["exp-strict"], "exp-strict": True}),
    "empty crit": lambda i: i.token(header={"crit": []}),
    "crit of what is known": lambda i: i.token(header={"crit": ["kid"]}),
    "unencoded payload": lambda i: i.token(header={"b64": False, "crit": ["b64"]}),
    "compressed": lambda i: i.token(header={"zip": "DEF"}),
    "a token in a token": lambda i: i.token(header={"cty": "JWT"}, payload=i.token().encode()),
    "logout token": lambda i: i.token(header={"typ": "logout+jwt"}),
    "type a number": lambda i: i.token(header={"typ": 7}),
    "header named twice": in_header('{"alg": "RS256", "alg": "RS256", "kid": "one"}'),
    "header a list": in_header('["RS256"]'),
    "header no JSON": in_header('{"alg": '),
    "header in UTF-16": lambda i: signed(
        '{"alg": "RS256", "kid": "one"}'.encode("utf-16"), b"{}", "RS256", i.published[0]
    ),
    "header nested deeply": in_header('{"alg": "RS256", "kid": "one", "x": ' + "[" * 900 + "]" * 900 + "}"),
    "claims named twice": lambda i: i.token(payload=repeated(i)),
    "claims a list": lambda i: i.token(payload=b"[]"),
    "claims nested deeply": lambda i: i.token(payload=b'{"x":' + b"[" * 2_500 + b"]" * 2_500 + b"}"),
    "claims no JSON": lambda i: i.token(payload=b"ada"),
    "not a number": lambda i: i.token(payload=json.dumps(i.claims(exp=float("nan"))).encode()),
    "wrong audience": lambda i: i.token(aud="another"),
    "no audience": lambda i: i.token(aud=None),
    "empty audiences": lambda i: i.token(aud=[]),
    "audience a number": lambda i: i.token(aud=[7]),
    "audience an object": lambda i: i.token(aud={"peergroup": True}),
    "too many audiences": lambda i: i.token(aud=[AUDIENCE, *map(str, range(20))], azp=AUDIENCE),
    "audience in other letters": lambda i: i.token(aud=AUDIENCE.upper()),
    "wrong issuer": lambda i: i.token(iss="https://login.example.com"),
    "issuer with a slash more": lambda i: i.token(iss=i.address + "/"),
    "no issuer": lambda i: i.token(iss=None),
    "issuer a list": lambda i: i.token(iss=[i.address]),
    "no subject": lambda i: i.token(payload=json.dumps(i.claims(sub=None)).encode()),
    "empty subject": lambda i: i.token(""),
    "subject a number": lambda i: i.token(payload=json.dumps(i.claims(sub=7)).encode()),
    "subject too long": lambda i: i.token("ada" * 100),
    "subject with a line break": lambda i: i.token("x\nada"),
    "no end": lambda i: i.token(exp=None),
    "end a text": lambda i: i.token(exp=str(now(300))),
    "end true": lambda i: i.token(exp=True),
    "end without end": lambda i: i.token(exp=1e300),
    "end before time": lambda i: i.token(exp=-1),
    "expired": lambda i: i.token(exp=now(-61), iat=now(-400)),
    "for more than a day": lambda i: i.token(exp=now(86_400 + 120)),
    "not yet valid": lambda i: i.token(nbf=now(90)),
    "beginning a text": lambda i: i.token(nbf="now"),
    "beginning true": lambda i: i.token(nbf=True),
    "issued in the future": lambda i: i.token(iat=now(90)),
    "for another client": lambda i: i.token(azp="another"),
    "client a number": lambda i: i.token(azp=7),
    "client null": lambda i: i.token(payload=json.dumps(i.claims() | {"azp": None}).encode()),
    "several audiences and no client": lambda i: i.token(aud=[AUDIENCE, "another"]),
    "signature cut": lambda i: i.token()[:-8],
    "signature padded": lambda i: i.token() + "==",
    "claims changed": lambda i: ".".join(
        [
            i.token().split(".")[0],
            encoded(json.dumps(i.claims(name="x")).encode()),
            i.token().split(".")[2],
        ]
    ),
    "four parts": lambda i: i.token() + ".AAAA",
    "two parts": lambda i: i.token().rpartition(".")[0],
    "only dots": lambda i: "..",
    "many dots": lambda i: "." * 3_000,
    "no base64": lambda i: "!!.??.**",
    "base64 with plus": lambda i: "+" + i.token()[1:],
    "encrypted": lambda i: jwe.encrypt_compact(
        {"alg": "RSA-OAEP", "enc": "A128CBC-HS256", "kid": "one"},
        json.dumps(i.claims()),
        RSAKey.import_key(i.published[0].as_pem(private=False)),
    ),
    "longer than a header line": lambda i: i.token(filling="x" * 6_000),
}
ASIS: dict[str, Make] = {
    "plain": lambda i: i.token(),
    "with a curve": lambda i: i.token(key=i.published[1]),
    "PS256": lambda i: i.token(header={"alg": "PS256"}),
    "no type": lambda i: i.token(header={"typ": None}),
    "access token": lambda i: i.token(header={"typ": "at+JWT"}),
    "harmless headers": lambda i: i.token(header={"x5t": "AAAA", "nonce": "x"}),
    "several audiences and the client": lambda i: i.token(aud=[AUDIENCE, "another"], azp=AUDIENCE),
    "almost a day": lambda i: i.token(exp=now(86_400 - 60)),
    "fractions": lambda i: i.token(exp=time.time() + 60.5),
    "clocks apart: just expired": lambda i: i.token(exp=now(-30), iat=now(-300)),
    "clocks apart: issued ahead": lambda i: i.token(iat=now(30), nbf=now(30)),
    "large, as with many groups": lambda i: i.token(groups=["x" * 36] * 90),
}


@pytest.mark.parametrize("make", ASIS.values(), ids=ASIS)
async def test_what_is_in_order_signs_in(signed_in: Signed, make: Make) -> None:
    assert await signed_in.told(make(signed_in.issuer)) == (200, "Ada Adler")


@pytest.mark.parametrize("make", ALTERED.values(), ids=ALTERED)
async def test_what_is_not_in_order_is_refused(signed_in: Signed, make: Make) -> None:
    token = make(signed_in.issuer)
    status = await signed_in.told(token)
    assert status == REFUSED or (len(token) > 7_900 and status == (413, "too_large"))
    assert await signed_in.told(signed_in.issuer.token()) == (200, "Ada Adler")


async def test_several_signatures_and_other_forms_are_refused(signed_in: Signed) -> None:
    token = signed_in.issuer.token()
    header, body, signature = token.split(".")
    one = {"protected": header, "signature": signature}
    for form in (
        {"payload": body, "signatures": [one, one]},
        {"payload": body} | one,
        [token],
    ):
        for text in (json.dumps(form), base64.b64encode(json.dumps(form).encode()).decode()):
            status, code = await signed_in.told(text)
            assert (status, code) in (REFUSED, (401, "unauthenticated"))
    assert await signed_in.told(f"{token},{token}") == REFUSED
    assert await signed_in.told(f"{token} {token}") == REFUSED


async def test_a_key_of_another_trusted_issuer_signs_nothing_here(signed_in: Signed) -> None:
    with an_issuer(published=[a_key("two")]) as other:
        await trusts(signed_in.world, other)
        forged = other.token(iss=signed_in.issuer.address)
        assert await signed_in.told(forged) == REFUSED
        named = other.token(iss=signed_in.issuer.address, header={"kid": "one"})
        assert await signed_in.told(named) == REFUSED
        # The same subject at the other issuer is somebody else.
        assert await signed_in.told(other.token()) == (401, "identity_unknown")


async def test_a_token_for_another_organizations_audience_is_nobody_here(signed_in: Signed) -> None:
    await trusts(signed_in.world, signed_in.issuer, audience="second")
    assert await signed_in.told(signed_in.issuer.token(aud="second")) == (401, "identity_unknown")


async def test_a_token_that_counted_ends_with_its_time(signed_in: Signed, clock: Any) -> None:
    token = signed_in.issuer.token(exp=now(300))
    assert await signed_in.told(token) == (200, "Ada Adler")
    clock.forward(seconds=355)
    assert await signed_in.told(token) == (200, "Ada Adler")
    clock.forward(seconds=10)
    assert await signed_in.told(token) == REFUSED


async def test_what_does_not_count_opens_no_hot_read_and_no_stream(signed_in: Signed) -> None:
    expired = bearing(signed_in.world.client, signed_in.issuer.token(exp=now(-90), iat=now(-400)))
    good = bearing(signed_in.world.client, signed_in.issuer.token())
    for path in ("/groups", "/commitments", "/events", "/people", "/me"):
        assert (await good.get(path)).status_code in (200, 403)
        assert (await expired.get(path)).status_code == 401
    assert (await expired.get("/events/stream")).status_code == 401


async def test_refusals_say_why_and_never_what(signed_in: Signed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = signed_in.issuer.token("a-secret-subject", azp="a-secret-client")
    answer = await bearing(signed_in.world.client, token).get("/me")
    assert answer.json()["code"] == "identity_unknown"
    forged = signed_in.issuer.token("a-secret-subject", key=a_key("foreign"), header={"kid": "one"})
    refused = await bearing(signed_in.world.client, forged).get("/me")
    assert refused.json()["detail"] == "This token was not signed by its issuer."
    assert "secret" not in answer.text + refused.text
    own = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("peergroup"))
    for words in (own, caplog.text):
        assert "secret" not in words
        assert token not in words
        assert token.split(".")[2] not in words
