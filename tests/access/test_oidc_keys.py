"""The keys of issuers: read once for many, kept for minutes, gone when the issuer takes them back."""

import asyncio
import json
from typing import Any

import pytest
from joserfc.jwk import OctKey, RSAKey

from peergroup.access.oidc import web
from tests.access.factories import bearing, linked, trusts
from tests.access.issuer import DISCOVERY, KEYS, Issuer, a_key, an_issuer, encoded
from tests.access.test_oidc_linking import told
from tests.conftest import Clock
from tests.world import World

REFUSED, UNREACHABLE = (401, "identity_refused"), (503, "issuer_unreachable")


async def test_keys_are_read_once_for_many_requests(world: World, issuer: Issuer) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    assert [await told(ada) for _ in range(5)] == [(200, "Ada Adler")] * 5
    assert issuer.asked == {DISCOVERY: 1, KEYS: 1}


async def test_nobody_is_asked_who_is_not_trusted(world: World, issuer: Issuer) -> None:
    with an_issuer(published=[a_key("foreign")]) as foreign:
        await trusts(world, issuer)
        await linked(world, issuer)
        for token in (foreign.token(), foreign.token(iss=issuer.address), foreign.token(aud="x")):
            assert await told(bearing(world.client, token)) in (REFUSED, (401, "identity_unknown"))
        assert foreign.asked.total() == 0


