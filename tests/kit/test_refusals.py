"""Refusals: one form for all of them, the framework's own included, and nothing of what was sent or broke."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from peergroup.kit.problems import catalogue
from tests.kit.toys import CANARY
from tests.world import Actor, World

Name = Callable[[], str]
URI = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})*")


def judge(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    kind = catalogue[body["code"]]
    assert (body["status"], kind.status, body["type"]) == (status, status, f"/problems/{kind.code}")
    assert (body["title"], body["request_id"]) == (kind.title, answer.headers["x-request-id"])
    assert body["detail"]
    assert URI.fullmatch(body["instance"]), body["instance"]


async def test_every_error_is_a_problem(world: World, player: Actor, a_name: Name) -> None:
    name = a_name()
    made = await player.post("/toys", {"name": name})
    path = f"/toys/{made.json()['id']}"
    nobody = Actor(player.client, "rubbish")
    judge(await player.call("POST", "/toys", content=b"{", headers={"Content-Type": "application/json"}), 400)
    judge(await nobody.get("/toys"), 401)
    judge(await player.get("/nowhere"), 404)
    judge(await player.get("/toys/0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"), 404)
    judge(await player.delete("/toys"), 405)
    judge(await player.post("/toys", {"name": name}), 409)
    judge(await player.patch(path, {"name": "x"}, headers={"If-Match": '"7"'}), 412)
    judge(await player.get("/" + "x" * 3_000), 413)
    judge(await player.call("POST", "/toys", content=b"x", headers={"Content-Type": "text/plain"}), 415)
    judge(await player.post("/toys", {}), 422)
    judge(await player.get("/toys/not-an-id"), 422)
    judge(await player.post("/toys", {"name": a_name(), "breaks": "broken"}), 500)


async def test_what_broke_stays_inside(player: Actor, a_name: Name, caplog: pytest.LogCaptureFixture) -> None:
    answer = await player.post("/toys", {"name": a_name(), "breaks": "broken"})
    assert answer.json()["detail"] == "This was not your fault."
    assert CANARY not in answer.text
    assert "RuntimeError" not in answer.text
    assert CANARY not in str(answer.headers)
    assert "RuntimeError" in caplog.text
    assert "create_toy" in caplog.text
    assert CANARY not in caplog.text


async def test_the_offending_value_is_pointed_at_and_never_repeated(player: Actor) -> None:
    body = {"name": CANARY * 100, "size": CANARY, "parts": {}, f"x~/{CANARY[:0]}": 1}
    answer = await player.post("/toys", body)
    assert CANARY not in answer.text
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/name", "/size", "/x~0~1"}


async def test_a_missing_or_wrong_token_says_how_to_sign_in(player: Actor) -> None:
    for token in ("", "Bearer", "Basic abc", "Bearer rubbish", "Bearer " + "x" * 5_000):
        answer = await player.client.get("/v1/toys", headers={"Authorization": token})
        judge(answer, 401)
        assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "path",
    ["/a b", "/ä€😀", "/%FF", "/a%2Fb", "/%3Cscript%3E", '/"quoted"', "/a%00b", "/%", "/" + "ü" * 1_500],
)
async def test_the_instance_is_always_a_uri_reference(player: Actor, path: str) -> None:
    answer = await player.get(path)
    judge(answer, 404)
    assert len(answer.json()["instance"]) <= 2_000


def test_every_kind_of_problem_says_what_to_do() -> None:
    for code, kind in catalogue.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", code)
        assert 400 <= kind.status < 600
        assert kind.remedy.endswith(".")
        assert not kind.title.endswith(".")


async def test_a_client_that_leaves_within_its_body_is_no_fault_of_ours(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    said: list[Any] = []
    path = "/v1/oauth/token"
    scope: Any = {
        "type": "http",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
    }
    scope |= {"headers": [(b"content-type", b"application/x-www-form-urlencoded"), (b"content-length", b"9")]}
    scope |= {"http_version": "1.1", "scheme": "http", "server": ("peergroup.test", 80), "root_path": ""}

    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        said.append(message)

    await client._transport.app(scope, receive, send)  # type: ignore[attr-defined]  # httpx would send the body
    assert said[0]["status"] == 400
    assert "broke" not in caplog.text
