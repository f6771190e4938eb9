"""Every method, carried out against the service by both clients, with the examples of the rooms."""

import inspect
import json
from collections.abc import Awaitable
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qsl

import pytest

from peergroup.client import AsyncPage, AsyncPeergroup, Page, Peergroup, Record
from peergroup.client.generating.contract import JSON, STREAM, YAML, Operation
from peergroup.client.generating.methods import FORM
from peergroup.client.generating.naming import python_name, schema_name
from peergroup.client.generating.typing_ import reference
from peergroup.client.generating.writing import CONTRACT, read
from peergroup.client.rooms import METHODS
from peergroup.kit.context import House
from tests.client.conforming import misfits
from tests.client.conftest import in_process, threaded
from tests.matrix.examples import Call, discover
from tests.matrix.examples import _examples as examples
from tests.matrix.stage import Stage

KNOWN = read(CONTRACT)
OPERATIONS = {one.id: one for one in KNOWN.operations}
EVERY = pytest.mark.parametrize(
    "name", sorted(name for name, one in OPERATIONS.items() if STREAM not in one.answers)
)
discover()


def arguments(operation: Operation, call: Call) -> dict[str, Any]:
    """The arguments with which a method says what an example says."""
    given = {python_name(name): value for name, value in (call.path | call.query).items()}
    headers = {name.lower(): value for name, value in call.headers.items()}
    if YAML in operation.body:
        given["document"] = call.body if call.content is None else call.content.decode()
    elif call.content is not None and headers["content-type"] == FORM:
        given |= dict(parse_qsl(call.content.decode()))
    elif call.content is not None:
        given |= {"content": call.content, "content_type": headers["content-type"]}
    else:
        given |= {python_name(name): value for name, value in (call.body or {}).items()}
    if "if-match" in headers:
        given["if_match"] = headers["if-match"]
    return given


def expected(operation: Operation) -> tuple[str, str | None]:
    """What an operation answers: `page`, `record`, `plain` or `nothing`, and the class."""
    if not operation.answers:
        return "nothing", None
    schema = operation.answers.get(JSON, {})
    if item := KNOWN.page_of(schema):
        return "page", schema_name(item)
    name = reference(schema)
    return ("record", schema_name(name)) if name else ("plain", None)


def judge(operation: Operation, answer: Any) -> None:
    """Fails where an answer is not what the contract says of this operation."""
    kind, name = expected(operation)
    if kind == "nothing":
        assert answer is None
        return
    if kind == "plain":
        assert isinstance(answer, str | dict)
        return
    records = answer.items if kind == "page" else [answer]
    assert isinstance(answer, Page | AsyncPage if kind == "page" else Record)
    assert {type(record).__name__ for record in records} <= {name}
    assert [wrong for record in records for wrong in misfits(record)] == []


@EVERY
@pytest.mark.parametrize(
    "house", ["sqlite"], indirect=True
)  # what differs between databases is below the wire
async def test_both_clients_say_what_the_examples_say(
    house: House, address: str, stage: Stage, name: str
) -> None:
    assert examples.get(name), f"no example of {name} in tests/<room>/examples.py"
    operation = OPERATIONS[name]
    for make in examples[name]:
        call = await make(stage)
        async with in_process(house, token=call.by and call.by.token) as client:
            method = attrgetter(METHODS[name])(client)
            answer = method(**arguments(operation, call))
            assert isinstance(answer, Awaitable)
            judge(operation, await answer)
        call = await make(stage)
        with Peergroup(address, token=call.by and call.by.token) as waiting:
            method = attrgetter(METHODS[name])(waiting)
            judge(operation, await threaded(method, **arguments(operation, call)))


def test_every_operation_has_its_method_and_every_method_its_operation() -> None:
    document = json.loads(CONTRACT.read_text(encoding="utf-8"))
    said = {how["operationId"] for by in document["paths"].values() for how in by.values()}
    assert set(METHODS) == said
    for client in (Peergroup("http://localhost"), AsyncPeergroup("http://localhost")):
        rooms = [name for name, one in inspect.getmembers(type(client)) if isinstance(one, property)]
        found = {
            f"{room}.{name}"
            for room in rooms
            if (one := getattr(client, room)) is not None
            and type(one).__module__.startswith("peergroup.client.rooms")
            for name in dir(one)
            if not name.startswith("_")
        }
        texts = {
            f"{METHODS[name]}_markdown" for name, one in OPERATIONS.items() if "text/markdown" in one.answers
        }
        assert found - texts == set(METHODS.values())


def test_who_looks_for_an_operation_by_its_name_is_told_the_method() -> None:
    with pytest.raises(AttributeError, match=r"that is client\.challenges\.submit$"):
        _ = Peergroup("http://localhost").submit_challenge  # type: ignore[attr-defined]  # that is the point
