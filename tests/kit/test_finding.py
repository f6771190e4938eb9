"""Finding a route: the right one, the right refusal, and the same work however many there are."""

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from peergroup.kit.finding import Finder
from tests.world import Actor


async def _ok(request: Any) -> PlainTextResponse:
    return PlainTextResponse(f"{request.scope['route'].path} {request.path_params}")


def a_finder(*paths: str) -> Finder:
    routes = [
        Route(path, _ok, methods=methods.split("+")) for methods, path in (one.split(" ") for one in paths)
    ]
    return Finder(list(routes), None)


class Counting(Finder):
    """A finder that counts its steps."""

    steps = 0

    def _walk(self, *given: Any) -> Any:
        self.steps += 1
        return super()._walk(*given)


FINDER = a_finder(
    "GET /", "GET /people", "POST /people", "POST /people/batch", "GET /people/{id}", "PATCH /people/{id}",
    "GET /people/by-reference/{source}/{external}", "POST /people/{id}/merge", "GET /people/me/keys",
)  # fmt: skip


@pytest.mark.parametrize(
    ("path", "template", "values"),
    [
        ("/", "/", []),
        ("/people", "/people", []),
        ("/people/7", "/people/{id}", ["7"]),
        ("/people/by-reference/crm/7", "/people/by-reference/{source}/{external}", ["crm", "7"]),
        ("/people/me/keys", "/people/me/keys", []),
        ("/people/batch/merge", "/people/{id}/merge", ["batch"]),
        ("/people/me/merge", "/people/{id}/merge", ["me"]),
    ],
)
def test_fixed_segments_win_and_others_are_parameters(path: str, template: str, values: list[str]) -> None:
    by_method, found = FINDER.find(path)
    assert {route.path for route, _ in by_method.values()} == {template}
    assert found == values


@pytest.mark.parametrize(
    "path", ["/nowhere", "/people/", "/people//merge", "//people", "/people/7/8", "/people/7/"]
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert FINDER.find(path) is None


@pytest.mark.parametrize("value", ["{}", "{id}", "", "/", "%7B%7D"])
def test_a_segment_that_looks_like_a_parameter_is_none(value: str) -> None:
    found = a_finder("GET /things/{id}").find(f"/things/{value}")
    assert found is None or found[1] == [value]


def test_two_methods_of_one_path_share_their_place() -> None:
    by_method, _ = FINDER.find("/people/7")
    assert {"GET", "PATCH"} <= set(by_method)


@given(
    st.text(max_size=60)
    | st.lists(st.sampled_from(["people", "", "{id}", "me", ".", "..", "%2F"])).map("/".join)
)
def test_no_path_breaks_it(path: str) -> None:
    FINDER.find("/" + path)


@pytest.mark.parametrize("asked", ["/thing-0/a/verb", "/thing-9/a/verb", "/nowhere/a/verb"])
def test_the_work_does_not_grow_with_the_number_of_routes(asked: str) -> None:
    def steps(count: int) -> int:
        routes = [Route(f"/thing-{number}/{{id}}/verb", _ok) for number in range(count)]
        finder = Counting(list(routes), None)
        finder.find(asked)
        return finder.steps

    assert steps(10) == steps(1_000)


async def test_a_wrong_method_is_told_the_right_ones(player: Actor) -> None:
    refused = await player.delete("/toys")
    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD, POST")
    other = await player.call("PUT", "/toys/0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f")
    assert (other.status_code, other.headers["allow"]) == (405, "GET, HEAD, PATCH")
    assert (await player.call("BREW", "/toys")).status_code == 405
    only = await player.get("/toys/prizes")
    assert (only.status_code, only.headers["allow"]) in ((405, "POST"), (422, None))


async def test_whoever_asks_for_the_head_gets_the_headers_of_the_whole(player: Actor) -> None:
    made = await player.post("/toys", {"name": "Headed"})
    path = f"/toys/{made.json()['id']}"
    whole, head = await player.get(path), await player.call("HEAD", path)
    assert head.status_code == 200
    for name in ("etag", "content-type", "content-length"):
        assert head.headers[name] == whole.headers[name]
    assert (await player.call("HEAD", "/toys/prizes/x")).status_code == 404


async def test_the_address_of_one_page_is_not_the_address_of_another(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez")).status_code == 200
    for path in ("/livez/", "/LIVEZ", "/livez/x", "//livez"):
        assert (await client.get(path)).status_code == 404, path
