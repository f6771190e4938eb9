"""One method for an operation, synchronous or asynchronous."""

from collections.abc import Iterator
from dataclasses import dataclass

from peergroup.client.generating.contract import JSON, RAW, STREAM, TEXTS, YAML, Contract, Operation
from peergroup.client.generating.naming import python_name, schema_name
from peergroup.client.generating.prose import docstring, wrapped
from peergroup.client.generating.typing_ import Schema, annotation, reference, union

MERGE = "application/merge-patch+json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Argument:
    """One argument: how it is declared, and what it is."""

    name: str
    kind: str
    default: str | None = None
    about: str = ""

    @property
    def declared(self) -> str:
        return f"{self.name}: {self.kind}" + (f" = {self.default}" if self.default is not None else "")


@dataclass(frozen=True)
class Shape:
    """What a method gives: how it asks for it, and of what type it is."""

    name: str
    verb: str
    """`send`, `pages` or `stream`."""
    answer: str
    """What the answer is made with."""
    gives: str
    accept: str | None = None
    may_be_unchanged: bool = False


def shapes(contract: Contract, one: Operation) -> Iterator[Shape]:
    """The methods of an operation: one, and another for each form of text that it answers, too."""
    texts = [kind for kind in one.answers if kind in TEXTS]
    if STREAM in one.answers:
        events = next(o for o in contract.operations if o.path == one.path.removesuffix("/stream"))
        event = schema_name(contract.page_of(events.answers[JSON]) or "")
        yield Shape(one.name, "stream", f"answers.{event}", f"EventStream[answers.{event}]", STREAM)
    elif not one.answers:
        yield Shape(one.name, "send", "nothing", "None")
    elif JSON in one.answers and (item := contract.page_of(one.answers[JSON])):
        yield Shape(one.name, "pages", f"answers.{item}", f"Page[answers.{item}]")
    elif JSON in one.answers and (single := reference(one.answers[JSON])):
        made = f"answers.{schema_name(single)}"
        yield Shape(one.name, "send", made, made, may_be_unchanged="if-none-match" in one.headers)
    elif texts and len(one.answers) == 1:
        yield Shape(one.name, "send", "str", "str", texts[0])
        return
    else:
        yield Shape(one.name, "send", "dict", "dict[str, Any]", next(iter(one.answers)))
    for kind in texts:
        yield Shape(f"{one.name}_{TEXTS[kind]}", "send", "str", "str", kind)


def method(contract: Contract, one: Operation, shape: Shape, *, is_async: bool) -> str:
    """The source of one method."""
    placed = [Argument(p.python, annotation(p.schema, sent=True), about=p.about) for p in one.in_path]
    placed += _content(one)
    named = [*fields(contract, one), *_query(one), *_headers(one, shape)]
    gives = _async_type(shape) if is_async else shape.gives
    is_coroutine = is_async and shape.verb == "send"
    head = f"    {'async ' if is_coroutine else ''}def {shape.name}"
    parts = []
    if shape.may_be_unchanged:
        rest = [one for one in named if one.name != "if_none_match"]
        plain = Argument("if_none_match", "None", "None")
        known = Argument("if_none_match", "str | Record")
        for last, result in ((plain, gives), (known, f"{gives} | NotChanged")):
            parts.append(f"    @overload\n{head}{_signature(placed, [*rest, last], result)}: ...\n")
        gives = f"{gives} | NotChanged"
    parts.append(f"{head}{_signature(placed, named, gives)}:\n{_about(one, [*placed, *named])}\n")
    parts.append(f"        return {'await ' if is_coroutine else ''}{_call(contract, one, shape)}\n")
    return "".join(parts)


def _async_type(shape: Shape) -> str:
    return shape.gives.replace("Page[", "Listing[").replace("EventStream[", "AsyncEventStream[")


def _signature(placed: list[Argument], named: list[Argument], gives: str) -> str:
    said = [
        "self",
        *(one.declared for one in placed),
        *(["*"] if named else []),
        *(one.declared for one in named),
    ]
    return f"({', '.join(said)}) -> {gives}"