async def test_a_new_key_is_taken_up_and_the_old_one_goes_on(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    issuer.published.append(a_key("two"))
    rotated = bearing(world.client, issuer.token(key=issuer.published[1]))
    # Asked for a moment ago: the next question about an unknown key is due in a minute.
    assert await told(rotated) == REFUSED
    clock.forward(seconds=61)
    assert await told(rotated) == (200, "Ada Adler")
    assert await told(ada) == (200, "Ada Adler")
    assert issuer.asked[KEYS] == 2


async def test_a_key_that_was_taken_back_stops_working_within_five_minutes(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    await linked(world, issuer)
    stale = bearing(world.client, issuer.token(exp=issuer.claims()["iat"] + 3_600))
    issuer.published = [a_key("two")]
    fresh = bearing(world.client, issuer.token(exp=issuer.claims()["iat"] + 3_600))
    assert await told(stale) == (200, "Ada Adler")
    clock.forward(minutes=5, seconds=1)
    assert await told(stale) == REFUSED
    assert await told(fresh) == (200, "Ada Adler")


async def test_a_key_of_the_same_name_with_another_value_replaces_it(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    await linked(world, issuer)
    later: Any = {"exp": issuer.claims()["iat"] + 3_600}
    stale = bearing(world.client, issuer.token(**later))
    renamed = RSAKey.import_key(a_key("two").as_dict(private=True) | {"kid": "one"})
    issuer.published = [renamed]
    clock.forward(minutes=6)
    assert await told(stale) == REFUSED
    assert await told(bearing(world.client, issuer.token(**later))) == (200, "Ada Adler")


async def test_a_flood_of_unknown_keys_makes_one_question(world: World, issuer: Issuer, clock: Clock) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    clock.forward(seconds=61)
    issuer.wait = 0.2
    flood = [issuer.token(key=a_key("foreign"), header={"kid": f"k{number}"}) for number in range(60)]
    answers = await asyncio.gather(*(told(bearing(world.client, token)) for token in flood))
    assert answers == [REFUSED] * 60
    assert issuer.asked == {DISCOVERY: 2, KEYS: 2}
    assert [await told(bearing(world.client, token)) for token in flood[:5]] == [REFUSED] * 5
    assert issuer.asked[KEYS] == 2
    assert await told(ada) == (200, "Ada Adler")


async def test_many_at_once_wait_for_one_answer(world: World, issuer: Issuer, clock: Clock) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    clock.forward(minutes=4, seconds=59)
    clock.forward(seconds=2)
    issuer.wait = 0.2
    assert await asyncio.gather(*(told(ada) for _ in range(30))) == [(200, "Ada Adler")] * 30
    assert issuer.asked == {DISCOVERY: 2, KEYS: 2}


async def test_whoever_gives_up_waiting_takes_the_answer_from_nobody(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    clock.forward(minutes=5, seconds=1)
    issuer.wait = 0.3
    impatient = asyncio.create_task(told(ada))
    await asyncio.sleep(0.1)
    patient = asyncio.create_task(told(ada))
    await asyncio.sleep(0.1)
    impatient.cancel()
    assert await patient == (200, "Ada Adler")
    assert issuer.asked[KEYS] == 2


BAD_DAYS: dict[str, dict[str, Any]] = {
    "it fails": {"status": 500},
    "it has moved": {"status": 302, "headers": {"Location": "http://127.0.0.1:1/"}},
    "it answers words": {"body": b"<html>"},
    "it answers a list": {"body": b"[]"},
    "it answers at great length": {"body": b'{"issuer": "' + b"x" * web.MOST_BYTES + b'"}'},
    "it answers the right thing at great length": {"said": {"filling": "x" * web.MOST_BYTES}},
    "it answers compressed": {"headers": {"Content-Encoding": "gzip"}},
    "it nests deeply": {"body": b"[" * 100_000},
    "it says it is somebody else": {"said": {"issuer": "https://login.example.com"}},
    "it says nothing of its name": {"said": {"issuer": None}},
    "it names no keys": {"said": {"jwks_uri": None}},
    "it names strange keys": {"said": {"jwks_uri": "file:///etc/passwd"}},
    "it names keys nowhere": {"said": {"jwks_uri": "http://"}},
    "it names keys behind a closed door": {"said": {"jwks_uri": "http://127.0.0.1:1/keys"}},
}


@pytest.mark.parametrize("day", BAD_DAYS.values(), ids=BAD_DAYS)
async def test_without_its_keys_nobody_is_let_in_and_it_is_asked_again_later(
    world: World, issuer: Issuer, clock: Clock, day: dict[str, Any]
) -> None:
    good = {name: getattr(issuer, name) for name in day}
    await trusts(world, issuer)
    bearer = bearing(world.client, issuer.token(exp=issuer.claims()["iat"] + 3_600))
    for name, value in day.items():
        setattr(issuer, name, value)
    answer = await bearer.get("/me")
    assert (answer.status_code, answer.json()["code"]) == UNREACHABLE
    assert int(answer.headers["retry-after"]) == 10
    asked = issuer.asked.total()
    assert await told(bearer) == UNREACHABLE
    assert issuer.asked.total() == asked
    for name, value in good.items():
        setattr(issuer, name, value)
    clock.forward(seconds=11)
    assert await told(bearer) == (401, "identity_unknown")


@pytest.mark.parametrize("slow", ["wait", "drip"])
async def test_a_slow_issuer_is_not_waited_for_long(
    world: World, issuer: Issuer, monkeypatch: pytest.MonkeyPatch, slow: str
) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.2)
    await trusts(world, issuer)
    setattr(issuer, slow, 3 if slow == "wait" else 0.1)
    async with asyncio.timeout(2.5):
        assert await told(bearing(world.client, issuer.token())) == UNREACHABLE


async def test_an_issuer_that_is_away_for_a_while_locks_nobody_out(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    await linked(world, issuer)
    ada = bearing(world.client, issuer.token(exp=issuer.claims()["iat"] + 3_600))
    issuer.status = 503
    clock.forward(minutes=14)
    assert await told(ada) == (200, "Ada Adler")
    clock.forward(minutes=1, seconds=1)
    assert await told(ada) == UNREACHABLE
    issuer.status = 200
    clock.forward(seconds=11)
    assert await told(ada) == (200, "Ada Adler")


async def test_a_clock_that_goes_back_makes_no_key_younger(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    await linked(world, issuer)
    clock.forward(seconds=-30)
    issuer.published = [a_key("two")]
    assert await told(bearing(world.client, issuer.token())) == (200, "Ada Adler")


UNUSABLE: dict[str, Any] = {
    "weak": lambda: RSAKey.generate_key(1024, {"kid": "x"}),
    "for encryption": lambda: RSAKey.import_key(
        a_key("enc").as_dict(private=True) | {"kid": "x", "use": "enc"}
    ),
    "only to sign": lambda: RSAKey.import_key(
        {k: v for k, v in a_key("ops").as_dict(private=True).items() if k != "use"}
        | {"kid": "x", "key_ops": ["sign"]}
    ),
    "for another algorithm": lambda: RSAKey.import_key(
        a_key("alg").as_dict(private=True) | {"kid": "x", "alg": "RS512"}
    ),
}


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
@pytest.mark.parametrize("make", UNUSABLE.values(), ids=UNUSABLE)
async def test_a_key_that_is_not_for_this_verifies_nothing(world: World, issuer: Issuer, make: Any) -> None:
    key = make()
    issuer.published.append(key)
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    bare = RSAKey.import_key(
        {k: v for k, v in key.as_dict(private=True).items() if k not in ("use", "alg", "key_ops")}
    )
    assert await told(bearing(world.client, issuer.token(key=bare))) == REFUSED
    assert await told(ada) == (200, "Ada Adler")


@pytest.mark.filterwarnings("ignore::joserfc.errors.SecurityWarning")
async def test_a_weak_key_is_not_made_strong_by_zeros(world: World, issuer: Issuer) -> None:
    weak = RSAKey.generate_key(1024, {"kid": "x"})
    modulus = weak.public_key.public_numbers().n.to_bytes(256, "big")
    issuer.extra = [{"kty": "RSA", "kid": "x", "n": encoded(modulus), "e": "AQAB"}]
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    assert await told(bearing(world.client, issuer.token(key=weak))) == REFUSED
    assert await told(ada) == (200, "Ada Adler")


async def test_strange_entries_of_a_key_set_are_passed_over(world: World, issuer: Issuer) -> None:
    secret = OctKey.import_key(b"a secret that nobody should publish, ever")
    good = a_key("one").as_dict(private=False)
    issuer.extra = [
        secret.as_dict(private=True) | {"kid": "secret"},
        {"kty": "RSA", "kid": "broken", "n": "AA", "e": "AQAB"},
        {"kty": "RSA", "kid": "huge", "n": good["n"], "e": "A" * 300},
        {"kty": "RSA", "kid": "enormous", "n": "A" * 5_000, "e": "AQAB"},
        {"kty": "EC", "kid": "off the curve", "crv": "P-256", "x": "AAAA", "y": "AAAA"},
        {"kty": "EC", "kid": "no curve", "crv": "P-1", "x": "AAAA", "y": "AAAA"},
        {"kty": "AKP", "kid": "later", "pub": "AAAA"},
        {"kty": ["RSA"], "kid": "list"},
        {"kty": "RSA", "n": good["n"], "e": "AQAB"},
        {"kty": "RSA", "kid": {"one": 1}, "n": good["n"], "e": "AQAB"},
        {"kty": "RSA", "kid": "use", "use": {"sig": 1}, "n": good["n"], "e": "AQAB"},
    ]
    issuer.body = None
    await trusts(world, issuer)
    assert await told(await linked(world, issuer)) == (200, "Ada Adler")
    for kid in ("secret", "broken", "huge", "enormous", "off the curve", "no curve", "later"):
        assert await told(bearing(world.client, issuer.token(header={"kid": kid}))) == REFUSED
    assert json.loads(issuer.document(KEYS))["keys"][1]["kid"] == "secret"


async def test_two_keys_of_one_name_that_both_could_be_meant_are_neither(
    world: World, issuer: Issuer, clock: Clock
) -> None:
    await trusts(world, issuer)
    ada = await linked(world, issuer)
    twin = RSAKey.import_key(a_key("two").as_dict(private=True) | {"kid": "one"})
    issuer.published = [a_key("one"), twin]
    clock.forward(minutes=4)
    later = bearing(world.client, issuer.token(exp=issuer.claims()["iat"] + 3_600))
    assert await told(ada) == (200, "Ada Adler")
    clock.forward(minutes=2)
    assert await told(later) == REFUSED
    curve = a_key("one", "EC", "P-256")
    issuer.published = [a_key("one"), curve]
    clock.forward(minutes=6)
    assert await told(later) == (200, "Ada Adler")
