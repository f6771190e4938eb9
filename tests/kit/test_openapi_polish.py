"""What `polish` adds to the document that FastAPI generates, on documents as small as can be."""

from copy import deepcopy
from typing import Any

import pytest
from openapi_spec_validator import validate

from peergroup.kit.openapi import polish
from peergroup.kit.problems import catalogue

Json = dict[str, Any]


def a_document(method: str = "get", models: Json | None = None, **operation: Any) -> Json:
    said: Json = {"operationId": "read_cup", "summary": "Read a cup", "tags": ["cups"]}
    said |= {"responses": {"200": {"description": "The cup."}}} | operation
    schemes = {"bearer": {"type": "http", "scheme": "bearer"}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Cups", "version": "1"},
        "paths": {"/cups": {method: said}},
        "components": {"schemas": models or {}, "securitySchemes": schemes},
    }


def content(schema: Json, media: str = "application/json") -> Json:
    return {"content": {media: {"schema": schema}}}


def the_operation(document: Json, method: str = "get") -> Any:
    return polish(document)["paths"]["/cups"][method]


def answered(schema: Json, media: str = "application/json") -> Any:
    answer = {"200": {"description": "The cup."} | content(schema, media)}
    return the_operation(a_document(responses=answer))["responses"]["200"]["content"][media]["schema"]


def asked(schema: Json) -> Any:
    operation = the_operation(a_document("post", requestBody=content(schema)), "post")
    return operation["requestBody"]["content"]["application/json"]["schema"]


def test_the_polished_document_is_valid_openapi() -> None:
    validate(polish(a_document("post", requestBody=content({"type": "object"}), **{"x-errors": [404]})))


def test_the_argument_stays_as_it_was() -> None:
    document = a_document("patch", requestBody=content({"type": "string", "format": "uuid"}))
    before = deepcopy(document)
    polish(document)
    assert document == before


def test_polishing_twice_changes_nothing_more() -> None:
    once = polish(a_document("patch", requestBody=content({"type": "integer"}), **{"x-errors": [409]}))
    assert polish(once) == once


def test_two_documents_do_not_share_what_was_added() -> None:
    polish(a_document())["components"]["schemas"]["Problem"]["properties"].clear()
    assert polish(a_document())["components"]["schemas"]["Problem"]["properties"]


def test_errors_a_route_names_become_shared_problems_and_the_list_is_gone() -> None:
    operation = the_operation(a_document(**{"x-errors": [404, 409]}))
    assert operation["responses"]["404"] == {"$ref": "#/components/responses/Problem404"}
    assert operation["responses"]["409"] == {"$ref": "#/components/responses/Problem409"}
    assert "x-errors" not in operation


def test_every_route_declares_what_any_request_can_meet() -> None:
    assert {"401", "422", "429", "500", "503"} <= the_operation(a_document())["responses"].keys()


@pytest.mark.parametrize("status", ["400", "415"])
def test_only_a_route_with_a_body_can_refuse_the_body(status: str) -> None:
    assert status not in the_operation(a_document())["responses"]
    with_body = a_document("post", requestBody=content({"type": "object"}))
    assert status in the_operation(with_body, "post")["responses"]


def test_a_shared_problem_names_every_code_known_for_its_status() -> None:
    shared = polish(a_document(**{"x-errors": [409]}))["components"]["responses"]["Problem409"]
    assert list(shared["content"]) == ["application/problem+json"]
    for kind in catalogue.values():
        assert (f"`{kind.code}`" in shared["description"]) == (kind.status == 409)


def test_a_status_without_a_known_problem_is_described_by_its_phrase() -> None:
    shared = polish(a_document(**{"x-errors": [418]}))["components"]["responses"]["Problem418"]
    assert shared["description"] == "I'm a Teapot (`http_418`)."


def test_the_validation_error_of_the_framework_disappears() -> None:
    models: Json = {"HTTPValidationError": {"type": "object"}, "Cup": {"type": "object"}}
    responses = {
        "200": {"description": "It."} | content({"$ref": "#/components/schemas/Cup"}),
        "422": {"description": "No."} | content({"$ref": "#/components/schemas/HTTPValidationError"}),
    }
    polished = polish(a_document(models=models, responses=responses))
    assert list(polished["components"]["schemas"]) == ["Cup", "Problem"]
    assert polished["paths"]["/cups"]["get"]["responses"]["422"]["$ref"].endswith("Problem422")