def _content(one: Operation) -> list[Argument]:
    """What stands for the whole body: an upload, or a document that may also be text."""
    if any(kind in one.body for kind in RAW):
        kinds = ", ".join(repr(kind) for kind in one.body)
        return [
            Argument("content", "Upload", about="A file, its path, bytes, or an iterator of them."),
            Argument("content_type", f"Literal[{kinds}]", repr(next(iter(one.body))), "What it is."),
        ]
    if YAML in one.body:
        kind = annotation(one.body[JSON], sent=True, prefix="inputs.")
        return [Argument("document", f"{kind} | str", about="As a dictionary, or as text in YAML.")]
    return []


def _body(contract: Contract, one: Operation) -> Schema:
    if _content(one) or not one.body:
        return {}
    return contract.resolved(next(iter(one.body.values())))


def fields(contract: Contract, one: Operation) -> list[Argument]:
    """The fields of the body; first those that have to be said."""
    schema = _body(contract, one)
    needed = set(schema.get("required", []))
    found = []
    for name, inner in schema.get("properties", {}).items():
        kind, about = annotation(inner, sent=True, prefix="inputs."), inner.get("description", "")
        if name in needed:
            found.append(Argument(python_name(name), kind, about=about))
        else:
            found.append(Argument(python_name(name), union([kind, "Absent"]), "ABSENT", about))
    return sorted(found, key=lambda one: one.default is not None)


def _query(one: Operation) -> list[Argument]:
    return [
        Argument(p.python, kind, about=p.about)
        if p.is_needed
        else Argument(p.python, f"{kind} | None", "None", p.about)
        for p in one.query
        for kind in [annotation(p.schema, sent=True)]
    ]


def _headers(one: Operation, shape: Shape) -> list[Argument]:
    found = []
    if "if-match" in one.headers:
        about = "The resource as you read it, or its ETag: refused with `Stale` if it has changed since."
        found.append(Argument("if_match", "Match", "None", about))
    if shape.may_be_unchanged:
        about = "The resource as you have it, or its ETag: answers `NotChanged` if it is still so."
        found.append(Argument("if_none_match", "Match", "None", about))
    if one.is_keyed:
        about = "A name for this call, if it is to be repeated by a later run; made for you otherwise."
        found.append(Argument("idempotency_key", "str | None", "None", about))
    return found


def _about(one: Operation, arguments: list[Argument]) -> str:
    text = one.summary.rstrip(".") + "."
    more = one.description.removeprefix(text).removeprefix(one.summary).strip(" .\n")
    lines = [""]
    if more:
        lines += [*wrapped(more + ".", indent=8), ""]
    lines += [f"`{one.method} {one.path}`, operation `{one.id}`."]
    told = [argument for argument in arguments if argument.about]
    if told:
        lines += ["", "Args:"]
        for argument in told:
            lines += [
                "    " + line for line in wrapped(f"{argument.name}: {argument.about}", indent=12, hanging=4)
            ]
    return docstring(text, indent=8, more=lines)


def _call(contract: Contract, one: Operation, shape: Shape) -> str:
    path = one.path
    for parameter in one.in_path:
        path = path.replace(f"{{{parameter.name}}}", f"{{segment({parameter.python})}}")
    said = [repr(one.method), f'{"f" if one.in_path else ""}"{path}"', shape.answer]
    asked = [p for p in one.query if not (shape.verb == "stream" and p.name == "after")]
    if asked:
        said.append(f"query={{{', '.join(f'{p.name!r}: {p.python}' for p in asked)}}}")
    said += _said_body(contract, one)
    if shape.accept is not None:
        said.append(f"accept={shape.accept!r}")
    said += ["if_match=if_match"] if "if-match" in one.headers else []
    said += ["if_none_match=if_none_match"] if shape.may_be_unchanged else []
    said += ["keyed=True", "idempotency_key=idempotency_key"] if one.is_keyed else []
    after = ", after" if shape.verb == "stream" else ""
    return f"self._speaker.{shape.verb}(Ask({', '.join(said)}){after})"


def _said_body(contract: Contract, one: Operation) -> list[str]:
    if any(kind in one.body for kind in RAW):
        return ["content=content", "content_type=content_type"]
    if YAML in one.body:
        return ["body=document", f"text_as={YAML!r}"]
    said = ", ".join(f"{argument.name}={argument.name}" for argument in fields(contract, one))
    if FORM in one.body:
        return [f"form=given({said})"]
    if not said:
        return ["body={}"] if one.needs_body else []
    body = f"body=given({said}){'' if one.needs_body else ' or ABSENT'}"
    return [body, *(["is_patch=True"] if MERGE in one.body else [])]
