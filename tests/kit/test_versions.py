"""Versions: ETags of version and content, 304 for whoever has it already, 412 for whoever read something older."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from tests.world import Actor, World

Name = Callable[[], str]


@pytest.fixture
async def toy(player: Actor, a_name: Name) -> dict[str, Any]:
    made = await player.post("/toys", {"name": a_name()})
    found: dict[str, Any] = made.json()
    return found | {"etag": made.headers["etag"], "path": f"/toys/{made.json()['id']}"}


async def test_the_tag_is_the_version_and_a_hash_of_the_bytes(player: Actor, toy: dict[str, Any]) -> None:
    read = await player.get(toy["path"])
    digest = hashlib.sha256(read.content).hexdigest()[:16]
    assert read.headers["etag"] == f'"1-{digest}"'


async def test_whoever_has_it_gets_no_body(player: Actor, toy: dict[str, Any]) -> None:
    tag = (await player.get(toy["path"])).headers["etag"]
    for named in (tag, f"W/{tag}", f'"1-0000000000000000", {tag}', "*"):
        again = await player.get(toy["path"], headers={"If-None-Match": named})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), named


async def test_the_whole_tag_counts_for_reading(player: Actor, toy: dict[str, Any]) -> None:
    for named in ('"1-0000000000000000"', '"1"', "rubbish"):
        assert (await player.get(toy["path"], headers={"If-None-Match": named})).status_code == 200
    tag = (await player.get(toy["path"])).headers["etag"]
    await player.patch(toy["path"], {"name": toy["name"] + " II"})
    assert (await player.get(toy["path"], headers={"If-None-Match": tag})).status_code == 200


async def test_the_version_part_counts_for_changing(player: Actor, toy: dict[str, Any]) -> None:
    for named in ('"1-0000000000000000"', '"1"', 'W/"1-x"', "*", '"9-x", "1-x"'):
        change = {"name": toy["name"]}
        assert (await player.patch(toy["path"], change, headers={"If-Match": named})).status_code == 200, (
            named
        )


async def test_a_change_to_something_older_is_refused(player: Actor, toy: dict[str, Any]) -> None:
    first = await player.patch(toy["path"], {"name": toy["name"] + " II"}, headers={"If-Match": toy["etag"]})
    assert (first.status_code, first.json()["version"]) == (200, 2)
    for named in (toy["etag"], '"3-x"', "rubbish", '"11"'):
        late = await player.patch(toy["path"], {"name": "Late"}, headers={"If-Match": named})
        assert (late.status_code, late.json()["code"]) == (412, "stale"), named
    assert (await player.get(toy["path"])).json()["name"] == toy["name"] + " II"


async def test_a_version_named_where_there_is_none_is_refused(
    world: World, player: Actor, a_name: Name
) -> None:
    refused = await player.post("/toys", {"name": a_name()}, headers={"If-Match": '"1-x"'})
    assert (refused.status_code, refused.json()["code"]) == (412, "stale")


async def test_a_change_is_never_answered_with_304(player: Actor, toy: dict[str, Any]) -> None:
    answer = await player.patch(toy["path"], {"name": "New name"}, headers={"If-None-Match": "*"})
    assert answer.status_code == 200
