"""Names every change between two OpenAPI documents that would break a client.

    breaking.py OLD.json NEW.json

Exit code 0: NEW still keeps every promise of OLD; 1: it does not (one line each); 2: wrong usage.
Requests may only become more tolerant. Answers may only gain: fields, and values of enums and unions.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
UPPER = ("maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties")
LOWER = ("minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties")
SAME = ("pattern", "format", "multipleOf", "uniqueItems")
Json = dict[str, Any]


class Comparison:
    """One old and one new document, and the pairs of schemas that are being compared further up."""

    def __init__(self, old: Json, new: Json) -> None:
        self.old, self.new = old, new
        self.open: set[tuple[str, str, bool]] = set()

    def findings(self) -> Iterator[str]:
        for section in ("paths", "webhooks"):
            for path, item in self.old.get(section, {}).items():
                now = self.new.get(section, {}).get(path, {})
                for method in (m for m in METHODS if m in item):
                    at = f"{method.upper()} {path}"
                    if method not in now:
                        yield f"{at}: operation removed"
                    elif section == "webhooks":  # What we send: a receiver relies on it as on an answer.
                        yield from self.body(f"{at} payload", item[method], now[method], asked=False)
                    else:
                        old, new = _read(self.old, item, method), _read(self.new, now, method)
                        yield from self.operation(at, old, new)

    def operation(self, at: str, old: Json, new: Json) -> Iterator[str]:
        if old["operationId"] != new["operationId"]:
            yield f"{at}: operationId {old['operationId']} became {new['operationId']}"
        if not all(any(_grants(before, now) for now in new["security"]) for before in old["security"]):
            yield f"{at}: a credential that was enough is not any more"
        for place, name in old["parameters"].keys() - new["parameters"].keys():
            yield f"{at}: {place} parameter {name} removed"
        for (place, name), now in new["parameters"].items():
            before = old["parameters"].get((place, name), {})
            if now.get("required") and not before.get("required"):
                yield f"{at}: {place} parameter {name} is required now"
            if before:
                yield from self.schema(f"{at} {place} {name}", before["schema"], now["schema"], asked=True)
        yield from self.body(f"{at} request", old, new, asked=True)
        for code, answer in old["responses"].items():
            if code.startswith("2") and code not in new["responses"]:
                yield f"{at}: response {code} removed"
            elif code.startswith("2"):
                yield from self.answer(f"{at} response {code}", answer, new["responses"][code])

    def body(self, at: str, old: Json, new: Json, *, asked: bool) -> Iterator[str]:
        before = _resolve(self.old, old.get("requestBody", {}))
        now = _resolve(self.new, new.get("requestBody", {}))
        if asked and now.get("required") and not before.get("required"):
            yield f"{at}: a body is required now"
        yield from self.content(at, before, now, asked)

    def answer(self, at: str, old: Json, new: Json) -> Iterator[str]:
        before, now = _resolve(self.old, old), _resolve(self.new, new)
        for header in before.get("headers", {}).keys() - now.get("headers", {}).keys():
            yield f"{at}: header {header} removed"
        yield from self.content(at, before, now, asked=False)

    def content(self, at: str, old: Json, new: Json, asked: bool) -> Iterator[str]:
        for media, body in old.get("content", {}).items():
            if media in new.get("content", {}):
                now = new["content"][media]
                yield from self.schema(at, body.get("schema", {}), now.get("schema", {}), asked)
            else:
                yield f"{at}: media type {media} removed"

    def schema(self, at: str, old: Json, new: Json, asked: bool) -> Iterator[str]:
        pair = (json.dumps(old, sort_keys=True), json.dumps(new, sort_keys=True), asked)
        if pair in self.open:  # A schema that contains itself says nothing new the second time.
            return
        self.open.add(pair)
        before, now = list(_variants(self.old, old)), list(_variants(self.new, new))
        for variant in before:
            if asked or variant.get("type") != "null":  # An answer may stop being null.
                yield from min((list(self.variant(at, variant, one, asked)) for one in now), key=len)
        known, possible = ({one.get("type", "anything") for one in side} for side in (before, now))
        if not asked and "anything" not in known and possible - known:
            yield f"{at}: may be {', '.join(sorted(possible - known))} now"
        self.open.discard(pair)

    def variant(self, at: str, old: Json, new: Json, asked: bool) -> Iterator[str]:
        was, is_now = old.get("type", "anything"), new.get("type", "anything")
        if is_now not in {was, "anything"} and (was, is_now) != ("integer", "number"):
            yield f"{at}: type {was} became {is_now}"
            return
        if asked:
            yield from _narrowed(at, old, new)
        fields, now = old.get("properties", {}), new.get("properties", {})
        for name in sorted(fields.keys() - now.keys()):
            if not asked or new.get("additionalProperties") is False:
                yield f"{at}: field {name} removed"
        for name in fields.keys() & now.keys():
            yield from self.schema(f"{at} /{name}", fields[name], now[name], asked)
        promised, demanded = set(old.get("required", [])), set(new.get("required", []))
        for name in sorted(demanded - promised if asked else (promised - demanded) & now.keys()):
            yield f"{at}: field {name} {'is required' if asked else 'may be missing'} now"
        for inner in ("items", "additionalProperties"):
            if isinstance(old.get(inner), dict) and isinstance(new.get(inner), dict):
                yield from self.schema(f"{at} /*", old[inner], new[inner], asked)


def _narrowed(at: str, old: Json, new: Json) -> Iterator[str]:
    before, now = ([one["const"]] if "const" in one else one.get("enum") for one in (old, new))
    if now and (before is None or any(value not in now for value in before)):
        yield f"{at}: only {now} of {before or 'all values'} are taken now"
    if new.get("additionalProperties") is False and old.get("additionalProperties", True) is not False:
        yield f"{at}: unknown fields are refused now"
    for bound in (*UPPER, *LOWER):
        sign = 1 if bound in UPPER else -1
        if bound in new and (bound not in old or new[bound] * sign < old[bound] * sign):
            yield f"{at}: {bound} {old.get(bound, 'without')} became {new[bound]}"
    for rule in SAME:
        if new.get(rule) not in {None, False, old.get(rule)}:
            yield f"{at}: {rule} {old.get(rule, 'any')} became {new[rule]}"


def _grants(before: Json, now: Json) -> bool:
    return all(name in before and set(scopes) <= set(before[name]) for name, scopes in now.items())


def _read(document: Json, item: Json, method: str) -> Json:
    """An operation with everything that it inherits from its path and its document."""
    said = [*item.get("parameters", []), *item[method].get("parameters", [])]
    resolved: list[Json] = [{"schema": {}} | _resolve(document, one) for one in said]
    rules = item[method].get("security", document.get("security")) or [{}]
    defaults: Json = {"operationId": "none", "responses": {}}
    parameters = {(one["in"], one["name"]): one for one in resolved}
    return {**defaults, **item[method], "parameters": parameters, "security": rules}


def _resolve(document: Json, node: Json) -> Json:
    while "$ref" in node:
        found: Any = document
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        node = found | {key: value for key, value in node.items() if key != "$ref"}
    return node


def _variants(document: Json, schema: Json) -> Iterator[Json]:
    """The alternatives of a schema, each of one type: unions and lists of types taken apart."""
    flat = _resolve(document, schema)
    if union := flat.get("anyOf") or flat.get("oneOf"):
        for one in union:
            yield from _variants(document, one)
    elif isinstance(flat.get("type"), list):
        yield from (flat | {"type": one} for one in flat["type"])
    else:
        yield flat


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write(__doc__ or "")
        return 2
    old, new = (json.loads(Path(name).read_text(encoding="utf-8")) for name in arguments)
    lines = sorted(set(Comparison(old, new).findings()))
    sys.stdout.write("\n".join(lines or ["no breaking change"]) + "\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
