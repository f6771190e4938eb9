"""What only the whole knows: headers, scopes, tags and parameters of the published document."""

import json
from functools import cache
from typing import Any

from peergroup.access import scopes
from peergroup.app import assemble


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
