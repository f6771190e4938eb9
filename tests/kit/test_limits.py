"""What is too large, too deep or not what it says it is, is refused as a problem, whatever the address."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.world import Actor

JSON = {"Content-Type": "application/json"}
DEEP = b'{"name": "x", "parts": ' + b'{"a":' * 40 + b"1" + b"}" * 40 + b"}"
VERY_DEEP = b"[" * 200_000


async def sent(player: Actor, content: Any, **headers: str) -> httpx.Response:
    return await player.call("POST", "/toys", content=content, headers=JSON | headers)


def code_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"",
        b'{"name": "a", "name": "b"}',
        b'{"name": "a", "parts": {"x": 1, "x": 2}}',
        b'{"name": NaN}',
        b'{"name": "a", "parts": {"x": Infinity}}',
        b'{"name": "a", "parts": {"x": 1e999}}',
        b'{"name": "a", "parts": {"x": -1e999}}',
        b'{"name": "a", "size": ' + b"9" * 5_000 + b"}",
        b'{"name": "\xff\xfe"}',
        DEEP,
        VERY_DEEP,
        b'\xef\xbb\xbf{"name": "a"}',
    ],
    ids=[
        "cut off", "nothing", "twice", "twice inside", "nan", "infinity", "overflowing", "underflowing",
        "huge integer", "no utf-8", "deep", "very deep", "byte order mark",
    ],
)  # fmt: skip
async def test_what_is_no_strict_json_is_unreadable(player: Actor, body: bytes) -> None:
    answer = await sent(player, body)
    assert code_of(answer) in ((400, "unreadable"), (422, "invalid")), answer.text
    assert answer.status_code == 400 or body == b""


@pytest.mark.parametrize(
    "body",
    [
        b'{"name": "a", "size": 1e100}',
        b'{"name": "a", "size": ' + b"9" * 300 + b"}",
        b'{"name": "\\ud800"}',
        b'{"name": "a\\u0000"}',
        b'{"name": "a", "extra": 1}',
        b'["name"]',
        b'"name"',
        b"null",
        b'{"name": null}',
        b'{"name": ["a"]}',
    ],
)
async def test_what_is_json_and_not_acceptable_is_invalid(player: Actor, body: bytes) -> None:
    answer = await sent(player, body)
    assert code_of(answer) == (422, "invalid")
    assert answer.json()["errors"]


async def test_a_body_of_a_megabyte_is_too_large_whether_declared_or_not(player: Actor) -> None:
    big = b'{"name": "a", "words": "' + b"x" * 1_000_000 + b'"}'

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(big), 10_000):
            yield big[start : start + 10_000]

    assert code_of(await sent(player, big)) == (413, "too_large")
    assert code_of(await sent(player, chunks())) == (413, "too_large")
    lying = await sent(player, chunks(), **{"Content-Length": "20"})
    assert lying.status_code in (400, 413, 422)


async def test_no_more_is_read_than_may_be(player: Actor) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while taken < 100_000_000:
            taken += 100_000
            yield b"x" * 100_000

    assert code_of(await sent(player, endless())) == (413, "too_large")
    assert taken <= 1_200_000


@pytest.mark.parametrize("encoding", ["gzip", "br", "deflate", "identity, gzip"])
async def test_a_compressed_body_is_not_taken(player: Actor, encoding: str) -> None:
    answer = await sent(player, b'{"name": "a"}', **{"Content-Encoding": encoding})
    assert code_of(answer) == (415, "unsupported_media_type")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
async def test_a_body_of_another_kind_is_not_taken(player: Actor, kind: str) -> None:
    answer = await sent(player, b'{"name": "a"}', **{"Content-Type": kind})
    assert code_of(answer) == (415, "unsupported_media_type")


async def test_a_merge_patch_may_say_what_it_is(player: Actor) -> None:
    made = await player.post("/toys", {"name": "Patched"})
    for kind, status in (("application/merge-patch+json", 200), ("application/json; charset=utf-8", 200),
                         ("application/json-patch+json", 415)):  # fmt: skip
        answer = await player.call(
            "PATCH", f"/toys/{made.json()['id']}", content=b"{}", headers={"Content-Type": kind}
        )
        assert answer.status_code == status, kind


async def test_long_addresses_and_headers_are_too_large(player: Actor) -> None:
    assert code_of(await player.get("/" + "x" * 2_001)) == (413, "too_large")
    assert code_of(await player.get("/toys?cursor=" + "x" * 8_001)) == (413, "too_large")
    assert code_of(await player.get("/toys", headers={"X-Long": "x" * 33_000})) == (413, "too_large")
    many = {f"X-{number}": "x" for number in range(101)}
    assert code_of(await player.get("/toys", headers=many)) == (413, "too_large")


async def test_unknown_parameters_are_named(player: Actor) -> None:
    answer = await player.get("/toys?limit=5&page=2")
    assert code_of(answer) == (422, "invalid")
    assert "cursor, limit" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("given", ["mine-1", "a" * 128])
async def test_a_request_keeps_the_id_it_came_with(player: Actor, given: str) -> None:
    answer = await player.get("/nowhere", headers={"X-Request-Id": given})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == given


@pytest.mark.parametrize("given", ["", "a b", "a" * 129, "ü", "a\tb"])
async def test_a_strange_request_id_gives_way_to_our_own(player: Actor, given: str) -> None:
    answer = await player.get("/nowhere", headers={"X-Request-Id": given.encode()})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] != given


async def test_every_answer_says_how_it_may_be_kept(player: Actor) -> None:
    for answer in (
        await player.get("/toys"),
        await player.get("/nowhere"),
        await player.get("/" + "x" * 2_001),
    ):
        assert answer.headers["cache-control"] == "private, no-cache"
        assert answer.headers["vary"] == "Authorization"
        assert answer.headers["x-content-type-options"] == "nosniff"
