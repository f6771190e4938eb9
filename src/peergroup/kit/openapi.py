"""From the document that FastAPI writes to the contract that we publish.

FastAPI knows routes and models; it does not know what holds for all of them: how we refuse, which headers
every answer carries, that requests are closed and every value is bounded. `polish` adds that in one place,
so that no route has to repeat it. A route says only `x-errors: [403, 404]`, `x-scope: "groups:read"` and,
where no sign-in is needed, `x-public: true`. Requests never get an invented bound: what lacks one shows in
the lint.
"""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from peergroup.kit.openapi_parts import HEADERS, INFO, JWT, PROBLEM, SERVERS, headers_of, refusal

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
SAFE = 2**53 - 1  # The largest integer that every JSON reader takes without loss.
LIMITS = {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}
EVERY_ROUTE = (401, 413, 422, 429, 500, 503)  # 413: addresses and headers have bounds, too
WITH_A_BODY = (400, 413, 415)
# The longest wire form of each format; what is not here has to bring its own bound.
LONGEST = {"uuid": 36, "date-time": 40, "date": 10, "time": 24, "duration": 64, "email": 320, "ipv4": 15}
LONGEST |= {"ipv6": 45, "uri": 2048, "uri-reference": 2048, "json-pointer": 500}
# The values of these keys are data or names: what looks like a keyword in there is none.
DATA = {"example", "examples", "default", "enum", "const"}
NAMES = {"properties", "patternProperties", "$defs", "schemas", "headers", "responses", "parameters"}


def polish(document: dict[str, Any]) -> dict[str, Any]:
    """The published contract for what FastAPI generated; the argument is left as it was."""
    api = deepcopy(document)
    parts = api.setdefault("components", {})
    parts["headers"] = {name: {"description": why, "schema": it} for name, (why, it) in HEADERS.items()}
    parts.setdefault("schemas", {}).setdefault("Problem", PROBLEM)
    parts.setdefault("responses", {})
    _introduce(api)
    for scheme in parts.get("securitySchemes", {}).values():
        _harden(scheme)
    for method, operation in _operations(api, "paths"):
        _complete(operation, method, parts)
    for _, operation in _operations(api, "webhooks"):
        operation["responses"] = _own(operation["responses"])
        operation.setdefault("security", [{}])  # The receiver checks a signature; nobody signs in.
    api = deepcopy(api)  # The shared tables went in as they are; what follows changes its own copy.
    _bound_all(api)
    _prune(api)
    return api


def _introduce(api: dict[str, Any]) -> None:
    api["info"] = deepcopy(INFO) | api.get("info", {})
    api["servers"] = api.get("servers") or deepcopy(SERVERS)
    known = {tag["name"]: tag for tag in api.get("tags", [])}
    for _, operation in [*_operations(api, "paths"), *_operations(api, "webhooks")]:
        operation.setdefault("description", operation.get("summary", ""))
        for name in operation.get("tags", []):
            known.setdefault(name, {"name": name, "description": f"Everything about {name}."})
    api["tags"] = [known[name] for name in sorted(known)]


def _harden(scheme: dict[str, Any]) -> None:
    """Say of every scheme that may carry JSON Web Tokens how they are checked, and where to refresh."""
    if scheme.get("type") != "oauth2" and scheme.get("bearerFormat", "").upper() != "JWT":
        return
    if "RFC8725" not in scheme.get("description", ""):
        scheme["description"] = f"{scheme.get('description', '')} {JWT}".strip()
    for flow in scheme.get("flows", {}).values():
        flow.setdefault("refreshUrl", flow.get("tokenUrl", flow.get("authorizationUrl", "")))


def _operations(api: dict[str, Any], section: str) -> list[tuple[str, dict[str, Any]]]:
    return [(m, item[m]) for item in api.get(section, {}).values() for m in METHODS if m in item]


def _complete(operation: dict[str, Any], method: str, parts: dict[str, Any]) -> None:
    parameters = operation.get("parameters", [])
    for parameter in parameters:
        parameter.setdefault("description", f"The {parameter['name'].replace('_', ' ')}.")
    if operation.pop("x-public", False):
        operation["security"] = [{}]
    operation.setdefault("security", list(_ways_in(operation, parts.get("securitySchemes", {}))))
    body = operation.get("requestBody", {}).get("content", {})
    if method == "patch" and "application/json" in body:
        body.setdefault("application/merge-patch+json", body["application/json"])
    for media in operation.pop("x-texts", []):
        body[media] = body["application/json"]
    names = {parameter["name"].lower() for parameter in parameters}
    statuses = {*operation.pop("x-errors", []), *EVERY_ROUTE, *(WITH_A_BODY if body else ())}
    operation["responses"] = _responses(operation.get("responses", {}), names, statuses, parts["responses"])


def _ways_in(operation: dict[str, Any], schemes: dict[str, Any]) -> Iterator[dict[str, list[str]]]:
    for name, scheme in sorted(schemes.items()):
        has_scopes = scheme["type"] == "oauth2" and "x-scope" in operation
        yield {name: [operation["x-scope"]] if has_scopes else []}


def _responses(
    said: dict[str, Any], names: set[str], statuses: Iterable[int], shared: dict[str, Any]
) -> dict[str, Any]:
    answers = _own(said)
    if "if-none-match" in names:
        answers.setdefault("304", {"description": "You have it already."})
    for code, answer in answers.items():
        if "$ref" not in answer:
            answer["headers"] = headers_of(code, names) | answer.get("headers", {})
            _bound_plain(answer.get("content", {}))
    for status in statuses:
        shared.setdefault(f"Problem{status}", refusal(status))
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    return {code: answers[code] for code in sorted(answers)}


def _own(responses: dict[str, Any]) -> dict[str, Any]:
    """The responses without FastAPI's validation error, which we answer as a problem."""
    return {code: answer for code, answer in responses.items() if "HTTPValidationError" not in str(answer)}


def _bound_plain(content: dict[str, Any]) -> None:
    """Texts and streams: OpenAPI 3.1 has no `itemSchema` yet, and their length has no meaning."""
    for media, body in content.items():
        if not media.endswith("json"):
            body.pop("itemSchema", None)
            if body.setdefault("schema", {"type": "string"}).get("type") == "string":
                body["schema"].setdefault("maxLength", 2**31 - 1)


def _nodes(node: Any, named: bool = False) -> Iterator[dict[str, Any]]:
    """Every object of the document that can be a schema, but not the data in examples."""
    if isinstance(node, list):
        for one in node:
            yield from _nodes(one)
    elif isinstance(node, dict):
        if not named:
            yield node
        for key, value in node.items():
            if named or key not in DATA:
                yield from _nodes(value, named=key in NAMES and not named)


def _reached(api: dict[str, Any], roots: Iterable[Any]) -> dict[str, Any]:
    """The shared parts that something refers to, directly or through others."""
    found: dict[str, Any] = {}
    waiting = list(roots)
    while waiting:
        for node in _nodes(waiting.pop()):
            where = node.get("$ref", "")
            if isinstance(where, str) and where.startswith("#/components/") and where not in found:
                kind, name = where.split("/")[2:4]
                found[where] = api["components"].get(kind, {}).get(name, {})
                waiting.append(found[where])
    return found


def _bound_all(api: dict[str, Any]) -> None:
    roots = [op.get(k) for _, op in _operations(api, "paths") for k in ("parameters", "requestBody")]
    sides = [*roots, *_reached(api, roots).values()]
    asked = {id(node) for side in sides for node in _nodes(side)}
    for node in _nodes(api):
        _bound(node, is_asked=id(node) in asked)


def _bound(node: dict[str, Any], *, is_asked: bool) -> None:
    kinds = node["type"] if isinstance(node.get("type"), list) else [node.get("type")]
    if "string" in kinds:
        if node.get("format") in LONGEST:
            node.setdefault("maxLength", LONGEST[node["format"]])
        if "maxLength" in node and not node.keys() & {"format", "pattern", "enum", "const"}:
            node["pattern"] = r"^[^\x00]*$"  # The one character that no text of ours may hold.
    if "integer" in kinds:
        _bound_integer(node, is_asked)
    if "array" in kinds and not is_asked:
        node.setdefault("maxItems", 10_000)
    names_members = bool(node.keys() & {"properties", "patternProperties"})
    if "object" in kinds and is_asked and names_members and "unevaluatedProperties" not in node:
        node.setdefault("additionalProperties", False)


def _bound_integer(node: dict[str, Any], is_asked: bool) -> None:
    for limit in LIMITS & node.keys():
        node[limit] = int(node[limit])  # FastAPI writes 1 as 1.0.
    if not is_asked and not node.keys() & {"minimum", "exclusiveMinimum"}:
        node["minimum"] = -SAFE
    if not is_asked and not node.keys() & {"maximum", "exclusiveMaximum"}:
        node["maximum"] = SAFE
    lowest = node.get("minimum", node.get("exclusiveMinimum", -SAFE))
    highest = node.get("maximum", node.get("exclusiveMaximum", SAFE))
    node.setdefault("format", "int32" if -(2**31) <= lowest <= highest < 2**31 else "int64")


def _prune(api: dict[str, Any]) -> None:
    """Drop the shared parts that nothing uses, FastAPI's own validation error among them."""
    used = _reached(api, [api.get("paths"), api.get("webhooks")])
    for kind in ("schemas", "responses", "headers"):
        parts = api["components"].pop(kind)
        kept = {name: parts[name] for name in sorted(parts) if f"#/components/{kind}/{name}" in used}
        api["components"] |= {kind: kept} if kept else {}
