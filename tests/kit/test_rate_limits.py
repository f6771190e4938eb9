"""Rate limits: a moving window for each caller, refusals that say when to come back, and bounded memory."""

from typing import Any

import httpx
import pytest
from limits import parse
from starlette.applications import Starlette
from starlette.responses import Response

from peergroup.kit import ratelimit
from peergroup.kit.ratelimit import RateLimits, Windows
from peergroup.kit.settings import Settings


def test_the_window_moves_with_the_oldest_request() -> None:
    windows = Windows(parse("2/minute"))
    assert windows.hit("ada", 0.0) == (True, 1, 60)
    assert windows.hit("ada", 40.0) == (True, 0, 20)
    assert windows.hit("ada", 59.9) == (False, 0, 1)
    assert windows.hit("ada", 60.0) == (True, 0, 40)
    assert windows.hit("ada", 99.9) == (False, 0, 1)


def test_what_was_refused_does_not_count() -> None:
    windows = Windows(parse("1/minute"))
    assert windows.hit("ada", 0.0)[0]
    assert not any(windows.hit("ada", float(second))[0] for second in range(1, 60))
    assert windows.hit("ada", 60.0)[0]


def test_callers_are_counted_apart() -> None:
    windows = Windows(parse("1/minute"))
    assert windows.hit("ada", 0.0)[0]
    assert windows.hit("bob", 0.0)[0]
    assert not windows.hit("ada", 1.0)[0]


def test_whoever_was_silent_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ratelimit, "_MOST_REMEMBERED", 2)
    windows = Windows(parse("1/minute"))
    for caller in ("ada", "bob"):
        windows.hit(caller, 0.0)
    assert not windows.hit("ada", 1.0)[0]
    windows.hit("cleo", 2.0)
    assert not windows.hit("ada", 3.0)[0]
    assert windows.hit("bob", 4.0)[0]


async def _answers(*requests: tuple[str, str], limit: str, strict: str = "off") -> list[httpx.Response]:
    app = Starlette()

    async def ok(_request: Any) -> Response:
        return Response("ok")

    for path in ("/v1/a", "/v1/sign-in", "/livez"):
        app.add_route(path, ok)
    ring = RateLimits(app, limit=limit, strict={"/v1/sign-in": strict})
    async with httpx.AsyncClient(transport=httpx.ASGITransport(ring), base_url="http://here") as client:
        return [
            await client.get(path, headers={"Authorization": f"Bearer {token}"}) for path, token in requests
        ]


async def test_a_caller_over_the_limit_is_told_when_to_come_back() -> None:
    first, second, other, probe = await _answers(
        ("/v1/a", "ada"), ("/v1/a", "ada"), ("/v1/a", "bob"), ("/livez", "ada"), limit="1/minute"
    )
    assert (first.status_code, first.headers["ratelimit"]) == (200, '"default";r=0;t=60')
    assert first.headers["ratelimit-policy"] == '"default";q=1;w=60'
    assert (second.status_code, second.json()["code"]) == (429, "rate_limited")
    assert 1 <= int(second.headers["retry-after"]) <= 60
    assert second.json()["detail"].endswith(f"Try again in {second.headers['retry-after']} seconds.")
    assert second.headers["ratelimit"].startswith('"default";r=0;')
    assert (other.status_code, probe.status_code) == (200, 200)
    assert "ratelimit" not in probe.headers


async def test_sign_in_is_counted_by_address_and_for_itself() -> None:
    first, second, third = await _answers(
        ("/v1/sign-in", "x"), ("/v1/sign-in", "y"), ("/v1/a", "x"), limit="9/minute", strict="1/minute"
    )
    assert [first.status_code, second.status_code, third.status_code] == [200, 429, 200]


async def test_forty_people_in_one_room_sign_in_within_a_minute() -> None:
    unless_set = Settings.model_fields["sign_in_limit"].default
    requests = [("/v1/sign-in", str(person)) for person in range(40)]
    answers = await _answers(*requests, limit="off", strict=unless_set)
    assert {answer.status_code for answer in answers} == {200}


async def test_limits_can_be_off() -> None:
    answers = await _answers(*[("/v1/a", "ada")] * 5, limit="off")
    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers
