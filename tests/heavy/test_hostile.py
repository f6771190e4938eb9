"""Hostile input: a little of what `.ci/hostile` does in full, and how it takes a request apart."""

import json
from pathlib import Path

from tests.heavy.hostile.asking import Asked, Change, fields, planted
from tests.heavy.hostile.run import run
from tests.heavy.hostile.words import Raw
from tests.scale import scaled

SOME = ["create_group", "list_people", "get_group", "search_group"]
PLAIN = Asked(
    b"POST", "/v1/things/{id}", {"id": b"1"}, (), ((b"authorization", b"Bearer x"),), {"name": "Ada"}
)


async def test_hostile_input_breaks_nothing_and_is_judged_alike_on_both_databases(tmp_path: Path) -> None:
    tally = await run(scaled(100, 20_000), 1, tmp_path, SOME)
    assert len(tally.succeeded) == len(SOME), tally.told()
    assert tally.inputs >= scaled(100, 20_000)
    assert not tally.findings, tally.told()


def test_one_part_is_changed_and_the_rest_stays() -> None:
    changed = Change("path", "id", b"%00").made(PLAIN).written()
    assert changed.startswith(b"POST /v1/things/%00 HTTP/1.1\r\n")
    assert changed.endswith(b'{"name": "Ada"}')
    assert b"content-length: 15" in changed


def test_bytes_that_are_no_json_stand_in_the_body_as_they_are() -> None:
    changed = Change("field", ("name",), Raw(b'{"a":1,"a":2}')).made(PLAIN).written()
    assert changed.endswith(b'{"name": {"a":1,"a":2}}')


def test_a_place_that_is_missing_is_made() -> None:
    assert planted({"a": 1}, ("b", 0, "c"), True) == {"a": 1, "b": [{"c": True}]}
    assert planted({"b": [{"c": 1, "d": 2}, 3]}, ("b", 0, "c"), None) == {"b": [{"c": None, "d": 2}, 3]}


def test_every_field_of_a_body_is_found() -> None:
    contract = json.loads(Path("openapi/openapi.json").read_text(encoding="utf-8"))
    found = set(fields({"$ref": "#/components/schemas/BatchIn"}, contract))
    assert {("people",), ("people", 0), ("people", 0, "email")} <= found