def test_an_answer_that_a_route_describes_itself_is_kept() -> None:
    responses = {"200": {"description": "It."}, "404": {"description": "My own."}}
    operation = the_operation(a_document(responses=responses, **{"x-errors": [404]}))
    assert operation["responses"]["404"]["description"] == "My own."


def test_a_public_route_needs_no_sign_in_and_every_other_does() -> None:
    public = the_operation(a_document(**{"x-public": True}))
    assert public["security"] == [{}]
    assert "x-public" not in public
    assert the_operation(a_document())["security"] == [{"bearer": []}]


def test_the_scope_a_route_names_is_asked_where_a_scheme_has_scopes() -> None:
    document = a_document(**{"x-scope": "cups:read"})
    flow = {"tokenUrl": "/token", "scopes": {"cups:read": "Read cups."}}
    oauth = {"type": "oauth2", "flows": {"clientCredentials": flow}}
    document["components"]["securitySchemes"]["oauth"] = oauth
    assert the_operation(document)["security"] == [{"bearer": []}, {"oauth": ["cups:read"]}]


def test_scopes_that_a_route_asks_for_are_kept() -> None:
    operation = the_operation(a_document(security=[{"bearer": ["cups:read"]}]))
    assert operation["security"] == [{"bearer": ["cups:read"]}]


@pytest.mark.parametrize(
    ("status", "parameter", "header"),
    [
        ("200", None, "RateLimit"),
        ("204", None, "X-Request-Id"),
        ("200", None, "ETag"),
        ("201", None, "Location"),
        ("200", "cursor", "Link"),
        ("201", "Idempotency-Key", "Idempotent-Replayed"),
    ],
)
def test_answers_declare_the_headers_they_carry(status: str, parameter: str | None, header: str) -> None:
    parameters = [{"name": parameter, "in": "query", "schema": {"type": "boolean"}}] if parameter else []
    document = a_document(parameters=parameters, responses={status: {"description": "It."}})
    polished = polish(document)
    headers = polished["paths"]["/cups"]["get"]["responses"][status]["headers"]
    assert headers[header] == {"$ref": f"#/components/headers/{header}"}
    assert header in polished["components"]["headers"]


def test_headers_that_only_other_answers_carry_are_left_out() -> None:
    headers = the_operation(a_document())["responses"]["200"]["headers"]
    assert not {"Location", "Link", "Idempotent-Replayed", "Retry-After"} & headers.keys()


def test_a_caller_that_may_say_what_it_has_can_be_told_that_nothing_changed() -> None:
    parameter = {"name": "If-None-Match", "in": "header", "schema": {"type": "boolean"}}
    assert "304" in the_operation(a_document(parameters=[parameter]))["responses"]


@pytest.mark.parametrize("status", ["429", "503"])
def test_who_has_to_wait_is_told_how_long(status: str) -> None:
    shared = polish(a_document())["components"]["responses"][f"Problem{status}"]
    assert "Retry-After" in shared["headers"]


def test_a_patch_may_also_be_sent_as_a_merge_patch() -> None:
    operation = the_operation(a_document("patch", requestBody=content({"type": "object"})), "patch")
    assert set(operation["requestBody"]["content"]) == {"application/json", "application/merge-patch+json"}


def test_requests_are_closed_and_answers_stay_open() -> None:
    schema = {"type": "object", "properties": {"size": {"type": "boolean"}}}
    assert asked(schema)["additionalProperties"] is False
    assert "additionalProperties" not in answered(schema)


def test_a_request_model_is_closed_wherever_it_is_nested() -> None:
    inner = {"type": "object", "properties": {"size": {"type": "boolean"}}}
    outer = {"type": "object", "properties": {"cups": {"$ref": "#/components/schemas/Inner"}}}
    body = content({"$ref": "#/components/schemas/Outer"})
    polished = polish(a_document("post", {"Inner": inner, "Outer": outer}, requestBody=body))
    assert polished["components"]["schemas"]["Inner"]["additionalProperties"] is False


def test_a_map_in_a_request_stays_a_map() -> None:
    schema: Json = {"type": "object", "patternProperties": {"^[a-z]+$": {"type": "boolean"}}}
    assert asked(schema)["additionalProperties"] is False
    schema = {"type": "object", "properties": {}, "additionalProperties": {"type": "boolean"}}
    assert asked(schema)["additionalProperties"] == {"type": "boolean"}


