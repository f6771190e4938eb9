"""What only the whole knows: headers, scopes, tags and parameters of the published document."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from peergroup.access import scopes
from peergroup.app import assemble

CHECKED_IN = Path("openapi/openapi.json")


@cache
def document() -> Any:
    return json.loads(assemble().state.contract())


def parameters(path: str, method: str) -> dict[str, Any]:
    return {one["name"]: one for one in document()["paths"][path][method].get("parameters", [])}


def test_headers_that_the_kit_reads_are_named_where_they_count() -> None:
    assert "Idempotency-Key" in parameters("/v1/groups", "post")
    assert {"If-Match"} == parameters("/v1/organization", "patch").keys()
    assert {"If-None-Match"} == parameters("/v1/organization", "get").keys()
    assert {"Idempotency-Key", "If-Match"} <= parameters("/v1/groups/{group_id}/activate", "post").keys()
    assert "If-None-Match" not in parameters("/v1/groups", "get")
    assert "Idempotency-Key" not in parameters("/v1/sign-in", "post")


def test_no_parameter_can_be_null() -> None:
    said = [
        one
        for path in document()["paths"].values()
        for how in path.values()
        for one in how.get("parameters", [])
    ]
    assert not [one["name"] for one in said if {"type": "null"} in one["schema"].get("anyOf", [])]


def test_every_scope_is_explained_and_asked_for_by_name() -> None:
    schemes = document()["components"]["securitySchemes"]
    assert schemes["client_credentials"]["flows"]["clientCredentials"]["scopes"].keys() == set(scopes.EVERY)
    wanted = document()["paths"]["/v1/organization"]["patch"]["security"]
    assert wanted == [{"bearer": []}, {"client_credentials": ["organization:write"]}]


def test_every_tag_has_the_description_of_its_room() -> None:
    assert not [tag for tag in document()["tags"] if tag["description"].startswith("Everything about")]


def test_probes_need_no_sign_in_and_pages_are_not_part_of_the_contract() -> None:
    assert document()["paths"]["/livez"]["get"]["security"] == [{}]
    assert not {"/docs", "/redoc", "/openapi.json"} & document()["paths"].keys()
    assert document()["paths"]["/metrics"]["get"]["responses"]["200"]["content"].keys() == {"text/plain"}


def test_the_same_routes_make_the_same_text() -> None:
    assert assemble().state.contract() == assemble().state.contract()


def operations() -> dict[str, Any]:
    """Every operation of the document by its id."""
    return {how["operationId"]: how for path in document()["paths"].values() for how in path.values()}


def test_the_checked_in_contract_is_the_one_that_is_served() -> None:
    assert CHECKED_IN.read_bytes() == assemble().state.contract()


def test_nothing_that_was_released_is_broken() -> None:
    command = [sys.executable, ".ci/contract/breaking.py", "openapi/released.json", str(CHECKED_IN)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "no breaking change\n")


def test_every_operation_has_one_stable_id_made_of_words() -> None:
    said = [how["operationId"] for path in document()["paths"].values() for how in path.values()]
    assert len(said) == len(set(said))
    assert not [one for one in said if not re.fullmatch(r"[a-z]+(_[a-z]+)*", one)]


def test_every_operation_declares_its_errors() -> None:
    for path, methods in document()["paths"].items():
        for method, how in methods.items():
            wanted = {"401", "422", "429", "500", "503"}
            wanted |= {"400", "413", "415"} if "requestBody" in how else set()
            wanted |= {"404"} if "{" in path and how["security"] != [{}] else set()
            assert wanted <= how["responses"].keys(), (method, path)


def test_every_example_is_valid() -> None:
    wrong = list(_wrong_examples(document()))
    assert not wrong, "\n".join(wrong[:20])


def _wrong_examples(whole: Any) -> Iterator[str]:
    registry = Registry().with_resource("urn:contract", DRAFT202012.create_resource(whole))
    for pointer, schema, example in _examples(whole, ""):
        reference = {"$ref": f"urn:contract#{pointer}"} if schema is None else _absolute(schema)
        validator = Draft202012Validator(reference, registry=registry, format_checker=FormatChecker())
        for error in validator.iter_errors(example):
            yield f"{pointer}: {error.message[:200]}"


def _examples(node: Any, at: str) -> Iterator[tuple[str, Any, Any]]:
    """Every example with its schema: a schema's own list, and what stands beside a schema."""
    if isinstance(node, dict):
        yield from _examples_of(node, at)
    inner = enumerate(node) if isinstance(node, list) else node.items() if isinstance(node, dict) else ()
    for key, value in inner:
        if key not in {"example", "examples", "default", "enum", "const"}:
            yield from _examples(value, f"{at}/{str(key).replace('~', '~0').replace('/', '~1')}")


def _examples_of(node: Any, at: str) -> Iterator[tuple[str, Any, Any]]:
    said = node.get("examples")
    if isinstance(said, list):
        yield from ((at, None, one) for one in said)
    if "schema" in node:
        beside = [one["value"] for one in said.values()] if isinstance(said, dict) else []
        beside += [node["example"]] if "example" in node else []
        yield from ((at, node["schema"], one) for one in beside)


def _absolute(schema: Any) -> Any:
    text = json.dumps(schema).replace('"$ref": "#', '"$ref": "urn:contract#')
    return json.loads(text)


def test_a_version_that_cannot_be_is_declared_wherever_something_changes() -> None:
    for how in ("/v1/groups", "/v1/people", "/v1/me/keys"):
        assert "412" in document()["paths"][how]["post"]["responses"]
    assert "412" not in document()["paths"]["/v1/sign-in"]["post"]["responses"]


def test_a_stream_says_what_its_events_are_and_an_upload_what_it_takes() -> None:
    answer = document()["paths"]["/v1/events/stream"]["get"]["responses"]["200"]
    assert {"id", "event", "data"} <= answer["content"]["text/event-stream"]["schema"]["properties"].keys()
    upload = document()["paths"]["/v1/sync-runs/{run_id}/records"]["post"]["requestBody"]
    assert {"text/csv", "application/x-ndjson"} <= upload["content"].keys()