@pytest.mark.parametrize(("form", "longest"), [("uuid", 36), ("date", 10), ("email", 320)])
def test_a_text_of_known_format_is_bounded_by_it(form: str, longest: int) -> None:
    assert asked({"type": "string", "format": form})["maxLength"] == longest


def test_a_bound_that_was_said_is_kept() -> None:
    assert asked({"type": "string", "format": "email", "maxLength": 99})["maxLength"] == 99


def test_free_text_with_a_bound_says_which_character_it_may_not_hold() -> None:
    assert asked({"type": "string", "maxLength": 9})["pattern"] == r"^[^\x00]*$"
    assert asked({"type": "string", "maxLength": 9, "pattern": "^a"})["pattern"] == "^a"


def test_nothing_invents_a_bound_for_what_a_request_may_hold() -> None:
    assert "maxLength" not in asked({"type": "string"})
    assert "maxItems" not in asked({"type": "array", "items": {"type": "boolean"}})
    assert not {"minimum", "maximum"} & asked({"type": "integer"}).keys()


def test_integers_and_lists_in_answers_are_bounded() -> None:
    assert answered({"type": "array", "items": {"type": "boolean"}})["maxItems"] == 10_000
    number = answered({"type": "integer"})
    assert (number["minimum"], number["maximum"]) == (-(2**53) + 1, 2**53 - 1)


@pytest.mark.parametrize(("highest", "width"), [(200, "int32"), (2**31, "int64")])
def test_an_integer_says_how_wide_it_is(highest: int, width: str) -> None:
    assert asked({"type": "integer", "minimum": 0, "maximum": highest})["format"] == width


def test_limits_of_integers_are_written_as_integers() -> None:
    assert repr(asked({"type": "integer", "minimum": 1.0, "maximum": 5.0})["minimum"]) == "1"


def test_a_field_called_like_a_keyword_is_a_field_all_the_same() -> None:
    schema = {"type": "object", "properties": {"default": {"type": "string", "format": "uuid"}}}
    assert asked(schema)["properties"]["default"]["maxLength"] == 36


def test_examples_are_data_and_stay_as_they_are() -> None:
    example = {"type": "string", "format": "uuid"}
    assert answered({"type": "object", "examples": [example]})["examples"] == [example]


def test_a_stream_is_a_text_without_the_keyword_of_a_later_version() -> None:
    answer = {"description": "Events.", "content": {"text/event-stream": {"itemSchema": {"type": "object"}}}}
    operation = the_operation(a_document(responses={"200": answer}))
    body = operation["responses"]["200"]["content"]["text/event-stream"]
    assert list(body) == ["schema"]
    assert body["schema"]["type"] == "string"


def test_tags_are_described_and_in_order() -> None:
    document = a_document(tags=["saucers", "cups"]) | {"tags": [{"name": "saucers", "description": "Flat."}]}
    assert polish(document)["tags"] == [
        {"name": "cups", "description": "Everything about cups."},
        {"name": "saucers", "description": "Flat."},
    ]


def test_what_the_document_says_about_itself_wins() -> None:
    document = a_document()
    document["info"]["description"] = "About cups."
    info = polish(document)["info"]
    assert info["description"] == "About cups."
    assert info["license"]["name"] == "MIT"


def test_schemes_that_carry_json_web_tokens_say_how_these_are_checked() -> None:
    document = a_document()
    flow = {"tokenUrl": "/token", "scopes": {}}
    document["components"]["securitySchemes"]["oauth"] = {
        "type": "oauth2",
        "flows": {"clientCredentials": flow},
    }
    schemes = polish(document)["components"]["securitySchemes"]
    assert "RFC8725" in schemes["oauth"]["description"]
    assert schemes["oauth"]["flows"]["clientCredentials"]["refreshUrl"] == "/token"
    assert schemes["bearer"] == {"type": "http", "scheme": "bearer"}


def test_a_webhook_gets_no_answers_of_ours() -> None:
    said = a_document()["paths"]["/cups"]["get"]
    said["responses"]["422"] = {"description": "No."} | content({"$ref": "#/x/HTTPValidationError"})
    document = a_document() | {"webhooks": {"cup.filled": {"post": said}}}
    webhook = polish(document)["webhooks"]["cup.filled"]["post"]
    assert webhook["responses"] == {"200": {"description": "The cup."}}
    assert webhook["security"] == [{}]
